import assert from "node:assert/strict";
import { NameTaken } from "../../provider/src/core/errors";
import type { RoomType } from "../../provider/src/core/field";
import { types } from "../support/rooms";
import { autoNamed, least, withOther } from "./programs";
import { obstacleOf, product } from "./replacements";
import { World } from "./world";

const rows = product({
  force: ["replace", "replaceOnChanges"],
  deleteBeforeReplace: [true, false],
  old: ["present", "gone"],
  nameReuse: ["allowed", "reserved"],
  name: ["given", "made"],
  adoptExisting: [false, true],
} as const);
type Row = (typeof rows)[number];

for (const type of process.env.EXHAUSTIVE === undefined ? types.slice(0, 1) : types) {
  describe(`a forced replacement, ${type.label}`, () => {
    let world: World;
    before(async () => {
      world = await World.start(type, { liveDelete: "archives" });
    });
    after(() => world.close());
    for (const row of rows)
      it(
        Object.entries(row)
          .map((pair) => pair.join(": "))
          .join(", "),
        () => replace(world, row),
      );
  });
}

async function replace(world: World, row: Row): Promise<void> {
  const { type, simulator } = world;
  world.newStack();
  simulator.setSwitches({ nameReuse: row.nameReuse });
  const program = declared(type, world.newName(), row);
  assert.equal((await world.up(program)).error, undefined);
  const before = world.living;
  if (row.old === "gone") world.archiveOutside();
  const changed = row.force === "replace" ? program : withOther(type, program, "enableRecording");
  const { error, text, steps } = await world.up(changed, { [row.force]: true, adoptExisting: row.adoptExisting });
  assert.deepEqual(steps, ["replace"]);
  const obstacle = obstacleOf(row);
  if (obstacle) {
    assert.ok(error instanceof NameTaken, `${error?.name}: ${text}`);
    assert.match(text, obstacle);
    // Nothing was done, or the old one is gone from the server and from the state.
    const isKept = !row.deleteBeforeReplace;
    assert.equal(world.engine.resource?.outputs.roomId, isKept ? before._id : undefined);
    assert.deepEqual(
      world.own.map(({ _id }) => _id),
      isKept && row.old === "present" ? [before._id] : [],
    );
  } else assert.equal(error, undefined, text);
  const final = obstacle ? declared(type, world.newName(), row) : changed;
  if (obstacle) assert.equal((await world.up(final)).error, undefined);
  assert.notEqual(world.living._id, before._id);
  await world.assertQuiet(final);
}

function declared(type: RoomType, name: string, { name: kind, deleteBeforeReplace }: Row) {
  const program = least(type, name, deleteBeforeReplace ? {} : { __createFirst: true });
  return kind === "made" ? autoNamed(program) : program;
}
