import assert from "node:assert/strict";
import { startSimulator } from "metered-simulator";
import { canaryKey, canaryRtmpURL } from "../support/canary";
import { onEngine } from "../support/onEngine";

describe("lookups on the real engine", function () {
  this.timeout(300_000);
  const on = onEngine();

  const outputs = async () => JSON.parse((await on.stack.pulumi("stack", "output", "--json")).text);
  const times = (text: string, part: RegExp) => text.match(new RegExp(part, "g"))?.length ?? 0;

  it("run in the preview and in the update, with what is known by then, and keep secret what is", async () => {
    const eu = await startSimulator({ app: "eu", secretKey: `${canaryKey}-eu` });
    on.simulator.addRoom("meeting", "lobby", { privacy: "private", rtmpOutURL: canaryRtmpURL });
    eu.addRoom("live", "town-hall", { displayMessage: "Soon." });
    await on.stack.pulumi("config", "set", "--secret", "euKey", eu.secretKey);
    on.stack.program(`
      const config = new pulumi.Config();
      // Stands for a secret that another resource of the program makes.
      class Vault extends pulumi.dynamic.Resource {
        constructor(key) {
          super({ create: async ({ sealed }) => ({ id: "1", outs: { sealed, key: sealed } }) }, "vault",
            { sealed: key, key: undefined }, { additionalSecretOutputs: ["key"] });
        }
      }
      const vault = new Vault(config.requireSecret("euKey"));
      const eu = new metered.Provider("eu", { appName: "eu", secretKey: vault.key, endpoint: "${eu.url}" });
      const office = new pulumi.ComponentResource("test:index:Office", "office", {}, { provider: eu });
      const townHall = metered.getLiveStreamingRoomOutput({ roomName: "town-hall" }, { parent: office });
      const room = new metered.MeetingRoom("standup", { roomName: "standup", privacy: "public" });
      const lobby = metered.getMeetingRoom({ roomName: "lobby" });
      module.exports = {
        privacy: lobby.then(({ privacy }) => privacy),
        keys: lobby.then((found) => Object.keys(found).join()),
        secretly: metered.getMeetingRoomOutput({ roomName: pulumi.secret("lobby") }).url,
        message: townHall.displayMessage,
        own: metered.getMeetingRoomOutput({ roomName: room.roomName }).id,
        all: metered.getMeetingRoomsOutput({}, { dependsOn: room }).rooms.apply((rooms) => rooms.map(({ id }) => id)),
      };
    `);
    const preview = await on.stack.pulumi("preview");
    assert.match(preview.text, /privacy *: "private"/);
    assert.match(preview.text, /secretly *: \[secret\]/);
    for (const name of ["message", "own", "all"]) assert.match(preview.text, new RegExp(`${name} *: \\[unknown\\]`));
    assert.deepEqual([on.simulator.requests.length, eu.requests.length], [1, 0]);
    on.simulator.requests.clear();
    await on.stack.pulumi("up");
    const { keys, ...known } = await outputs();
    assert.doesNotMatch(keys, /rtmpOutURL/);
    const expected = { privacy: "private", secretly: "[secret]", message: "Soon.", own: "standup" };
    assert.deepEqual(known, { ...expected, all: ["lobby", "standup"] });
    assert.deepEqual(on.simulator.requests.map(({ method, roomName = "" }) => `${method} ${roomName}`.trim()).sort(), [
      "GET",
      "GET lobby",
      "GET standup",
      "POST standup",
    ]);
    assert.equal(eu.requests.length, 1);
    const again = await on.stack.pulumi("preview", "--expect-no-changes", "--diff");
    assert.doesNotMatch(again.text, /unknown/, "all is known, since all is made");
    await eu.close();
  });

  it("of a resource wait for the room that they're about, whose name a preview knows before there is one", async () => {
    on.stack.program(`
      const room = new metered.MeetingRoom("own", { roomName: "own-room", privacy: "public" });
      exports.privacy = metered.MeetingRoom.get("copy", room.roomName).privacy;
    `);
    on.simulator.requests.clear();
    await on.stack.pulumi("preview");
    assert.deepEqual(on.simulator.requests, []);
    await on.stack.pulumi("up");
    assert.deepEqual(await outputs(), { privacy: "public" });
    await on.stack.pulumi("preview", "--expect-no-changes");
  });

  it("fail with one sentence, without a stack, in both forms", async () => {
    for (const form of ["getMeetingRoom", "getMeetingRoomOutput"]) {
      on.stack.program(`
        exports.url = metered.${form}({ roomName: "nowhere" });
        new metered.MeetingRoom("r", { roomName: "r", privacy: "public" });
      `);
      const { text } = await on.stack.failing("preview");
      const sentence =
        /Can't look up meeting room "nowhere": app "demo" has no such room\. Nothing was changed\. Correct/;
      assert.equal(times(text.split("Diagnostics:")[1] ?? "", sentence), 1, text);
      assert.doesNotMatch(text, /\n\s+at |RunError|unhandled/);
    }
  });
});
