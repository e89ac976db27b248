import assert from "node:assert/strict";
import fc from "fast-check";
import type { Fault, Switches } from "metered-simulator";
import type { ObjectType } from "../../provider/src/objects/objectType";
import { type Bag, registered } from "../../provider/src/pulumi/state";
import { OBJECT_TYPES } from "../../provider/src/pulumi/types";
import type { Outcome } from "../reliability/engine";
import { hosted, on, quickGrounds } from "../reliability/faces";
import { ObjectWorld } from "../reliability/objectWorld";
import { isExhaustive } from "../support/exhaustive";
import type { ProviderHost } from "../support/providerHost";

const RUNS = isExhaustive ? 150 : 8;
const DAY = 86_400;

/** What can happen to a stack with one object, and to the account that it's in. */
const operation = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("up" as const), fault: fc.option(faults()) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("refresh" as const), fault: fc.option(faults()) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("destroy" as const), fault: fc.option(faults()) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("change" as const), to: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("pass" as const), days: fc.integer({ min: 1, max: 40 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("delete outside" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("disable outside" as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("set clock" as const), days: fc.integer({ min: -60, max: 60 }) }),
  },
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

const story = fc.record({
  switches: fc.record({
    turnCreateReply: fc.constantFrom<Switches["turnCreateReply"]>("whole", "sample"),
    turnDisabledInList: fc.constantFrom<Switches["turnDisabledInList"]>("listed", "hidden"),
    turnAppList: fc.constantFrom<Switches["turnAppList"]>("app only", "with projects"),
    turnQuotaAction: fc.constantFrom<Switches["turnQuotaAction"]>("lower case", "upper case"),
    projectApiKey: fc.constantFrom<Switches["projectApiKey"]>("on create", "always"),
    turnPlan: fc.constantFrom<Switches["turnPlan"]>("subscribed", "subscribed", "free"),
  }),
  operations: fc.array(operation, { minLength: 1, maxLength: 12 }),
});

function faults(): fc.Arbitrary<Fault> {
  return fc.record({
    fault: fc.constantFrom("cutBefore" as const, "cutAfterCommit" as const, "truncatedJson" as const),
    method: fc.constantFrom("POST", "GET", "PUT", "DELETE"),
    skip: fc.nat(1),
    times: fc.constantFrom<1 | "always">(1, "always"),
  });
}

/** The programs that follow each other: the first, one that is updated in place, two that replace. */
function programOf(type: ObjectType, variant: number, name: string): Bag {
  const text = registered(type);
  if (type.name === "TurnProject") {
    const more = [
      {},
      { quotaInBytes: 2_000_000, quotaExceededAction: "notify" },
      { notificationEmails: ["a@b.example"] },
    ];
    return { ...text, projectName: variant === 3 ? `${name}-b` : name, ...more[variant] };
  }
  const lasting = { expiryInSeconds: 30 * DAY, rotateBeforeSeconds: (variant === 1 ? 9 : 7) * DAY };
  const kind = type.name === "TurnCredential" ? { label: name } : { globalToken: true, name };
  return { ...text, ...kind, ...(variant === 3 ? {} : lasting), ...(variant === 2 ? { triggers: ["x"] } : {}) };
}

async function play(type: ObjectType, host: ProviderHost | undefined, { switches, operations }: Story): Promise<void> {
  const world = await ObjectWorld.start(type, switches, host);
  try {
    const stage = { variant: 0, name: world.newName() };
    for (const each of operations) await perform(world, stage, each);
    await end(world, programOf(type, stage.variant, stage.name));
  } finally {
    await world.close();
  }
}
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

async function perform(world: ObjectWorld, stage: { variant: number; name: string }, each: Operation): Promise<void> {
  const program = () => programOf(world.type, stage.variant, stage.name);
  switch (each.do) {
    case "up":
      return inTrouble(world, each.fault, () => world.up(program()));
    case "refresh":
      return inTrouble(world, each.fault, () => world.refresh());
    case "destroy":
      return inTrouble(world, each.fault, () => world.destroy());
    case "change":
      stage.variant = each.to;
      return;
    case "pass":
      return world.providers.skip(each.days * DAY * 1000);
    case "delete outside":
      return world.deleteOutside();
    case "disable outside":
      return world.type.name === "TurnCredential" ? world.disableOutside() : undefined;
    case "set clock":
      return world.setMachineAhead(each.days * DAY * 1000);
  }
}

async function inTrouble(world: ObjectWorld, fault: Fault | null, run: () => Promise<Outcome>): Promise<void> {
  if (fault) world.simulator.faults.inject(fault);
  const { error, text } = await run();
  world.simulator.faults.clear();
  if (error && !fault) await world.obey(error, text);
}

/** However it went: a refresh and two runs later all is as the program says, nothing is left over, and then it's gone. */
async function end(world: ObjectWorld, program: Bag): Promise<void> {
  // A credential that doesn't work may be too new to be known everywhere.
  await world.providers.skip(600_000);
  for (let run = 0; run < 3; run++) {
    const refreshed = await world.refresh();
    assert.equal(refreshed.error, undefined, refreshed.text);
    const { error, text } = await world.up(program);
    if (error) await world.obey(error, text);
  }
  await world.assertQuiet(program);
  const { error, text } = await world.destroy();
  assert.equal(error, undefined, text);
  assert.deepEqual(world.lost, []);
}

for (const face of quickGrounds) {
  describe(`any story of TURN and of tokens ends well${on(face)}`, function () {
    this.timeout(RUNS * 20_000);
    const host = hosted(face);
    for (const type of OBJECT_TYPES) {
      it(`${RUNS} stories of one ${type.label}`, () =>
        fc.assert(
          fc.asyncProperty(story, (each) => play(type, host(), each)),
          { seed: 20, numRuns: RUNS },
        ));
    }
  });
}
