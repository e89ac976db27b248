import assert from "node:assert/strict";
import { isCause } from "../../provider/src/errors";
import { compareRoom } from "../../provider/src/pulumi/operations";
import { type Bag, namedBy, registered } from "../../provider/src/pulumi/state";
import type { Difference } from "../../provider/src/rooms/diff";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import type { RoomType } from "../../provider/src/rooms/roomType";
import { UNKNOWN } from "../../provider/src/schema/kinds";
import { FakeApi } from "../support/fakeApi";
import { allSettings, leastInputs, NOW, otherValue, types } from "../support/rooms";

/** Outputs as `create` leaves them behind, for these settings. */
function outputsOf(type: RoomType, settings: Bag): Bag {
  const identity = { roomId: "61005784c3c9104421af1534", appName: "demo", created: "2029-12-31T00:00:00.000Z" };
  return { ...leastInputs(type, settings), ...identity };
}

function diffOf(type: RoomType, olds: Bag, news: Bag, { id = "standup", oldInputs }: { id?: string; oldInputs?: Bag } = {}) {
  return compareRoom(new FakeApi(type).place(), id, olds, news, oldInputs);
}

const without = (name: string, bag: Bag) => Object.fromEntries(Object.entries(bag).filter(([key]) => key !== name));

const NONE: Difference = { changed: [], replaces: [], isRewritten: false, deleteBeforeReplace: true };
const REWRITTEN: Difference = { ...NONE, isRewritten: true };
const inPlace = (...changed: string[]): Difference => ({ ...NONE, changed });
/** Both names can exist side by side, so the new room comes first. */
const renamed = (...more: string[]): Difference => ({
  ...{ changed: ["roomName", ...more], replaces: ["roomName"] },
  ...{ isRewritten: true, deleteBeforeReplace: false },
});

describe("diff", () => {
  for (const type of types) {
    const all = allSettings(type);
    const outputs = outputsOf(type, all);
    const inputs = leastInputs(type, all);

    it(`finds no change in a ${type.label} that is as declared`, () => {
      assert.deepEqual(diffOf(type, outputs, inputs), NONE);
      assert.deepEqual(diffOf(type, outputsOf(type, {}), leastInputs(type)), NONE);
    });

    for (const [name, field] of Object.entries(type.fields).filter(([key]) => key !== "roomName")) {
      it(`changes a ${type.label} in place when ${name} is changed, added, removed, uncertain or unknown`, () => {
        const changed = { ...inputs, [name]: otherValue(name, field) };
        assert.notEqual(changed[name], inputs[name]);
        assert.deepEqual(diffOf(type, outputs, changed), inPlace(name));
        assert.deepEqual(diffOf(type, without(name, outputs), inputs), inPlace(name));
        assert.deepEqual(diffOf(type, outputs, without(name, inputs)), inPlace(name));
        assert.deepEqual(diffOf(type, outputs, { ...inputs, [name]: UNKNOWN }), inPlace(name));
        // The response to an update was lost: whatever the program says by now, the update comes back to it.
        for (const news of [inputs, changed, without(name, inputs)]) {
          assert.deepEqual(diffOf(type, { ...outputs, [name]: null }, news), inPlace(name));
        }
      });
    }

    it(`replaces a ${type.label} when its roomName changes or is not known yet, and creates first`, () => {
      assert.deepEqual(diffOf(type, outputs, { ...inputs, roomName: "daily" }), renamed());
      assert.deepEqual(diffOf(type, outputs, { ...inputs, roomName: UNKNOWN }), renamed());
      const more = { ...inputs, roomName: "daily", enableRecording: false };
      assert.deepEqual(diffOf(type, outputs, more), renamed("enableRecording"));
    });

    it(`takes no notice of where a ${type.label}'s code is: who wrote the state is the face's to compare`, () => {
      for (const olds of [outputs, { ...outputs, ...registered(type) }]) {
        for (const news of [inputs, { ...inputs, ...registered(type) }]) assert.deepEqual(diffOf(type, olds, news), NONE);
      }
    });

    it(`takes no notice of what else a ${type.label}'s state holds`, () => {
      assert.deepEqual(diffOf(type, { ...outputs, currentlyBroadcasting: true, lang: "en", __v: 0 }, inputs), NONE);
      // An import shows every setting as an output; the program declares what its inputs say.
      const oldInputs = without("enableRecording", inputs);
      assert.deepEqual(diffOf(type, outputs, oldInputs, { oldInputs }), NONE);
      assert.deepEqual(diffOf(type, outputs, inputs, { oldInputs }), inPlace("enableRecording"));
      assert.deepEqual(diffOf(type, outputs, oldInputs), inPlace("enableRecording"));
    });

    it(`refuses a ${type.label} of another app, whatever the program says of it`, () => {
      for (const news of [inputs, { ...inputs, roomName: "daily" }]) {
        assert.throws(
          () => diffOf(type, { ...outputs, appName: "acme" }, news),
          (error: unknown) => {
            assert.ok(isCause(error, "AppChanged"));
            const { owner, app, subject } = error.facts;
            assert.deepEqual([owner, app, subject?.name], ["acme", "demo", "standup"]);
            return true;
          },
        );
      }
    });
  }
});

