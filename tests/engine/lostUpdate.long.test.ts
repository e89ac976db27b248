import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import { assertNoSecrets, canaryKey, canaryRtmpURL } from "../support/canary";
import { TestStack } from "../support/stack";

describe("an update whose reply is lost", function () {
  this.timeout(180_000);
  let simulator: Simulator;
  let stack: TestStack;

  before(async () => {
    // A reply that shows nothing: a refresh learns nothing either.
    simulator = await startSimulator({ secretKey: canaryKey, switches: { optionalInReplies: "omitted" } });
    stack = await TestStack.create({ simulator });
    stack.env.RTMP_OUT_URL = canaryRtmpURL;
  });
  after(async () => {
    await simulator.close();
    stack.dispose();
  });

  const program = (settings: string) =>
    stack.program(`new metered.MeetingRoom("r", { roomName: "r", privacy: "public", ${settings} });`);
  const small = `maxParticipants: 5, rtmpOutURL: process.env.RTMP_OUT_URL`;
  const onMetered = () => simulator.rooms.map(({ settings }) => settings.maxParticipants);

  for (const isRefreshed of process.env.EXHAUSTIVE ? [false, true] : [false]) {
    it(`is made good when the program is taken back${isRefreshed ? ", after a refresh, too" : ""}`, async () => {
      await program(small).pulumi("up");
      simulator.faults.inject({
        fault: "status",
        status: 500,
        afterCommit: true,
        operation: "update",
        times: "always",
      });
      const { text } = await program("maxParticipants: 50").failing("up");
      assert.match(text, /Metered failed to update the meeting room "r".*It may have been done all the same/);
      simulator.faults.clear();
      assert.deepEqual(onMetered(), [50]);
      assert.equal(stack.room("r").outputs?.maxParticipants, 5);
      assertNoSecrets("the state", JSON.stringify(stack.room("r")));
      if (isRefreshed) await stack.pulumi("refresh");
      await program(small).pulumi("up");
      assert.deepEqual(onMetered(), [5]);
      await stack.assertSettled();
    });
  }
});
