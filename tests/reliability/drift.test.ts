import assert from "node:assert/strict";
import fc from "fast-check";
import type { Bag } from "../../provider/src/pulumi/state";
import type { RoomType } from "../../provider/src/rooms/roomType";
import type { Value } from "../../provider/src/schema/field";
import { sameValue } from "../../provider/src/schema/kinds";
import { validInputs, validValue } from "../support/arbitraries";
import { isExhaustive } from "../support/exhaustive";
import { hosted, on, quickGrounds, typesOn } from "./faces";
import { changeable, least } from "./programs";
import { World } from "./world";

const RUNS = { numRuns: isExhaustive ? 300 : 40 };
const RUNS_OVER_GRPC = { numRuns: isExhaustive ? 100 : 2 };

/** What people may do to a room outside: any of its settings set to any valid value, whatever goes together. */
function editsOf(type: RoomType): fc.Arbitrary<Readonly<Record<string, Value>>> {
  const values = Object.entries(type.fields).filter(([name]) => changeable(type).includes(name));
  const edits = fc.record(Object.fromEntries(values.map(([name, field]) => [name, validValue(field)])), {
    requiredKeys: [],
  });
  return edits as fc.Arbitrary<Record<string, Value>>;
}

/** An empty text may be no text to Metered; stories of their own tell of that. */
function isWordy(settings: Bag): boolean {
  return !Object.values(settings).includes("");
}

/** Whether an edit says the same as the program, in the same or another spelling. */
function isSame(type: RoomType, program: Bag, name: string, now: Value): boolean {
  const [field, declared] = [type.fields[name], program[name] as Value | undefined];
  return field !== undefined && declared !== undefined && sameValue(field, declared, now);
}

for (const [face, type] of quickGrounds.flatMap((face) => typesOn(face).map((type) => [face, type] as const))) {
  describe(`any settings of a ${type.label} that are changed outside${on(face)}`, function () {
    this.timeout(600_000);
    const host = hosted(face);
    let world: World;
    before(async () => {
      world = await World.start(type, { liveOptionalInReplies: "echoed", liveRtmpOutURL: "optional" }, host());
    });
    after(() => world.close());

    it("are shown where they are declared, and no others; one update puts these back and touches no others", () =>
      fc.assert(
        fc.asyncProperty(validInputs(type).filter(isWordy), editsOf(type).filter(isWordy), async (inputs, all) => {
          const program = least(type, world.newName(), inputs);
          const edits = Object.fromEntries(
            Object.entries(all).filter(([name, value]) => !isSame(type, program, name, value)),
          );
          world.newStack();
          assert.equal((await world.up(program)).error, undefined);
          const before = world.living.settings;
          world.editOutside(edits);
          const shown = Object.keys(edits).filter((name) => Object.hasOwn(program, name));

          assert.deepEqual((await world.refresh()).steps, ["read"]);
          const there = Object.fromEntries(shown.map((name) => [name, edits[name]]));
          assert.deepEqual(world.engine.resource?.inputs, { ...program, ...there });
          assert.equal(await world.engine.plan(program), shown.length > 0 ? "update" : "same");

          const { steps, error, text } = await world.up(program);
          assert.deepEqual([steps, error], [shown.length > 0 ? ["update"] : [], undefined], text);
          const undeclared = Object.entries(edits).filter(([name]) => program[name] === undefined);
          const { settings } = world.living;
          for (const [name, value] of undeclared) assert.equal(settings[name], value, `${name} is not declared`);
          for (const name of shown) assert.equal(settings[name], before[name], `${name} is declared`);
          await world.assertQuiet(program);
        }),
        face ? RUNS_OVER_GRPC : RUNS,
      ));
  });
}
