import { deepEqual, equal, match, ok } from "node:assert/strict";
import { decode, linksOf } from "./simulator/browser";
import { everyPage, own, Visit } from "./simulator/visit";

describe("the simulator's pages", () => {
  const visit = Visit.inEachTest();

  it("lead to each other, with their style", async () => {
    for (const path of everyPage) {
      const links = linksOf(await visit.browser.open(path));
      for (const other of everyPage) ok(links.includes(other), `${path} to ${other}`);
    }
    equal((await visit.browser.open("/__simulator")).path, `${own}/switches`);
    const [, style = ""] = /<link rel="stylesheet" href="([^"]+)">/.exec(await visit.textOf("/")) ?? [];
    const { status, headers, text } = await visit.browser.send("GET", style);
    deepEqual([status, headers["content-type"]], [200, "text/css; charset=utf-8"]);
    equal(/url\(|@import/.test(text), false);
    equal((await visit.browser.send("GET", `${own}/icon.svg`)).status, 200);
  });

  it("say how to create the first room, without a key that somebody chose", async () => {
    const text = decode(await visit.textOf("/"));
    match(text, /<h1><bdi>No rooms yet/);
    ok(text.includes(`curl '${visit.sim.url}/api/v1/room?secretKey=simulator-secret'`));
    ok(text.includes(`pulumi config set metered:endpoint ${visit.sim.url}\n`));
    await visit.restart({ secretKey: "chosen-key" });
    await visit.api.create("meeting", { displayMessage: "chosen-key" });
    for (const path of everyPage) equal((await visit.textOf(path)).includes("chosen-key"), false);
    match(await visit.textOf("/"), /metered:secretKey<\/pre>/);
    match(await visit.textOf("/"), /<dt>Key<\/dt><dd>the one you set/);
  });

  it("list the rooms, and every link leads to its room", async () => {
    visit.sim.addRoom("meeting", "stand-up", { privacy: "private" });
    const old = visit.sim.rooms[0]?._id;
    visit.sim.recreateRoom("meeting", "stand-up");
    visit.sim.addRoom("live", "stand-up");
    visit.sim.setBroadcasting("stand-up", true);
    const page = await visit.browser.open("/");
    match(page.text, /<td class="short">private<\/td>/);
    match(page.text, /on air/);
    // As many as are listed, archived rooms included.
    match(page.text, /Rooms <span class="badge">3</);
    const [, second, third] = visit.sim.rooms;
    const links = linksOf(page).slice(everyPage.length);
    deepEqual(links, [`/${third?._id}/player`, "/stand-up", `${own}/rooms/${old}`]);
    match(await visit.textOf("/stand-up"), new RegExp(`<code>${second?._id}</code>`));
    match(await visit.textOf(`${own}/rooms/${old}`), /archived.*Another room has this name now/s);
    ok(linksOf(await visit.browser.open("/stand-up")).includes(`${own}/rooms/${old}`));
    match(await visit.textOf(`/${third?._id}/player`), /Viewers watch the stream here/);
  });

  it("open a room's own links", async () => {
    const { json } = await visit.api.create("live", { displayMessage: "later" });
    for (const [link, lead] of [
      [json.viewerURL, /watch the stream here/],
      [json.broadcastManager, /are started here/],
    ] as const) {
      const text = await visit.textOf(new URL(String(link)).pathname);
      match(text, />displayMessage<\/th><td>later<\/td>/);
      match(text, lead);
    }
    visit.sim.addRoom("meeting", "plain", { expireUnixSec: 1_893_456_000 });
    const text = await visit.textOf("/plain");
    match(text, /1893456000 <span class="quiet">2030-01-01 00:00:00 UTC/);
    match(text, /GET \/api\/v1\/room\/plain<\/code> → 200/);
    visit.sim.archiveRoom("meeting", "plain");
    match(await visit.textOf("/plain"), /<\/code> → 400/);
  });

  it("say 404 for a room that is not there", async () => {
    for (const path of ["/no-such-room", "/no-such-id/player", `${own}/rooms/none`])
      equal((await visit.browser.open(path)).status, 404);
  });

  it("open rooms whatever their names are", async () => {
    const names = ["..", ".", "", "api", "__simulator", "a/b", "a?b#c", "%zz", "\ud800", "n".repeat(600), "ä €", "\n"];
    for (const name of names) for (const kind of ["meeting", "live"] as const) visit.sim.addRoom(kind, name);
    const links = linksOf(await visit.browser.open("/"));
    equal(links.length, everyPage.length + names.length * 2);
    for (const link of links) equal((await visit.browser.open(link)).status, 200, link);
  });

  it("page through many rooms and find them by name", async () => {
    for (let i = 0; i < 130; i += 1) visit.sim.addRoom("meeting", `room-${i}`);
    const count = async (query: string) => (await visit.textOf(`/${query}`)).split("<bdi>room-").length - 1;
    deepEqual(
      [await count(""), await count("?skip=100"), await count("?name=ROOM-12"), await count("?name=x")],
      [100, 30, 11, 0],
    );
    ok(linksOf(await visit.browser.open("/")).includes("/?skip=100"));
  });
});
