import assert from "node:assert/strict";
import fc from "fast-check";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import type { RoomType } from "../../provider/src/rooms/roomType";
import { problemsOf } from "../../provider/src/schema/check";
import { assertNoSecrets, canaryRtmpURL } from "../support/canary";
import { leastInputs, NOW, problemsWith, types } from "../support/rooms";

describe("check of timestamps", () => {
  const at = "it's now 2030-01-01 00:00:00 UTC";
  const past = (expiry: string) => [`expireUnixSec is in the past (${expiry} UTC; ${at}), so nobody could join`];
  const tooLate = ["notBeforeUnixSec must be earlier than expireUnixSec: nobody could ever join"];

  it("refuses an expiry that is past, down to the second", () => {
    assert.deepEqual(problemsWith(meetingRoom, { expireUnixSec: NOW - 86_400 }), past("2029-12-31 00:00:00"));
    assert.deepEqual(problemsWith(meetingRoom, { expireUnixSec: NOW }), past("2030-01-01 00:00:00"));
    assert.deepEqual(problemsWith(meetingRoom, { expireUnixSec: NOW + 1 }), []);
  });

  it("refuses an opening that is past", () => {
    const why = "it would have no effect; leave it out";
    assert.deepEqual(problemsWith(meetingRoom, { notBeforeUnixSec: NOW - 60 }), [
      `notBeforeUnixSec is in the past (2029-12-31 23:59:00 UTC; ${at}), so ${why}`,
    ]);
  });

  it("refuses a past one of a room that has none, and leaves one alone that the room may have had", () => {
    for (const name of ["expireUnixSec", "notBeforeUnixSec"]) {
      const settings = { [name]: NOW - 60, maxParticipants: 3 };
      assert.equal(problemsWith(meetingRoom, settings, leastInputs(meetingRoom)).length, 1);
      // In the dashboard the time was extended, a refresh has taken that over, and then the program's own time has passed.
      for (const inState of [NOW - 60, NOW - 61, NOW + 3600]) {
        const before = leastInputs(meetingRoom, { [name]: inState });
        assert.deepEqual(problemsWith(meetingRoom, settings, before), [], `${name} ${inState}`);
      }
    }
  });

  it("never turns an unchanged program red, however late it is", () => {
    const settings = { expireUnixSec: NOW + 60, notBeforeUnixSec: NOW + 30 };
    const inputs = leastInputs(meetingRoom, settings);
    for (const later of [0, 30, 60, 61, 1e9])
      assert.deepEqual(problemsOf(meetingRoom, inputs, inputs, NOW + later), []);
  });

  it("refuses an opening at or after the expiry", () => {
    const expireUnixSec = NOW + 100;
    assert.deepEqual(problemsWith(meetingRoom, { expireUnixSec, notBeforeUnixSec: NOW + 99 }), []);
    assert.deepEqual(problemsWith(meetingRoom, { expireUnixSec, notBeforeUnixSec: NOW + 100 }), tooLate);
    assert.deepEqual(problemsWith(meetingRoom, { expireUnixSec, notBeforeUnixSec: NOW + 101 }), tooLate);
    assert.deepEqual(problemsWith(meetingRoom, { notBeforeUnixSec: NOW + 101 }), []);
  });
});

describe("check of property names", () => {
  const unknown = (type: RoomType, name: string, hint: string) =>
    assert.deepEqual(problemsWith(type, { [name]: 1 }), [`${name} is not an input of a ${type.label}: ${hint}`]);

  it("refuses an unknown one and names the nearest known one", () => {
    unknown(meetingRoom, "maxParticipant", "did you mean maxParticipants?");
    unknown(meetingRoom, "ENABLECHAT", "did you mean enableChat?");
    unknown(meetingRoom, "prvcy", "did you mean privacy?");
    unknown(meetingRoom, "rivacyy", "did you mean privacy?");
    // Three letters more are one too many for so short a name.
    unknown(meetingRoom, "xxxjoin", `its inputs are ${Object.keys(meetingRoom.fields).join(", ")}`);
    unknown(meetingRoom, "expireUnixSecs", "did you mean expireUnixSec?");
    unknown(meetingRoom, "enableScreenShare", "did you mean enableScreenSharing?");
    unknown(liveStreamingRoom, "rtmpOutUrl", "did you mean rtmpOutURL?");
  });

  it("refuses one although the state has it: no room does", () => {
    assert.equal(problemsWith(meetingRoom, { chat: true }, leastInputs(meetingRoom, { chat: true })).length, 1);
    assert.deepEqual(problemsWith(meetingRoom, { chat: undefined }), []);
  });

  it("lists the inputs where none is near", () => {
    const names = "roomName, enableLiveStreaming, displayMessage, customCSS, enableRecording, recordComposition, ";
    unknown(liveStreamingRoom, "privacy", `its inputs are ${names}enableRTMPOut, rtmpOutURL`);
  });

  it("does not take what every JavaScript object has for an input", () => {
    for (const name of ["constructor", "toString", "hasOwnProperty"]) {
      const [problem = ""] = problemsWith(liveStreamingRoom, { [name]: 1 });
      assert.match(problem, new RegExp(`^${name} is not an input of a live-streaming room: `));
    }
  });
});

describe("check as a whole", () => {
  it("tells all problems of a room at once", () => {
    const settings = {
      roomName: "stand up",
      privacy: "secret",
      expireUnixSec: 0,
      maxParticipants: -1,
      meetingJoinWebhook: "nowhere",
      enableRTMPOut: true,
      notBeforeUnixSec: NOW - 1,
      chat: true,
    };
    const told = problemsWith(meetingRoom, settings).map((problem) => problem.split(" ")[0]);
    assert.deepEqual(told, [
      "chat",
      "roomName",
      "privacy",
      "expireUnixSec",
      "maxParticipants",
      "meetingJoinWebhook",
      "notBeforeUnixSec",
      "enableRTMPOut:",
      "enableRTMPOut:",
      "notBeforeUnixSec",
    ]);
  });

  it("never says the value of a setting that may hold a secret", () => {
    for (const type of types) {
      const quiet = Object.keys(type.fields).filter((name) => /URL$|Webhook$/.test(name));
      // A typo must not give a secret away either.
      const names = fc.constantFrom(...quiet, "rtmpOutUrl", "streamKey", "webhook");
      const fragment = fc.string({ maxLength: 8 });
      const text = fc.tuple(fragment, fragment).map(([before, after]) => `${before}canary-token${after}`);
      const value = fc.oneof(
        text,
        fc.constantFrom("canary-token:app", "canary-token://app", "canary-token", canaryRtmpURL, `${canaryRtmpURL} x`),
        fc.constantFrom(["canary-token"], { canary: "canary-token" }),
      );
      fc.assert(
        fc.property(names, value, (name, secret) => {
          for (const problem of problemsWith(type, { [name]: secret })) assertNoSecrets("a problem", problem);
        }),
        { numRuns: 300 },
      );
    }
  });

  it("does not say a secret that is a number", () => {
    for (const type of types) {
      const [problem = ""] = problemsWith(type, { rtmpOutURL: 424242424242 });
      assert.match(problem, /^rtmpOutURL must be/);
      assert.doesNotMatch(problem, /4242/);
    }
  });
});
