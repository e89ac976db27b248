import assert from "node:assert/strict";
import { obstacleOf, product } from "../reliability/replacements";
import { EngineWorld } from "../support/engineWorld";
import type { StateResource } from "../support/stack";
import { forces, prepare, programOf } from "./forced";

const rows = product({
  force: forces,
  option: ["true", "false", "undefined"],
  old: ["present", "gone"],
  name: ["given", "made"],
} as const);
const circumstances = product({ nameReuse: ["allowed", "reserved"], adoptExisting: ["false", "true"] } as const);
const whole = process.env.EXHAUSTIVE === undefined ? () => {} : describe;

whole("forced replacements on the real engine lose no room, and delete none that they have just made", function () {
  this.timeout(900_000);
  let world: EngineWorld;
  afterEach(() => world.close());

  for (const { nameReuse, adoptExisting } of circumstances)
    it(`with names ${nameReuse} to be used again, adoptExisting ${adoptExisting}`, async () => {
      world = await EngineWorld.start({ adoptExisting }, { switches: { nameReuse } });
      const { stack } = world;
      const rooms = roomsWhere(nameReuse);
      const replace = await prepare(world, rooms);
      const before = new Map(rooms.map(({ key }) => [key, stack.room(key)]));
      const { code, text } = await stack.run(["up", "--continue-on-error", ...replace]);
      assert.equal(
        code !== 0,
        rooms.some(({ obstacle }) => obstacle),
        text,
      );
      for (const room of rooms) assertReplaced(world, room, before.get(room.key), text);

      const anew = new Set(rooms.filter(({ obstacle }) => obstacle).map(({ key }) => key));
      world.program(programOf(rooms, "after", (key) => (anew.has(key) ? `${key}-anew` : key)));
      await stack.pulumi("up");
      await world.assertConverged(rooms.map(({ key }) => key));
    });
});

type Room = ReturnType<typeof roomsWhere>[number];

/** All rows, each as a room of one stack, and what keeps it from having its name again. */
function roomsWhere(nameReuse: "allowed" | "reserved") {
  return rows.map((row) => {
    const deleteBeforeReplace = row.option !== "false";
    const key = [row.force.replace("--", ""), row.option, row.old, row.name].join("-").toLowerCase();
    return { ...row, key, deleteBeforeReplace, obstacle: obstacleOf({ ...row, nameReuse, deleteBeforeReplace }) };
  });
}

/** A new room is in the old one's place, or the user was told why there is none, and the state tells the truth. */
function assertReplaced(world: EngineWorld, room: Room, was: StateResource | undefined, text: string): void {
  const { key, obstacle, old } = room;
  const inState = world.stack
    .rooms()
    .filter(({ urn, pendingReplacement }) => urn.endsWith(`::${key}`) && !pendingReplacement)
    .map(({ outputs }) => outputs.roomId);
  const living = world.living.filter(({ roomName }) => roomName.startsWith(key)).map(({ _id }) => _id);
  if (!obstacle) {
    assert.deepEqual(inState, living, key);
    assert.equal(living.length, 1, key);
    assert.notEqual(living[0], was?.outputs.roomId, key);
    return;
  }
  assert.match(text, new RegExp(`meeting room "${key}": .*${obstacle.source}`));
  const kept = room.deleteBeforeReplace ? [] : [was?.outputs.roomId];
  assert.deepEqual(inState, kept, key);
  assert.deepEqual(living, old === "present" ? kept : [], key);
}
