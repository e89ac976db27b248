import assert from "node:assert/strict";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { UNKNOWN } from "../../provider/src/schema/kinds";
import { canaryRtmpURL } from "../support/canary";
import { leastInputs, NOW, problemsWith } from "../support/rooms";

describe("check of the rules between settings", () => {
  const composed = "enableComposition: true";
  const rules: readonly (readonly [string, Record<string, unknown>, string])[] = [
    [
      "enableRTMPOut without rtmpOutURL",
      { enableRTMPOut: true, enableComposition: true },
      "enableRTMPOut: true needs rtmpOutURL: the stream needs a destination",
    ],
    [
      "enableRTMPOut without enableComposition",
      { enableRTMPOut: true, rtmpOutURL: canaryRtmpURL },
      `enableRTMPOut: true needs ${composed}: the composed stream is what is sent`,
    ],
    [
      "enableRTMPOut with enableComposition: false",
      { enableRTMPOut: true, rtmpOutURL: canaryRtmpURL, enableComposition: false },
      `enableRTMPOut: true needs ${composed}: the composed stream is what is sent`,
    ],
    [
      "recordComposition without enableComposition",
      { recordComposition: true },
      `recordComposition: true needs ${composed}: the composed stream is what is recorded`,
    ],
    [
      "recordComposition with enableComposition: false",
      { recordComposition: true, enableComposition: false },
      `recordComposition: true needs ${composed}: the composed stream is what is recorded`,
    ],
    [
      "enableLiveStreaming without enableComposition",
      { enableLiveStreaming: true },
      `enableLiveStreaming: true needs ${composed}: the composed stream is what is broadcast`,
    ],
    [
      "enableLiveStreaming with enableComposition: false",
      { enableLiveStreaming: true, enableComposition: false },
      `enableLiveStreaming: true needs ${composed}: the composed stream is what is broadcast`,
    ],
  ];

  for (const [title, settings, reason] of rules) {
    it(`refuses a meeting room's ${title}`, () => {
      assert.deepEqual(problemsWith(meetingRoom, settings), [reason]);
    });
  }

  it("takes what a meeting room has whole", () => {
    const enableComposition = true;
    const rtmp = { enableRTMPOut: true, rtmpOutURL: canaryRtmpURL, enableComposition };
    for (const settings of [
      rtmp,
      { recordComposition: true, enableComposition },
      { enableLiveStreaming: true, enableComposition },
    ]) {
      assert.deepEqual(problemsWith(meetingRoom, settings), []);
    }
  });

  it("asks for nothing where a setting is false, or a URL stands alone", () => {
    for (const settings of [
      { enableRTMPOut: false },
      { recordComposition: false },
      { enableLiveStreaming: false },
      { rtmpOutURL: canaryRtmpURL },
    ]) {
      assert.deepEqual(problemsWith(meetingRoom, settings), []);
    }
  });

  it("does not refuse a live-streaming room for them", () => {
    for (const settings of [{ enableRTMPOut: true }, { recordComposition: true }, { enableLiveStreaming: true }]) {
      assert.deepEqual(problemsWith(liveStreamingRoom, settings), []);
    }
  });

  it("lets an unknown value keep every rule, on either side", () => {
    for (const settings of [
      { enableRTMPOut: UNKNOWN },
      { enableRTMPOut: true, rtmpOutURL: UNKNOWN, enableComposition: UNKNOWN },
      { recordComposition: true, enableComposition: UNKNOWN },
      { enableLiveStreaming: UNKNOWN, enableComposition: false },
      { expireUnixSec: NOW + 60, notBeforeUnixSec: UNKNOWN },
      { expireUnixSec: UNKNOWN, notBeforeUnixSec: NOW + 60 },
    ]) {
      assert.deepEqual(problemsWith(meetingRoom, settings), []);
    }
  });

  it("lets a state that breaks a rule stay as it is, and no setting of the rule be changed alone", () => {
    const broken = { enableRTMPOut: true, enableComposition: true };
    const before = leastInputs(meetingRoom, broken);
    assert.deepEqual(problemsWith(meetingRoom, broken, before), []);
    assert.deepEqual(problemsWith(meetingRoom, { ...broken, maxParticipants: 3 }, before), []);
    const worse = problemsWith(meetingRoom, { ...broken, enableComposition: false }, before);
    assert.deepEqual(worse, [`enableRTMPOut: true needs ${composed}: the composed stream is what is sent`]);
    const times = { expireUnixSec: NOW + 60, notBeforeUnixSec: NOW + 120 };
    assert.deepEqual(problemsWith(meetingRoom, times, leastInputs(meetingRoom, times)), []);
    for (const changed of [{ expireUnixSec: NOW + 61 }, { notBeforeUnixSec: NOW + 121 }]) {
      const problems = problemsWith(meetingRoom, { ...times, ...changed }, leastInputs(meetingRoom, times));
      assert.deepEqual(problems, ["notBeforeUnixSec must be earlier than expireUnixSec: nobody could ever join"]);
    }
  });
});
