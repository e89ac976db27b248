import assert from "node:assert/strict";
import fc from "fast-check";
import { profiles, type Simulator, type Switches, type SwitchName, startSimulator, switches } from "metered-simulator";
import { canaryKey } from "../support/canary";
import { isExhaustive } from "../support/exhaustive";
import { runCheck } from "./runs";
import { type Allowed, isTellable } from "./tellable";

const names = Object.keys(switches) as SwitchName[];
const everything: Allowed = { liveRooms: true, patience: true, turn: true };

const anySwitches = fc.record(
  Object.fromEntries(names.map((name) => [name, fc.constantFrom(...switches[name].values)])),
) as unknown as fc.Arbitrary<Switches>;
/** What a check needs to get anywhere. */
const readable: Partial<Switches> = { app: "known" };
const anyAllowed: fc.Arbitrary<Allowed> = fc.record({
  liveRooms: fc.boolean(),
  patience: fc.boolean(),
  turn: fc.boolean(),
});

describe("a check of a server finds out", () => {
  let sim: Simulator;
  afterEach(() => sim.close());

  for (const profile of Object.keys(profiles)) {
    it(`the profile "${profile}"`, async () => {
      sim = await startSimulator({ profile });
      await assertFoundOut(sim, everything);
    });
  }

  if (isExhaustive) {
    for (const name of names.filter((each) => !Object.hasOwn(readable, each))) {
      for (const value of switches[name].values) {
        it(`${name} "${value}"`, async () => {
          sim = await startSimulator({ switches: { [name]: value } });
          await assertFoundOut(sim, everything);
        });
      }
    }
  }

  it("whatever can be told of any mixture, and says why the rest cannot", async () => {
    sim = await startSimulator({ secretKey: canaryKey });
    await fc.assert(
      fc.asyncProperty(anySwitches, anyAllowed, async (values, allowed) => {
        await sim.close();
        sim = await startSimulator({ secretKey: canaryKey, switches: { ...values, ...readable } });
        await assertFoundOut(sim, allowed);
      }),
      { numRuns: isExhaustive ? 300 : 4 },
    );
  }).timeout(isExhaustive ? 1_200_000 : 60_000);

  it("that there is no such app, and asks nothing more", async () => {
    sim = await startSimulator({ switches: { app: "unknown" } });
    await assertFoundOut(sim, everything);
    const { report } = await runCheck(sim);
    assert.match(report.ran, /^not to its end: Metered has no such app.*METERED_APP_NAME/);
    assert.ok(sim.requests.every(({ path }) => path.endsWith("/rooms")));
  });
});

/** The report has every value that can be told, no other one, and for all others a reason. */
async function assertFoundOut(sim: Simulator, allowed: Allowed): Promise<void> {
  const { report } = await runCheck(sim, allowed);
  const tellable = names.filter((name) => isTellable(name, sim.switches, allowed));
  assert.deepEqual(report.switches, Object.fromEntries(tellable.map((name) => [name, sim.switches[name]])));
  const isAssumed = (name: SwitchName) => sim.switches[name] === switches[name].default;
  assert.deepEqual(report.asAssumed, tellable.filter(isAssumed));
  const differing = tellable.filter((name) => !isAssumed(name));
  assert.deepEqual(
    report.differs,
    differing.map((name) => ({ switch: name, assumed: switches[name].default, found: sim.switches[name] })),
  );
  for (const name of names.filter((each) => !tellable.includes(each))) {
    const open = report.notFoundOut.find(({ question }) => question.startsWith(`switch ${name}:`));
    assert.ok(open?.why, `nothing says why ${name} was not found out`);
  }
}
