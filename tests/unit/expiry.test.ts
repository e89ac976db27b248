import assert from "node:assert/strict";
import { MeteredError } from "../../provider/src/errors";
import { checkInputs, compareRoom, deleteRoom, refreshRoom, updateRoom } from "../../provider/src/pulumi/operations";
import { type Bag, registered } from "../../provider/src/pulumi/state";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { subjectOf } from "../../provider/src/rooms/roomType";
import { factsOf, keptBy, otherFailures } from "../support/failures";
import { FakeApi } from "../support/fakeApi";
import { inState, leastInputs, NOW } from "../support/rooms";

const expiry = { expireUnixSec: NOW + 60 };

describe("a finished room, that has deleted itself as declared", () => {
  let api: FakeApi;
  let olds: Bag;
  beforeEach(async () => {
    api = new FakeApi(meetingRoom);
    olds = await inState(api, { ...expiry, deleteOnExp: true });
    api.rooms.length = 0;
    api.now += 60_000;
  });
  const inputs = leastInputs(meetingRoom, { ...expiry, deleteOnExp: true });
  const remove = () => deleteRoom(api.place(), "standup", olds);
  const update = (news: Bag, adoptExisting = false) => updateRoom(api.place({ adoptExisting }), "standup", olds, news);

  it("is deleted without a complaint, even by a server that tells nothing of a missing room", async () => {
    await remove();
    api.missing = "bare";
    await remove();
    assert.deepEqual([api.story, api.notes], [["GET standup", "GET standup", "LIST"], []]);
  });

  it("is not believed to be gone while the account may be wrong", async () => {
    api.missing = "bare";
    const wrongKey = new MeteredError({ cause: "InvalidSecretKey", said: "", ...api.callOf("list") });
    api.failNext("proveAccount", wrongKey);
    await assert.rejects(remove(), (error) => error === wrongKey);
  });

  it("is no excuse before its time", async () => {
    api.missing = "bare";
    api.now -= 1;
    await factsOf(remove(), "RoomStatusUnknown");
  });

  it("cannot be changed any more, and the error says that its time is over", async () => {
    const { isOver, certain, action } = await factsOf(update({ ...inputs, maxParticipants: 3 }), "RoomNotFound");
    assert.deepEqual([isOver, certain, action], [true, true, "update"]);
  });

  it("stays as it was where nothing is to be changed but where its code is", async () => {
    const asBefore = { id: "standup", inputs, outputs: olds };
    assert.deepEqual(await update({ ...inputs, ...registered(meetingRoom) }), asBefore);
    api.missing = "bare";
    assert.deepEqual(await update(inputs), asBefore);
  });

  it("has nothing to do with the next room of its name", async () => {
    const next = api.addRoom("standup", { privacy: "private" });
    const before = { ...next };
    assert.deepEqual((await refreshRoom(api.place(), "standup", olds))?.outputs, olds);
    assert.deepEqual((await update(inputs, true)).outputs, olds);
    await remove();
    assert.deepEqual(next, before);
  });

  it("is no excuse for an update before its time either", async () => {
    api.now -= 1;
    const { isOver } = await factsOf(update(leastInputs(meetingRoom, { maxParticipants: 3 })), "RoomNotFound");
    assert.equal(isOver, false);
  });

  it("is deleted like any other while it is still there", async () => {
    api = new FakeApi(meetingRoom);
    olds = await inState(api, { ...expiry, deleteOnExp: true });
    api.now += 60_000;
    await remove();
    assert.equal(api.room("standup"), undefined);
  });
});

