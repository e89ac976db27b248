import assert from "node:assert/strict";
import { succeeded } from "../exceptions";
import { changeable, everything, least, valueBeside, withOther, without } from "../programs";
import type { World } from "../world";
import type { Stories } from "./story";

async function apply(world: World, program: Record<string, unknown>, step: "create" | "update"): Promise<void> {
  const outcome = await world.up(program);
  succeeded(outcome, world.switches, world.type);
  assert.deepEqual(outcome.steps, [step]);
}

/** Changes, removals and drift of every setting. */
export const settingStories: Stories = {
  "every setting is changed": async (world) => {
    const program = everything(world.type, world.newName());
    await apply(world, program, "create");
    for (const name of changeable(world.type)) {
      const changed = withOther(world.type, program, name);
      await apply(world, changed, "update");
      await world.assertQuiet(changed);
      await apply(world, program, "update");
    }
    await world.assertQuiet(program);
  },

  "every setting is taken out, and put back": async (world) => {
    const { type } = world;
    const program = everything(type, world.newName());
    await apply(world, program, "create");
    for (const name of changeable(type).filter((each) => !type.fields[each]?.required)) {
      const removed = without(type, program, name);
      await apply(world, removed, "update");
      await world.assertQuiet(removed);
      const { whenRemoved } = type.fields[name] ?? {};
      if (whenRemoved !== "kept") assert.equal(world.living.settings[name], whenRemoved, name);
      else if (world.switches.put === "merge") assert.equal(world.living.settings[name], program[name], name);
      await apply(world, program, "update");
    }
    await world.assertQuiet(program);
  },

  "all settings are taken out at once, and put back": async (world) => {
    const program = everything(world.type, world.newName());
    const few = least(world.type, String(program.roomName));
    await apply(world, program, "create");
    await apply(world, few, "update");
    await world.assertQuiet(few);
    await apply(world, program, "update");
    await world.assertQuiet(program);
  },

  "every declared setting is changed outside": async (world) => {
    const program = everything(world.type, world.newName());
    await apply(world, program, "create");
    for (const name of changeable(world.type)) {
      const theirs = valueBeside(world.type, program, name);
      world.editOutside({ [name]: theirs });
      const isShown = Object.hasOwn(await world.shown(), name);
      succeeded(await world.refresh(), world.switches, world.type);
      assert.equal(await world.engine.plan(program), isShown ? "update" : "same", `${name} changed outside`);
      assert.equal(world.engine.resource?.inputs[name], isShown ? theirs : program[name]);
      if (isShown) await apply(world, program, "update");
      else world.editOutside({ [name]: program[name] as boolean });
      await world.assertQuiet(program);
    }
  },

  "every declared setting is unset outside": async (world) => {
    const program = everything(world.type, world.newName());
    await apply(world, program, "create");
    for (const name of changeable(world.type)) {
      world.editOutside({ [name]: null });
      const shown = (await world.shown())[name];
      const isSeen = shown !== undefined && shown !== program[name];
      succeeded(await world.refresh(), world.switches, world.type);
      // What the reply does not show is unknown, not changed.
      assert.equal(await world.engine.plan(program), isSeen ? "update" : "same", `${name} unset outside`);
      if (isSeen) await apply(world, program, "update");
      else world.editOutside({ [name]: program[name] as boolean });
      await world.assertQuiet(program);
    }
  },

  "every undeclared setting is changed outside": async (world) => {
    const program = least(world.type, world.newName());
    await apply(world, program, "create");
    for (const name of changeable(world.type).filter((each) => program[each] === undefined)) {
      const theirs = valueBeside(world.type, program, name);
      world.editOutside({ [name]: theirs });
      await world.assertQuiet(program);
      assert.equal(world.living.settings[name], theirs, "left as it is");
    }
  },

  "a setting is changed outside while the program changes another": async (world) => {
    const name = world.kind === "meeting" ? "autoJoin" : "displayMessage";
    const program = everything(world.type, world.newName());
    await apply(world, program, "create");
    const theirs = valueBeside(world.type, program, name);
    world.editOutside({ [name]: theirs });
    const isShown = Object.hasOwn(await world.shown(), name);
    const changed = withOther(world.type, program, "enableRecording");
    await apply(world, changed, "update");
    assert.equal(world.living.settings[name], isShown ? theirs : program[name], "what is known is not undone unseen");
    assert.equal(world.living.settings.enableRecording, changed.enableRecording);
    if (!isShown) return world.assertQuiet(changed);
    await world.refresh();
    assert.equal(await world.engine.plan(changed), "update", "and a refresh shows it");
    await apply(world, changed, "update");
    await world.assertQuiet(changed);
  },

  "a count is 0": async (world) => {
    if (world.kind === "live") return;
    const program = least(world.type, world.newName(), { maxParticipants: 0 });
    const outcome = await world.up(program);
    if (succeeded(outcome, world.switches, world.type, "create with a count of 0")) return world.assertQuiet(program);
    assert.deepEqual([world.engine.resource, world.own], [undefined, []]);
  },

  "a text is empty": async (world) => {
    if (world.kind === "meeting") return;
    const program = least(world.type, world.newName(), { displayMessage: "", customCSS: "" });
    const outcome = await world.up(program);
    if (succeeded(outcome, world.switches, world.type, "create with an empty text")) return world.assertQuiet(program);
    assert.deepEqual([world.engine.resource, world.own], [undefined, []]);
  },
};
