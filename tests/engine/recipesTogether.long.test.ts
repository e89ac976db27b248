import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { canaryKey } from "../support/canary";
import { notTakenBy } from "../support/documents/runBy";
import { take } from "../support/documents/shell";
import { onEngine } from "../support/onEngine";
import { dataFiles, recipes } from "../support/recipes";

const streamKey = "canary-stream-Kj5x";

describe("the recipes of the site on the real engine", function () {
  this.timeout(300_000);
  const on = onEngine();
  let [eu, us]: Simulator[] = [];

  beforeEach(async () => {
    eu = await startSimulator({ app: "acme-eu", secretKey: `${canaryKey}-eu` });
    us = await startSimulator({ app: "acme-us", secretKey: `${canaryKey}-us` });
  });
  afterEach(() => Promise.all([eu?.close(), us?.close()]));

  it("all in one stack: made, found unchanged, destroyed", async () => {
    assert.ok(eu && us);
    const { simulator, stack } = on;
    // Asked for by a recipe of the reference, too, which has no commands.
    await stack.pulumi("config", "set", "--secret", "rtmpOutURL", `rtmp://a.example/${streamKey}`);
    await stack.shell(take("recipes/webinar.md", "pulumi config set --secret streamKey"), {}, streamKey);
    const [ofEu = "", ofUs = ""] = take("recipes/accounts.md", "pulumi config set --secret euKey").split("\n");
    await stack.shell(ofEu, {}, eu.secretKey);
    await stack.shell(ofUs, {}, us.secretKey);

    const setBase = take("recipes/web-app.md", "pulumi config set baseUrl");
    await stack.shell(setBase.replace("https://NAME.metered.live", simulator.url));

    // Of an account that a recipe names, only the server is another one than it would be.
    const servers = new Map([eu, us].map(({ app, url }) => [app, url]));
    const modules = recipes((source) =>
      source.replace(/appName: "([^"]+)"/g, (name, app) => `${name}, endpoint: "${servers.get(app)}"`),
    );
    assert.ok(modules.size >= 10);
    for (const [name, code] of modules) writeFileSync(join(stack.folder, `${name}.js`), code);
    for (const [name, data] of dataFiles) writeFileSync(join(stack.folder, name), data);
    const parts = [...modules.keys()].map((name) => `exports["${name}"] = require("./${name}.js");`);
    stack.program([...parts, 'Object.assign(exports, exports["web-app"]);'].join("\n"));

    await stack.upAndSettle();
    const links = Object.assign({}, ...Object.values(stack.outputs()));
    const url = (name: string) => `${simulator.url}/${living(simulator).find((room) => bare(room) === name)?.roomName}`;
    const classes = ["algebra", "biology", "chemistry"];
    assert.deepEqual(links.classRooms, Object.fromEntries(classes.map((name) => [name, url(name)])));
    const lessons = ["algebra-monday", "algebra-thursday", "choir-friday"];
    const inSet = Object.entries<{ url: string }>(links.lessons).map(([name, lesson]) => [name, lesson.url]);
    assert.deepEqual(Object.fromEntries(inSet), Object.fromEntries(lessons.map((name) => [name, url(name)])));
    assert.deepEqual([links.euSupport, links.usSupport], [`${eu.url}/support`, `${us.url}/support`]);
    await stack.shell(take("recipes/web-app.md", "pulumi stack output --json > room-urls.json"));
    const { salesRoom, careRoom } = JSON.parse(readFileSync(join(stack.folder, "room-urls.json"), "utf8"));
    assert.deepEqual({ salesRoom, careRoom }, { salesRoom: url("sales"), careRoom: url("care") });
    assert.equal(links.address, `${simulator.url}/help`);
    const workshop = living(simulator).find((room) => bare(room) === "workshop")?.roomName;
    const guests = simulator.tokens.filter(({ claims }) => claims.data.roomName === workshop);
    const friday = Date.parse("2030-06-28T17:00:00+02:00") / 1000;
    assert.deepEqual(
      guests.map(({ claims }) => [claims.data.name, claims.exp]).sort(),
      ["Ann", "Ben", "Chloe"].map((name) => [name, friday]),
    );
    const streamed = living(simulator).filter(({ settings }) => settings.enableRTMPOut === true);
    assert.deepEqual(streamed.map(({ kind }) => kind).sort(), ["live", "live", "meeting", "meeting"]);
    assert.equal(JSON.stringify(stack.state()).includes(streamKey), false);

    await stack.pulumi("destroy");
    // What the recipes leave on purpose, since Metered documents no way to delete it.
    assert.deepEqual(living(simulator).map(bare).sort(), ["town-hall", "webinar"]);
    assert.deepEqual([...living(eu), ...living(us)], []);
  });

  it("with all commands that are said to be run here", () => assert.deepEqual(notTakenBy(__filename), []));
});

function living({ rooms }: Simulator) {
  return rooms.filter(({ archived }) => !archived);
}

/** What the program or the resource calls it. */
function bare({ roomName }: { readonly roomName: string }): string {
  return roomName.replace(/-[0-9a-f]{8}$/, "");
}
