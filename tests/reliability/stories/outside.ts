import assert from "node:assert/strict";
import type { StoredRoom } from "metered-simulator";
import type { Bag } from "../../../provider/src/pulumi/state";
import { type Attempt, succeeded } from "../exceptions";
import { autoNamed, everything, withOther } from "../programs";
import type { World } from "../world";
import type { Stories } from "./story";

/** What a room that a colleague deleted is to the provider, which may see it archived or not at all. */
function missing(world: World, attempt: Attempt): Attempt | undefined {
  const isSeen = world.switches.getAfterDelete === "archived";
  if (attempt === "look for a room that is missing") return isSeen ? undefined : attempt;
  return attempt;
}

async function made(world: World, program: Bag): Promise<void> {
  succeeded(await world.up(program), world.switches, world.type);
}

async function madeAnew(world: World, program: Bag): Promise<void> {
  const outcome = await world.up(program);
  const attempt = program.__auto !== undefined ? undefined : "create under a name that an archived room had";
  if (succeeded(outcome, world.switches, world.type, attempt)) await world.assertQuiet(program);
  else assert.equal(world.engine.resource, undefined);
}

/** The user wants the colleague's room. */
async function adopted(world: World, program: Bag, theirs: StoredRoom): Promise<void> {
  world.isOurs(theirs);
  world.mayLose();
  succeeded(await world.up(program, { adoptExisting: true }), world.switches, world.type);
  assert.equal(world.living._id, theirs._id);
  await world.assertQuiet(program);
}

/** What colleagues do behind the stack's back, to the room as a whole. */
export const outsideStories: Stories = {
  "a room is deleted outside": async (world) => {
    for (const name of [world.newName(), undefined]) {
      world.newStack();
      const given = everything(world.type, name ?? world.newName("auto"));
      const program = name ? given : autoNamed(given);
      await made(world, program);
      world.archiveOutside();
      const changed = withOther(world.type, program, "enableRecording");
      const before = world.engine.resource;
      const update = await world.up(changed);
      // An archived room that is shown is missing for certain.
      const isSeen = world.switches.getAfterDelete === "archived";
      if (isSeen) assert.equal(update.error?.name, "RoomNotFound", update.text);
      else succeeded(update, world.switches, world.type, "change a room that is missing");
      assert.deepEqual(world.engine.resource, before, "a failed update leaves the state as it was");
      const refresh = await world.refresh();
      if (!succeeded(refresh, world.switches, world.type, missing(world, "look for a room that is missing"))) {
        assert.deepEqual(world.engine.resource, before, "what cannot be told is kept");
        world.forget();
      }
      assert.equal(world.engine.resource, undefined, "gone is gone");
      await madeAnew(world, program);
    }
  },

  "a room is deleted outside, then by the stack": async (world) => {
    await made(world, everything(world.type, world.newName()));
    world.archiveOutside();
    const outcome = await world.destroy();
    const isDone = succeeded(outcome, world.switches, world.type, missing(world, "look for a room that is missing"));
    assert.equal(world.engine.resource === undefined, isDone);
  },

  "a room is recreated outside: ours is gone": async (world) => {
    const program = everything(world.type, world.newName());
    await made(world, program);
    const theirs = world.recreateOutside(String(program.roomName));
    succeeded(await world.refresh(), world.switches, world.type);
    assert.equal(world.engine.resource, undefined);
    const outcome = await world.up(program);
    assert.equal(outcome.error?.name, "NameTaken", outcome.text);
    assert.match(
      outcome.text,
      /already has a room with that name[\s\S]*metered:adoptExisting[\s\S]*choose another roomName/,
    );
    assert.equal(world.engine.resource, undefined);
    await adopted(world, program, theirs);
  },

  "a room is recreated outside, without a refresh": async (world) => {
    const program = everything(world.type, world.newName());
    await made(world, program);
    const theirs = world.recreateOutside(String(program.roomName));
    const [before, changed] = [world.engine.resource, withOther(world.type, program, "enableRecording")];
    const outcome = await world.up(changed);
    assert.equal(outcome.error?.name, "RoomReplacedOutside", outcome.text);
    assert.match(outcome.text, /another room with that name[\s\S]*metered:adoptExisting[\s\S]*choose another roomName/);
    assert.deepEqual(world.engine.resource, before);
    await adopted(world, changed, theirs);
  },

  "a room is recreated outside, and destroyed by the stack: theirs stays": async (world) => {
    const program = everything(world.type, world.newName());
    await made(world, program);
    world.recreateOutside(String(program.roomName));
    succeeded(await world.destroy(), world.switches, world.type);
    assert.equal(world.engine.resource, undefined);
  },

  "a room is recreated outside, then renamed by the program": async (world) => {
    for (const isRefreshed of [true, false]) {
      world.newStack();
      const program = everything(world.type, world.newName());
      await made(world, program);
      world.recreateOutside(String(program.roomName));
      const renamed = { ...program, roomName: world.newName() };
      if (isRefreshed) succeeded(await world.refresh(), world.switches, world.type);
      assert.equal(await world.engine.plan(renamed), isRefreshed ? "create" : "replace");
      succeeded(await world.up(renamed), world.switches, world.type);
      await world.assertQuiet(renamed);
    }
  },

  "a room is recreated outside, and theirs is deleted": async (world) => {
    const program = autoNamed(everything(world.type, world.newName()));
    await made(world, program);
    const theirs = world.recreateOutside(String(program.roomName));
    world.isOurs(theirs);
    world.simulator.archiveRoom(world.kind, theirs.roomName);
    const attempt = missing(world, "look for a room that is missing");
    if (!succeeded(await world.refresh(), world.switches, world.type, attempt)) world.forget();
    assert.equal(world.engine.resource, undefined);
    await madeAnew(world, program);
  },
};
