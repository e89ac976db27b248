import assert from "node:assert/strict";
import type { Fault } from "metered-simulator";
import type { Bag } from "../../../provider/src/pulumi/state";
import { succeeded } from "../exceptions";
import { autoNamed, everything, keepingRules, least, withOther } from "../programs";
import type { World } from "../world";
import type { Stories } from "./story";

const faults: readonly Fault["fault"][] = ["cutBefore", "cutAfterCommit", "cutMidReply", "emptyBody", "otherRoom"];

async function during(world: World, fault: Fault, run: () => Promise<void>): Promise<void> {
  const injected = world.simulator.faults.inject(fault);
  await run();
  assert.equal(injected.fired, 1);
  world.simulator.faults.clear();
}

/** Where the connection broke, the update is made again by itself. */
async function loseUpdate(world: World, fault: Fault["fault"], changed: Bag): Promise<void> {
  await during(world, { fault, operation: "update", afterCommit: true }, async () => {
    const { error } = await world.up(changed);
    assert.equal(error?.name, fault.startsWith("cut") ? undefined : "LostUpdate");
  });
}

/** Replies that are lost: what was done is found out, and is never done twice. */
export const lostStories: Stories = {
  "the reply to a create is lost": async (world) => {
    const names = [
      (stem: string) => everything(world.type, world.newName(stem)),
      (stem: string) => autoNamed(least(world.type, world.newName(stem))),
    ];
    for (const fault of faults) {
      for (const stem of ["standup", ...(world.switches.nameRule === "lower case 60" ? [] : ["StandUp"])]) {
        for (const named of names) {
          world.newStack();
          const program = named(stem);
          await during(world, { fault, operation: "create" }, async () => {
            succeeded(await world.up(program), world.switches, world.type);
          });
          await world.assertQuiet(program);
        }
      }
    }
  },

  "the reply to an update is lost": async (world) => {
    const program = everything(world.type, world.newName());
    const changed = withOther(world.type, program, "enableRecording");
    succeeded(await world.up(program), world.switches, world.type);
    for (const fault of faults) {
      await loseUpdate(world, fault, changed);
      succeeded(await world.up(changed), world.switches, world.type);
      await world.assertQuiet(changed);
      succeeded(await world.up(program), world.switches, world.type);
    }
  },

  "the reply to an update is lost, and the program is taken back": async (world) => {
    const programs = [everything(world.type, world.newName()), least(world.type, world.newName())];
    for (const program of programs) {
      world.newStack();
      // Otherwise than the room has it at any time, or nothing would be sent.
      const changed = keepingRules(world.type, { ...program, enableRecording: program.enableRecording !== true });
      succeeded(await world.up(program), world.switches, world.type);
      for (const isRefreshed of [false, true]) {
        await loseUpdate(world, "emptyBody", changed);
        if (isRefreshed) succeeded(await world.refresh(), world.switches, world.type);
        succeeded(await world.up(program), world.switches, world.type);
        await world.assertQuiet(program);
        assert.ok((world.living.settings.enableRecording ?? false) === (program.enableRecording ?? false));
      }
    }
  },

  "the reply to a delete is lost": async (world) => {
    if (!world.type.canDelete && world.switches.liveDelete !== "archives") return;
    for (const fault of faults) {
      world.newStack();
      succeeded(await world.up(everything(world.type, world.newName())), world.switches, world.type);
      await during(world, { fault, operation: "delete", afterCommit: true }, async () => {
        succeeded(await world.destroy(), world.switches, world.type);
      });
      assert.deepEqual([world.engine.resource, world.own], [undefined, []]);
    }
  },
};
