import assert from "node:assert/strict";
import { isCause } from "../../provider/src/errors";
import { compareRoom, updateRoom } from "../../provider/src/pulumi/operations";
import type { Bag } from "../../provider/src/pulumi/state";
import type { RoomType } from "../../provider/src/rooms/roomType";
import { UNKNOWN } from "../../provider/src/schema/kinds";
import { FakeApi } from "../support/fakeApi";
import { allSettings, leastInputs, NOW, types } from "../support/rooms";

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
  "what a command leaves behind": () => ({ stdout: "{}", create: "curl" }),
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
    const diffOf = (id: string, olds: Bag, news: Bag) => compareRoom(api.place(), id, olds, news);
    const change = (olds: Bag, news: Bag, id = "standup") => updateRoom(api.place(), id, olds, news);

    for (const [layout, stateOf] of Object.entries(layouts)) {
      it(`is adopted without a write where it is as declared (${layout})`, async () => {
        const room = api.addRoom("standup", settings);
        const olds = stateOf(room);
        const found = diffOf("standup", olds, inputs);
        assert.deepEqual([found.replaces, found.isRewritten], [[], true]);
        const { outputs } = await change(olds, inputs);
        assert.deepEqual([api.story, api.notes], [["GET standup"], []]);
        const identity = { roomId: room._id, appName: "demo", created: room.created, ...linksOf(type) };
        assert.deepEqual(outputs, { ...all, ...identity });
        const { changed, isRewritten } = diffOf("standup", outputs, inputs);
        assert.deepEqual([changed, isRewritten], [[], false]);
      });
    }

    it("gets what the program declares otherwise, and nothing else is touched", async () => {
      const room = api.addRoom("standup", { ...settings, enableRecording: false });
      const olds = { ...room, enableRecording: true, recordComposition: true, __provider: OTHER_TEXT };
      const news = leastInputs(type, { enableRecording: true });
      assert.deepEqual(diffOf("standup", olds, news).replaces, []);
      await change(olds, news);
      assert.deepEqual(api.story, ["GET standup", "PUT standup"]);
      assert.equal(api.lastSent.enableRecording, true);
      assert.equal("recordComposition" in api.lastSent, false);
      assert.deepEqual(api.notes, []);
    });

    it("is believed to be as the state says where the response says nothing", async () => {
      const room = api.addRoom("standup", settings);
      const { _id, roomName, created } = room;
      api.show = () => ({ _id, roomName, created });
      await change({ ...room, __provider: OTHER_TEXT }, inputs);
      assert.deepEqual(api.story, ["GET standup"]);
      await change({ roomName: "standup", __provider: OTHER_TEXT }, inputs);
      assert.deepEqual(api.lastSent, settings);
    });

    it("keeps the declared spelling of the name", async () => {
      const room = api.addRoom("town-hall", settings);
      const news = { ...inputs, roomName: "Town-Hall" };
      const olds = { ...room, __provider: OTHER_TEXT };
      assert.deepEqual(diffOf("town-hall", olds, news).replaces, []);
      const { id, outputs } = await change(olds, news, "town-hall");
      assert.deepEqual([id, outputs.roomName], ["town-hall", "Town-Hall"]);
    });

    it("is found under its name where the id is something else", async () => {
      const room = api.addRoom("standup", settings);
      const olds = { roomName: "standup", roomId: room._id, __provider: OTHER_TEXT };
      const { id, outputs } = await change(olds, inputs, String(room._id));
      assert.deepEqual([id, outputs.roomId, outputs.roomName], ["standup", room._id, "standup"]);
    });

    it("is never replaced: another declared name is an error that names both", () => {
      const olds = { roomName: "standup", expireUnixSec: NOW - 1, deleteOnExp: true, __provider: OTHER_TEXT };
      assert.deepEqual(diffOf("standup", olds, inputs).replaces, []);
      const refuses = (id: string, state: Bag, roomName: string) =>
        assert.throws(
          () => diffOf(id, state, { ...inputs, roomName }),
          (error: unknown) => {
            assert.ok(isCause(error, "ForeignRoom"));
            assert.deepEqual([error.facts.declared, error.facts.subject?.name], [roomName, id]);
            return true;
          },
        );
      for (const roomName of ["daily", "standup-1f2e3d4c"]) refuses("standup", olds, roomName);
      // What another kind of resource leaves behind, such as a command: no text, and an id of its own.
      refuses("lobby5e1f", { stdout: "{}", create: "curl" }, "standup");
      // In a preview the name may not be known yet.
      assert.deepEqual(diffOf("standup", olds, { ...inputs, roomName: UNKNOWN }).replaces, []);
    });

    it("of an app that is not the configured one is refused, like any other", () => {
      const olds = { roomName: "standup", appName: "acme", __provider: OTHER_TEXT };
      assert.throws(() => diffOf("standup", olds, inputs), { name: "AppChanged" });
    });
  });
}

function linksOf(type: RoomType): Bag {
  return type.hasUrl ? { url: "https://demo.metered.live/standup" } : {};
}
