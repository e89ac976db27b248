import assert from "node:assert/strict";
import { BadKey, CannotTell, InvalidSetting, RoomNotFound, ServerError } from "../../provider/src/core/errors";
import { NotAsDeclared } from "../../provider/src/core/initFailures";
import { deleteRoom, read, update } from "../../provider/src/core/lifecycle";
import { meetingRoom } from "../../provider/src/core/meetingRoom";
import { Session } from "../../provider/src/core/session";
import type { Bag } from "../../provider/src/core/state";
import { FakeApi } from "../support/fakeApi";
import { inState, leastInputs, NOW } from "../support/rooms";

const expiry = { expireUnixSec: NOW + 60 };
const call = { action: "update" as const, subject: 'meeting room "standup"', appName: "demo", isLive: false };

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

  it("is deleted without a complaint, even by a server that tells nothing of a missing room", async () => {
    await deleteRoom(api.context(), "standup", olds);
    api.missing = "bare";
    await deleteRoom(api.context(), "standup", olds);
    assert.deepEqual(api.story, ["GET standup", "GET standup", "LIST"]);
  });

  it("is not believed to be gone while the account may be wrong", async () => {
    api.missing = "bare";
    const wrongKey = new BadKey(call, "");
    api.failNext("proveAccount", wrongKey);
    await assert.rejects(deleteRoom(api.context(), "standup", olds), (error) => error === wrongKey);
  });

  it("is no excuse before its time", async () => {
    api.missing = "bare";
    api.now -= 1;
    await assert.rejects(deleteRoom(api.context(), "standup", olds), CannotTell);
  });

  it("cannot be changed any more, and the error says how to have a new one", async () => {
    const change = update(api.context(), "standup", olds, { ...inputs, maxParticipants: 3 });
    await assert.rejects(change, (error: Error) => {
      assert.ok(error instanceof RoomNotFound);
      assert.equal(
        error.message,
        'Cannot update the meeting room "standup": it does not exist in the Metered app "demo". ' +
          "Its expiry has passed and it was declared to delete itself; to have a new one, set a later expireUnixSec and run pulumi up --replace URN.",
      );
      return true;
    });
  });

  it("stays as it was where nothing is to be changed but the text of its provider", async () => {
    const kept = { ...olds, __provider: "before", __otherRoomId: "another", __unsettled: ["autoJoin"] };
    const { outs } = await update(api.context(), "standup", kept, { ...inputs, __provider: "after" });
    const { __provider: _, ...asBefore } = olds;
    assert.deepEqual(outs, asBefore);
    api.missing = "bare";
    assert.deepEqual((await update(api.context(), "standup", olds, inputs)).outs, asBefore);
  });

  it("has nothing to do with the next room of its name", async () => {
    const next = api.addRoom("standup", { privacy: "private" });
    const before = { ...next };
    const { props, inputs: asked = {} } = await read(api.context(), "standup", olds);
    assert.deepEqual([props, asked.roomId], [olds, undefined]);
    const { outs } = await update(api.context({ adoptExisting: true }), "standup", olds, inputs);
    const { __provider: _, ...asBefore } = olds;
    assert.deepEqual([outs, next], [asBefore, before]);
  });

  it("is no excuse for an update before its time either", async () => {
    api.now -= 1;
    const change = update(api.context(), "standup", olds, leastInputs(meetingRoom, { maxParticipants: 3 }));
    await assert.rejects(change, { message: /If it was deleted outside Pulumi, run pulumi refresh/ });
  });

  it("is deleted like any other while it is still there", async () => {
    api = new FakeApi(meetingRoom);
    olds = await inState(api, { ...expiry, deleteOnExp: true });
    api.now += 60_000;
    await deleteRoom(api.context(), "standup", olds);
    assert.equal(api.room("standup"), undefined);
  });
});

