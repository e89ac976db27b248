import assert from "node:assert/strict";
import { startSimulator } from "metered-simulator";
import { canaryKey } from "../support/canary";
import { onEngine } from "../support/onEngine";
import { pluginProgram, usePlugin } from "../support/pluginProgram";

describe("the plugin on the real engine, more of it", function () {
  this.timeout(300_000);
  const on = onEngine();

  beforeEach(() => usePlugin(on.stack));

  it("carries both kinds of room through up, refresh, an update in place and a rename, and keeps secrets", async () => {
    const live =
      'new metered.LiveStreamingRoom("town-hall", { rtmpOutURL: "rtmp://a.example.com/app/key" }, { retainOnDelete: true });';
    const named = (name: string, more = "") =>
      pluginProgram(
        on.stack,
        `exports.url = new metered.MeetingRoom("r", { privacy: "public", roomName: "${name}"${more} }).url;\n${live}`,
      );
    named("one");
    const { text } = await on.stack.pulumi("preview");
    assert.match(text, /metered:index:MeetingRoom r create/);
    assert.equal(on.simulator.rooms.length, 0);
    await on.stack.upAndSettle();
    await on.stack.pulumi("refresh");
    const { outputs } = on.stack.room("town-hall");
    assert.equal(typeof outputs.rtmpOutURL, "object", "encrypted");
    assert.match(JSON.stringify(on.stack.state().at(0)?.outputs), /one/);

    named("one", ", maxParticipants: 5");
    assert.match((await on.stack.pulumi("preview", "--diff")).text, /\+ maxParticipants: 5/);
    await on.stack.upAndSettle();
    named("two");
    await on.stack.upAndSettle();
    const living = on.simulator.rooms.filter(({ archived }) => !archived).map(({ roomName }) => roomName);
    assert.deepEqual(living.includes("two") && !living.includes("one"), true, living.join());
    await on.stack.pulumi("destroy");
    assert.deepEqual(on.stack.rooms(), []);
  });

  it("imports a room by its name, with pulumi import and with the option", async () => {
    on.simulator.addRoom("meeting", "old", { privacy: "private" });
    on.simulator.addRoom("meeting", "older", { privacy: "public" });
    on.simulator.requests.clear();
    await on.stack.pulumi("import", "metered:index:MeetingRoom", "old", "old", "--generate-code=false", "--yes");
    const { inputs } = on.stack.room("old");
    const older = { ...inputs, privacy: "public", roomName: "older" };
    pluginProgram(
      on.stack,
      `new metered.MeetingRoom("old", ${JSON.stringify(inputs)}, { protect: true });
new metered.MeetingRoom("older", ${JSON.stringify(older)}, { import: "older" });
exports.seen = new metered.MeetingRoom("seen", {}, { id: "older" }).privacy;`,
    );
    await on.stack.upAndSettle();
    assert.deepEqual(
      on.stack
        .rooms()
        .map(({ id }) => id)
        .sort(),
      ["old", "older", "older"],
    );
    assert.deepEqual(
      on.simulator.requests.filter(({ method }) => method !== "GET"),
      [],
    );
  });

  it("keeps a room that a forced replacement took over, when the next run comes to the old one", async () => {
    await on.stack.configure({ config: { adoptExisting: "true" } });
    const declared = 'new metered.MeetingRoom("r", { roomName: "one", privacy: "public", maxParticipants: 5 });';
    pluginProgram(on.stack, declared);
    await on.stack.pulumi("up");
    const { urn, outputs } = on.stack.room("r");
    // What is not as declared fails the run before the old one's turn: it is left in the state, to be deleted.
    const [room] = on.simulator.rooms;
    const { settings: _, ...rest } = { ...room, ...room?.settings, maxParticipants: 4 };
    on.simulator.faults.inject({ fault: "status", status: 200, body: JSON.stringify(rest), operation: "update" });
    await on.stack.failing("up", "--replace", urn);
    assert.deepEqual(
      on.stack.rooms().map(({ outputs: { roomId } }) => roomId),
      [outputs.roomId, outputs.roomId],
    );

    await on.stack.upAndSettle();
    const living = on.simulator.rooms.filter(({ archived }) => !archived).map(({ _id }) => _id);
    assert.deepEqual([living, on.stack.rooms().length], [[outputs.roomId], 1]);
  });

  it("serves several accounts in one stack, and takes over what was in another account, too", async () => {
    const other = await startSimulator({ app: "eu", secretKey: `${canaryKey}-eu` });
    try {
      await on.stack.pulumi("config", "set", "--secret", "euKey", other.secretKey);
      const rooms = `
const config = new pulumi.Config();
const eu = new metered.Provider("eu", { appName: "eu", secretKey: config.requireSecret("euKey"), endpoint: "${other.url}" });
new metered.MeetingRoom("here", { roomName: "same-name", privacy: "public" });
new metered.MeetingRoom("there", { roomName: "same-name", privacy: "private" }, { provider: eu });`;
      on.stack.program(rooms);
      await on.stack.pulumi("up");
      // The state's order is that in which the calls ended.
      const held = () => on.stack.rooms().map(({ id, outputs }) => `${id} ${outputs.roomId} ${outputs.appName}`);
      const before = held().sort();
      for (const { requests } of [on.simulator, other]) requests.clear();
      pluginProgram(on.stack, rooms);
      await on.stack.upAndSettle();
      assert.deepEqual(held().sort(), before);
      const writes = [on.simulator, other].flatMap(({ requests }) => requests.filter(({ method }) => method !== "GET"));
      assert.deepEqual(writes, []);
      await on.stack.pulumi("destroy");
      assert.deepEqual(
        [...on.simulator.rooms, ...other.rooms].map(({ archived }) => archived),
        [true, true],
      );
    } finally {
      await other.close();
    }
  });

  it("tells of a key in clear, of a wrong setting and of a failure, each at its place", async () => {
    pluginProgram(on.stack, 'new metered.MeetingRoom("r", { privacy: "secret", roomNam: "x" });');
    const { text } = await on.stack.failing("up");
    assert.match(text, /property privacy value \{secret\} has a problem: must be "public" or "private"/);
    assert.match(text, /roomNam is not a setting of a meeting room: did you mean roomName\?/);
    await on.stack.configure({ config: { appName: "https://demo.metered.live" } });
    const wrong = await on.stack.failing("preview");
    assert.match(wrong.text, /pulumi config set metered:appName demo/);
  });
});
