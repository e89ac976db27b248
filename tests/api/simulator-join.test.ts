import { equal, match, ok } from "node:assert/strict";
import { Visit } from "./simulator/visit";

describe("a meeting room's link with an access token, on the simulator", () => {
  const visit = Visit.inEachTest();
  const tokenOf = async (body: object) => String((await visit.api.send("POST", "/token", body)).json.token);
  const open = async (name: string, token: string) => (await visit.browser.send("GET", `/${name}?token=${token}`)).text;

  it("shows who joins, and whether as an admin", async () => {
    visit.sim.addRoom("meeting", "ward", { privacy: "private" });
    const text = await open("ward", await tokenOf({ roomName: "ward", name: "Dr. <Lee>", isAdmin: true }));
    match(text, /In the room.*Joined as <strong><bdi>Dr\. &#60;Lee&#62;<\/bdi><\/strong> <span class="tag">admin/s);
    match(await open("ward", await tokenOf({ globalToken: true })), /Joined as a guest<\/p>/);
  });

  it("says why a token lets nobody in", async () => {
    const hour = 3600;
    const now = Math.floor(visit.sim.now() / 1000);
    visit.sim.addRoom("meeting", "ward", { privacy: "private" });
    visit.sim.addRoom("meeting", "later", { privacy: "private", notBeforeUnixSec: now + 2 * hour });
    visit.sim.addRoom("meeting", "short", { privacy: "private", expireUnixSec: now + hour });
    const [today, other] = [
      await tokenOf({ roomName: "ward", expireUnixSec: now + hour }),
      await tokenOf({ roomName: "short" }),
    ];
    const everywhere = await tokenOf({ globalToken: true });
    match(await open("ward", "guessed"), /Not let in<\/span> The token isn&#39;t valid: invalid token\./);
    match(await open("ward", other), /The token is for another room\./);
    match(await open("ward", await tokenOf({ name: "no room" })), /The token is for another room\./);
    match(await open("later", everywhere), /The room opens at /);
    visit.sim.setClock(visit.sim.now() + hour * 1000);
    match(await open("ward", today), /isn&#39;t valid: token expired\./);
    match(await open("short", everywhere), /The room ended at /);
  });

  it("may be embedded, as opposed to every page that changes something", async () => {
    visit.sim.addRoom("meeting", "ward", { privacy: "private" });
    const policyOf = async (path: string) =>
      String((await visit.browser.send("GET", path)).headers["content-security-policy"]);
    equal((await policyOf("/ward?token=x")).includes("frame-ancestors"), false);
    ok((await policyOf("/ward")).includes("frame-ancestors 'none'"));
  });
});
