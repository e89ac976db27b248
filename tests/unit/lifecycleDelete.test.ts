import assert from "node:assert/strict";
import {
  AppChanged,
  BadKey,
  CannotDelete,
  CannotTell,
  InvalidSetting,
  type MeteredError,
  NoConnection,
  RateLimited,
  RequestRefused,
  ServerError,
  UnknownApp,
  UnreadableReply,
} from "../../provider/src/core/errors";
import { deleteRoom } from "../../provider/src/core/lifecycle";
import { liveStreamingRoom } from "../../provider/src/core/liveStreamingRoom";
import { Session } from "../../provider/src/core/session";
import type { Bag } from "../../provider/src/core/state";
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
    const remove = (options = {}) => deleteRoom(api.context(options), "standup", olds);
    const call = { action: "delete" as const, subject: `${type.label} "standup"`, appName: "demo", isLive: false };

    it("deletes the room of the state", async () => {
      await remove();
      assert.equal(api.room("standup"), undefined);
      // The documented delete of a meeting room is believed; a live-streaming room must be seen to be gone.
      const looks = type.canDelete ? [] : ["GET standup"];
      assert.deepEqual(api.story, ["GET standup", "DELETE standup", ...looks]);
    });

    it("deletes under the server's spelling of the name", async () => {
      api.spell = (name) => name.toLowerCase();
      await deleteRoom(api.context(), "StandUp", olds);
      assert.equal(api.story[1], "DELETE standup");
    });

    it("is content when the room is gone or archived already", async () => {
      api.next("get", async (work) => ({ ...(await work()), archived: true }));
      await remove();
      api.rooms.length = 0;
      await remove();
      api.missing = "uncertain";
      await remove();
      assert.deepEqual(api.story, ["GET standup", "GET standup", "GET standup", "LIST"]);
    });

    it("leaves another room under the name alone, and says so", async () => {
      api.rooms.length = 0;
      api.addRoom("standup");
      await remove();
      assert.ok(api.room("standup"));
      assert.deepEqual(api.story, ["GET standup"]);
      assert.deepEqual(api.notes, [
        `The ${type.label} "standup" was gone; another room now has its name and was left as it is.`,
      ]);
    });

    it("never deletes what this run has made, as somebody's predecessor", async () => {
      const session = new Session();
      session.made.add(String(olds.roomId));
      await remove({ session });
      assert.ok(api.room("standup"));
      assert.deepEqual(api.story, []);
      assert.deepEqual(api.notes, [
        `The ${type.label} "standup" stays: a resource of the program has it now, so it is not deleted.`,
      ]);
    });

    it("deletes the room of an early state, that does not know Metered's id", async () => {
      const { roomId: _, ...early } = olds;
      await deleteRoom(api.context(), "standup", early);
      assert.equal(api.room("standup"), undefined);
    });

    it("refuses a room of another app without a call", async () => {
      await assert.rejects(deleteRoom(api.context(), "standup", { ...olds, appName: "acme" }), AppChanged);
      assert.deepEqual(api.calls, []);
    });

    it("fails when it cannot tell whether the room is there", async () => {
      api.failNext("get", api.refusal("read", "standup"));
      await assert.rejects(remove(), CannotTell);
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
      const busy = new ServerError(call, 500, "", 1, false);
      api.failNext("delete", api.refusal("delete", "standup"));
      api.next("get", (work) => work()).failNext("get", busy);
      await assert.rejects(remove(), (error) => error === busy);
    });

    it("passes on what is no answer about the room", async () => {
      const failures: MeteredError[] = [
        new BadKey(call, ""),
        new RateLimited(call, 3),
        new ServerError(call, 500, "", 3, true),
        new NoConnection(call, "the connection was refused", 3, true),
      ];
      for (const failure of failures) {
        api.failNext("delete", failure);
        await assert.rejects(remove(), (error) => error === failure);
        api.failNext("get", failure);
        await assert.rejects(remove(), (error) => error === failure);
      }
      assert.ok(api.room("standup"));
    });

    const refusals = [
      new RequestRefused(call, "a meeting is under way", false),
      new UnknownApp(call, ""),
      new InvalidSetting(call, "force is required"),
      new UnreadableReply(call, "is not JSON", true),
    ];
    for (const refusal of refusals) {
      it(`fails when the room stays after a delete that ended in ${refusal.name}`, async () => {
        api.failNext("delete", refusal);
        await assert.rejects(remove(), (error: Error) => {
          assert.equal(error.name, type.canDelete ? refusal.name : "CannotDelete");
          return true;
        });
        assert.deepEqual(api.story, ["GET standup", "DELETE standup", "GET standup"]);
      });
    }
  });
}

describe("delete of a live-streaming room, which Metered does not document", () => {
  it("fails when the room is still there, and says what can be done", async () => {
    const api = new FakeApi(liveStreamingRoom);
    const olds = await inState(api);
    const way = async () => deleteRoom(api.context(), "standup", olds);
    const told = (error: Error) => {
      assert.ok(error instanceof CannotDelete);
      assert.equal(
        error.message,
        'Cannot delete the live-streaming room "standup": Metered documents no way to delete one, and it is still there after a try. ' +
          "Delete it in the dashboard and run the command again, or take it out of the stack only: pulumi state delete URN (pulumi stack --show-urns lists them).",
      );
      return true;
    };
    await assert.rejects(way, told);
    // Even a success is not believed while the room is there.
    api.next("delete", async () => undefined);
    await assert.rejects(way, told);
    assert.ok(api.room("standup"));
  });
});
