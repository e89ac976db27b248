import assert from "node:assert/strict";
import fc from "fast-check";
import { check, type Failure } from "../../provider/src/core/check";
import type { RoomType } from "../../provider/src/core/field";
import { UNKNOWN } from "../../provider/src/core/kinds";
import { liveStreamingRoom } from "../../provider/src/core/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/core/meetingRoom";
import { assertNoSecrets, canaryRtmpURL } from "../support/canary";
import { leastInputs, NOW, types } from "../support/rooms";

function failuresOf(type: RoomType, settings: Record<string, unknown>, olds = {}): Failure[] {
  return check(type, olds, leastInputs(type, settings), NOW).failures;
}

describe("check of the rules between settings", () => {
  const composed = "enableComposition: true";
  const rules: readonly (readonly [string, Record<string, unknown>, string])[] = [
    [
      "enableRTMPOut without rtmpOutURL",
      { enableRTMPOut: true, enableComposition: true },
      "enableRTMPOut: true needs rtmpOutURL: the stream needs a place to go",
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
      assert.deepEqual(failuresOf(meetingRoom, settings), [{ property: "", reason }]);
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
      assert.deepEqual(failuresOf(meetingRoom, settings), []);
    }
  });

  it("asks for nothing where a setting is false, or a URL stands alone", () => {
    for (const settings of [
      { enableRTMPOut: false },
      { recordComposition: false },
      { enableLiveStreaming: false },
      { rtmpOutURL: canaryRtmpURL },
    ]) {
      assert.deepEqual(failuresOf(meetingRoom, settings), []);
    }
  });

  it("does not refuse a live-streaming room for them", () => {
    for (const settings of [{ enableRTMPOut: true }, { recordComposition: true }, { enableLiveStreaming: true }]) {
      assert.deepEqual(failuresOf(liveStreamingRoom, settings), []);
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
      assert.deepEqual(failuresOf(meetingRoom, settings), []);
    }
  });
});