describe("a room whose time was extended outside", () => {
  it("is not deleted to be replaced, before the state knows of it", async () => {
    const api = new FakeApi(meetingRoom);
    const olds = await inState(api, { ...expiry, deleteOnExp: true });
    Object.assign(api.room("standup") ?? {}, { expireUnixSec: NOW + 3600 });
    api.now += 120_000;
    const session = new Session();
    session.checked({}, leastInputs(meetingRoom));
    await assert.rejects(deleteRoom(api.context({ session }), "standup", olds), {
      message:
        'Cannot replace the meeting room "standup": its time is over by the state, but was extended outside Pulumi, to 2030-01-01T01:00:00Z. ' +
        "Nothing was deleted. Run pulumi refresh, then pulumi up.",
    });
    assert.ok(api.room("standup"));
    const { props } = await read(api.context(), "standup", olds);
    assert.equal(props.expireUnixSec, NOW + 3600);
    await deleteRoom(api.context(), "standup", olds);
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
  const change = (settings: Bag) => update(api.context(), "standup", olds, leastInputs(meetingRoom, settings));
  const objection = new InvalidSetting(call, '"expireUnixSec" must be in the future');
  const puts = () => api.calls.filter(({ action }) => action === "update").map(({ settings }) => settings);

  it("sends the expiry along, so that it holds where PUT replaces", async () => {
    api.put = "replaces";
    const { outs } = await change({ ...expiry, maxParticipants: 3 });
    assert.deepEqual(puts(), [{ privacy: "public", ...expiry, maxParticipants: 3 }]);
    assert.equal(outs.expireUnixSec, expiry.expireUnixSec);
  });

  it("leaves it out where Metered objects to it, with a reason or without", async () => {
    for (const error of [objection, api.refusal("update", "standup")]) {
      api.calls.length = 0;
      api.failNext("update", error);
      const { outs } = await change({ ...expiry, maxParticipants: 3 });
      const rest = { privacy: "public", maxParticipants: 3 };
      assert.deepEqual(puts(), [{ ...rest, ...expiry }, rest]);
      assert.equal(api.room("standup")?.expireUnixSec, expiry.expireUnixSec);
      assert.equal(outs.expireUnixSec, expiry.expireUnixSec);
    }
  });

  it("counts it as past from its very second on", async () => {
    api.now = expiry.expireUnixSec * 1000;
    api.failNext("update", objection);
    await change({ ...expiry, maxParticipants: 3 });
    assert.equal(puts().length, 2);
  });

  it("does not try again without it after what is no objection", async () => {
    const busy = new ServerError(call, 500, "", 1, false);
    api.failNext("update", busy);
    await assert.rejects(change({ ...expiry, maxParticipants: 3 }), (error) => error === busy);
    assert.equal(puts().length, 1);
  });

  it("does not call it lost where the room did not have it before", async () => {
    const room = api.room("standup") ?? {};
    delete room.expireUnixSec;
    api.failNext("update", objection);
    const { outs } = await change({ ...expiry, maxParticipants: 3 });
    assert.equal(outs.maxParticipants, 3);
  });

  it("tells when the room has lost it so: whoever was shut out might come in again", async () => {
    api.put = "replaces";
    api.failNext("update", objection);
    await assert.rejects(change({ ...expiry, maxParticipants: 3 }), (error) => {
      assert.ok(error instanceof NotAsDeclared);
      assert.deepEqual(error.reasons.slice(1, -1), [
        "expireUnixSec is no longer set on Metered, which did not take it along: people may be able to join again.",
      ]);
      assert.equal("expireUnixSec" in error.properties, false, "or the next run would see nothing to do");
      return true;
    });
  });

  it("passes the objection on where the expiry is not to blame", async () => {
    api.failNext("update", objection);
    await assert.rejects(change({ expireUnixSec: NOW + 7200, maxParticipants: 3 }), (error) => error === objection);
    assert.equal(puts().length, 1, "a new expiry is what the program wants");
    const drifted = { ...olds, expireUnixSec: NOW + 7200 };
    api.failNext("update", objection);
    const back = update(api.context(), "standup", drifted, leastInputs(meetingRoom, expiry));
    await assert.rejects(back, (error) => error === objection);
    assert.equal(puts().length, 2, "nor is one that is to be put back after a drift left out");
    api.now -= 3_600_000;
    api.failNext("update", objection);
    await assert.rejects(change({ ...expiry, maxParticipants: 3 }), (error) => error === objection);
    assert.equal(puts().length, 3, "an expiry to come is nothing to object to");
  });

  for (const put of ["merges", "replaces"] as const) {
    it(`never fails because the program takes the expiry out, where PUT ${put}`, async () => {
      api.put = put;
      const { outs } = await change({ maxParticipants: 3 });
      assert.ok(!("expireUnixSec" in outs));
    });
  }

  it("takes an expiry that was sent, and that the reply does not show, for unchanged", async () => {
    api.next("update", async (work) => {
      const room = await work();
      const { expireUnixSec: _, ...body } = room.body;
      return { ...room, body };
    });
    const { outs } = await change({ ...expiry, maxParticipants: 3 });
    assert.equal(outs.expireUnixSec, expiry.expireUnixSec);
  });
});
