import assert from "node:assert/strict";
import { createRoom } from "../../provider/src/pulumi/operations";
import { doubtfulIn, extendedUntil } from "../../provider/src/rooms/expiry";
import { notePastTimes, noteUnreset } from "../../provider/src/rooms/judge";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { factsOf } from "../support/failures";
import { FakeApi, START } from "../support/fakeApi";
import { leastInputs, NOW } from "../support/rooms";

const HOUR = 3_600_000;

describe("what a response says of settings that were left out", () => {
  let api: FakeApi;
  beforeEach(() => {
    api = new FakeApi(meetingRoom);
  });
  const replyWith = (body: Record<string, unknown>) => {
    api.addRoom("standup", body);
    return api.get("standup");
  };
  const dropped = { expireUnixSec: NOW - 5, maxParticipants: -1, privacy: "odd", unheardOf: 1 };

  it("is told of a time that is another one by now", async () => {
    notePastTimes(api.place(), dropped, await replyWith({ expireUnixSec: NOW }));
    assert.deepEqual(
      api.notes.map((note) => ({ ...note, subject: 0 })),
      [{ note: "past time refused", subject: 0, setting: "expireUnixSec", declared: NOW - 5, shown: NOW }],
    );
  });

  it("is nothing where the time is the same, none or not shown, nor of settings that are no time", async () => {
    for (const time of [{ expireUnixSec: NOW - 5 }, { expireUnixSec: null }, {}]) {
      api.rooms.length = 0;
      notePastTimes(api.place(), dropped, await replyWith({ ...time, maxParticipants: 7, privacy: "public" }));
    }
    assert.deepEqual(api.notes, []);
  });

  it("is that a setting isn't reset only where another value is shown", async () => {
    const room = await replyWith({ autoJoin: null, enableChat: true, privacy: "public" });
    noteUnreset(api.place(), { autoJoin: false, enableChat: true, showInviteBox: true, privacy: "private" }, room);
    assert.deepEqual(
      api.notes.map((note) => ({ ...note, subject: 0 })),
      [{ note: "not reset", subject: 0, setting: "privacy", shown: '"public"' }],
    );
  });

  it("is what Metered may refuse today: a time that has passed, and what a program could not declare", () => {
    const body = { expireUnixSec: NOW, notBeforeUnixSec: NOW + 1, privacy: "odd", autoJoin: true, unheardOf: 1 };
    assert.deepEqual(doubtfulIn(meetingRoom, body, NOW), ["expireUnixSec", "privacy"]);
  });

  it("is more time only where the room's end is yet to come", async () => {
    const room = await replyWith({ expireUnixSec: NOW });
    assert.deepEqual(
      [NOW - 1, NOW, NOW + 1].map((now) => extendedUntil(meetingRoom, room, now)),
      [NOW, undefined, undefined],
    );
  });
});

describe("a room in the way of a create", () => {
  for (const [what, created, isRecent] of [
    ["less than an hour old", START - HOUR + 1000, true],
    ["an hour old", START - HOUR, false],
    ["of an unknown age", undefined, false],
  ] as const) {
    it(`that is ${what} ${isRecent ? "may" : "can't"} be what an interrupted run has left`, async () => {
      const api = new FakeApi(meetingRoom);
      api.addRoom("standup", {}, created);
      if (created === undefined) api.show = ({ created: _, ...body }) => body;
      const facts = await factsOf(createRoom(api.place(), leastInputs(meetingRoom)), "NameTaken");
      assert.equal("isRecent" in facts && facts.isRecent, isRecent);
    });
  }
});
