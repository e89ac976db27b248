import assert from "node:assert/strict";
import type { Bag } from "../../../provider/src/pulumi/state";
import { generateName } from "../../../provider/src/rooms/name";
import { LONGEST_NAME } from "../../../provider/src/schema/names";
import { type Attempt, succeeded } from "../exceptions";
import { autoNamed, everything, least, withOther } from "../programs";
import type { World } from "../world";
import type { Stories } from "./story";

const HAD_BEFORE: Attempt = "create under a name that an archived room had";

/** One up that makes the room anew, after the one before it was archived. */
async function again(world: World, program: Bag): Promise<boolean> {
  const outcome = await world.up(program);
  const attempt = program.__auto !== undefined ? undefined : HAD_BEFORE;
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

/** A rename: the room under the new name comes first, and the old one is deleted afterwards. */
async function renamed(world: World, program: Bag, attempt?: Attempt): Promise<boolean> {
  assert.equal(await world.engine.plan(program), "replace");
  const [before, room] = [world.engine.resource, world.living];
  const outcome = await world.up(program);
  if (attempt && !succeeded(outcome, world.switches, world.type, attempt)) {
    assert.deepEqual(world.engine.resource, before, "what could not be renamed is in the state");
    assert.deepEqual(world.own, [room], "and lives as before");
    return false;
  }
  assert.notEqual(world.engine.resource?.outputs.roomId, before?.outputs.roomId);
  if (!attempt && !succeeded(outcome, world.switches, world.type, "delete")) {
    assert.deepEqual(world.engine.replaced, [before], "what could not be deleted is kept beside the new one");
    return false;
  }
  await world.assertQuiet(program);
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
    const name = generateName({ ...urn, stack: world.newName() });
    assert.equal(name.length, LONGEST_NAME);
    await livesAndDies(world, autoNamed(least(world.type, name)));
  },

  "a room is renamed, and renamed back": async (world) => {
    const [first, second] = [world.newName(), world.newName()];
    await made(world, everything(world.type, first));
    if (!(await renamed(world, everything(world.type, second)))) return;
    await renamed(world, everything(world.type, first), HAD_BEFORE);
  },

  "a given name is taken out, and a made one is given": async (world) => {
    const [given, auto] = [world.newName(), world.newName("auto")];
    await made(world, least(world.type, given));
    // The name of the last run is sticky: the room keeps it, and at most the state is written anew.
    const room = world.living;
    for (const program of [autoNamed(least(world.type, auto)), least(world.type, given)]) {
      assert.notEqual(await world.engine.plan(program), "replace");
      await made(world, program);
      await world.assertQuiet(program);
      assert.deepEqual(world.living, room, "nothing was sent");
    }
  },

  "a room is renamed in nothing but upper case, which is no other name": async (world) => {
    const name = world.newName();
    await made(world, least(world.type, name));
    const before = world.living;
    const program = least(world.type, name.replace("standup", "StandUp"));
    assert.equal(await world.engine.plan(program), "same");
    await made(world, program);
    assert.deepEqual(world.living, before);
    assert.equal(world.engine.resource?.inputs.roomName, name, "the spelling of the state stays");
    await world.assertQuiet(least(world.type, name));
  },

  "a transformation sets a name, another one, and none": async (world) => {
    const [generated, first, second] = [world.newName("auto"), world.newName(), world.newName()];
    // The class marks the room with the generated name, and the transformation puts another in its place.
    const under = (roomName: string) => ({ ...autoNamed(least(world.type, generated)), roomName });
    await made(world, under(first));
    await world.assertQuiet(under(first));
    assert.equal(world.living.roomName, first);
    if (!(await renamed(world, under(second)))) return;
    assert.equal(world.living.roomName, second);
    const room = world.living;
    await made(world, under(generated));
    assert.deepEqual(world.living, room, "a name that is taken out is kept, and nothing is sent");
    await world.assertQuiet(under(generated));
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
      const { nameRule, duplicateName } = world.switches;
      const isUpper = stem === "Theirs";
      // Which of the two it objects to is for the server to say, and without a reason nobody can tell.
      const isUnclear =
        isUpper && (nameRule === "lower case 60" || (nameCase === "lowered exact" && duplicateName === "400 bare"));
      if (isUnclear && outcome.error?.name !== "NameTaken") {
        const isOne = outcome.error?.name === "NamePossiblyTaken";
        if (!isOne) succeeded(outcome, world.switches, world.type, "create with upper case in the name");
      } else {
        assert.equal(outcome.error?.name, "NameTaken", outcome.text);
        assert.match(
          outcome.text,
          /already has a room with that name[\s\S]*It was not changed[\s\S]*choose another roomName/,
        );
      }
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
        if (outcome.error?.name === "NamePossiblyTaken") {
          assert.ok(isInvalid || isUnexplained, outcome.text);
          assert.match(outcome.text, /name is taken by room "theirs.*"\. It was not changed[\s\S]*import/);
          continue;
        }
        assert.ok(isInvalid || !isUnexplained, outcome.text);
        if (isInvalid && outcome.error?.name !== "NameTaken") {
          succeeded(outcome, world.switches, world.type, "create with upper case in the name");
          continue;
        }
        assert.equal(outcome.error?.name, "NameTaken", outcome.text);
        assert.match(
          outcome.text,
          /already has a room with that (auto-generated )?name[\s\S]*It was not changed[\s\S]*metered:adoptExisting/,
        );
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
      const given = least(world.type, world.newName());
      const program = isAuto ? autoNamed(given) : given;
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
    const program = autoNamed(least(world.type, world.newName()));
    await made(world, program);
    const before = world.living;
    const changed = withOther(world.type, program, "enableRecording");
    const outcome = await world.up(changed, { replaceOnChanges: true, deleteBeforeReplace: false });
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
