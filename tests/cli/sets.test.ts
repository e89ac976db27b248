import assert from "node:assert/strict";
import { parseStack, roomsIn } from "../../provider/src/cli/stackState";
import { tokenOf } from "../../provider/src/pulumi/types";
import { meetingRoomSet } from "../../provider/src/rooms/set/setType";
import { manyRooms, SetStory } from "../support/sets";

describe("what the commands know of sets", () => {
  it("are their rooms, each with the set's name and its key", async () => {
    const story = new SetStory();
    await story.up({
      ...manyRooms(2),
      lab: { privacy: "public", roomName: "the-lab", rtmpOutURL: "rtmp://x.example.com/k" },
    });
    const urn = `urn:pulumi:dev::rooms::${tokenOf(meetingRoomSet)}::courses`;
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:x" };
    const outputs = { ...story.outputs, secretSettings: secret };
    const resource = { urn, type: tokenOf(meetingRoomSet), id: "courses-1a2b3c4d", outputs };
    const state = parseStack(JSON.stringify({ deployment: { resources: [resource] } }));
    const found = roomsIn(state, "demo");
    assert.deepEqual(
      found.map(({ resource: name, id, roomId }) => [name, id, roomId]),
      Object.entries(story.rooms).map(([key, room]) => [`courses["${key}"]`, room.roomName, room.roomId]),
    );
    assert.deepEqual(roomsIn(state, "other"), []);
  });
});
