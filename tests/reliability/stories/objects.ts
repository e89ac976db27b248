import assert from "node:assert/strict";
import type { Fault } from "metered-simulator";
import { MeteredClient } from "../../../provider/src/metered/client";
import { type Bag, registered } from "../../../provider/src/pulumi/state";
import { postProject } from "../../support/objects";
import type { Outcome } from "../engine";
import { DAY, programs } from "../objectPrograms";
import type { ObjectWorld } from "../objectWorld";

/** Something that happens to an object, told under one behaviour of the API. It begins with a stack of its own. */
export type ObjectStories = Readonly<Record<string, (world: ObjectWorld) => Promise<void>>>;

/** Long enough for a credential that doesn't work to be no longer too new for that. */
const SETTLED_MS = 600_000;

export function succeeded({ error, text }: Outcome): void {
  assert.equal(error, undefined, text);
}

export async function created(world: ObjectWorld): Promise<ReturnType<typeof programs>> {
  const all = programs(world.type, world.newName());
  succeeded(await world.up(all.given));
  await world.assertQuiet(all.given);
  return all;
}

/** The object is replaced, once, and the old one is gone. */
async function rotates(world: ObjectWorld, program: Bag): Promise<void> {
  const before = world.engine.resource?.id;
  assert.equal(await world.engine.plan(program), "replace");
  succeeded(await world.up(program));
  assert.notEqual(world.engine.resource?.id, before);
  assert.equal(world.own.length, world.type.name === "AccessToken" ? 0 : 1);
  await world.assertQuiet(program);
}

async function comesBack(world: ObjectWorld, program: Bag): Promise<void> {
  await world.providers.skip(SETTLED_MS);
  succeeded(await world.refresh());
  assert.notEqual(await world.engine.plan(program), "same", "what became of it is seen");
  succeeded(await world.up(program));
  await world.assertQuiet(program);
}

export const life: ObjectStories = {
  "it is created, changed in place, refreshed and deleted": async (world) => {
    const { updated } = await created(world);
    const before = world.engine.resource?.id;
    succeeded(await world.up(updated));
    assert.equal(world.engine.resource?.id, before);
    await world.assertQuiet(updated);
    succeeded(await world.destroy());
    assert.deepEqual([world.engine.resource, world.own], [undefined, []]);
  },
};

const rotation: ObjectStories = {
  "it rotates before its end": async (world) => {
    const { given } = await created(world);
    await world.providers.skip(20 * DAY * 1000);
    await world.assertQuiet(given);
    await world.providers.skip(5 * DAY * 1000);
    await rotates(world, given);
  },
  "it rotates on demand": async (world) => {
    const { replaced } = await created(world);
    // Two tokens of the same second are the same.
    await world.providers.skip(1000);
    await rotates(world, replaced);
  },
  "it expires": async (world) => {
    const { given } = await created(world);
    await world.providers.skip(40 * DAY * 1000);
    await comesBack(world, given);
  },
};

const outside: ObjectStories = {
  "it is deleted outside Pulumi": async (world) => {
    const { given } = await created(world);
    await world.deleteOutside();
    await comesBack(world, given);
  },
  "it is looked up": async (world) => {
    const { given } = await created(world);
    const id = world.engine.resource?.id ?? assert.fail();
    const { error, text } = await world.engine.lookUp(id);
    if (world.type.name === "TurnCredential" && world.simulator.switches.turnPlan === "free") {
      assert.equal(error?.cause, "PlanLimit", text);
      return;
    }
    assert.equal(error, undefined, text);
    const shown = ["label", "projectName", "quotaInBytes", "quotaExceededAction"].filter((name) => name in given);
    for (const name of shown) assert.equal(world.engine.resource?.outputs[name], given[name], name);
  },
};

/** A create whose response is lost makes one object, or says what to look for. */
async function loseCreate(world: ObjectWorld, fault: Fault["fault"], program: Bag): Promise<Outcome> {
  const injected = world.simulator.faults.inject({ fault, method: "POST", operation: "create", afterCommit: true });
  const outcome = await world.up(program);
  assert.equal(injected.fired, 1);
  world.simulator.faults.clear();
  return outcome;
}

/** How a response is lost, and what a create of each kind then says. An error promises that another `up` puts it right. */
const LOSSES: readonly { readonly fault: Fault["fault"]; readonly told: Partial<Record<string, string>> }[] = [
  { fault: "cutBefore", told: { TurnProject: "NoConnection", TurnCredential: "PossiblyCreated" } },
  { fault: "cutAfterCommit", told: { TurnCredential: "PossiblyCreated" } },
  { fault: "emptyBody", told: { TurnCredential: "PossiblyCreated", AccessToken: "UnexpectedResponse" } },
];

const lost: ObjectStories = {
  "the response to its create is lost": async (world) => {
    for (const { fault, told } of LOSSES) {
      world.newStack();
      const { given } = programs(world.type, world.newName());
      const { error, text } = await loseCreate(world, fault, given);
      // Of an app's credentials no list tells when they were created.
      assert.equal(error?.cause, told[world.type.name], text);
      await world.deleteAdmitted();
      if (error) succeeded(await world.up(given));
      await world.assertQuiet(given);
    }
  },
  "the response to its delete is lost": async (world) => {
    await created(world);
    world.simulator.faults.inject({ fault: "cutAfterCommit", method: "DELETE" });
    succeeded(await world.destroy());
    assert.deepEqual([world.engine.resource, world.own], [undefined, []]);
    world.simulator.faults.clear();
  },
};

const ofProject: ObjectStories = {
  "it belongs to a project": async (world) => {
    const projectId = await postProject(world.simulator, { projectName: world.newName() });
    const program = { ...registered(world.type), projectId, label: world.newName(), expiryInSeconds: 30 * DAY };
    succeeded(await loseCreate(world, "cutAfterCommit", program));
    await world.assertQuiet(program);
    await world.providers.skip(31 * DAY * 1000);
    await comesBack(world, program);
    succeeded(await world.destroy());
    assert.deepEqual(world.own, []);
  },
  "it is disabled outside Pulumi": async (world) => {
    const { given } = await created(world);
    await world.disableOutside();
    await comesBack(world, given);
  },
};

const tokens: ObjectStories = {
  "it is for a room": async (world) => {
    const { globalToken: _, ...rest } = programs(world.type, world.newName()).given;
    const program = { ...rest, roomName: world.newName() };
    const { error, text } = await world.up(program);
    const mustExist = world.simulator.switches.tokenRoom === "must exist";
    assert.equal(error?.cause, mustExist ? "RequestRefused" : undefined, text);
    if (mustExist) assert.match(text, /room not found/);
    world.simulator.addRoom("meeting", program.roomName);
    succeeded(await world.up(program));
    await world.assertQuiet(program);
  },
  "it is validated": async (world) => {
    await created(world);
    const { isValid } = new MeteredClient(world.account).tokens();
    const token = String(world.engine.resource?.outputs.token);
    assert.equal(await isValid(token), true);
    assert.equal(await isValid(token.split(".").reverse().join(".")), false);
    await world.providers.skip(31 * DAY * 1000);
    assert.equal(await isValid(token), false);
  },
};

/** What can happen to an object of the kind, one story after the other. */
export function storiesOf({ name }: ObjectWorld["type"]): ObjectStories {
  if (name === "TurnProject") return { ...life, ...outside, ...lost };
  if (name === "TurnCredential") return { ...life, ...rotation, ...outside, ...lost, ...ofProject };
  const { "the response to its create is lost": create = () => assert.fail() } = lost;
  return { ...life, ...rotation, ...tokens, "the response to its create is lost": create };
}
