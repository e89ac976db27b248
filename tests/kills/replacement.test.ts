import assert from "node:assert/strict";
import { product } from "../reliability/replacements";
import { EngineWorld } from "../support/engineWorld";
import { slowTests } from "../support/exhaustive";
import type { StateResource } from "../support/stack";
import { type Forced, forces, isBesideOld, prepare, programOf } from "./forced";

const rows = product({
  force: forces,
  option: ["true", "false", "undefined"],
  old: ["present", "gone"],
  name: ["given", "generated"],
} as const);
const circumstances = product({ nameReuse: ["allowed", "reserved"], adoptExisting: ["false", "true"] } as const);

slowTests(
  "forced replacements on the real engine lose no room, and delete none that they have just created",
  function () {
    this.timeout(900_000);
    let world: EngineWorld;
    afterEach(() => world.close());

    for (const { nameReuse, adoptExisting } of circumstances)
      it(`with names ${nameReuse} to be used again, adoptExisting ${adoptExisting}`, async () => {
        world = await EngineWorld.start({ adoptExisting }, { switches: { nameReuse } });
        const { stack } = world;
        const rooms = roomsWhere(nameReuse, adoptExisting === "true");
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
  },
);

type Room = ReturnType<typeof roomsWhere>[number];

/** All rows, each as a room of one stack, and what keeps it from having its name again. */
function roomsWhere(nameReuse: "allowed" | "reserved", adopts: boolean) {
  return rows.map((row) => {
    const key = [row.force.replace("--", ""), row.option, row.old, row.name].join("-").toLowerCase();
    const isAdopted = adopts && isUnawares(row);
    return { ...row, key, isAdopted, obstacle: isAdopted ? undefined : obstacleOf(row, nameReuse) };
  });
}

/** Whether the create meets the old room, without a way to know it: Pulumi tells of it as of a new resource. */
function isUnawares(row: Omit<Forced, "key">): boolean {
  return isBesideOld(row) && row.old === "present" && row.force !== "replaceOnChanges";
}

/** Why the new room can't have its name. A generated name gives way to what is known to be there. */
function obstacleOf(row: Omit<Forced, "key">, nameReuse: "allowed" | "reserved"): RegExp | undefined {
  if (isUnawares(row)) return /already has a room with that/;
  if (row.name === "generated") return undefined;
  if (isBesideOld(row) && row.old === "present") return /already has a room with that name/;
  return nameReuse === "reserved" ? /the name is taken, but shows no such room/ : undefined;
}

/** A new room is in the old one's place, or the user was told why there is none, and the state tells the truth. */
function assertReplaced(world: EngineWorld, room: Room, was: StateResource | undefined, text: string): void {
  const { key, obstacle, old, isAdopted } = room;
  const inState = world.stack
    .rooms()
    .filter(({ urn, pendingReplacement }) => urn.endsWith(`::${key}`) && !pendingReplacement)
    .map(({ outputs }) => outputs.roomId);
  const living = world.living.filter(({ roomName }) => roomName.startsWith(key)).map(({ _id }) => _id);
  if (!obstacle) {
    assert.deepEqual(inState, living, key);
    assert.equal(living.length, 1, key);
    assert.equal(living[0] === was?.outputs.roomId, isAdopted, key);
    return;
  }
  assert.match(text, new RegExp(`create meeting room "${key}.*${obstacle.source}`));
  const kept = isBesideOld(room) ? [was?.outputs.roomId] : [];
  assert.deepEqual(inState, kept, key);
  assert.deepEqual(living, old === "present" ? kept : [], key);
}
