import assert from "node:assert/strict";
import { type Switches, switches } from "metered-simulator";
import { types } from "../support/rooms";
import { combinationsIn, combinationsOf, coveringArray, type Row } from "./coveringArray";
import { nameStories } from "./stories/names";
import { outsideStories } from "./stories/outside";
import { settingStories } from "./stories/settings";
import { World } from "./world";

const isExhaustive = process.env.EXHAUSTIVE !== undefined;
const factors = Object.fromEntries(Object.entries(switches).map(([name, { values }]) => [name, values]));
const stories = { ...settingStories, ...nameStories, ...outsideStories };
const rows = coveringArray(factors, 2);

describe("every pair of behaviours of the API", () => {
  it("is in some row", () => {
    const covered = new Set(rows.flatMap((row) => combinationsIn(row, 2)));
    const all = combinationsOf(factors, 2);
    assert.ok(all.length > 3000);
    assert.deepEqual(
      all.filter((pair) => !covered.has(pair)),
      [],
    );
  });

  for (const [index, row] of rows.entries()) {
    for (const type of types) {
      describe(`row ${index + 1}, ${type.label}`, () => {
        let world: World;
        before(async () => {
          world = await World.start(type, unhindered(row));
        });
        after(() => world.close());
        for (const [title, story] of Object.entries(stories)) {
          it(title, () => {
            world.newStack();
            return story(world);
          });
        }
      });
    }
  }
});

/** Without what would stop every story at its first call: that has stories of its own. */
function unhindered(row: Row): Partial<Switches> {
  return { ...row, app: "known", liveStreaming: "on" } as Partial<Switches>;
}
void isExhaustive;
