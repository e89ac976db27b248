import assert from "node:assert/strict";
import { diff } from "../../provider/src/core/diff";
import { ForeignRoom } from "../../provider/src/core/errors";
import type { RoomType } from "../../provider/src/core/field";
import { UNKNOWN } from "../../provider/src/core/kinds";
import { update } from "../../provider/src/core/lifecycle";
import { type Bag, nameOf } from "../../provider/src/core/state";
import { FakeApi } from "../support/fakeApi";
import { allSettings, leastInputs, NOW, PROVIDER_TEXT, types } from "../support/rooms";

/** The text of a provider that was serialized from somebody's class. */
const OTHER_TEXT = "exports.handler = __f0; var __provider_proto = {}; function __f0() { return __provider; }";

/** What hand-written providers keep of a room, whose reply is given. */
const layouts: Record<string, (reply: Bag) => Bag> = {
  "the whole reply": (reply) => ({ ...reply, __v: 0, archived: false, __provider: OTHER_TEXT }),
  "settings in an object of their own": ({ _id, roomName, ...settings }) => ({
    settings: { roomName, ...settings },
    roomId: _id,
    __provider: OTHER_TEXT,
  }),
  "nothing but the id": () => ({ __provider: OTHER_TEXT }),
};

for (const type of types) {
  describe(`a ${type.label} in the state of another provider`, () => {
    let api: FakeApi;
    const all = allSettings(type);
    const { roomName: _name, ...settings } = all;
    const inputs = leastInputs(type, all);
    beforeEach(() => {
      api = new FakeApi(type);
    });
    const diffOf = (id: string, olds: Bag, news: Bag) => diff(type, id, olds, news, "demo", NOW);

    for (const [layout, stateOf] of Object.entries(layouts)) {
      it(`is taken over without a write where it is as declared (${layout})`, async () => {
        const room = api.addRoom("standup", settings);
        const olds = stateOf(room);
        assert.deepEqual(diffOf("standup", olds, inputs), {});
        const { outs } = await update(api.context(), "standup", olds, inputs);
        assert.deepEqual([api.story, api.notes], [["GET standup"], []]);
        const identity = { roomId: room._id, appName: "demo", created: room.created, ...linksOf(type) };
        assert.deepEqual(outs, { ...all, ...identity });
        const state = { ...outs, __provider: PROVIDER_TEXT };
        assert.deepEqual(diffOf("standup", state, inputs), { changes: false });
      });
    }

    it("gets what the program declares otherwise, and nothing else is touched", async () => {
      const room = api.addRoom("standup", { ...settings, enableRecording: false });
      const olds = { ...room, enableRecording: true, recordComposition: true, __provider: OTHER_TEXT };
      const news = leastInputs(type, { enableRecording: true });
      assert.deepEqual(diffOf("standup", olds, news), {});
      await update(api.context(), "standup", olds, news);
      assert.deepEqual(api.story, ["GET standup", "PUT standup"]);
      assert.equal(api.lastSent.enableRecording, true);
      assert.equal("recordComposition" in api.lastSent, false);
      assert.deepEqual(api.notes, []);
    });

    it("is believed to be as the state says where the reply says nothing", async () => {
      const room = api.addRoom("standup", settings);
      const { _id, roomName, created } = room;
      api.show = () => ({ _id, roomName, created });
      await update(api.context(), "standup", { ...room, __provider: OTHER_TEXT }, inputs);
      assert.deepEqual(api.story, ["GET standup"]);
      await update(api.context(), "standup", { roomName: "standup", __provider: OTHER_TEXT }, inputs);
      assert.deepEqual(api.lastSent, settings);
    });

    it("keeps the declared spelling of the name", async () => {
      const room = api.addRoom("town-hall", settings);
      const news = { ...inputs, roomName: "Town-Hall" };
      assert.deepEqual(diffOf("town-hall", { ...room, __provider: OTHER_TEXT }, news), {});
      const { outs } = await update(api.context(), "town-hall", { ...room, __provider: OTHER_TEXT }, news);
      assert.equal(outs.roomName, "Town-Hall");
    });

    it("is never replaced: another declared name is an error that names both", () => {
      const olds = { roomName: "standup", expireUnixSec: NOW - 1, deleteOnExp: true, __provider: OTHER_TEXT };
      assert.deepEqual(diffOf("standup", olds, inputs), {});
      for (const roomName of ["daily", "standup-1f2e3d4c"]) {
        assert.throws(
          () => diffOf("standup", olds, { ...inputs, roomName }),
          (error: Error) => error instanceof ForeignRoom && error.message.includes(roomName),
        );
      }
      // What another kind of resource leaves behind, such as a command: no text, and an id of its own.
      assert.throws(() => diffOf("lobby5e1f", { stdout: "{}", create: "curl" }, inputs), ForeignRoom);
      // In a preview the name may not be known yet.
      assert.deepEqual(diffOf("standup", olds, { ...inputs, roomName: UNKNOWN }), {});
    });
  });
}

describe("the name of a room in the state", () => {
  it("is the id, or what stands beside an id that is something else", () => {
    assert.equal(nameOf("town-hall", { roomName: "Town-Hall" }), "town-hall");
    assert.equal(nameOf("standup", {}), "standup");
    assert.equal(nameOf("61005784c3c9104421af1534", {}), "61005784c3c9104421af1534");
    assert.equal(nameOf("61005784c3c9104421af1534", { roomName: "standup" }), "standup");
  });
});

function linksOf(type: RoomType): Bag {
  return type.hasUrl ? { url: "https://demo.metered.live/standup" } : {};
}
