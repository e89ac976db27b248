import assert from "node:assert/strict";
import { MeteredError } from "../../provider/src/errors";
import { importRoom, lookUpRoom, refreshRoom } from "../../provider/src/pulumi/operations";
import { find, findUnder, lookUp } from "../../provider/src/rooms/look";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { factsOf as errorFacts, otherFailures } from "../support/failures";
import { FakeApi } from "../support/fakeApi";
import { allSettings, inState, leastInputs, types } from "../support/rooms";

for (const type of types) {
  describe(`a look at a ${type.label} that need not be in any state`, () => {
    let api: FakeApi;
    beforeEach(() => {
      api = new FakeApi(type);
    });
    const look = (archived = false) => lookUp(api.place(), "standup", { archived });

    it("finds it by one GET, and an archived one only where that is asked for", async () => {
      const { _id } = api.addRoom("standup");
      assert.equal((await look()).roomId, _id);
      api.next("get", async (work) => ({ ...(await work()), archived: true }));
      assert.equal((await look(true)).archived, true);
      assert.deepEqual(api.story, ["GET standup", "GET standup"]);
      api.next("get", async (work) => ({ ...(await work()), archived: true }));
      await errorFacts(look(), "RoomNotFound");
    });

    it("says that there is none, for certain", async () => {
      const { certain, action, subject } = await errorFacts(look(), "RoomNotFound");
      assert.deepEqual([certain, action, subject?.name, subject?.label], [true, "look up", "standup", type.label]);
    });

    it("believes an uncertain 'not found' of a meeting room only when the account is proven right", async () => {
      api.missing = "uncertain";
      if (type === liveStreamingRoom) {
        assert.equal((await errorFacts(look(), "RoomStatusUnknown")).said, "HTTP 404");
        return assert.deepEqual(api.story, ["GET standup"]);
      }
      await errorFacts(look(), "RoomNotFound");
      assert.deepEqual(api.story, ["GET standup", "LIST"]);
      const wrongKey = new MeteredError({ cause: "InvalidSecretKey", said: "", ...api.callOf("list") });
      api.failNext("proveAccount", wrongKey);
      await assert.rejects(look(), (error) => error === wrongKey);
    });

    it("cannot tell from a refusal without a reason whether it is there", async () => {
      api.missing = "bare";
      const { action, isLive, said } = await errorFacts(look(), "RoomStatusUnknown");
      assert.deepEqual([action, isLive, said], ["look up", !type.canDelete, "Invalid request"]);
    });

    it("passes on what is no answer about the room", async () => {
      for (const failure of otherFailures(api.callOf("read"))) {
        api.failNext("get", failure);
        await assert.rejects(look(), (error) => error === failure);
      }
    });

    it("imports it: the inputs that declare it, and every setting as an output", async () => {
      const outputs = await inState(api, allSettings(type));
      const state = await importRoom(api.place(), "standup");
      assert.deepEqual(api.story, ["GET standup"]);
      // What has its documented default need not be declared.
      const declared = Object.entries(allSettings(type)).filter(([name, value]) => value !== type.fields[name]?.default);
      assert.deepEqual(state, { id: "standup", inputs: Object.fromEntries(declared), outputs });
      assert.deepEqual(api.notes, []);
    });

    it("looks it up for a program, which declares nothing of it", async () => {
      const { _id } = api.addRoom("standup", allSettings(type));
      const { id, inputs, outputs } = await lookUpRoom(api.place(), "standup");
      assert.deepEqual([id, inputs, outputs.roomId, outputs.appName], ["standup", {}, _id, "demo"]);
      for (const [name, value] of Object.entries(allSettings(type))) assert.equal(outputs[name], value, name);
    });

    it("reads it anew on a refresh, and makes none of its settings an input: Pulumi wouldn't know its secrets", async () => {
      const room = api.addRoom("standup", allSettings(type));
      const { outputs } = await lookUpRoom(api.place(), "standup");
      Object.assign(room, { enableRecording: false, lang: "fr" });
      const again = await refreshRoom(api.place(), "standup", outputs);
      assert.deepEqual(again, { id: "standup", inputs: {}, outputs: { ...outputs, enableRecording: false } });
    });

    it("tells on a refresh that it is gone", async () => {
      api.addRoom("standup");
      const { outputs } = await lookUpRoom(api.place(), "standup");
      api.rooms.length = 0;
      assert.equal(await refreshRoom(api.place(), "standup", outputs), undefined);
    });

    it("is about whatever has the name in the configured app", async () => {
      api.addRoom("standup");
      const { outputs } = await lookUpRoom(api.place(), "standup");
      api.rooms.length = 0;
      const { _id } = api.addRoom("standup");
      const again = await refreshRoom(api.place(), "standup", { ...outputs, appName: "another" });
      assert.deepEqual([again?.outputs.roomId, again?.outputs.appName], [_id, "demo"]);
    });

    it("is never a finished room: nobody declared that it may be gone", async () => {
      const over = type.fields.expireUnixSec ? { deleteOnExp: true, expireUnixSec: api.now / 1000 - 60 } : {};
      api.addRoom("standup", over);
      const { outputs } = await lookUpRoom(api.place(), "standup");
      api.rooms.length = 0;
      assert.equal(await refreshRoom(api.place(), "standup", outputs), undefined);
      api.missing = "bare";
      await errorFacts(refreshRoom(api.place(), "standup", outputs), "RoomStatusUnknown");
    });
  });
}

describe("an import", () => {
  it("leaves out what no program can declare, and says so", async () => {
    const api = new FakeApi(meetingRoom);
    api.addRoom("standup", { privacy: "public", enableRTMPOut: true });
    const { inputs, outputs } = await importRoom(api.place(), "standup");
    assert.deepEqual(inputs, leastInputs(meetingRoom));
    assert.equal(outputs.enableRTMPOut, true);
    const [note, ...more] = api.notes;
    assert.ok(note?.note === "not declarable");
    assert.match(note.problem, /^enableRTMPOut: true needs rtmpOutURL/);
    assert.deepEqual(more, []);
  });
});

describe("a look for what is in the way of a create", () => {
  it("is under the very name, then under its lower case", async () => {
    const api = new FakeApi(meetingRoom);
    api.addRoom("standup");
    const met = await findUnder(api.place(), "StandUp");
    assert.deepEqual([met?.isNamedSo, met?.room.roomName], [false, "standup"]);
    assert.equal((await findUnder(api.place(), "standup"))?.isNamedSo, true);
    assert.equal(await findUnder(api.place(), "daily"), undefined);
    assert.deepEqual(api.story, ["GET StandUp", "GET standup", "GET standup", "GET daily"]);
  });

  it("takes an answer that may mean either for no room, and no other failure", async () => {
    const api = new FakeApi(liveStreamingRoom);
    api.missing = "bare";
    assert.equal(await findUnder(api.place(), "standup"), undefined);
    for (const failure of otherFailures(api.callOf("read"))) {
      api.failNext("get", failure);
      await assert.rejects(findUnder(api.place(), "standup"), (error) => error === failure);
    }
  });

  it("shows no archived room, unless it is asked for", async () => {
    const api = new FakeApi(meetingRoom);
    const archived = async (work: () => Promise<object>) => ({ ...(await work()), archived: true });
    api.addRoom("standup");
    api.next("get", archived).next("get", archived);
    assert.equal(await find(api.place(), "standup"), undefined);
    assert.equal((await find(api.place(), "standup", "read", { archived: true }))?.roomName, "standup");
  });
});
