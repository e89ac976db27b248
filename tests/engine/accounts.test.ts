import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { canaryKey } from "../support/canary";
import { TestStack } from "../support/stack";

describe("accounts on the real engine", function () {
  this.timeout(180_000);
  let simulator: Simulator;
  let stack: TestStack;
  const room = 'new metered.MeetingRoom("r", { roomName: "r", privacy: "public" });';

  beforeEach(async () => {
    simulator = await startSimulator({ secretKey: canaryKey });
    stack = await TestStack.create({ simulator });
  });
  afterEach(async () => {
    await simulator.close();
    stack.dispose();
  });

  it("two of them in one stack: each room is in its own, and a new key replaces nothing", async () => {
    const other = await startSimulator({
      app: "eu",
      secretKey: `${canaryKey}-eu`,
      switches: { liveDelete: "archives" },
    });
    await stack.pulumi("config", "set", "--secret", "euKey", other.secretKey);
    await stack.pulumi("config", "set", "euEndpoint", other.url);
    stack.program(`
      const config = new pulumi.Config();
      const eu = new metered.Provider("eu", { appName: "eu", secretKey: config.require("euKey"), endpoint: config.require("euEndpoint"), retrySeconds: 1 });
      new metered.MeetingRoom("here", { roomName: "same-name", privacy: "public" });
      new metered.MeetingRoom("there", { roomName: "same-name", privacy: "private" }, { provider: eu });
      new metered.LiveStreamingRoom("live", { roomName: "live" }, { provider: eu });
    `);
    await stack.upAndSettle();
    assert.deepEqual(
      simulator.rooms.map(({ settings }) => settings.privacy),
      ["public"],
    );
    assert.deepEqual(other.rooms.map(({ kind, roomName }) => `${kind} ${roomName}`).sort(), [
      "live live",
      "meeting same-name",
    ]);
    assert.equal(stack.room("there").outputs.appName, "eu");
    const before = stack.room("there").outputs.roomId;
    await stack.pulumi("config", "set", "--secret", "euKey", `${canaryKey}-new`);
    await stack.pulumi("up");
    assert.equal(stack.room("there").outputs.roomId, before);
    assert.match((await stack.failing("refresh")).text, /does not accept the secret key for the app "eu"/);
    await stack.pulumi("config", "set", "--secret", "euKey", other.secretKey);
    await stack.pulumi("up");
    await stack.pulumi("destroy");
    assert.equal(
      other.rooms.every(({ archived }) => archived),
      true,
    );
    await other.close();
  });

  it("half a pair is an error, in the program and without a call", async () => {
    stack.program('new metered.Provider("eu", { appName: "eu" });');
    assert.match((await stack.failing("up")).text, /metered\.Provider "eu" has no secretKey/);
  });

  it("a key in clear in the stack's configuration is refused, with the command that mends it", async () => {
    const file = join(stack.folder, "Pulumi.dev.yaml");
    const before = readFileSync(file, "utf8");
    stack.program(room);
    writeFileSync(file, before.replace(/metered:secretKey:\n\s+secure: .*\n/, "metered:secretKey: sk-in-clear\n"));
    const { text } = await stack.failing("preview");
    assert.match(
      text,
      /metered:secretKey is in the stack's configuration in clear.*pulumi config set --secret metered:secretKey/s,
    );
    assert.equal(text.includes("sk-in-clear"), false);
    writeFileSync(file, before);
  });

  it("missing credentials are reported by the preview, with the commands and variables that mend it", async () => {
    stack.program(room);
    writeFileSync(join(stack.folder, "Pulumi.dev.yaml"), "config: {}\n");
    const { text } = await stack.failing("preview");
    assert.match(text, /pulumi config set metered:appName NAME, or set METERED_APP_NAME/);
    assert.match(text, /pulumi config set --secret metered:secretKey, or set METERED_SECRET_KEY/);
  });

  it("credentials from the environment are nowhere in the state", async () => {
    stack.program(room);
    writeFileSync(join(stack.folder, "Pulumi.dev.yaml"), `config:\n  metered:endpoint: ${simulator.url}\n`);
    const run = await stack.run(["up"], { METERED_APP_NAME: "demo", METERED_SECRET_KEY: canaryKey });
    assert.equal(run.code, 0, run.text);
    assert.equal(stack.room("r").outputs.appName, "demo");
    assert.doesNotMatch(JSON.stringify(stack.state()), /secretKey/);
  });

  it("an existing room is taken over only when the user says so", async () => {
    const { _id } = simulator.addRoom("meeting", "r", { privacy: "private", maxParticipants: 9, enableChat: true });
    stack.program('new metered.MeetingRoom("r", { roomName: "r", privacy: "public", maxParticipants: 5 });');
    assert.match((await stack.failing("up")).text, /a room of that name exists.*it was left as it is/);
    assert.equal(simulator.rooms[0]?.settings.privacy, "private");
    await stack.configure({ config: { adoptExisting: "true" } });
    assert.match((await stack.pulumi("up")).text, /Took over the existing meeting room "r"/);
    assert.equal(stack.room("r").outputs.roomId, _id);
    assert.deepEqual(simulator.rooms[0]?.settings, { privacy: "public", maxParticipants: 5, enableChat: true });
    await stack.configure();
    await stack.assertSettled();
  });

  it("a room that somebody made anew under our name is shown, left alone, and taken over only when the user says so", async () => {
    stack.program(room);
    await stack.pulumi("up");
    const other = simulator.recreateRoom("meeting", "r");
    assert.match((await stack.pulumi("refresh", "--diff")).text, /roomId/);
    assert.match((await stack.failing("up")).text, /somebody made another room of that name.*left as it is/s);
    await stack.configure({ config: { adoptExisting: "true" } });
    await stack.pulumi("up");
    assert.equal(stack.room("r").outputs.roomId, other._id);
    await stack.configure();
    await stack.assertSettled();
    simulator.recreateRoom("meeting", "r");
    await stack.pulumi("destroy");
    assert.equal(simulator.rooms.at(-1)?.archived, false);
  });
});
