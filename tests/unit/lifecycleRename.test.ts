import assert from "node:assert/strict";
import { diff } from "../../provider/src/core/diff";
import { NameTaken, ServerError } from "../../provider/src/core/errors";
import { create, deleteRoom, read, update } from "../../provider/src/core/lifecycle";
import { meetingRoom } from "../../provider/src/core/meetingRoom";
import { Session } from "../../provider/src/core/session";
import type { Bag } from "../../provider/src/core/state";
import { FakeApi } from "../support/fakeApi";
import { inState, leastInputs, NOW } from "../support/rooms";

describe("delete before a rename", () => {
  let api: FakeApi;
  let olds: Bag;
  let session: Session;
  const rename = (to: string, adoptExisting = false) => {
    session.renames.set(String(olds.roomId), to);
    return deleteRoom(api.context({ session, adoptExisting }), "standup", olds);
  };
  beforeEach(async () => {
    session = new Session();
    api = new FakeApi(meetingRoom);
    olds = await inState(api);
  });

  it("deletes nothing when the new name is taken, and says so", async () => {
    api.addRoom("daily");
    await assert.rejects(rename("daily"), (error: Error) => {
      assert.ok(error instanceof NameTaken);
      assert.equal(
        error.message,
        'Cannot rename the meeting room "standup" to "daily": a room of that name exists in the Metered app "demo". Nothing was deleted. ' +
          "Choose another roomName; or, if that room is meant, run pulumi config set metered:adoptExisting true, then pulumi up, then pulumi config rm metered:adoptExisting " +
          "(for a room with a metered.Provider, set the adoptExisting of that instead).",
      );
      return true;
    });
    assert.deepEqual(api.story, ["GET daily"]);
    assert.ok(api.room("standup"));
  });

  it("deletes when the new name is free, archived, or cannot be told", async () => {
    const answers: (() => Promise<unknown>)[] = [
      async () => Promise.reject(api.notFound("read", "daily")),
      async () => Promise.reject(api.refusal("read", "daily")),
      async () => ({ roomId: "1", roomName: "daily", archived: true, body: {} }),
    ];
    for (const answer of answers) {
      api.rooms.length = 0;
      olds = await inState(api);
      api.next("get", answer);
      await rename("daily");
      assert.deepEqual(api.story, ["GET daily", "GET standup", "DELETE standup"]);
      api.calls.length = 0;
    }
  });

  it("deletes nothing where another resource has the new name, whatever the user said", async () => {
    session.held.add(String(api.addRoom("daily")._id));
    await assert.rejects(rename("daily", true), NameTaken);
    assert.ok(api.room("standup"));
  });

  it("deletes where the user said that the other room is meant, or this run has made it", async () => {
    const { _id } = api.addRoom("daily");
    await rename("daily", true);
    assert.deepEqual(api.story, ["GET daily", "GET standup", "DELETE standup"]);
    api.rooms.pop();
    olds = await inState(api);
    session.made.add(String(_id));
    api.next("get", async () => ({ roomId: _id, roomName: "daily", archived: false, body: {} }));
    await rename("daily");
    assert.equal(api.room("standup"), undefined);
  });

  it("deletes when the new name is the room's own, which the server spells in its way", async () => {
    api.spell = (name) => name.toLowerCase();
    await rename("StandUp");
    assert.equal(api.room("standup"), undefined);
  });

  it("deletes nothing where the server has the new name in lower case, and finds it only so", async () => {
    api.spell = (name) => name.toLowerCase();
    api.lookUp = (name) => name;
    for (const missing of ["certain", "uncertain", "bare"] as const) {
      api.missing = missing;
      api.rooms.splice(1);
      api.addRoom("daily");
      await assert.rejects(rename("Daily"), NameTaken);
      assert.ok(api.room("standup"));
    }
  });

  it("does not go on when the new name cannot be looked up", async () => {
    const failure = new ServerError({ action: "read", subject: "", appName: "demo", isLive: false }, 500, "", 3, false);
    api.failNext("get", failure);
    await assert.rejects(rename("daily"), (error) => error === failure);
    assert.ok(api.room("standup"));
  });
});

const MADE = "standup-1f2e3d4c";

describe("a numbered name that the program then gives by itself", () => {
  it("is settled by one update without a write, and is the asked one from then on", async () => {
    const api = new FakeApi(meetingRoom);
    api.archivedNames = "reserved";
    api.addRoom(MADE, { archived: true });
    const { id, outs } = await create(api.context(), leastInputs(meetingRoom, { roomName: MADE, __auto: true }));
    assert.equal(id, `${MADE}-2`);
    const news = leastInputs(meetingRoom, { roomName: id });
    const olds = { ...outs, __provider: news.__provider };
    assert.deepEqual(diff(meetingRoom, id, olds, news, "demo", NOW), {});
    api.calls.length = 0;
    const settled = { ...(await update(api.context(), id, olds, news)).outs, __provider: news.__provider };
    assert.deepEqual(api.story, [`GET ${id}`]);
    assert.deepEqual(diff(meetingRoom, id, settled, news, "demo", NOW), { changes: false });
    assert.equal((await read(api.context(), id, settled)).inputs?.roomName, id);
  });
});
