import assert from "node:assert/strict";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import type { RoomType } from "../../provider/src/rooms/roomType";
import { problemsOf } from "../../provider/src/schema/check";
import { brokenRule, warningsOf } from "../../provider/src/schema/rules";
import { canaryRtmpURL } from "../support/canary";
import { allSettings, leastInputs, NOW, types } from "../support/rooms";

/** The warnings that a room gets, each of which must be allowed by `check`. */
function warned(type: RoomType, settings: Record<string, unknown>): string[] {
  const inputs = leastInputs(type, settings);
  assert.deepEqual(problemsOf(type, {}, inputs, NOW), [], "what is warned about must be allowed");
  return warningsOf(type).flatMap(({ fields, text }) => {
    const warning = text(Object.fromEntries(fields.map((field) => [field, inputs[field]])));
    if (warning === undefined) return [];
    // The resource looks for a warning only where the first of its settings is declared.
    assert.notEqual(inputs[fields[0] ?? ""], undefined, warning);
    return warning;
  });
}

describe("warnings", () => {
  const zero = "is 0, and Metered doesn't document whether that lifts the limit; leave it out for no limit";

  for (const name of ["maxParticipants", "ejectAfterElapsedTimeInSec", "endMeetingAfterNoActivityInSec"]) {
    it(`tells that ${name}: 0 may not lift the limit`, () => {
      assert.deepEqual(warned(meetingRoom, { [name]: 0 }), [`${name} ${zero}`]);
      assert.deepEqual(warned(meetingRoom, { [name]: 1 }), []);
    });
  }

  it("are looked for where a setting may surprise, and nowhere else", () => {
    const single = warningsOf(meetingRoom).flatMap(({ fields }) => (fields.length === 1 ? fields : []));
    const counts = ["maxParticipants", "ejectAfterElapsedTimeInSec", "endMeetingAfterNoActivityInSec"];
    assert.deepEqual(single.sort(), ["roomName", ...counts].sort());
  });

  it("of a rule between settings take what is not known yet for kept", () => {
    const rule = { level: "error", field: "a", needs: "b", why: "so it is" } as const;
    assert.equal(brokenRule(rule, { a: 1 }), "a needs b: so it is");
    for (const unknown of ["a", "b"])
      assert.equal(
        brokenRule(rule, { a: 1 }, (name) => name === unknown),
        undefined,
      );
    for (const kept of [{}, { b: 1 }, { a: 1, b: 1 }]) assert.equal(brokenRule(rule, kept), undefined);
    const exact = { ...rule, is: true, be: true };
    assert.equal(brokenRule(exact, { a: true, b: false }), "a: true needs b: true: so it is");
    for (const kept of [{ a: false }, { a: true, b: true }]) assert.equal(brokenRule(exact, kept), undefined);
  });

  it("tells that ejectAtRoomExp does nothing without an expiry", () => {
    const why = "ejectAtRoomExp: true needs expireUnixSec: without it the room never expires and nobody is ejected";
    assert.deepEqual(warned(meetingRoom, { ejectAtRoomExp: true }), [why]);
    assert.deepEqual(warned(meetingRoom, { ejectAtRoomExp: false }), []);
    assert.deepEqual(warned(meetingRoom, { ejectAtRoomExp: true, expireUnixSec: NOW + 60 }), []);
  });

  it("tells that deleteOnExp does nothing without an expiry", () => {
    const why = "deleteOnExp: true needs expireUnixSec: without it the room never expires and is never deleted";
    assert.deepEqual(warned(meetingRoom, { deleteOnExp: true }), [why]);
    assert.deepEqual(warned(meetingRoom, { deleteOnExp: false }), []);
    assert.deepEqual(warned(meetingRoom, { deleteOnExp: true, expireUnixSec: NOW + 60 }), []);
  });

  it("tells that a live-streaming room's enableRTMPOut has no destination", () => {
    const why = "enableRTMPOut: true needs rtmpOutURL: the stream has no destination";
    assert.deepEqual(warned(liveStreamingRoom, { enableRTMPOut: true }), [why]);
    assert.deepEqual(warned(liveStreamingRoom, { enableRTMPOut: false }), []);
    assert.deepEqual(warned(liveStreamingRoom, { enableRTMPOut: true, rtmpOutURL: canaryRtmpURL }), []);
  });

  for (const type of types) {
    it(`tells which names of a ${type.label} may not come back as they are`, () => {
      const about = (roomName: string) => warned(type, { roomName });
      const long = "a".repeat(61);
      const right = '("-" and "_" are)';
      assert.deepEqual(about("StandUp"), ["roomName has uppercase letters, which Metered may change to lowercase"]);
      assert.deepEqual(about("stand.up~"), [`roomName has ".", which isn't known to work everywhere ${right}`]);
      assert.deepEqual(about(long), ["roomName has 61 characters; up to 60 are known to work"]);
      assert.deepEqual(about(`A~${long}`), [
        `roomName has uppercase letters, which Metered may change to lowercase; it has "~", which isn't known to work everywhere ${right}; it has 63 characters; up to 60 are known to work`,
      ]);
      for (const usual of ["stand-up-2", "stand_up"]) assert.deepEqual(about(usual), []);
      assert.deepEqual(about("a".repeat(60)), []);
    });

    it(`has nothing to say about a ${type.label} with all settings, or with the least`, () => {
      assert.deepEqual(warned(type, allSettings(type)), []);
      assert.deepEqual(warned(type, {}), []);
    });

    it(`names the settings that each warning about a ${type.label} depends on`, () => {
      for (const { fields, text } of warningsOf(type)) {
        assert.ok(fields.length > 0);
        for (const field of fields) assert.ok(field in type.fields, field);
        assert.equal(text({}), undefined);
      }
    });
  }

  it("are not raised about what check refuses anyhow", () => {
    const refused = { enableRTMPOut: true, recordComposition: true, enableLiveStreaming: true, maxParticipants: -1 };
    for (const { text } of warningsOf(meetingRoom)) assert.equal(text(refused), undefined);
  });

  it("does not warn about a private room, nor about a room without a name", () => {
    assert.deepEqual(warned(meetingRoom, { privacy: "private" }), []);
    for (const type of types)
      for (const { text } of warningsOf(type)) assert.equal(text({ privacy: "private" }), undefined);
  });
});
