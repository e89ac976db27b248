import assert from "node:assert/strict";
import { canaryRtmpURL } from "../support/canary";
import { slowTest } from "../support/exhaustive";
import { onEngine } from "../support/onEngine";

describe("a live-streaming room on the real engine", function () {
  this.timeout(300_000);
  const on = onEngine();

  const living = () => on.simulator.rooms.filter((room) => !room.archived);
  const methods = () => on.simulator.requests.map(({ method }) => method);

  it("is created with every setting, its links as outputs, and is then left alone", async () => {
    await on.stack.pulumi("config", "set", "--secret", "stream", canaryRtmpURL);
    on.stack.program(`
      const room = new metered.LiveStreamingRoom("town-hall", {
        roomName: "town-hall", enableLiveStreaming: true, displayMessage: "Soon.", customCSS: "body { margin: 0 }",
        enableRecording: true, recordComposition: true, enableRTMPOut: true, rtmpOutURL: new pulumi.Config().require("stream"),
      });
      exports.watch = room.viewerURL; exports.broadcast = room.broadcastManager; exports.stream = room.rtmpOutURL;
    `);
    await on.stack.pulumi("up");
    assert.deepEqual(methods(), ["POST"]);
    await on.stack.assertSettled();
    const [room] = living();
    assert.equal(Object.keys(room?.settings ?? {}).length, 7);
    const { text } = await on.stack.pulumi("stack", "output", "--json");
    assert.deepEqual(JSON.parse(text), {
      watch: `${on.simulator.url}/${room?._id}/player`,
      broadcast: `${on.simulator.url}/livestreaming-rooms/${room?._id}/app/${on.simulator.appId}/broadcast`,
      stream: "[secret]",
    });
    on.simulator.setBroadcasting("town-hall", true);
    await on.stack.pulumi("refresh", "--expect-no-changes");
  });

  slowTest("is updated in place; what Metered never shows is not taken for a change", async () => {
    const program = (more: string) =>
      on.stack.program(`new metered.LiveStreamingRoom("r", { roomName: "talk", ${more} });`);
    program('displayMessage: "Soon.", enableRecording: true');
    await on.stack.pulumi("up");
    on.simulator.requests.clear();
    program('displayMessage: "Now."');
    await on.stack.upAndSettle();
    assert.deepEqual(methods().slice(0, 2), ["GET", "PUT"]);
    assert.deepEqual(on.simulator.requests[1]?.body, { displayMessage: "Now.", enableRecording: false });
    on.simulator.editRoom("live", "talk", { displayMessage: "Later.", customCSS: "p {}" });
    assert.match((await on.stack.pulumi("refresh", "--diff")).text, /~ displayMessage: "Now." => "Later."/);
    await on.stack.upAndSettle();
    assert.equal(living()[0]?.settings.displayMessage, "Now.");
    assert.equal(living()[0]?.settings.customCSS, "p {}");
  });

  it("cannot be deleted: the error says what to do, and retainOnDelete leaves it without one", async () => {
    on.stack.program('new metered.LiveStreamingRoom("r", { roomName: "stays" });');
    await on.stack.pulumi("up");
    const { text } = await on.stack.failing("destroy");
    assert.match(
      text,
      /Can't delete live-streaming room "stays".*Metered documents no way.*retainOnDelete: true.*\[CannotDelete\]/s,
    );
    assert.equal(on.stack.rooms().length, 1);
    on.stack.program('new metered.LiveStreamingRoom("r", { roomName: "stays" }, { retainOnDelete: true });');
    await on.stack.pulumi("up");
    await on.stack.pulumi("destroy");
    assert.equal(living().length, 1);
  });
});