describe("a room whose time was extended outside", () => {
  it("is not deleted to be replaced, before the state knows of it", async () => {
    const api = new FakeApi(meetingRoom);
    const olds = await inState(api, { ...expiry, deleteOnExp: true });
    Object.assign(api.room("standup") ?? {}, { expireUnixSec: NOW + 3600 });
    api.now += 120_000;
    const claims = api.claims();
    const news = leastInputs(meetingRoom, { maxParticipants: 3 });
    checkInputs(api.place({ claims }), leastInputs(meetingRoom), news);
    const found = compareRoom(api.place({ claims }), "standup", olds, news);
    assert.deepEqual([found.replaces.length, found.deleteBeforeReplace], [3, true]);
    const { how, until } = await factsOf(deleteRoom(api.place({ claims }), "standup", olds), "CannotDelete");
    assert.deepEqual([how, until], ["extended", NOW + 3600]);
    assert.ok(api.room("standup"));
    assert.equal((await refreshRoom(api.place(), "standup", olds))?.outputs.expireUnixSec, NOW + 3600);
    await deleteRoom(api.place(), "standup", olds);
    assert.equal(api.room("standup"), undefined, "a destroy is a destroy");
  });
});

describe("update of a room whose expiry has passed", () => {
  let api: FakeApi;
  let olds: Bag;
  beforeEach(async () => {
    api = new FakeApi(meetingRoom);
    olds = await inState(api, { ...expiry, maxParticipants: 12 });
    api.now += 3_600_000;
  });
  const change = async (settings: Bag, from = olds) =>
    (await updateRoom(api.place(), "standup", from, leastInputs(meetingRoom, settings))).outputs;
  const said = '"expireUnixSec" must be in the future';
  const objection = () => new MeteredError({ cause: "InvalidSetting", said, ...api.callOf("update") });
  const puts = () => api.calls.filter(({ action }) => action === "update").map(({ settings }) => settings);

  it("sends the expiry along, so that it holds where PUT replaces", async () => {
    api.put = "replaces";
    const outputs = await change({ ...expiry, maxParticipants: 3 });
    assert.deepEqual(puts(), [{ privacy: "public", ...expiry, maxParticipants: 3 }]);
    assert.equal(outputs.expireUnixSec, expiry.expireUnixSec);
  });

  it("leaves it out where Metered objects to it, with a reason or without", async () => {
    for (const error of [objection(), api.refusal("update", "standup")]) {
      api.calls.length = 0;
      Object.assign(api.room("standup") ?? {}, { maxParticipants: 12 });
      api.failNext("update", error);
      const outputs = await change({ ...expiry, maxParticipants: 3 });
      const rest = { privacy: "public", maxParticipants: 3 };
      assert.deepEqual(puts(), [{ ...rest, ...expiry }, rest]);
      assert.equal(api.room("standup")?.expireUnixSec, expiry.expireUnixSec);
      assert.equal(outputs.expireUnixSec, expiry.expireUnixSec);
      assert.deepEqual(api.notes, [], "nothing has changed about it");
    }
  });

  it("counts it as past from its very second on", async () => {
    api.now = expiry.expireUnixSec * 1000;
    api.failNext("update", objection());
    await change({ ...expiry, maxParticipants: 3 });
    assert.equal(puts().length, 2);
  });

  it("does not try again without it after what is no objection", async () => {
    for (const failure of otherFailures(api.callOf("update"))) {
      api.calls.length = 0;
      api.failNext("update", failure);
      await assert.rejects(change({ ...expiry, maxParticipants: 3 }), (error) => error === failure);
      assert.equal(puts().length, 1);
    }
  });

  it("does not call it lost where the room did not have it before", async () => {
    const room = api.room("standup") ?? {};
    delete room.expireUnixSec;
    api.failNext("update", objection());
    assert.equal((await change({ ...expiry, maxParticipants: 3 })).maxParticipants, 3);
  });

  it("tells when the room has lost it so: whoever was shut out might come in again", async () => {
    api.put = "replaces";
    api.failNext("update", objection());
    const { shortfalls, outputs, lost } = await keptBy(change({ ...expiry, maxParticipants: 3 }));
    assert.deepEqual(shortfalls, [{ shortfall: "no longer set", setting: "expireUnixSec" }]);
    assert.equal("expireUnixSec" in outputs, false, "or the next run would see nothing to do");
    assert.equal(lost, undefined);
  });

  it("passes the objection on where no past time is to blame", async () => {
    const later = objection();
    api.failNext("update", later);
    await assert.rejects(change({ expireUnixSec: NOW + 7200, maxParticipants: 3 }), (error) => error === later);
    assert.equal(puts().length, 1, "a new expiry is what the program wants");
    api.now -= 3_600_000;
    const early = objection();
    api.failNext("update", early);
    await assert.rejects(change({ ...expiry, maxParticipants: 3 }), (error) => error === early);
    assert.equal(puts().length, 2, "an expiry to come is nothing to object to");
  });

  it("passes on what Metered objects to in the second call", async () => {
    const again = objection();
    api.failNext("update", objection()).failNext("update", again);
    await assert.rejects(change({ ...expiry, maxParticipants: 3 }), (error) => error === again);
    assert.equal(puts().length, 2);
  });

  it("stays green, and says so, where it can't put back an expiry that was extended outside and has passed by now", async () => {
    Object.assign(api.room("standup") ?? {}, { expireUnixSec: NOW + 7200 });
    api.failNext("update", objection());
    await change({ ...expiry, maxParticipants: 12 }, { ...olds, expireUnixSec: NOW + 7200 });
    const declared = { declared: expiry.expireUnixSec, shown: NOW + 7200 };
    const subject = subjectOf(meetingRoom, "standup");
    assert.deepEqual(api.notes, [{ note: "past time refused", subject, setting: "expireUnixSec", ...declared }]);
    assert.equal(api.room("standup")?.expireUnixSec, NOW + 7200);
  });

  for (const put of ["merges", "replaces"] as const) {
    it(`never fails because the program takes the expiry out, where PUT ${put}`, async () => {
      api.put = put;
      assert.ok(!("expireUnixSec" in (await change({ maxParticipants: 3 }))));
    });
  }

  it("takes an expiry that was sent, and that the response does not show, for unchanged", async () => {
    api.next("update", async (work) => {
      const room = await work();
      const { expireUnixSec: _, ...body } = room.body;
      return { ...room, body };
    });
    assert.equal((await change({ ...expiry, maxParticipants: 3 })).expireUnixSec, expiry.expireUnixSec);
  });
});

