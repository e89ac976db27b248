import assert from "node:assert/strict";
import { MeteredError } from "../../provider/src/errors";
import { deleteRoom } from "../../provider/src/pulumi/operations";
import type { Bag } from "../../provider/src/pulumi/state";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { subjectOf } from "../../provider/src/rooms/roomType";
import { factsOf, otherFailures } from "../support/failures";
import { FakeApi } from "../support/fakeApi";
import { inState, types } from "../support/rooms";

for (const type of types) {
  describe(`delete of a ${type.label}`, () => {
    let api: FakeApi;
    let olds: Bag;
    beforeEach(async () => {
      api = new FakeApi(type);
      api.canDelete = true;
      olds = await inState(api);
    });
    const remove = (options = {}) => deleteRoom(api.place(options), "standup", olds);
    const call = new FakeApi(type).callOf("delete");

    it("deletes the room of the state", async () => {
      await remove();
      assert.equal(api.room("standup"), undefined);
      // The documented delete of a meeting room is believed; a live-streaming room must be seen to be gone.
      const looks = type.canDelete ? [] : ["GET standup"];
      assert.deepEqual(api.story, ["GET standup", "DELETE standup", ...looks]);
    });

    it("deletes under the server's spelling of the name", async () => {
      api.spell = (name) => name.toLowerCase();
      await deleteRoom(api.place(), "StandUp", olds);
      assert.equal(api.story[1], "DELETE standup");
    });

    it("is content when the room is gone or archived already", async () => {
      api.next("get", async (work) => ({ ...(await work()), archived: true }));
      await remove();
      api.rooms.length = 0;
      await remove();
      assert.deepEqual([api.story, api.notes], [["GET standup", "GET standup"], []]);
    });

    it("believes an uncertain 'not found' of a meeting room once the account is proven, and of a live room never", async () => {
      api.rooms.length = 0;
      api.missing = "uncertain";
      if (type === liveStreamingRoom) return void (await factsOf(remove(), "RoomStatusUnknown"));
      await remove();
      assert.deepEqual(api.story, ["GET standup", "LIST"]);
    });

    it("leaves another room under the name alone, and says so", async () => {
      api.rooms.length = 0;
      api.addRoom("standup");
      await remove();
      assert.ok(api.room("standup"));
      assert.deepEqual(api.story, ["GET standup"]);
      assert.deepEqual(api.notes, [{ note: "other room", subject: subjectOf(type, "standup") }]);
    });

    it("deletes the room of another provider's state, that does not know Metered's _id", async () => {
      const { roomId: _, ...without } = olds;
      await deleteRoom(api.place(), "standup", without);
      assert.equal(api.room("standup"), undefined);
    });

    it("refuses a room of another app without a call", async () => {
      await factsOf(deleteRoom(api.place(), "standup", { ...olds, appName: "acme" }), "AppChanged");
      assert.deepEqual(api.calls, []);
    });

    it("fails when it cannot tell whether the room is there", async () => {
      api.failNext("get", api.refusal("read", "standup"));
      assert.equal((await factsOf(remove(), "RoomStatusUnknown")).action, "delete");
      assert.deepEqual(api.story, ["GET standup"]);
    });

    it("is content when a refused delete finds the room gone, or another in its place", async () => {
      for (const refusal of [api.refusal("delete", "standup"), api.notFound("delete", "standup")]) {
        api.rooms.length = 0;
        olds = await inState(api);
        api.next("delete", async () => {
          api.rooms.length = 0;
          throw refusal;
        });
        await remove();
        olds = await inState(api);
        api.next("delete", async () => {
          api.rooms.length = 0;
          api.addRoom("standup");
          throw refusal;
        });
        await remove();
        assert.ok(api.room("standup"));
      }
    });

    it("takes a second look that tells nothing for 'gone', since the first one showed the room", async () => {
      api.next("delete", async () => {
        api.rooms.length = 0;
        api.missing = "bare";
        throw api.refusal("delete", "standup");
      });
      await remove();
    });

    it("passes on what is no answer at the second look either", async () => {
      for (const failure of otherFailures(call)) {
        api.failNext("delete", api.refusal("delete", "standup"));
        api.next("get", (work) => work()).failNext("get", failure);
        await assert.rejects(remove(), (error) => error === failure);
      }
    });

    it("passes on what is no answer about the room", async () => {
      for (const failure of [...otherFailures(call), api.lost("update"), new TypeError("a bug")]) {
        api.failNext("delete", failure);
        await assert.rejects(remove(), (error) => error === failure);
        api.failNext("get", failure);
        await assert.rejects(remove(), (error) => error === failure);
      }
      assert.ok(api.room("standup"));
    });

    const refusals = [
      new MeteredError({ cause: "RequestRefused", said: "a meeting is under way", isBare: false, ...call }),
      new MeteredError({ cause: "PlanLimit", said: "upgrade your plan", ...call }),
      new MeteredError({ cause: "UnknownApp", said: "", ...call }),
      new MeteredError({ cause: "InvalidSetting", said: "force is required", ...call }),
      new MeteredError({ cause: "LiveStreamingOff", said: "Invalid request", ...call }),
      new MeteredError({ cause: "UnexpectedResponse", problem: "isn't JSON", mayHaveHappened: true, ...call }),
    ];
    for (const refusal of refusals) {
      it(`fails when the room stays after a delete that ended in ${refusal.name}`, async () => {
        api.failNext("delete", refusal);
        await assert.rejects(remove(), { name: type.canDelete ? refusal.name : "CannotDelete" });
        assert.deepEqual(api.story, ["GET standup", "DELETE standup", "GET standup"]);
      });
    }
  });
}

describe("delete of a live-streaming room, which Metered does not document", () => {
  it("fails when the room is still there, and even a success is not believed while it is", async () => {
    const api = new FakeApi(liveStreamingRoom);
    const olds = await inState(api);
    const remove = () => deleteRoom(api.place(), "standup", olds);
    const { how, subject, until } = await factsOf(remove(), "CannotDelete");
    assert.deepEqual([how, subject?.label, until], ["still there", "live-streaming room", undefined]);
    api.next("delete", async () => undefined);
    assert.equal((await factsOf(remove(), "CannotDelete")).how, "still there");
    assert.ok(api.room("standup"));
  });
});
