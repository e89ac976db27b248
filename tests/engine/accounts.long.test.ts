import assert from "node:assert/strict";
import { startSimulator } from "metered-simulator";
import { canaryKey } from "../support/canary";
import { onEngine } from "../support/onEngine";

describe("accounts on the real engine, more of it", function () {
  this.timeout(180_000);
  const on = onEngine();
  const room = 'new metered.MeetingRoom("r", { roomName: "r", privacy: "public" });';

  it("a room that was created outside Pulumi under our name is left alone, and adopted only when the user says so", async () => {
    on.stack.program(room);
    await on.stack.pulumi("up");
    const other = on.simulator.recreateRoom("meeting", "r");
    on.stack.program(room.replace("public", "private"));
    assert.match((await on.stack.failing("up")).text, /created outside this stack.*\[RoomReplacedOutside\]/s);
    on.stack.program(room);
    // Ours is gone, and another one has its name.
    await on.stack.pulumi("refresh");
    assert.deepEqual(on.stack.rooms(), []);
    assert.match((await on.stack.failing("up")).text, /It was not changed\..*\[NameTaken\]/s);
    await on.stack.configure({ config: { adoptExisting: "true" } });
    await on.stack.pulumi("up");
    assert.equal(on.stack.room("r").outputs.roomId, other._id);
    await on.stack.configure();
    await on.stack.assertSettled();
    on.simulator.recreateRoom("meeting", "r");
    await on.stack.pulumi("destroy");
    assert.equal(on.simulator.rooms.at(-1)?.archived, false);
  });

  it("two of them in one stack: each room is in its own, and a new key replaces nothing", async () => {
    const other = await startSimulator({
      app: "eu",
      secretKey: `${canaryKey}-eu`,
      switches: { liveDelete: "archives" },
    });
    await on.stack.pulumi("config", "set", "--secret", "euKey", other.secretKey);
    await on.stack.pulumi("config", "set", "euEndpoint", other.url);
    on.stack.program(`
      const config = new pulumi.Config();
      const eu = new metered.Provider("eu", { appName: "eu", secretKey: config.require("euKey"), endpoint: config.require("euEndpoint"), retrySeconds: 1 });
      new metered.MeetingRoom("here", { roomName: "same-name", privacy: "public" });
      new metered.MeetingRoom("there", { roomName: "same-name", privacy: "private" }, { provider: eu });
      new metered.LiveStreamingRoom("live", { roomName: "live" }, { provider: eu });
    `);
    await on.stack.upAndSettle();
    assert.deepEqual(
      on.simulator.rooms.map(({ settings }) => settings.privacy),
      ["public"],
    );
    assert.deepEqual(other.rooms.map(({ kind, roomName }) => `${kind} ${roomName}`).sort(), [
      "live live",
      "meeting same-name",
    ]);
    assert.equal(on.stack.room("there").outputs.appName, "eu");
    const before = on.stack.room("there").outputs.roomId;
    await on.stack.pulumi("config", "set", "--secret", "euKey", `${canaryKey}-new`);
    await on.stack.pulumi("up");
    assert.equal(on.stack.room("there").outputs.roomId, before);
    assert.match(
      (await on.stack.failing("refresh")).text,
      /in app "eu": Metered doesn't accept the app's secret key.*secretKey of metered\.Provider "eu".*\[InvalidSecretKey\]/s,
    );
    await on.stack.pulumi("config", "set", "--secret", "euKey", other.secretKey);
    await on.stack.pulumi("up");
    await on.stack.pulumi("destroy");
    assert.equal(
      other.rooms.every(({ archived }) => archived),
      true,
    );
    await other.close();
  });
});
