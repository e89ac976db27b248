import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import fc from "fast-check";
import { hosted } from "../reliability/faces";
import { isExhaustive } from "../support/exhaustive";
import type { Face } from "../support/providerHost";
import { examples } from "./examples";
import { story } from "./operations";
import { play } from "./play";

/** Stories that are played at the same time, each in a provider process of its own. */
const LANES = 2;
/** How many stories each seed has: nearly all that both faces run is the same. */
const QUICK_RUNS = { dynamic: 20, plugin: 3 };
/** Twice as many seeds as tests. A failure names its seed and the shortest story that ends badly. */
const FIXED_SEEDS = isExhaustive ? 40 : 2;

/** The stories of one face: each has a file of its own, so that they run side by side. */
export function storiesOf(face: Face): void {
  const runs = isExhaustive ? 250 : QUICK_RUNS[face];

  describe(`any story of a stack ends well, ${face}`, () => {
    const hosts = Array.from({ length: LANES }, () => hosted(face));

    for (const [title, example] of Object.entries(examples)) {
      it(title, () => play(hosts[0]?.() ?? assert.fail(), example));
    }

    for (let seed = 1; seed <= FIXED_SEEDS; seed += LANES) test(seed);
    // What nobody has seen yet is for whoever searches, not for somebody else's change.
    if (isExhaustive) test(randomInt(2 ** 31 - LANES));

    function test(first: number): void {
      it(`${LANES * runs} stories, seeds from ${first}`, async function () {
        this.timeout(LANES * runs * 20_000);
        const lanes = hosts.map((host, lane) =>
          fc.assert(
            fc.asyncProperty(story, (each) => play(host(), each)),
            { seed: first + lane, numRuns: runs },
          ),
        );
        // None goes on behind the next test's back.
        await Promise.allSettled(lanes);
        await Promise.all(lanes);
      });
    }
  });
}
