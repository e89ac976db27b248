import assert from "node:assert/strict";
import { autoName, LONGEST_NAME } from "../../../provider/src/core/names";
import type { Bag } from "../../../provider/src/core/state";
import { differences } from "../differences";
import { type Attempt, succeeded } from "../exceptions";
import { autoNamed, everything, least, withOther } from "../programs";
import type { World } from "../world";
import type { Stories } from "./story";

const HAD_BEFORE: Attempt = "create under a name that an archived room had";

/** One up that makes the room anew, after the one before it was archived. */
async function again(world: World, program: Bag): Promise<boolean> {
  const outcome = await world.up(program);
  const attempt = program.__auto === true ? undefined : HAD_BEFORE;
  if (succeeded(outcome, world.switches, world.type, attempt)) return true;
  assert.equal(world.engine.resource, undefined, "what could not be made is not in the state");
  return false;
}

async function livesAndDies(world: World, program: Bag, attempt?: Attempt): Promise<void> {
  if (!succeeded(await world.up(program), world.switches, world.type, attempt)) return;
  await world.assertQuiet(program);
  if (!(await isDestroyed(world))) return;
  if (!(await again(world, program))) return;
  await world.assertQuiet(program);
  await isDestroyed(world);
}

/** Destroys; where that cannot be, the room stays in the state. */
async function isDestroyed(world: World): Promise<boolean> {
  const outcome = await world.destroy();
  const isGone = succeeded(outcome, world.switches, world.type, "delete");
  assert.deepEqual([world.engine.resource === undefined, world.own.length], isGone ? [true, 0] : [false, 1]);
  return isGone;
}

async function made(world: World, program: Bag): Promise<void> {
  succeeded(await world.up(program), world.switches, world.type);
}

/** A change that replaces the room, first deleting it. */
async function replaced(world: World, program: Bag, attempt?: Attempt): Promise<boolean> {
  assert.equal(await world.engine.plan(program), "replace");
  const before = world.engine.resource;
  const outcome = await world.up(program);
  if (!succeeded(outcome, world.switches, world.type, canDelete(world) ? attempt : "delete")) {
    if (!canDelete(world)) assert.deepEqual(world.engine.resource, before, "what could not be deleted is kept");
    return false;
  }
  await world.assertQuiet(program);
  assert.notEqual(world.engine.resource?.outputs.roomId, before?.outputs.roomId);
  return true;
}

function canDelete({ type, switches }: World): boolean {
  return type.canDelete || switches.liveDelete === "archives";
}

