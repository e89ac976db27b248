import assert from "node:assert/strict";
import { onEngine } from "../support/onEngine";
import { pluginProgram, usePlugin } from "../support/pluginProgram";

describe("rooms between the plugin and the dynamic resources, on the real engine", function () {
  this.timeout(300_000);
  const on = onEngine();

  beforeEach(() => usePlugin(on.stack));

  const writes = () => on.simulator.requests.filter(({ method }) => method !== "GET");

  it("takes rooms over from the dynamic resources, and hands them back, without a write on Metered", async () => {
    const declared = `
new metered.MeetingRoom("standup", { privacy: "private", maxParticipants: 12 });
new metered.LiveStreamingRoom("town-hall", { enableRecording: true, rtmpOutURL: "rtmp://a.example.com/app/key" });`;
    on.stack.program(declared);
    await on.stack.pulumi("up");
    const before = on.stack.rooms();
    on.simulator.requests.clear();

    pluginProgram(on.stack, declared);
    await on.stack.pulumi("preview", "--expect-no-changes");
    await on.stack.pulumi("up");
    const taken = on.stack.rooms();
    assert.deepEqual(
      taken.map(({ type, id, outputs }) => [type, id, outputs.roomId]),
      before.map(({ type, id, outputs }) => [
        type.replace("pulumi-nodejs:dynamic/metered:", "metered:index:"),
        id,
        outputs.roomId,
      ]),
    );
    await on.stack.pulumi("refresh");
    await on.stack.pulumi("preview", "--expect-no-changes");

    const back = declared.replaceAll(" });", ' }, { aliases: [{ type: "metered:index:KIND" }] });');
    const [first = "", second = ""] = back.trim().split("\n");
    on.stack.program(`${first.replace("KIND", "MeetingRoom")}\n${second.replace("KIND", "LiveStreamingRoom")}`);
    await on.stack.upAndSettle();
    assert.deepEqual(
      on.stack.rooms().map(({ type, id, outputs }) => [type, id, outputs.roomId]),
      before.map(({ type, id, outputs }) => [type, id, outputs.roomId]),
    );
    assert.deepEqual(writes(), []);
  });
});
