import assert from "node:assert/strict";
import { createRoom } from "../../provider/src/pulumi/operations";
import { isFinished } from "../../provider/src/rooms/expiry";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { factNames, factsOf, liveSettings, lookupResult, settingsOf, shownIn } from "../../provider/src/rooms/room";
import type { RoomType } from "../../provider/src/rooms/roomType";
import { isSensitive } from "../../provider/src/schema/kinds";
import { assertNoSecrets, canaryRtmpURL } from "../support/canary";
import { FakeApi } from "../support/fakeApi";
import { allSettings, leastInputs, NOW, types } from "../support/rooms";

/** A room as a response shows it. */
async function replyWith(type: RoomType, body: Record<string, unknown>) {
  const api = new FakeApi(type);
  api.addRoom("standup", body);
  return api.get("standup");
}

describe("what a response shows", () => {
  const shown = async (rtmpOutURL: string) =>
    shownIn(liveStreamingRoom, await replyWith(liveStreamingRoom, { rtmpOutURL })).rtmpOutURL;

  it("is not a secret that is masked", async () => {
    for (const mask of ["rtmp://live.example.com/app/****", "rtmp://live.example.com/xxxxxx", "•••••"]) {
      assert.equal(await shown(mask), undefined);
    }
    for (const plain of ["rtmp://live.example.com/app/key", "rtmp://live.example.com/a•b*xxx"]) {
      assert.equal(await shown(plain), plain);
    }
  });

  it("is nothing of what makes no sense", async () => {
    const room = await replyWith(meetingRoom, { maxParticipants: "many", enableChat: {}, autoJoin: null });
    assert.deepEqual(shownIn(meetingRoom, room), { roomName: "standup", autoJoin: null });
  });
});

describe("the settings of a kind of room", () => {
  it("are all of its table but the name, asked for once or again", () => {
    for (const type of types) {
      const fresh = { ...type };
      for (let i = 0; i < 2; i++) {
        const names = settingsOf(fresh).map(([name]) => name);
        assert.deepEqual(["roomName", ...names].sort(), Object.keys(type.fields).sort());
      }
    }
  });
});

describe("the settings of a room as it is", () => {
  for (const type of types) {
    it(`are what is declared of a ${type.label}, and nothing else, be it shown or not`, async () => {
      const room = await replyWith(type, { other: 1, enableRecording: true, recordComposition: false });
      assert.deepEqual(liveSettings(type, {}, room), {});
      assert.deepEqual(liveSettings(type, { enableRecording: true, recordComposition: true }, room), {
        enableRecording: true,
        recordComposition: false,
      });
    });

    it(`stay uncertain where a ${type.label}'s response does not show them, and are certain where it does`, async () => {
      const room = await replyWith(type, { enableRecording: true, rtmpOutURL: null });
      const lost = { enableRecording: null, recordComposition: null, rtmpOutURL: null };
      assert.deepEqual(liveSettings(type, lost, room), { enableRecording: true, recordComposition: null });
    });

    it(`stay uncertain where they may contain a credential of a ${type.label}, even if the response shows it`, async () => {
      const room = await replyWith(type, { rtmpOutURL: canaryRtmpURL });
      assert.deepEqual(liveSettings(type, { rtmpOutURL: null }, room), { rtmpOutURL: null });
      assert.deepEqual(liveSettings(type, { rtmpOutURL: "rtmp://a" }, room), { rtmpOutURL: canaryRtmpURL });
    });
  }
});

describe("what only the server knows of a room", () => {
  it("is that of the kind of room", () => {
    assert.deepEqual(factNames(meetingRoom), ["created", "url"]);
    assert.deepEqual(factNames(liveStreamingRoom), ["created", "viewerURL", "broadcastManager"]);
  });

  it("is left out where the response doesn't show it, or shows something else", async () => {
    const api = new FakeApi(liveStreamingRoom);
    const room = await replyWith(liveStreamingRoom, {
      created: undefined,
      viewerURL: 7,
      broadcastManager: "https://b",
    });
    assert.deepEqual(factsOf(liveStreamingRoom, api, room), { broadcastManager: "https://b" });
  });
});

describe("what a lookup answers", () => {
  for (const type of types) {
    it(`is all that a ${type.label}'s response shows, but nothing that may contain a credential`, async () => {
      const api = new FakeApi(type);
      const { outputs } = await createRoom(api.place(), leastInputs(type, allSettings(type)));
      const volatile = Object.fromEntries(Object.keys(type.volatile).map((name) => [name, false]));
      const expected: Record<string, unknown> = { ...outputs, ...volatile, id: "standup" };
      const sensitive = Object.keys(type.fields).filter((name) => {
        const field = type.fields[name];
        return field && isSensitive(field);
      });
      assert.ok(sensitive.includes("rtmpOutURL"));
      for (const name of sensitive) delete expected[name];
      const found = lookupResult(type, api, await api.get("standup"));
      assert.deepEqual(found, expected);
      assertNoSecrets("a lookup", JSON.stringify(found));
    });
  }
});

describe("a finished room", () => {
  it("is one that was to delete itself, at a time that has passed", () => {
    const finished = (expireUnixSec: number | null, deleteOnExp: boolean | null = true) =>
      isFinished({ expireUnixSec, deleteOnExp }, NOW);
    assert.deepEqual([finished(NOW - 1), finished(NOW)], [true, true]);
    assert.deepEqual(
      [finished(NOW + 1), finished(null), isFinished({ deleteOnExp: true }, NOW)],
      [false, false, false],
    );
    assert.deepEqual([finished(NOW - 1, false), finished(NOW - 1, null)], [false, false]);
  });
});
