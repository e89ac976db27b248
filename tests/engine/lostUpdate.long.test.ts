import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import { assertNoSecrets, canaryKey, canaryRtmpURL } from "../support/canary";
import { isExhaustive } from "../support/exhaustive";
import { TestStack } from "../support/stack";

describe("an update whose response is lost", function () {
  this.timeout(300_000);
  let simulator: Simulator;
  let stack: TestStack;

  before(async () => {
    // A response that shows nothing: a refresh learns nothing either.
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

  for (const isRefreshed of isExhaustive ? [false, true] : [false]) {
    it(`is put right when the program is changed back${isRefreshed ? ", after a refresh, too" : ""}`, async () => {
      await program(small).pulumi("up");
      simulator.faults.inject({
        fault: "status",
        status: 500,
        afterCommit: true,
        operation: "update",
        times: "always",
      });
      const { text } = await program("maxParticipants: 50").failing("up");
      assert.match(
        text,
        /Can't update meeting room "r".*Metered failed with HTTP 500.*The room may have been updated\..*\[ServerError\]/s,
      );
      simulator.faults.clear();
      assert.deepEqual(onMetered(), [50]);
      // Neither the old value nor the new one is certain.
      assert.equal(stack.room("r").outputs.maxParticipants ?? null, null);
      assertNoSecrets("the state", JSON.stringify(stack.room("r")));
      if (isRefreshed) await stack.pulumi("refresh");
      await program(small).pulumi("up");
      assert.deepEqual(onMetered(), [5]);
      await stack.assertSettled();
    });
  }
});
