import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { canaryKey } from "../support/canary";
import { commandsOf, dataFiles, recipes } from "../support/recipes";
import { TestStack } from "../support/stack";

const streamKey = "canary-stream-Kj5x";

describe("the recipes of the site on the real engine", function () {
  this.timeout(300_000);
  const simulators: Simulator[] = [];
  const stacks: TestStack[] = [];

  afterEach(async () => {
    await Promise.all(simulators.splice(0).map((simulator) => simulator.close()));
    for (const stack of stacks.splice(0)) stack.dispose();
  });

  async function simulate(app: string, data?: string): Promise<Simulator> {
    const secretKey = `${canaryKey}-${app}`;
    const simulator = await startSimulator({ app, secretKey, data, switches: { liveDelete: "archives" } });
    simulators.push(simulator);
    return simulator;
  }

  async function open(simulator: Simulator, config = {}): Promise<TestStack> {
    const stack = await TestStack.create({ simulator, config });
    stacks.push(stack);
    return stack;
  }

  const living = ({ rooms }: Simulator) => rooms.filter(({ archived }) => !archived);
  const outputs = (stack: TestStack) =>
    Object.assign(
      {},
      ...Object.values(stack.state().find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {}),
    );

  it("all in one stack: made, found unchanged, destroyed", async () => {
    const [own, eu, us] = await Promise.all([simulate("demo"), simulate("acme-eu"), simulate("acme-us")]);
    const stack = await open(own);
    const secrets = {
      streamKey,
      rtmpOutURL: `rtmp://a.example/${streamKey}`,
      euKey: eu.secretKey,
      usKey: us.secretKey,
    };
    const values = Object.entries(secrets).flatMap(([key, value]) => ["--secret", `${key}=${value}`]);
    await stack.pulumi("config", "set-all", ...values);

    // Of an account that a recipe names, only the server is another one than it would be.
    const servers = new Map([eu, us].map(({ app, url }) => [app, url]));
    const modules = recipes((source) =>
      source.replace(/appName: "([^"]+)"/g, (name, app) => `${name}, endpoint: "${servers.get(app)}"`),
    );
    assert.ok(modules.size >= 10);
    for (const [name, code] of modules) writeFileSync(join(stack.folder, `${name}.js`), code);
    for (const [name, data] of dataFiles) writeFileSync(join(stack.folder, name), data);
    stack.program([...modules.keys()].map((name) => `exports["${name}"] = require("./${name}.js");`).join("\n"));

    await stack.upAndSettle();
    const links = outputs(stack);
    const urlOf = (simulator: Simulator, name: string) => {
      const room = living(simulator).find(({ roomName }) => new RegExp(`^${name}(-[0-9a-f]{8})?$`).test(roomName));
      return `${simulator.url}/${room?.roomName}`;
    };
    const classes = ["algebra", "biology", "chemistry"];
    assert.deepEqual(links.classRooms, Object.fromEntries(classes.map((name) => [name, urlOf(own, name)])));
    assert.deepEqual(Object.keys(links.lessons), ["algebra-monday", "algebra-thursday", "choir-friday"]);
    assert.equal(links.lessons["choir-friday"], urlOf(own, "choir-friday"));
    assert.deepEqual([links.euSupport, links.usSupport], [`${eu.url}/support`, `${us.url}/support`]);
    assert.deepEqual(links.rooms, { sales: urlOf(own, "sales"), care: urlOf(own, "care") });
    assert.equal(links.address, "https://demo.metered.live/help");
    const streamed = living(own).filter(({ settings }) => settings.enableRTMPOut === true);
    assert.deepEqual(streamed.map(({ kind }) => kind).sort(), ["live", "live", "meeting", "meeting"]);
    assert.equal(JSON.stringify(stack.state()).includes(streamKey), false);

    await stack.pulumi("destroy");
    // What the webinar's recipe leaves on purpose.
    assert.deepEqual(
      living(own).map(({ roomName }) => roomName.replace(/-[0-9a-f]{8}$/, "")),
      ["webinar"],
    );
    assert.deepEqual([...living(eu), ...living(us)], []);
  });

  if (process.env.EXHAUSTIVE === undefined) return;

  it("protect: what is protected is neither destroyed nor renamed", async () => {
    const own = await simulate("demo");
    const stack = await open(own, { "rooms:isProduction": "true" });
    const program = recipes().get("protect") ?? "";
    writeFileSync(join(stack.folder, "index.js"), program);
    await stack.pulumi("up");
    assert.match((await stack.failing("destroy")).text, /protected/);
    writeFileSync(join(stack.folder, "index.js"), program.replace('roomName: "board"', 'roomName: "other"'));
    assert.match((await stack.failing("up")).text, /protected/);
    stack.program("");
    assert.match((await stack.failing("up")).text, /protected/);
    assert.deepEqual(
      living(own).map(({ roomName }) => roomName),
      ["board"],
    );
    await stack.pulumi("state", "unprotect", stack.room("board").urn, "--yes");
    await stack.pulumi("up");
    assert.deepEqual(living(own), []);
  });

  it("a new key: it takes effect with the next up, and changes no room", async () => {
    const data = join(mkdtempSync(join(tmpdir(), "metered-rooms-")), "rooms.json");
    const own = await simulate("demo", data);
    const stack = await open(own);
    stack.program('new metered.MeetingRoom("r", { privacy: "public" });');
    await stack.pulumi("up");

    await own.close();
    const secretKey = `${canaryKey}-new`;
    const renewed = await startSimulator({ app: own.app, secretKey, data, port: Number(new URL(own.url).port) });
    simulators.push(renewed);
    await stack.configure({ secretKey });
    assert.match((await stack.failing("refresh")).text, /does not accept the secret key/);
    await stack.pulumi("refresh", "--run-program");
    await stack.pulumi("up");
    await stack.pulumi("refresh");
    await stack.assertSettled();
    assert.deepEqual(
      renewed.requests.filter(({ method }) => method !== "GET"),
      [],
    );
    rmSync(dirname(data), { recursive: true });
  });

  it("move: a room with a made name changes its stack and nothing else", async () => {
    const own = await simulate("demo");
    const stack = await open(own);
    const room = 'exports.url = new metered.MeetingRoom("lobby", { privacy: "public" }).url;';
    stack.program(room);
    await stack.pulumi("up");
    const { id, outputs: made } = stack.room("lobby");
    const calls = own.requests.length;

    await stack.shell(commandsOf("move", "before"));
    copyFileSync(join(stack.folder, "Pulumi.dev.yaml"), join(stack.folder, "Pulumi.prod.yaml"));
    await stack.pulumi("stack", "init", "prod");
    await stack.shell(commandsOf("move", "move"));
    assert.deepEqual(stack.rooms(), []);
    await stack.shell(commandsOf("move", "after"));
    stack.program("");
    await stack.pulumi("up", "--stack", "dev");
    const written = own.requests.slice(calls).filter(({ method }) => method !== "GET");
    assert.deepEqual(written, []);
    assert.deepEqual(
      living(own).map(({ roomName, _id }) => [roomName, _id]),
      [[id, made.roomId]],
    );
  });
});