describe("check of moments", () => {
  const past = (expiry: string) => [
    {
      property: "expireUnixSec",
      reason: `is in the past (${expiry}; now is 2030-01-01T00:00:00Z), so nobody could join`,
    },
  ];
  const tooLate = [
    { property: "notBeforeUnixSec", reason: "must be earlier than expireUnixSec, or nobody could ever join" },
  ];

  it("refuses an expiry that is past, down to the second", () => {
    assert.deepEqual(failuresOf(meetingRoom, { expireUnixSec: NOW - 86_400 }), past("2029-12-31T00:00:00Z"));
    assert.deepEqual(failuresOf(meetingRoom, { expireUnixSec: NOW }), past("2030-01-01T00:00:00Z"));
    assert.deepEqual(failuresOf(meetingRoom, { expireUnixSec: NOW + 1 }), []);
  });

  it("refuses an opening that is past, unless it was declared before", () => {
    const notBeforeUnixSec = NOW - 60;
    const [failure, ...others] = failuresOf(meetingRoom, { notBeforeUnixSec });
    assert.equal(failure?.property, "notBeforeUnixSec");
    assert.match(failure?.reason ?? "", /^is in the past \(2029-12-31T23:59:00Z; .*hold nobody back; leave it out$/);
    assert.deepEqual(others, []);
    assert.deepEqual(failuresOf(meetingRoom, { notBeforeUnixSec }, leastInputs(meetingRoom, { notBeforeUnixSec })), []);
  });

  it("keeps a room editable after its expiry has passed, as long as the expiry is not touched", () => {
    const expireUnixSec = NOW - 60;
    const settings = { expireUnixSec, maxParticipants: 3 };
    assert.deepEqual(failuresOf(meetingRoom, settings, leastInputs(meetingRoom, { expireUnixSec })), []);
    const others = [{}, leastInputs(meetingRoom), leastInputs(meetingRoom, { expireUnixSec: NOW - 61 })];
    for (const olds of others) assert.deepEqual(failuresOf(meetingRoom, settings, olds), past("2029-12-31T23:59:00Z"));
  });

  it("refuses an opening at or after the expiry", () => {
    const expireUnixSec = NOW + 100;
    assert.deepEqual(failuresOf(meetingRoom, { expireUnixSec, notBeforeUnixSec: NOW + 99 }), []);
    assert.deepEqual(failuresOf(meetingRoom, { expireUnixSec, notBeforeUnixSec: NOW + 100 }), tooLate);
    assert.deepEqual(failuresOf(meetingRoom, { expireUnixSec, notBeforeUnixSec: NOW + 101 }), tooLate);
    assert.deepEqual(failuresOf(meetingRoom, { notBeforeUnixSec: NOW + 101 }), []);
  });
});

describe("check of property names", () => {
  const unknown = (type: RoomType, name: string, hint: string) =>
    assert.deepEqual(failuresOf(type, { [name]: 1 }), [
      { property: "", reason: `${name} is not a setting of a ${type.label}: ${hint}` },
    ]);

  it("refuses an unknown one and names the nearest known one", () => {
    unknown(meetingRoom, "maxParticipant", "did you mean maxParticipants?");
    unknown(meetingRoom, "ENABLECHAT", "did you mean enableChat?");
    unknown(meetingRoom, "prvcy", "did you mean privacy?");
    unknown(meetingRoom, "rivacyy", "did you mean privacy?");
    // Three letters more are one too many for so short a name.
    unknown(meetingRoom, "xxxjoin", `its settings are ${Object.keys(meetingRoom.fields).join(", ")}`);
    unknown(meetingRoom, "expireUnixSecs", "did you mean expireUnixSec?");
    unknown(meetingRoom, "enableScreenShare", "did you mean enableScreenSharing?");
    unknown(liveStreamingRoom, "rtmpOutUrl", "did you mean rtmpOutURL?");
  });

  it("leaves out the `_id` that the old inputs have after a refresh, and no other", () => {
    const olds = leastInputs(meetingRoom, { roomId: "61005784c3c9104421af1535" });
    const { inputs, failures } = check(meetingRoom, olds, olds, NOW);
    assert.deepEqual([failures, inputs], [[], leastInputs(meetingRoom)]);
    assert.equal(check(meetingRoom, olds, { ...olds, roomId: "another" }, NOW).failures.length, 1);
    assert.equal(check(meetingRoom, {}, olds, NOW).failures.length, 1);
  });

  it("lists the settings where none is near", () => {
    const names = "roomName, enableLiveStreaming, displayMessage, customCSS, enableRecording, recordComposition, ";
    unknown(liveStreamingRoom, "privacy", `its settings are ${names}enableRTMPOut, rtmpOutURL`);
  });

  it("does not take what every JavaScript object has for a setting", () => {
    for (const name of ["constructor", "toString", "hasOwnProperty"]) {
      const [failure] = failuresOf(liveStreamingRoom, { [name]: 1 });
      assert.equal(failure?.property, "");
      assert.match(failure.reason, new RegExp(`^${name} is not a setting of a live-streaming room: `));
    }
  });

  it("leaves Pulumi's own keys alone", () => {
    for (const type of types) assert.deepEqual(failuresOf(type, { __defaults: [], __createFirst: true }), []);
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
      chat: true,
    };
    const told = failuresOf(meetingRoom, settings).map(({ property, reason }) => property || reason.split(" ")[0]);
    assert.deepEqual(told, [
      "chat",
      "roomName",
      "privacy",
      "expireUnixSec",
      "maxParticipants",
      "meetingJoinWebhook",
      "enableRTMPOut:",
      "enableRTMPOut:",
    ]);
  });

  it("keeps the name that was made for the last run, whatever the resource is called now", () => {
    for (const type of types) {
      const olds = leastInputs(type, { roomName: "standup-1f2e3d4c", __auto: true });
      const news = leastInputs(type, { roomName: "daily-99999999", __auto: true });
      assert.deepEqual(check(type, olds, news, NOW), { inputs: olds, failures: [] });
    }
  });

  it("takes a name that the program gives, and a made one for a new room", () => {
    for (const type of types) {
      const given = leastInputs(type, { roomName: "daily" });
      assert.deepEqual(check(type, leastInputs(type), given, NOW).inputs, given);
      const made = leastInputs(type, { roomName: "daily-99999999", __auto: true });
      assert.deepEqual(check(type, {}, made, NOW).inputs, made);
    }
  });

  it("never says the value of a setting that may hold a secret, nor has Pulumi say it", () => {
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
          for (const { property, reason } of failuresOf(type, { [name]: secret })) {
            assert.equal(property, "");
            assertNoSecrets("a failure", reason);
          }
        }),
        { numRuns: 300 },
      );
    }
  });

  it("does not say a secret that is a number", () => {
    for (const type of types) {
      const [failure] = failuresOf(type, { rtmpOutURL: 424242424242 });
      assert.equal(failure?.property, "");
      assert.doesNotMatch(failure.reason, /4242/);
    }
  });
});