describe("a time that somebody has taken away, and that passes in the program meanwhile", () => {
  for (const name of ["expireUnixSec", "notBeforeUnixSec"] as const) {
    for (const refreshes of [1, 2]) {
      it(`is set again, and turns no unchanged program red: ${name}, after ${refreshes} refreshes`, async () => {
        const api = new FakeApi(meetingRoom);
        const program = leastInputs(meetingRoom, { [name]: NOW + 60, deleteOnExp: true });
        let state = { id: "standup", inputs: program as Bag, outputs: await inState(api, program) };
        Object.assign(api.room("standup") ?? {}, { [name]: null });
        for (let i = 0; i < refreshes; i++) {
          const now = await refreshRoom(api.place(), state.id, state.outputs, state.inputs);
          assert.ok(now);
          state = now;
        }
        assert.deepEqual([state.outputs[name], state.inputs[name]], [0, 0]);
        api.now += 120_000;
        assert.equal((await refreshRoom(api.place(), state.id, state.outputs))?.id, "standup", "it isn't over");
        const { inputs, problems } = checkInputs(api.place(), state.inputs, program);
        assert.deepEqual(problems, []);
        const { changed, replaces } = compareRoom(api.place(), state.id, state.outputs, inputs, state.inputs);
        assert.deepEqual([changed, replaces], [[name], []]);
        const { outputs } = await updateRoom(api.place(), state.id, state.outputs, inputs, state.inputs);
        assert.equal(outputs[name], NOW + 60);
      });
    }
  }
});
