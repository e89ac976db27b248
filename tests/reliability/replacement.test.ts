import assert from "node:assert/strict";
import type { StoredRoom } from "metered-simulator";
import type { RoomType } from "../../provider/src/rooms/roomType";
import { isExhaustive } from "../support/exhaustive";
import { types } from "../support/rooms";
import type { Outcome } from "./engine";
import { hosted, on, quickGrounds } from "./faces";
import { autoNamed, least, withOther } from "./programs";
import { obstacleOf, product } from "./replacements";
import { World } from "./world";

const rows = product({
  force: ["replace", "replaceOnChanges"],
  deleteBeforeReplace: [true, false, "not given"],
  old: ["present", "gone"],
  nameReuse: ["allowed", "reserved"],
  name: ["given", "made"],
  adoptExisting: [false, true],
} as const);
type Row = (typeof rows)[number];
const OLD_FIRST = { deleteBeforeReplace: true } as const;

/** Those in which the faces differ. */
const quickOverGrpc = rows.filter(
  ({ force, deleteBeforeReplace, old, nameReuse }) =>
    force === "replace" && deleteBeforeReplace !== true && old === "present" && nameReuse === "allowed",
);

for (const [face, type] of quickGrounds.flatMap((face) => types.map((type) => [face, type] as const))) {
  if (!isExhaustive && type !== types[0]) continue;
  describe(`a forced replacement, ${type.label}${on(face)}`, () => {
    const host = hosted(face);
    let world: World;
    before(async () => {
      world = await World.start(type, { liveDelete: "archives" }, host());
    });
    after(() => world.close());
    for (const row of face && !isExhaustive ? quickOverGrpc : rows)
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
  const { adoptExisting } = row;
  const option = row.deleteBeforeReplace === "not given" ? {} : { deleteBeforeReplace: row.deleteBeforeReplace };
  const outcome = await world.up(changed, { [row.force]: true, adoptExisting, ...option });
  assert.deepEqual(outcome.steps, ["replace"]);
  const order = orderOf(row);
  const meetsItself = order.isUnawares && row.old === "present";
  const obstacle = meetsItself && adoptExisting ? undefined : obstacleOf({ ...row, ...order });
  if (!obstacle) {
    assert.equal(outcome.error, undefined, outcome.text);
    // What adopts itself is not deleted as the old one.
    assert.equal(world.living._id === before._id, meetsItself);
    return world.assertQuiet(changed);
  }
  assertKept(world, row, outcome, obstacle, order.deleteBeforeReplace ? undefined : before);
  const isToldOrder = meetsItself && row.name === "made";
  const final = isToldOrder ? program : declared(type, world.newName(), row);
  assert.equal((await world.up(final, isToldOrder ? { replace: true, ...OLD_FIRST } : {})).error, undefined);
  assert.notEqual(world.living._id, before._id);
  await world.assertQuiet(final);
}

/** Nothing was done, so that the old room is kept, or that one is gone from the server and from the state. */
function assertKept(world: World, row: Row, { error, text }: Outcome, obstacle: RegExp, kept?: StoredRoom): void {
  assert.equal(error?.name, "NameTaken", text);
  assert.match(text, obstacle);
  assert.equal(world.engine.resource?.outputs.roomId, kept?._id);
  assert.deepEqual(
    world.own.map(({ _id }) => _id),
    kept && row.old === "present" ? [kept._id] : [],
  );
}

/** Which room comes first, and whether the provider could know. Without a diff nobody asks it. */
function orderOf({ deleteBeforeReplace, force }: Row) {
  const isAsked = force === "replaceOnChanges";
  const isOldFirst = deleteBeforeReplace === "not given" ? isAsked : deleteBeforeReplace;
  return { deleteBeforeReplace: isOldFirst, isUnawares: !isOldFirst && !isAsked };
}

function declared(type: RoomType, name: string, { name: kind }: Row) {
  const program = least(type, name);
  return kind === "made" ? autoNamed(program) : program;
}
