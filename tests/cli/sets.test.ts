import assert from "node:assert/strict";
import { parseStack, roomsIn } from "../../provider/src/cli/stackState";
import { tokenOf } from "../../provider/src/pulumi/types";
import { liveStreamingRoomSet, meetingRoomSet } from "../../provider/src/rooms/set/setType";
import { URN } from "../support/fakePulumi";
import { onAccount } from "../support/onAccount";
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

  describe("as list shows them", function () {
    this.timeout(60_000);
    const on = onAccount({});

    it("each room with the set and its key, one that is gone too, and none of another set's name", async () => {
      const math = { roomName: "math-room", privacy: "public" };
      on.simulator.addRoom("meeting", "math-room", { privacy: "public" });
      on.simulator.addRoom("meeting", "stranger", { privacy: "public" });
      const resources = [meetingRoomSet, liveStreamingRoomSet].map((set) => ({
        urn: `${URN}${tokenOf(set)}::courses`,
        type: tokenOf(set),
        id: "courses-1a2b3c4d",
        outputs: {
          appName: "demo",
          rooms:
            set === meetingRoomSet ? { math, "art 2": { ...math, roomName: "art" } } : { hall: { roomName: "hall" } },
        },
      }));
      on.simulator.addRoom("live", "hall");
      on.pulumi.set({ resources });
      const { out } = await on.cli.run("list", "--json");
      const listed = (JSON.parse(out) as { name: string; archived: boolean | null; resource: string | null }[]).map(
        ({ name, archived, resource }) => [name, archived, resource],
      );
      assert.deepEqual(listed, [
        ["hall", false, 'courses["hall"]'],
        ["math-room", false, 'courses["math"]'],
        ["stranger", false, null],
        ["art", null, 'courses["art 2"]'],
      ]);
      const { out: text } = await on.cli.run("list");
      assert.match(text, /^math-room +meeting +public +no +courses\["math"\]$/m);
      assert.match(text, /^art +meeting +gone +courses\["art 2"\]$/m);
    });
  });
});
