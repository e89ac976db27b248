import assert from "node:assert/strict";
import { checkInputs, createRoom } from "../../provider/src/pulumi/operations";
import { checkSet, compareSet, updateSet } from "../../provider/src/pulumi/setOperations";
import { Claims } from "../../provider/src/rooms/claims";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { START } from "../support/fakeApi";
import { leastInputs } from "../support/rooms";
import { SET, SetStory } from "../support/sets";
import { VirtualTime } from "../support/virtualTime";

const room = (roomName: string, privacy = "public") => ({ privacy, roomName });

describe("the name of a room that a set renames", () => {
  for (const knowsOwners of [true, false]) {
    const face = knowsOwners ? "in the plugin" : "in dynamic resources";

    it(`may be another resource's by the time that the set deletes its old room, ${face}`, async () => {
      const time = new VirtualTime(START);
      const story = new SetStory();
      const { api } = story;
      await story.up({ a: room("one"), b: room("two") });
      const claims = new Claims(time);
      const place = story.place({ claims });
      const news = { rooms: { a: room("three"), b: room("two", "private") }, __auto: SET };
      const { inputs } = checkSet(place, story.inputs, news);
      assert.ok(compareSet(place, story.outputs, inputs).isChanged);
      // The list that the set has got by then shows its old room under the name.
      api.pause = ({ name }) => time.sleep(name === "two" ? 5_000 : 100);
      const updated = updateSet(place, story.outputs, inputs);
      const other = api.place({ claims, ...(knowsOwners ? { owner: "other" } : {}) });
      const wanted = checkInputs(other, {}, leastInputs(meetingRoom, { roomName: "one" })).inputs;
      const created = createRoom(other, wanted);
      const [{ outputs }] = await Promise.all([time.until(created), time.until(updated)]);
      assert.equal(api.room("one")?._id, outputs.roomId, "the other resource's room lives");
      const names = api.rooms.filter(({ archived }) => archived !== true).map(({ roomName }) => roomName);
      assert.deepEqual(names.sort(), ["one", "three", "two"]);
    });
  }
});
