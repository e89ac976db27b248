import assert from "node:assert/strict";
import { MeteredError } from "../../provider/src/errors";
import { compareRoom, refreshRoom } from "../../provider/src/pulumi/operations";
import type { Bag } from "../../provider/src/pulumi/state";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { factsOf, otherFailures } from "../support/failures";
import { FakeApi } from "../support/fakeApi";
import { allSettings, autoNamed, inState, leastInputs, NOW, otherValue, types } from "../support/rooms";

for (const type of types) {
  describe(`read of a ${type.label} in the state`, () => {
    let api: FakeApi;
    beforeEach(() => {
      api = new FakeApi(type);
    });
    const refresh = (olds: Bag, id = "standup", oldInputs?: Bag) => refreshRoom(api.place(), id, olds, oldInputs);

    it("answers with what is there already, by one call", async () => {
      const inputs = leastInputs(type, { ...allSettings(type), ...autoNamed("standup") });
      const outputs = await inState(api, inputs);
      assert.deepEqual(await refresh(outputs), { id: "standup", inputs, outputs });
      assert.deepEqual(api.story, ["GET standup"]);
    });

    it("shows a declared setting as it now is on the server, among outputs and inputs", async () => {
      const olds = await inState(api, allSettings(type));
      for (const [name, field] of Object.entries(type.fields)) {
        if (name === "roomName") continue;
        const other = otherValue(name, field);
        api.show = (body) => ({ ...body, [name]: other });
        const now = await refresh(olds);
        assert.deepEqual([now?.outputs[name], now?.inputs[name]], [other, other], name);
        assert.deepEqual(compareRoom(api.place(), "standup", now?.outputs ?? {}, allSettings(type)).changed, [name]);
      }
    });

    it("says nothing of what is not declared, in its inputs or its outputs", async () => {
      const olds = await inState(api);
      const { roomName: _, privacy: __, ...others } = allSettings(type);
      api.show = (body) => ({ ...body, ...others, lang: "fr", currentlyBroadcasting: true });
      assert.deepEqual((await refresh(olds))?.outputs, olds);
      // After an import the outputs show more than the program declares.
      const shown = { ...olds, enableRecording: false };
      assert.deepEqual((await refresh(shown, "standup", leastInputs(type)))?.outputs, olds);
    });

    it("takes a setting that the response does not show for unchanged, and one without a value for removed", async () => {
      const olds = await inState(api, { enableRecording: true });
      api.show = ({ enableRecording: _, ...body }) => body;
      assert.equal((await refresh(olds))?.inputs.enableRecording, true);
      api.show = (body) => ({ ...body, enableRecording: null });
      const now = await refresh(olds);
      assert.ok(now && !("enableRecording" in now.outputs) && !("enableRecording" in now.inputs));
    });

    it("keeps the declared spelling of name, URLs and texts that mean the same", async () => {
      api.spell = (name) => name.toLowerCase();
      const olds = await inState(api, { roomName: "StandUp", enableRecording: true });
      api.show = (body) => ({ ...body, enableRecording: "TRUE" });
      const now = await refresh(olds, "standup");
      assert.deepEqual([now?.id, now?.inputs.roomName, now?.inputs.enableRecording], ["standup", "StandUp", true]);
    });

    it("tells that the room is gone: not found for certain, or archived", async () => {
      const olds = await inState(api);
      api.next("get", async (work) => ({ ...(await work()), archived: true }));
      assert.equal(await refresh(olds), undefined);
      api.rooms.length = 0;
      assert.equal(await refresh(olds), undefined);
      assert.deepEqual(api.story, ["GET standup", "GET standup"]);
    });

    it("believes an uncertain 'not found' of a meeting room only when the account is proven right", async () => {
      const olds = await inState(api);
      api.rooms.length = 0;
      api.missing = "uncertain";
      if (type === liveStreamingRoom) {
        // The route may have moved, or the product may be off: that is no word on the room.
        assert.equal((await factsOf(refresh(olds), "RoomStatusUnknown")).said, "HTTP 404");
        return assert.deepEqual(api.story, ["GET standup"]);
      }
      assert.equal(await refresh(olds), undefined);
      assert.deepEqual(api.story, ["GET standup", "LIST"]);
      const wrongKey = new MeteredError({ cause: "InvalidSecretKey", said: "", ...api.callOf("list") });
      api.failNext("proveAccount", wrongKey);
      await assert.rejects(refresh(olds), (error) => error === wrongKey);
    });

    it("never takes a refusal without a reason for 'gone'", async () => {
      const olds = await inState(api);
      api.rooms.length = 0;
      api.missing = "bare";
      const { action, isLive, said } = await factsOf(refresh(olds), "RoomStatusUnknown");
      assert.deepEqual([action, isLive, said], ["read", type === liveStreamingRoom, "Invalid request"]);
      const off = new MeteredError({ cause: "LiveStreamingOff", said: "Invalid request", ...api.callOf("read") });
      api.failNext("get", off);
      await factsOf(refresh(olds), "RoomStatusUnknown");
    });

    it("never takes any other failure for 'gone'", async () => {
      const olds = await inState(api);
      const call = api.callOf("read");
      const more = [
        new MeteredError({ cause: "UnknownApp", said: "", ...call }),
        new MeteredError({ cause: "RequestRefused", said: "your plan has no rooms", isBare: false, ...call }),
        new MeteredError({ cause: "UnexpectedResponse", problem: "isn't JSON", mayHaveHappened: false, ...call }),
      ];
      for (const failure of [...otherFailures(call), ...more]) {
        api.failNext("get", failure);
        await assert.rejects(refresh(olds), (error) => error === failure);
      }
    });

    it("tells that ours is gone where another room has its name by now, whatever that one is like", async () => {
      const olds = await inState(api, { enableRecording: true });
      api.rooms.length = 0;
      api.addRoom("standup", { enableRecording: true });
      assert.equal(await refresh(olds), undefined);
      assert.deepEqual([api.story, api.notes], [["GET standup"], []]);
    });

    it("refuses a room of another app without a call", async () => {
      const olds = { ...(await inState(api)), appName: "acme" };
      const { owner, app } = await factsOf(refresh(olds), "AppChanged");
      assert.deepEqual([owner, app, api.calls], ["acme", "demo", []]);
    });

    it("knows the room of another provider's state by its _id, or by its name alone", async () => {
      const { roomId, ...rest } = await inState(api);
      for (const olds of [rest, { ...rest, _id: roomId }]) {
        const now = await refresh(olds);
        assert.deepEqual([now?.id, now?.outputs.roomId, now?.inputs.roomName], ["standup", roomId, "standup"]);
      }
      assert.equal(await refresh({ ...rest, _id: "61005784c3c9104421af1535" }), undefined);
    });
  });
}

