import assert from "node:assert/strict";
import { canaryKey } from "../support/canary";
import { onEngine } from "../support/onEngine";

describe("a live-streaming room on the real engine, more of it", function () {
  this.timeout(180_000);
  const on = onEngine();

  const living = () => on.simulator.rooms.filter((room) => !room.archived);

  it("is not touched with a wrong key, nor when the stack is switched to another app", async () => {
    on.stack.program('new metered.LiveStreamingRoom("r", { roomName: "ours" });');
    await on.stack.pulumi("up");
    await on.stack.configure({ secretKey: `${canaryKey}-wrong` });
    const { text } = await on.stack.failing("refresh", "--run-program");
    assert.match(
      text,
      /in app "demo": Metered doesn't accept the app's secret key.*pulumi config set --secret metered:secretKey.*\[InvalidSecretKey\]/s,
    );
    assert.equal(on.stack.rooms().length, 1);
    await on.stack.configure({ config: { appName: "other" } });
    assert.match(
      (await on.stack.failing("up")).text,
      /belongs to Metered app "demo", but this stack is now configured for app "other".*\[AppChanged\]/s,
    );
    assert.equal(living().length, 1);
  });

  it("says that Live Streaming may be off, and is created once it is on", async () => {
    on.simulator.setSwitches({ liveStreaming: "off" });
    on.stack.program('new metered.LiveStreamingRoom("r", { roomName: "off" });');
    assert.match(
      (await on.stack.failing("up")).text,
      /in app "demo".*Most likely Live Streaming is off for the app.*\[LiveStreamingOff\]/s,
    );
    on.simulator.setSwitches({ liveStreaming: "on" });
    await on.stack.upAndSettle();
  });

  it("can be looked up by name", async () => {
    on.simulator.addRoom("live", "by-hand", { displayMessage: "Soon." });
    on.stack.program(
      'const r = metered.LiveStreamingRoom.get("r", "by-hand"); exports.m = r.displayMessage; exports.w = r.viewerURL;',
    );
    await on.stack.upAndSettle();
    const outputs = JSON.parse((await on.stack.pulumi("stack", "output", "--json")).text);
    assert.deepEqual(outputs, { m: "Soon.", w: `${on.simulator.url}/${living()[0]?._id}/player` });
  });

  it("is deleted, renamed and replaced where Metered lets it be deleted", async () => {
    on.simulator.setSwitches({ liveDelete: "archives" });
    on.stack.program('new metered.LiveStreamingRoom("r", { roomName: "first" });');
    await on.stack.pulumi("up");
    on.stack.program('new metered.LiveStreamingRoom("r", { roomName: "second" });');
    await on.stack.upAndSettle();
    assert.deepEqual(
      living().map(({ roomName }) => roomName),
      ["second"],
    );
    const { roomId } = on.stack.room("r").outputs;
    on.stack.program('new metered.LiveStreamingRoom("r", { roomName: "second" }, { deleteBeforeReplace: true });');
    await on.stack.pulumi("up", "--replace", on.stack.room("r").urn);
    assert.equal(living().length, 1);
    await on.stack.pulumi("state", "taint", on.stack.room("r").urn, "--yes");
    await on.stack.pulumi("up");
    assert.equal(living().length, 1);
    assert.notEqual(on.stack.room("r").outputs.roomId, roomId);
    on.simulator.archiveRoom("live", "second");
    await on.stack.pulumi("refresh");
    assert.deepEqual(on.stack.rooms(), []);
    await on.stack.pulumi("up");
    await on.stack.pulumi("destroy");
    assert.deepEqual(living(), []);
  });
});
