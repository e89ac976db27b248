import assert from "node:assert/strict";
import { type Switches, switches } from "metered-simulator";
import { types } from "../support/rooms";
import { combinationsIn, combinationsOf, coveringArray, type Row } from "./coveringArray";
import { exceptions, needed } from "./exceptions";
import { lostStories } from "./stories/lost";
import { nameStories } from "./stories/names";
import { outsideStories } from "./stories/outside";
import { settingStories } from "./stories/settings";
import type { Stories } from "./stories/story";
import { troubleStories } from "./stories/trouble";
import { World } from "./world";

const isExhaustive = process.env.EXHAUSTIVE !== undefined;
const factors = Object.fromEntries(Object.entries(switches).map(([name, { values }]) => [name, values]));
const strength = isExhaustive ? 3 : 2;
const rows = coveringArray(factors, strength);
/** How many of the rows are told in the quick selection. */
const QUICK = 3;

describe(`every combination of ${strength} behaviours of the API`, () => {
  it("is in some row", () => {
    const covered = new Set(rows.flatMap((row) => combinationsIn(row, strength)));
    const all = combinationsOf(factors, strength);
    assert.ok(all.length > 3000);
    assert.deepEqual(
      all.filter((pair) => !covered.has(pair)),
      [],
    );
  });

  after("and every exception is needed", () => {
    if (!isExhaustive) return;
    assert.deepEqual(
      exceptions.filter((exception) => !needed.has(exception)),
      [],
    );
  });

  for (const [index, row] of (isExhaustive ? rows : rows.slice(0, QUICK)).entries()) {
    for (const type of types) {
      describe(`row ${index + 1}, ${type.label}`, () => {
        let world: World;
        before(async () => {
          world = await World.start(type, unhindered(row));
        });
        after(() => world.close());
        for (const [title, story] of Object.entries(storiesUnder(row))) {
          it(title, () => {
            world.newStack();
            return story(world);
          });
        }
      });
    }
  }
});

function storiesUnder(row: Row): Stories {
  return { ...settingStories, ...nameStories, ...outsideStories, ...lostStories, ...troubleStories(row as Switches) };
}

/** Without what would stop every story at its first call: that has stories of its own. */
function unhindered(row: Row): Partial<Switches> {
  return { ...row, app: "known", liveStreaming: "on" } as Partial<Switches>;
}
