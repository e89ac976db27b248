import assert from "node:assert/strict";
import type { ObjectType } from "../../provider/src/objects/objectType";
import type { Bag } from "../../provider/src/pulumi/state";
import { OBJECT_TYPES } from "../../provider/src/pulumi/types";
import { isExhaustive } from "../support/exhaustive";
import type { Outcome } from "./engine";
import { hosted, on, quickGrounds } from "./faces";
import { type Trouble, troubles } from "./faults";
import { type Position, positions } from "./faultTargets";
import { programs } from "./objectPrograms";
import { ObjectWorld } from "./objectWorld";

/** One of each way in which a try can end. */
const QUICK_OVER_GRPC = ["cut after commit", "429 with Retry-After: 1", "401", "truncated JSON"];
const QUICK = [...QUICK_OVER_GRPC, "reset before the request", "404 in JSON", "404 in HTML", "409", "wrong types"];

interface Target {
  readonly title: string;
  /** The requests that meet the trouble. */
  readonly at: { readonly method: string; readonly path: string };
  readonly run: "create" | "refresh" | "update" | "replace" | "delete";
}

const TARGETS: Readonly<Record<ObjectType["name"], readonly Target[]>> = {
  TurnCredential: [
    { title: "create", at: { method: "POST", path: "turn/credential$" }, run: "create" },
    { title: "create, at the ICE servers", at: { method: "GET", path: "v1/turn/credentials$" }, run: "create" },
    { title: "refresh", at: { method: "GET", path: "v2/turn/credentials$" }, run: "refresh" },
    { title: "update, at the ICE servers", at: { method: "GET", path: "v1/turn/credentials$" }, run: "update" },
    { title: "replacement, at the create", at: { method: "POST", path: "turn/credential$" }, run: "replace" },
    { title: "replacement, at the delete", at: { method: "DELETE", path: "turn/credential$" }, run: "replace" },
    { title: "delete", at: { method: "DELETE", path: "turn/credential$" }, run: "delete" },
  ],
  TurnProject: [
    { title: "create", at: { method: "POST", path: "turn/project$" }, run: "create" },
    { title: "refresh", at: { method: "GET", path: "turn/projects$" }, run: "refresh" },
    { title: "update, at its look", at: { method: "GET", path: "turn/projects$" }, run: "update" },
    { title: "update", at: { method: "PUT", path: "turn/project/" }, run: "update" },
    { title: "delete, at its look", at: { method: "GET", path: "turn/projects$" }, run: "delete" },
    { title: "delete, at the look for credentials", at: { method: "GET", path: "credentials$" }, run: "delete" },
    { title: "delete", at: { method: "DELETE", path: "turn/project/" }, run: "delete" },
  ],
  AccessToken: [
    { title: "create", at: { method: "POST", path: "/token$" }, run: "create" },
    { title: "replacement", at: { method: "POST", path: "/token$" }, run: "replace" },
  ],
};

for (const face of quickGrounds) {
  for (const type of OBJECT_TYPES) {
    describe(`every fault at every call, ${type.label}${on(face)}`, () => {
      const host = hosted(face);
      for (const target of TARGETS[type.name]) {
        describe(target.title, () => {
          let world: ObjectWorld;
          before(async () => {
            world = await ObjectWorld.start(type, {}, host());
          });
          after(() => world.close());
          for (const trouble of troubles.filter((each) => isPossible(each, target))) {
            for (const position of positions) {
              if (!isExhaustive && !isQuick(trouble, position, face !== undefined)) continue;
              it(`${trouble.title} ${position}`, () => meet(world, target, trouble, position));
            }
          }
        });
      }
    });
  }
}

/** Nothing in a response about another object tells that it is one; and of a list every object would be enormous. */
function isPossible({ fault, title, notAt }: Trouble, { at }: Target): boolean {
  if (fault === undefined || title === "a reply about another room") return false;
  const isList = at.method === "GET" && !at.path.startsWith("v1/");
  return notAt === undefined || !isList;
}

function isQuick({ title }: Trouble, position: Position, isOverGrpc: boolean): boolean {
  if (!(isOverGrpc ? QUICK_OVER_GRPC : QUICK).includes(title)) return false;
  return position === "as the first of the tries" || (title === "cut after commit" && position === "on all tries");
}

/**
 * Whatever happens: nothing is left on the server that neither the state knows nor an error has told of, no secret is
 * told, and a few clean runs later all is as the program says.
 */
async function meet(world: ObjectWorld, target: Target, trouble: Trouble, position: Position): Promise<void> {
  const { faults } = world.simulator;
  faults.clear();
  world.newStack();
  const { given, updated, replaced } = programs(world.type, world.newName());
  const after = { create: given, refresh: given, delete: given, update: updated, replace: replaced }[target.run];
  if (target.run !== "create") assert.equal((await world.up(given)).error, undefined);
  const before = world.engine.resource;
  const again = () => operate(world, target, after);

  world.engine.account = { ...world.account, timeoutMs: trouble.fault?.fault === "hang" ? 100 : 10_000 };
  if (position === "as the second of the tries") faults.inject({ fault: "status", status: 503, ...target.at });
  const times = position === "on all tries" ? "always" : 1;
  if (trouble.fault) faults.inject({ ...trouble.fault, ...target.at, times });
  const first = await again();
  faults.clear();
  world.engine.account = world.account;
  if (first.error) assertTold(first, before);
  await assertConverges(world, target, after, first);
}

function operate(world: ObjectWorld, { run }: Target, program: Bag): Promise<Outcome> {
  if (run === "refresh") return world.refresh();
  return run === "delete" ? world.destroy() : world.up(program);
}

/** An error has one class, which stands at its end, and says what to do. */
function assertTold({ error, text }: Outcome, before: ObjectWorld["engine"]["resource"]): void {
  assert.notEqual(error?.cause, "no class that a reader could tell", text);
  assert.match(text, /run |set |look|delete|try|check|update/i);
  if (before && error?.kept)
    assert.equal(error.kept.properties.apiKey, before.outputs.apiKey, "a key that is shown once");
}

async function assertConverges(world: ObjectWorld, target: Target, program: Bag, { error }: Outcome): Promise<void> {
  const key = world.engine.resource?.outputs.apiKey;
  for (let run = 0; run < 2; run++) {
    const next = await operate(world, target, program);
    if (next.error?.name !== "NameTaken") {
      assert.equal(next.error, undefined, next.text);
      continue;
    }
    // What an error has told of is in the way, and the user does what both errors say.
    assert.match(next.text, /delete it in Metered's dashboard, then run pulumi up again/);
    await world.deleteAdmitted();
  }
  if (target.run === "delete") {
    assert.deepEqual([world.engine.resource, world.lost], [undefined, []]);
    return;
  }
  // A server that says in its own words that it's gone is believed.
  if (target.run === "refresh" && !world.engine.resource) assert.equal((await world.up(program)).error, undefined);
  await world.assertQuiet(program);
  if (world.type.name === "TurnProject" && key !== undefined && error) {
    assert.equal(world.engine.resource?.outputs.apiKey, key, "the key survives");
  }
}
