import assert from "node:assert/strict";
import { diff } from "../../provider/src/core/diff";
import { AppChanged } from "../../provider/src/core/errors";
import type { RoomType } from "../../provider/src/core/field";
import { UNKNOWN } from "../../provider/src/core/kinds";
import { liveStreamingRoom } from "../../provider/src/core/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/core/meetingRoom";
import type { Bag } from "../../provider/src/core/state";
import { allSettings, leastInputs, NOW, otherValue, types } from "../support/rooms";

/** Outputs as `create` leaves them behind, for these settings. */
function outputsOf(type: RoomType, settings: Bag): Bag {
  const identity = { roomId: "61005784c3c9104421af1534", appName: "demo", created: "2029-12-31T00:00:00.000Z" };
  return { ...leastInputs(type, settings), ...identity };
}

function diffOf(type: RoomType, olds: Bag, news: Bag) {
  return diff(type, "standup", olds, news, "demo", NOW);
}

const NONE = { changes: false };
/** The engine then compares the inputs itself. */
const IN_PLACE = {};

describe("diff", () => {
  for (const type of types) {
    const all = allSettings(type);
    const outputs = outputsOf(type, all);
    const inputs = leastInputs(type, all);
    const without = (name: string, bag: Bag) => Object.fromEntries(Object.entries(bag).filter(([key]) => key !== name));

    it(`finds no change in a ${type.label} that is as declared`, () => {
      assert.deepEqual(diffOf(type, outputs, inputs), NONE);
      assert.deepEqual(diffOf(type, outputsOf(type, {}), leastInputs(type)), NONE);
    });

    it(`writes the state of a ${type.label} anew that the plugin wrote, and takes it for no other provider's`, () => {
      const byPlugin = without("__provider", outputs);
      assert.deepEqual(diffOf(type, byPlugin, inputs), IN_PLACE);
      assert.deepEqual(diffOf(type, byPlugin, without("__provider", inputs)), NONE);
      // The number is ours: a stranger's state that says another name than the program is refused.
      const numbered = { ...byPlugin, roomName: "standup-2", __askedName: "standup", __auto: true };
      assert.deepEqual(diff(type, "standup-2", numbered, { ...inputs, __auto: true }, "demo", NOW), IN_PLACE);
    });

    for (const [name, field] of Object.entries(type.fields).filter(([key]) => key !== "roomName")) {
      it(`changes a ${type.label} in place when ${name} is changed, added, removed or unknown`, () => {
        const changed = { ...inputs, [name]: otherValue(name, field) };
        assert.notEqual(changed[name], inputs[name]);
        assert.deepEqual(diffOf(type, outputs, changed), IN_PLACE);
        assert.deepEqual(diffOf(type, without(name, outputs), inputs), IN_PLACE);
        assert.deepEqual(diffOf(type, outputs, without(name, inputs)), IN_PLACE);
        assert.deepEqual(diffOf(type, outputs, { ...inputs, [name]: UNKNOWN }), IN_PLACE);
      });
    }

    it(`replaces a ${type.label} when its roomName changes or is not known yet`, () => {
      const replaces = { replaces: ["roomName"] };
      assert.deepEqual(diffOf(type, outputs, { ...inputs, roomName: "daily" }), replaces);
      assert.deepEqual(diffOf(type, outputs, { ...inputs, roomName: UNKNOWN }), replaces);
      const more = { ...inputs, roomName: "daily", enableRecording: false };
      assert.deepEqual(diffOf(type, outputs, more), replaces);
    });

    it(`leaves the comparison of a ${type.label} to the engine when the provider's text changes`, () => {
      assert.deepEqual(diffOf(type, outputs, { ...inputs, __provider: "exports.handler=()=>1" }), IN_PLACE);
    });

    it(`works on a ${type.label}'s state of any age`, () => {
      const { roomId: _, appName: __, created: ___, ...early } = outputs;
      assert.deepEqual(diffOf(type, early, inputs), NONE);
      assert.deepEqual(diffOf(type, { ...early, appName: "" }, inputs), NONE);
      assert.deepEqual(diffOf(type, { ...early, _id: "61005784c3c9104421af1534" }, inputs), NONE);
      assert.deepEqual(diffOf(type, { ...outputs, currentlyBroadcasting: true, lang: "en", __v: 0 }, inputs), NONE);
      assert.deepEqual(
        diffOf(type, { ...without("enableRecording", outputs), enableRecording: null }, inputs),
        IN_PLACE,
      );
      assert.deepEqual(diffOf(type, { __provider: inputs.__provider }, inputs), IN_PLACE);
      assert.deepEqual(diffOf(type, without("roomName", outputs), inputs), NONE);
      assert.deepEqual(diffOf(type, without("roomName", outputs), { ...inputs, roomName: "daily" }), {
        replaces: ["roomName"],
      });
    });

    it(`compares a ${type.label} with its old inputs, as after a refresh`, () => {
      const { __provider, ...asStored } = inputs;
      assert.deepEqual(diffOf(type, outputs, { ...asStored, __provider }), NONE);
      const drifted = { ...outputs, enableRecording: false };
      assert.deepEqual(diffOf(type, drifted, inputs), IN_PLACE);
      // Inputs of a run that knew no auto-naming need not have a name.
      const { roomName: _, ...nameless } = inputs;
      assert.deepEqual(diffOf(type, outputs, nameless), NONE);
    });

    it(`shows that another ${type.label} stands under the name`, () => {
      assert.deepEqual(diffOf(type, { ...outputs, __otherRoomId: "61005784c3c9104421af1535" }, inputs), IN_PLACE);
    });

    it(`refuses a ${type.label} of another app, naming both and the ways out`, () => {
      for (const news of [inputs, { ...inputs, roomName: "daily" }]) {
        assert.throws(
          () => diff(type, "standup", outputs, news, "acme", NOW),
          (error: Error) => {
            assert.ok(error instanceof AppChanged);
            assert.equal(
              error.message,
              `The ${type.label} "standup" belongs to the Metered app "demo", but the configured app is "acme"; nothing was touched. ` +
                'To have rooms in "acme", use another stack. To move this one, set metered:appName (and the key) back to "demo", run pulumi up and then pulumi destroy, and switch after that.',
            );
            return true;
          },
        );
      }
    });
  }
});

