import assert from "node:assert/strict";
import fc from "fast-check";
import { createRoom } from "../../provider/src/pulumi/operations";
import type { Bag } from "../../provider/src/pulumi/state";
import type { RoomReply } from "../../provider/src/rooms/api";
import { declarationOf } from "../../provider/src/rooms/declaration";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import type { RoomType } from "../../provider/src/rooms/roomType";
import { problemsOf } from "../../provider/src/schema/check";
import { validInputs } from "../support/arbitraries";
import { canaryRtmpURL } from "../support/canary";
import { FakeApi } from "../support/fakeApi";
import { allSettings, NOW, types } from "../support/rooms";

function reply(body: Bag): RoomReply {
  const roomName = String(body.roomName ?? "standup");
  return {
    roomId: "61005784c3c9104421af1534",
    roomName,
    archived: false,
    createdAt: undefined,
    answeredAt: undefined,
    body: { _id: "61005784c3c9104421af1534", roomName, ...body },
  };
}

const declared = (type: RoomType, body: Bag) => declarationOf(type, reply(body), NOW);

describe("the declaration of a room that exists", () => {
  for (const type of types) {
    it(`is whatever was declared, less the documented defaults: any ${type.label}`, async () => {
      await fc.assert(
        fc.asyncProperty(validInputs(type), async (inputs) => {
          const api = new FakeApi(type);
          const { id } = await createRoom(api.place(), inputs);
          const { settings, left, problems } = declarationOf(type, await api.get(id), NOW);
          assert.deepEqual([left, problems], [[], []]);
          const { roomName: _, ...given } = inputs;
          const expected = Object.entries(given).filter(([name, value]) => {
            const isDefault = value === type.fields[name]?.default && !type.fields[name]?.required;
            return !isDefault && value !== "";
          });
          assert.deepEqual(settings, Object.fromEntries(expected));
        }),
        { numRuns: 100 },
      );
    });
  }

  it("always says who may join, and leaves out what has its documented default", () => {
    const body = { privacy: "public", showInviteBox: true, newChatForMeetingSession: true, ownerOnlyBroadcast: false };
    assert.deepEqual(declared(meetingRoom, body).settings, { privacy: "public" });
    const others = { privacy: "public", showInviteBox: false, ownerOnlyBroadcast: true, enableChat: false };
    assert.deepEqual(declared(meetingRoom, others).settings, others);
  });

  it("is in the order of the table, whatever the order of the reply", () => {
    const names = Object.keys(allSettings(meetingRoom));
    const body = Object.fromEntries(Object.entries(allSettings(meetingRoom)).reverse());
    const { settings } = declared(meetingRoom, body);
    assert.deepEqual(
      Object.keys(settings),
      names.filter((name) => name in settings),
    );
  });

  it("takes values in other spellings for what they mean", () => {
    const body = { privacy: "Private", enableChat: "true", maxParticipants: "12", compositionLayout: "GRID" };
    assert.deepEqual(declared(meetingRoom, body).settings, {
      privacy: "private",
      maxParticipants: 12,
      enableChat: true,
      compositionLayout: "grid",
    });
  });

  it("keeps what is past already", () => {
    const body = { privacy: "public", notBeforeUnixSec: NOW - 7200, expireUnixSec: NOW - 3600 };
    const { settings, problems } = declared(meetingRoom, body);
    assert.deepEqual(problems, []);
    assert.deepEqual([settings.notBeforeUnixSec, settings.expireUnixSec], [NOW - 7200, NOW - 3600]);
  });

  it("leaves out an opening that comes when all is over, and says so", () => {
    const body = { privacy: "public", notBeforeUnixSec: NOW + 60, expireUnixSec: NOW + 60 };
    const { settings, left } = declared(meetingRoom, body);
    assert.deepEqual([settings.notBeforeUnixSec, settings.expireUnixSec], [undefined, NOW + 60]);
    const why = "nobody could ever join, and Metered doesn't show that it has it";
    assert.deepEqual(left, [`notBeforeUnixSec must be earlier than expireUnixSec: ${why}`]);
  });

  it("leaves out what no program can declare, and says why", () => {
    const body = {
      privacy: "public",
      expireUnixSec: 0,
      maxParticipants: -1,
      compositionLayout: "broadcaster",
      rtmpOutURL: "srt://live.example.com/canary-stream",
    };
    const { settings, left, problems } = declared(meetingRoom, body);
    assert.deepEqual([settings, problems], [{ privacy: "public" }, []]);
    const names = ["expireUnixSec", "maxParticipants", "compositionLayout", "rtmpOutURL"];
    assert.deepEqual(
      left.map((reason) => reason.split(" ")[0]),
      names,
    );
    assert.doesNotMatch(left.join(), /canary/);
  });

  it("keeps a webhook that is no URL, since Metered took it and a program may say the same", () => {
    const body = { privacy: "public", meetingJoinWebhook: "not a URL, token=canary-token" };
    assert.deepEqual(declared(meetingRoom, body), { settings: body, left: [], problems: [] });
  });

  it("leaves out a stream whose address Metered masks or does not show", () => {
    const body = { privacy: "public", enableComposition: true, enableRTMPOut: true };
    for (const more of [{}, { rtmpOutURL: "rtmp://live.example.com/app/****" }]) {
      const { settings, left, problems } = declared(meetingRoom, { ...body, ...more });
      assert.deepEqual([settings, problems], [{ privacy: "public", enableComposition: true }, []]);
      assert.match(left.join(), /enableRTMPOut: true needs rtmpOutURL/);
    }
    // For a live room that is only a warning.
    assert.deepEqual(declared(liveStreamingRoom, { enableRTMPOut: true }).settings, { enableRTMPOut: true });
    const whole = declared(meetingRoom, { ...body, rtmpOutURL: canaryRtmpURL });
    assert.equal(whole.settings.enableRTMPOut, true);
  });

  it("leaves out what composes without a composition, and an opening after the end", () => {
    const body = { privacy: "public", enableLiveStreaming: true, recordComposition: true };
    assert.deepEqual(declared(meetingRoom, body).settings, { privacy: "public" });
    const moments = { privacy: "public", notBeforeUnixSec: NOW + 20, expireUnixSec: NOW + 10 };
    assert.deepEqual(declared(meetingRoom, moments).settings, { privacy: "public", expireUnixSec: NOW + 10 });
  });

  it("leaves out what has no value", () => {
    const body = { privacy: "public", meetingJoinWebhook: "", maxParticipants: null };
    assert.deepEqual(declared(meetingRoom, body), { settings: { privacy: "public" }, left: [], problems: [] });
  });

  it("does not exist for a room of unknown privacy", () => {
    assert.match(declared(meetingRoom, {}).problems.join(), /privacy is missing/);
    assert.match(declared(meetingRoom, { privacy: "secret" }).problems.join(), /privacy is missing/);
  });

  it("exists for a room whose name no new one may have: the state has it, so it may stay", () => {
    assert.deepEqual(declared(meetingRoom, { privacy: "public", roomName: "my room" }).problems, []);
  });

  it("is never one that check refuses", () => {
    const values = fc.oneof(fc.boolean(), fc.integer(), fc.string(), fc.constant(null), fc.double());
    for (const type of types) {
      const bodies = fc.dictionary(fc.constantFrom(...Object.keys(type.fields)), values);
      fc.assert(
        fc.property(bodies, (body) => {
          const room = reply(body);
          const { settings, problems } = declarationOf(type, room, NOW);
          const inputs = { ...settings, roomName: room.roomName };
          assert.deepEqual(problemsOf(type, inputs, inputs, NOW), problems);
        }),
      );
    }
  });
});