describe("diff of names", () => {
  const auto = namedBy("standup-1f2e3d4c");
  const explicit = { roomName: "standup-1f2e3d4c" };
  const numbered = { ...auto, roomName: "standup-1f2e3d4c-2" };
  const diffNames = (type: RoomType, olds: Bag, news: Bag) =>
    diffOf(type, outputsOf(type, olds), leastInputs(type, news), { id: String(olds.roomName) });

  for (const type of types) {
    it(`only has the state say so when a ${type.label} goes from a generated name to the same given one, or back`, () => {
      assert.deepEqual(diffNames(type, auto, auto), NONE);
      assert.deepEqual(diffNames(type, auto, explicit), REWRITTEN);
      assert.deepEqual(diffNames(type, explicit, auto), REWRITTEN);
    });

    it(`sees no change in a ${type.label} that had to take a numbered name`, () => {
      assert.deepEqual(diffNames(type, numbered, auto), NONE);
    });

    it(`only has the state say so when the program gives a ${type.label} the numbered name by itself`, () => {
      assert.deepEqual(diffNames(type, numbered, { roomName: numbered.roomName }), REWRITTEN);
      // And when it is removed again: check keeps the name of the last inputs.
      assert.deepEqual(diffNames(type, { roomName: numbered.roomName }, namedBy(numbered.roomName)), REWRITTEN);
    });

    it(`replaces a ${type.label} whose generated name is neither of the two`, () => {
      assert.deepEqual(diffNames(type, numbered, namedBy("other-0a1b2c3d")), renamed());
    });

    it(`replaces a ${type.label} that had to take a numbered name when the program gives the one that wasn't free`, () => {
      assert.deepEqual(diffNames(type, numbered, explicit), renamed());
      assert.deepEqual(diffNames(type, numbered, { roomName: "daily" }), renamed());
    });

    it(`never renames a ${type.label} for a spelling: neither Metered's, nor the program's`, () => {
      const olds = outputsOf(type, { roomName: "StandUp" });
      for (const roomName of ["StandUp", "standup", "STANDUP"]) {
        const found = diffOf(type, olds, leastInputs(type, { roomName }), { id: "standup" });
        assert.deepEqual([found.changed, found.replaces], [[], []], roomName);
      }
      assert.deepEqual(diffOf(type, olds, leastInputs(type, { roomName: "StandUp" }), { id: "standup" }), NONE);
      assert.deepEqual(diffOf(type, olds, leastInputs(type, { roomName: "stand-up" }), { id: "standup" }), renamed());
    });

    it(`never renames a ${type.label} whose words a server joins in its own way`, () => {
      const olds = outputsOf(type, { roomName: "stand_up" });
      const of = (roomName: string) => diffOf(type, olds, leastInputs(type, { roomName }), { id: "stand-up" });
      assert.deepEqual(of("stand_up"), NONE);
      assert.deepEqual(of("stand-up"), REWRITTEN);
    });
  }
});

describe("diff of finished rooms", () => {
  const finished = { deleteOnExp: true, expireUnixSec: NOW - 1, autoJoin: true };
  const inputs = (more: Bag) => leastInputs(meetingRoom, { ...finished, ...more });
  const over = (...changed: string[]): Difference => ({ ...inPlace(...changed), replaces: changed });

  it("leaves a room alone that has deleted itself as declared", () => {
    assert.deepEqual(diffOf(meetingRoom, outputsOf(meetingRoom, finished), inputs({})), NONE);
  });

  it("replaces it when the program declares anything else, under its name: there is no room left to change", () => {
    const olds = outputsOf(meetingRoom, finished);
    const later = { expireUnixSec: NOW + 60, autoJoin: false };
    assert.deepEqual(diffOf(meetingRoom, olds, inputs(later)), over("expireUnixSec", "autoJoin"));
    assert.deepEqual(diffOf(meetingRoom, olds, inputs({ deleteOnExp: undefined })), over("deleteOnExp"));
  });

  it("changes a room in place that is not to delete itself, or not yet", () => {
    for (const more of [{ deleteOnExp: false }, { deleteOnExp: undefined }, { expireUnixSec: NOW + 1 }]) {
      const olds = outputsOf(meetingRoom, { ...finished, ...more });
      assert.deepEqual(diffOf(meetingRoom, olds, inputs({ ...more, autoJoin: false })), inPlace("autoJoin"));
    }
  });

  it("counts the very second of the expiry as over", () => {
    const now = { ...finished, expireUnixSec: NOW };
    const news = inputs({ expireUnixSec: NOW, autoJoin: false });
    assert.deepEqual(diffOf(meetingRoom, outputsOf(meetingRoom, now), news), over("autoJoin"));
  });

  it("knows no finished live-streaming rooms", () => {
    const olds = outputsOf(liveStreamingRoom, { displayMessage: "Soon" });
    assert.deepEqual(diffOf(liveStreamingRoom, olds, leastInputs(liveStreamingRoom)), inPlace("displayMessage"));
  });
});
