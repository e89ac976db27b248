import assert from "node:assert/strict";
import { type Switches, type SwitchGroup, switches } from "metered-simulator";
import type { ObjectType } from "../../provider/src/objects/objectType";
import { OBJECT_TYPES } from "../../provider/src/pulumi/types";
import { isExhaustive } from "../support/exhaustive";
import type { ProviderHost } from "../support/providerHost";
import { combinationsIn, combinationsOf, coveringArray, type Row } from "./coveringArray";
import { hosted, on, quickGrounds } from "./faces";
import { programs } from "./objectPrograms";
import { ObjectWorld } from "./objectWorld";
import { created, life, type ObjectStories, storiesOf, succeeded } from "./stories/objects";

const groups: readonly SwitchGroup[] = ["Access tokens", "TURN", "Keys and account"];
const factors = Object.fromEntries(
  Object.entries(switches)
    .filter(([name, { group }]) => groups.includes(group) || name === "errorShape")
    .map(([name, { values }]) => [name, values]),
);
const strength = isExhaustive ? 3 : 2;
const rows = coveringArray(factors, strength);
const rowsOverGrpc = coveringArray(factors, 2);
/** How many of the rows are told in the quick selection. */
const QUICK = 2;
const QUICK_OVER_GRPC = 1;

describe(`every combination of ${strength} behaviours of the API, TURN and tokens`, () => {
  it("is in some row", () => {
    const covered = new Set(rows.flatMap((row) => combinationsIn(row, strength)));
    const all = combinationsOf(factors, strength);
    assert.ok(all.length > 500);
    assert.deepEqual(
      all.filter((each) => !covered.has(each)),
      [],
    );
  });

  for (const [index, row] of (isExhaustive ? rows : rows.slice(0, QUICK)).entries()) tell(`row ${index + 1}`, row);
});

for (const face of quickGrounds) {
  if (!face) continue;
  describe(`every combination of 2 behaviours of the API, TURN and tokens${on(face)}`, () => {
    const host = hosted(face);
    const told = isExhaustive ? rowsOverGrpc : rowsOverGrpc.slice(0, QUICK_OVER_GRPC);
    for (const [index, row] of told.entries()) tell(`row ${index + 1}`, row, host);
  });
}

/** @param host where the provider runs, spoken to over gRPC: in the quick selection with the least of stories */
function tell(name: string, row: Row, host?: () => ProviderHost): void {
  for (const type of OBJECT_TYPES) {
    describe(`${name}, ${type.label}`, () => {
      let world: ObjectWorld;
      before(async () => {
        world = await ObjectWorld.start(type, { ...row, ...UNHINDERED, turnPlan: planOf(row) }, host?.());
      });
      after(() => world.close());
      const all = { ...storiesOf(type), ...hindrances(row as Switches) };
      for (const [title, story] of Object.entries(host && !isExhaustive ? life : all)) {
        it(title, () => {
          world.newStack();
          return story(world);
        });
      }
    });
  }
}

/** Without what would stop every story at its first call: that has stories of its own. */
const UNHINDERED: Partial<Switches> = { app: "known", turnLimit: "none" };
const planOf = ({ turnPlan }: Row) => (turnPlan === "none" ? "subscribed" : turnPlan);

function hindrances(row: Switches): ObjectStories {
  return {
    "the account can't, and then can": async (world) => {
      const { given } = programs(world.type, world.newName());
      const usual = { ...UNHINDERED, turnPlan: world.simulator.switches.turnPlan };
      world.simulator.setSwitches(row);
      try {
        const { error, text } = await world.up(given);
        assert.equal(error?.cause, hindranceOf(world.type, row), text);
      } finally {
        world.simulator.setSwitches(usual);
      }
      succeeded(await world.up(given));
      await world.assertQuiet(given);
    },
    "the key is wrong: nothing is forgotten, and nothing done": async (world) => {
      const { updated, replaced } = await created(world);
      const kept = world.engine.resource;
      world.engine.account = { ...world.account, secretKey: "another-key" };
      const runs = [() => world.up(replaced), () => world.refresh(), () => world.destroy()];
      // Metered keeps no tokens, so nothing is asked of them.
      for (const run of world.type.name === "AccessToken" ? runs.slice(0, 1) : runs) {
        const { error, text } = await run();
        assert.equal(error?.cause, classOfKey(world.type, row), text);
        assert.deepEqual(world.engine.resource, kept);
      }
      world.engine.account = world.account;
      succeeded(await world.up(updated));
      await world.assertQuiet(updated);
    },
  };
}

/** What a create is refused with, where it is. */
function hindranceOf({ name }: ObjectType, { app, turnPlan, turnLimit }: Switches): string | undefined {
  if (app === "unknown") return "UnknownApp";
  if (name === "AccessToken") return undefined;
  if (turnPlan === "none") return "PlanLimit";
  return name === "TurnCredential" && turnLimit === "reached" ? "PlanLimit" : undefined;
}

/** What a wrong key is told as: Metered may have said no more than that the request isn't valid, or the app not found. */
function classOfKey({ name }: ObjectType, { badKey, badKeyText }: Switches): string {
  if (name !== "AccessToken" || badKey === 401) return "InvalidSecretKey";
  if (badKeyText === "Invalid request") return badKey === 403 ? "InvalidSecretKey" : "RequestRefused";
  return badKeyText === "Invalid request. App not found" ? "UnknownApp" : "InvalidSecretKey";
}
