import assert from "node:assert/strict";
import { checkSet, compareSet } from "../../provider/src/pulumi/setOperations";
import { manyRooms, SET, SetStory } from "../support/sets";

const publicRoom = { privacy: "public" };

describe("the summary of a set", () => {
  it("counts what is to be done, and what is done", async () => {
    const story = new SetStory();
    const told: number[] = [];
    await story.up(manyRooms(5), {}, { progress: (done, total) => told.push(done / total) });
    assert.deepEqual(told, [0.2, 0.4, 0.6, 0.8, 1]);
    story.api.notes.length = 0;
    const { "room-0": _gone, ...others } = manyRooms(5);
    await story.up({ ...others, "room-1": { privacy: "private" }, more: publicRoom });
    const [summary] = story.api.notes;
    assert.deepEqual(
      { ...summary, subject: 0 },
      { note: "set summary", subject: 0, create: 1, update: 1, replace: 0, delete: 1, leave: 0, unchanged: 3 },
    );
  });

  it("counts nothing at the end of a refresh, which compares as well, but does nothing", async () => {
    const story = new SetStory();
    await story.up(manyRooms(2));
    const { inputs: changed } = checkSet(story.place(), story.inputs, { rooms: manyRooms(3), __auto: SET });
    story.api.notes.length = 0;
    assert.ok(compareSet(story.place(), story.outputs, changed).isChanged);
    assert.deepEqual(story.api.notes, []);
  });
});