describe("diff of names", () => {
  const auto = { roomName: "standup-1f2e3d4c", __auto: true };
  const explicit = { roomName: "standup-1f2e3d4c" };
  const numbered = { roomName: "standup-1f2e3d4c-2", __askedName: "standup-1f2e3d4c", __auto: true };
  const diffNames = (type: RoomType, olds: Bag, news: Bag) =>
    diffOf(type, outputsOf(type, olds), leastInputs(type, news));

  for (const type of types) {
    it(`changes nothing when a ${type.label} goes from a made name to the same given one, or back`, () => {
      assert.deepEqual(diffNames(type, auto, explicit), NONE);
      assert.deepEqual(diffNames(type, explicit, auto), NONE);
      // Back again: check keeps the name of the last inputs.
      assert.deepEqual(diffNames(type, numbered, { roomName: numbered.roomName, __auto: true }), NONE);
      assert.deepEqual(
        diffNames(type, { roomName: numbered.roomName }, { ...auto, roomName: numbered.roomName }),
        NONE,
      );
    });

    it(`only has the state say so when the program gives a ${type.label} the numbered name by itself`, () => {
      assert.deepEqual(diffNames(type, numbered, { roomName: numbered.roomName }), {});
    });

    it(`sees no change in a ${type.label} that had to take a numbered name`, () => {
      assert.deepEqual(diffNames(type, numbered, auto), NONE);
    });

    it(`replaces a ${type.label} whose made name is neither of the two`, () => {
      const other = { ...auto, roomName: "other-0a1b2c3d" };
      assert.deepEqual(diffNames(type, numbered, other), { replaces: ["roomName"] });
    });

    it(`replaces a ${type.label} that had to take a numbered name when the asked one is now given`, () => {
      assert.deepEqual(diffNames(type, numbered, explicit), { replaces: ["roomName"] });
      assert.deepEqual(diffNames(type, numbered, { roomName: "daily" }), { replaces: ["roomName"] });
    });
  }
});

describe("diff of finished rooms", () => {
  const finished = { deleteOnExp: true, expireUnixSec: NOW - 1, autoJoin: true };
  const inputs = (more: Bag) => leastInputs(meetingRoom, { ...finished, ...more });

  it("leaves a room alone that has deleted itself as declared", () => {
    assert.deepEqual(diffOf(meetingRoom, outputsOf(meetingRoom, finished), inputs({})), NONE);
  });

  it("replaces it when the program declares anything else: there is no room left to change", () => {
    const olds = outputsOf(meetingRoom, finished);
    const later = { expireUnixSec: NOW + 60, autoJoin: false };
    assert.deepEqual(diffOf(meetingRoom, olds, inputs(later)), { replaces: ["expireUnixSec", "autoJoin"] });
    assert.deepEqual(diffOf(meetingRoom, olds, inputs({ deleteOnExp: undefined })), { replaces: ["deleteOnExp"] });
  });

  it("changes a room in place that is not to delete itself, or not yet", () => {
    for (const more of [{ deleteOnExp: false }, { deleteOnExp: undefined }, { expireUnixSec: NOW + 1 }]) {
      const olds = outputsOf(meetingRoom, { ...finished, ...more });
      assert.deepEqual(diffOf(meetingRoom, olds, inputs({ ...more, autoJoin: false })), IN_PLACE);
    }
  });

  it("counts the very second of the expiry as over", () => {
    const now = { ...finished, expireUnixSec: NOW };
    const news = inputs({ expireUnixSec: NOW, autoJoin: false });
    assert.deepEqual(diffOf(meetingRoom, outputsOf(meetingRoom, now), news), { replaces: ["autoJoin"] });
  });

  it("knows no finished live-streaming rooms", () => {
    const olds = outputsOf(liveStreamingRoom, { displayMessage: "Soon" });
    assert.deepEqual(diffOf(liveStreamingRoom, olds, leastInputs(liveStreamingRoom)), IN_PLACE);
  });
});
