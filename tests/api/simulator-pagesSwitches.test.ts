import { deepEqual, equal, match, ok } from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { faults, switches } from "metered-simulator";
import { decode } from "./simulator/browser";
import { own, Visit } from "./simulator/visit";

describe("the simulator's pages of switches and faults", () => {
  const visit = Visit.inEachTest();

  it("show every switch with its position, the profile, and what has changed since", async () => {
    const pressed = (text: string) =>
      [...text.matchAll(/<button name="(\w+)" value="([^"]*)" aria-pressed="true">/g)].map((m) =>
        m.slice(1).map(decode),
      );
    const positions = () => Object.entries(visit.sim.switches).map(([name, value]) => [name, String(value)]);
    const text = await visit.textOf(`${own}/switches`);
    deepEqual(pressed(text), [["profile", "default"], ...positions()]);
    for (const [name, { values }] of Object.entries(switches)) {
      for (const value of values) ok(decode(text).includes(`<button name="${name}" value="${value}"`));
    }
    match(text, /Every switch has the value of the profile <b>default<\/b>/);
    await visit.restart({ profile: "strange", switches: { put: "merge" } });
    const changed = await visit.textOf(`${own}/switches`);
    deepEqual(pressed(changed), [["profile", "strange"], ...positions()]);
    match(changed, /profile <b>strange<\/b>: <a href="#put">put<\/a>\./);
    match(await visit.textOf("/"), /Switches <span class="badge">1</);
  });

  it("offer the profile of a file to return to", async () => {
    const folder = await mkdtemp(join(tmpdir(), "metered-simulator-"));
    const profile = join(folder, "<profile>.json");
    await writeFile(profile, '{ "badKey": 403 }');
    await visit.restart({ profile });
    await rm(folder, { recursive: true });
    match(await visit.textOf(`${own}/switches`), /&#60;profile&#62;\.json" aria-pressed="true"/);
    const turn = (name: string) => visit.browser.submit(`${own}/switches`, `${own}/profile`, { profile: name });
    await turn("strange");
    equal(visit.sim.switches.badKey, 400);
    await turn(profile);
    equal(visit.sim.switches.badKey, 403);
    equal((await turn("/etc/passwd")).status, 400);
  });

  it("show the faults in waiting and those that there are", async () => {
    visit.sim.faults.inject({ fault: "html", operation: "list", times: "always" });
    visit.sim.faults.inject({ fault: "emptyBody", times: 2 });
    await visit.api.create("meeting");
    const text = await visit.textOf(`${own}/faults`);
    match(text, /<code>html<\/code><br><\/td><td>operation <b>&#34;list&#34;<\/b><br><\/td><td>0 so far<\/td>/);
    match(text, /<code>emptyBody<\/code><br><\/td><td>any request<\/td><td>1 of 2<\/td>/);
    for (const name of Object.keys(faults)) ok(text.includes(`value="${name}"`));
  });
});