/** Names: given, made, renamed, taken, replaced. */
export const nameStories: Stories = {
  "a room with a given name lives and dies, twice": (world) =>
    livesAndDies(world, everything(world.type, world.newName())),

  "a room with a made name lives and dies, twice": (world) =>
    livesAndDies(world, autoNamed(everything(world.type, world.newName()))),

  "a room with upper case in its name lives and dies, twice": (world) =>
    livesAndDies(world, everything(world.type, world.newName("StandUp")), "create with upper case in the name"),

  "a room with a made name as long as names get lives and dies, twice": async (world) => {
    const urn = { project: "rooms", parentTypes: "", kind: world.type.name, name: "x".repeat(100) };
    const name = autoName({ ...urn, stack: world.newName() });
    assert.equal(name.length, LONGEST_NAME);
    await livesAndDies(world, autoNamed(least(world.type, name)));
  },

  "a room is renamed, and renamed back": async (world) => {
    const [first, second] = [world.newName(), world.newName()];
    await made(world, everything(world.type, first));
    if (!(await replaced(world, everything(world.type, second)))) return;
    await replaced(world, everything(world.type, first), HAD_BEFORE);
  },

  "a given name is taken out, and a made one is given": async (world) => {
    const [given, auto] = [world.newName(), world.newName("auto")];
    await made(world, least(world.type, given));
    // The name of the last run is sticky: the room keeps it.
    assert.equal(await world.engine.plan(autoNamed(least(world.type, auto))), "same");
    await made(world, autoNamed(least(world.type, auto)));
    await world.assertQuiet(autoNamed(least(world.type, auto)));
    assert.equal(world.living.roomName, given);
    await made(world, least(world.type, given));
    await world.assertQuiet(least(world.type, given));
  },

  "a room is renamed in nothing but upper case": async (world) => {
    const name = world.newName();
    await made(world, least(world.type, name));
    const program = least(world.type, name.replace("standup", "StandUp"));
    const { nameRule, nameReuse, nameCase } = world.switches;
    const isHad = nameReuse === "reserved" && nameCase !== "kept";
    await replaced(
      world,
      program,
      nameRule === "lower case 60" ? "create with upper case in the name" : isHad ? HAD_BEFORE : undefined,
    );
  },

  "a room is renamed to what another room is called": async (world) => {
    for (const stem of ["theirs", "Theirs"]) {
      const theirs = world.newName(stem);
      const { nameCase } = world.switches;
      world.newStack();
      world.addOther(nameCase === "kept" ? theirs : theirs.toLowerCase());
      const program = everything(world.type, world.newName());
      await made(world, program);
      const outcome = await world.up(everything(world.type, theirs));
      assert.equal(outcome.error?.name, "NameTaken", outcome.text);
      assert.match(outcome.text, /a room of that name exists.*Nothing was deleted.*Choose another roomName/);
      await world.assertQuiet(program);
    }
  },

  "the name is another room's": async (world) => {
    for (const stem of ["theirs", "Theirs"]) {
      const theirs = world.newName(stem);
      world.newStack();
      const room = world.addOther(world.switches.nameCase === "kept" ? theirs : theirs.toLowerCase());
      // Which of the two it objects to is for the server to say.
      const isInvalid = stem === "Theirs" && world.switches.nameRule === "lower case 60";
      // Without a reason nobody can tell whether it is the room that only its lower case leads to.
      const { nameCase, duplicateName } = world.switches;
      const isUnexplained = stem === "Theirs" && nameCase === "lowered exact" && duplicateName === "400 bare";
      const programs = [everything(world.type, theirs), autoNamed(least(world.type, theirs))];
      // A made name is in lower case.
      for (const program of isUnexplained ? programs.slice(0, 1) : programs) {
        const outcome = await world.up(program);
        assert.equal(world.engine.resource, undefined);
        if (outcome.error?.name === "PerhapsTaken") {
          assert.ok(isInvalid || isUnexplained, outcome.text);
          assert.match(outcome.text, /a room "theirs.*" exists; it was left as it is.*declare its very name/);
          continue;
        }
        assert.ok(isInvalid || !isUnexplained, outcome.text);
        if (isInvalid && outcome.error?.name !== "NameTaken") {
          succeeded(outcome, world.switches, world.type, "create with upper case in the name");
          continue;
        }
        assert.equal(outcome.error?.name, "NameTaken", outcome.text);
        assert.match(outcome.text, /a room of that name exists.*metered:adoptExisting true.*import.*another roomName/);
      }
      if (isInvalid || isUnexplained) continue;
      const program = everything(world.type, theirs);
      world.isOurs(room);
      world.forget();
      succeeded(await world.up(program, { adoptExisting: true }), world.switches, world.type);
      await world.assertQuiet(program);
      assert.equal(world.living._id, room._id);
    }
  },

  "the name is that of a room of the other kind": async (world) => {
    const name = world.newName();
    world.addOther(name, world.kind === "meeting" ? "live" : "meeting");
    const given = await world.up(least(world.type, name));
    const attempt = "create under the name of a room of the other kind";
    if (succeeded(given, world.switches, world.type, attempt)) return world.assertQuiet(least(world.type, name));
    assert.equal(world.engine.resource, undefined);
    const program = autoNamed(least(world.type, name));
    await made(world, program);
    await world.assertQuiet(program);
  },

  "a replacement is forced": async (world) => {
    for (const isAuto of [false, true]) {
      world.newStack();
      const program = least(world.type, world.newName(), isAuto ? { __auto: true } : {});
      await made(world, program);
      const before = world.living._id;
      const outcome = await world.up(program, { replace: true, deleteBeforeReplace: true });
      const attempt = canDelete(world) ? (isAuto ? undefined : HAD_BEFORE) : "delete";
      if (succeeded(outcome, world.switches, world.type, attempt)) {
        assert.notEqual(world.living._id, before);
        await world.assertQuiet(program);
      } else assert.equal(world.engine.resource === undefined, canDelete(world));
    }
  },

  "a replacement is forced, and the new room is to come first": async (world) => {
    const program = autoNamed(least(world.type, world.newName(), { __createFirst: true }));
    await made(world, program);
    const before = world.living;
    const isKnown = differences.isToldOfOption[world.providers.face];
    const changed = withOther(world.type, program, "enableRecording");
    const outcome = await world.up(changed, isKnown ? { replace: true } : { replaceOnChanges: true });
    const isDone = succeeded(outcome, world.switches, world.type, "delete");
    assert.notEqual(world.engine.resource?.outputs.roomId, before._id);
    assert.equal(world.engine.replaced.length, isDone ? 0 : 1);
    if (!isDone) return;
    await world.assertQuiet(changed);
    await made(world, program);
    await world.assertQuiet(program);
    assert.equal(await isDestroyed(world), true);
  },
};
