import { randomInt } from "node:crypto";
import fc from "fast-check";
import { assertNoSecrets } from "../support/canary";
import { ProviderHost } from "../support/providerHost";
import { examples } from "./examples";
import { story } from "./operations";
import { play } from "./play";

const isExhaustive = process.env.EXHAUSTIVE !== undefined;
/** Stories that are played at the same time, each in a provider process of its own. */
const LANES = 2;
const RUNS_PER_SEED = isExhaustive ? 250 : 20;
/** Twice as many seeds as tests. A failure names its seed and the shortest story that ends badly. */
const FIXED_SEEDS = isExhaustive ? 40 : 2;

describe("any story of a stack ends well", () => {
  let hosts: ProviderHost[];
  before(() => {
    hosts = Array.from({ length: LANES }, () => ProviderHost.start());
  });
  after(async () => {
    for (const host of hosts) {
      await host.close();
      assertNoSecrets("what the provider process printed", host.printed);
    }
  });

  for (const [title, example] of Object.entries(examples)) {
    it(title, () => play(hosts[0] as ProviderHost, example));
  }

  for (let seed = 1; seed <= FIXED_SEEDS; seed += LANES) test(seed);
  // What nobody has seen yet is for whoever searches, not for somebody else's change.
  if (isExhaustive) test(randomInt(2 ** 31 - LANES));

  function test(first: number): void {
    it(`${LANES * RUNS_PER_SEED} stories, seeds from ${first}`, async function () {
      this.timeout(LANES * RUNS_PER_SEED * 5000);
      const lanes = hosts.map((host, lane) =>
        fc.assert(
          fc.asyncProperty(story, (each) => play(host, each)),
          { seed: first + lane, numRuns: RUNS_PER_SEED },
        ),
      );
      // None goes on behind the next test's back.
      await Promise.allSettled(lanes);
      await Promise.all(lanes);
    });
  }
});
