import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
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
/** A file with switch values, such as the report of `npm run test:live`: every story is told under them too. */
const profile = process.env.METERED_PROFILE;
const told: (readonly [string, Row])[] = [
  ...(profile === undefined ? [] : [[`profile ${profile}`, rowOf(profile)] as const]),
  ...(isExhaustive ? rows : rows.slice(0, QUICK)).map((row, index) => [`row ${index + 1}`, row] as const),
];

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

  for (const [name, row] of told) {
    for (const type of types) {
      describe(`${name}, ${type.label}`, () => {
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

/** The switches that the file says nothing of are at their defaults. */
function rowOf(file: string): Row {
  const contents = JSON.parse(readFileSync(file, "utf8")) as Row & { readonly switches?: Row };
  const defaults = Object.entries(switches).map(([name, { default: value }]) => [name, value] as const);
  return { ...Object.fromEntries(defaults), ...(contents.switches ?? contents) };
}
