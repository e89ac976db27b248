import assert from "node:assert/strict";
import { roomsIn } from "../../policy/room";
import { limits, privateRooms, rtmpOut } from "../../policy/rules";
import { packageTokenOf, SET_TYPES, tokenOf } from "../../provider/src/pulumi/types";

const URN = "urn:pulumi:dev::rooms::token::courses";

describe("the guard rails, for sets", () => {
  const rooms = { math: { privacy: "public" }, lab: { privacy: "private", roomName: "the-lab" } };

  it("look at each room of a set, in both ways to use the provider", () => {
    for (const token of [tokenOf, packageTokenOf])
      for (const set of SET_TYPES) {
        const found = roomsIn(token(set), URN, { rooms });
        assert.deepEqual(
          found.map(({ kind, key, settings }) => [kind, key, settings.roomName]),
          [
            [set.room.name, "math", "math"],
            [set.room.name, "lab", "the-lab"],
          ],
        );
      }
  });

  it("allow and refuse rooms by their names or keys", () => {
    const problems = (allowedPublic: string[]) =>
      roomsIn(packageTokenOf({ name: "MeetingRoomSet" }), URN, { rooms }).flatMap((room) =>
        privateRooms.check(room, { allowedPublic }),
      );
    assert.equal(problems([]).length, 1);
    assert.equal(problems(["math"]).length, 0);
  });

  it("see secret settings, which a set keeps apart", () => {
    const secretSettings = { math: { rtmpOutURL: "rtmp://elsewhere.example.com/key" } };
    const found = roomsIn(packageTokenOf({ name: "MeetingRoomSet" }), URN, { rooms, secretSettings });
    assert.deepEqual(
      found.map((room) => rtmpOut.check(room, { hosts: ["live.example.com"] }).length),
      [1, 0],
    );
  });

  it("take null for a setting that isn't there, and a room without a name for the one that its key names", () => {
    const given = {
      hall: { privacy: "public", roomName: null },
      lab: { privacy: "private", expireUnixSec: null, maxParticipants: null },
      math: { privacy: "private", expireUnixSec: 2e9, maxParticipants: 0 },
    };
    const found = roomsIn(packageTokenOf({ name: "MeetingRoomSet" }), URN, { rooms: given });
    assert.deepEqual(
      found.map((room) => limits.check(room, { requireExpiry: true, maxParticipants: 50 }).length),
      [2, 2, 1],
    );
    const allowed = (...allowedPublic: string[]) =>
      found.map((room) => privateRooms.check(room, { allowedPublic }).length === 0);
    assert.deepEqual(allowed("null"), [false, true, true]);
    assert.deepEqual(allowed("hall"), [true, true, true]);
  });

  it("take no other resource for a set", () => {
    for (const type of ["random:index:Set", "metered:index:Set", "metered:index:MeetingRoomSetSet"]) {
      assert.deepEqual(roomsIn(type, URN, { rooms }), []);
    }
  });
});