describe("read of a finished room", () => {
  const settings = { deleteOnExp: true, expireUnixSec: NOW + 60, maxParticipants: 3 };

  it("keeps it in the state as it was: it has done what was asked", async () => {
    const api = new FakeApi(meetingRoom);
    const olds = await inState(api, settings);
    api.rooms.length = 0;
    api.now += 60_000;
    const inputs = leastInputs(meetingRoom, settings);
    const asBefore = { id: "standup", outputs: olds, inputs };
    const refresh = () => refreshRoom(api.place(), "standup", olds);
    assert.deepEqual(await refresh(), asBefore);
    api.missing = "bare";
    assert.deepEqual(await refresh(), asBefore, "a server that tells nothing of a missing room");
    api.missing = "certain";
    api.addRoom("standup", { privacy: "private" });
    assert.deepEqual(await refresh(), asBefore, "the next room of its name has nothing to do with it");
    const { changed, isRewritten } = compareRoom(api.place(), "standup", olds, inputs);
    assert.deepEqual([changed, isRewritten], [[], false]);
  });

  it("takes it for gone before its time, or where it was not to delete itself", async () => {
    for (const more of [{ expireUnixSec: NOW + 61 }, { deleteOnExp: false }]) {
      const api = new FakeApi(meetingRoom);
      const olds = await inState(api, { ...settings, ...more });
      api.rooms.length = 0;
      api.now += 60_000;
      assert.equal(await refreshRoom(api.place(), "standup", olds), undefined);
    }
  });
});
