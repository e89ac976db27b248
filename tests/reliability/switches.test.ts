import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Switches, type SwitchGroup, switches } from "metered-simulator";
import { isExhaustive } from "../support/exhaustive";
import type { Face, ProviderHost } from "../support/providerHost";
import { combinationsIn, combinationsOf, coveringArray, type Row } from "./coveringArray";
import { exceptions, needed } from "./exceptions";
import { hosted, on, quickGrounds, typesOn } from "./faces";
import { lostStories } from "./stories/lost";
import { nameStories } from "./stories/names";
import { outsideStories } from "./stories/outside";
import { settingStories } from "./stories/settings";
import type { Stories } from "./stories/story";
import { troubleStories } from "./stories/trouble";
import { World } from "./world";

/** In which the faces differ most: which room is meant, and which comes first. */
const storiesOfIdentity: Stories = { ...nameStories, ...outsideStories };

/** What is no room's business need not be combined with what is. */
const elsewhere: readonly SwitchGroup[] = ["Access tokens", "TURN"];
const factors = Object.fromEntries(
  Object.entries(switches)
    .filter(([, { group }]) => !elsewhere.includes(group))
    .map(([name, { values }]) => [name, values]),
);
const strength = isExhaustive ? 3 : 2;
const rows = coveringArray(factors, strength);
/** Over gRPC, combinations of two do: what the API's behaviour decides is decided behind the wire. */
const rowsOverGrpc = coveringArray(factors, 2);
/** How many of the rows are told in the quick selection. */
const QUICK = 3;
const QUICK_OVER_GRPC = 1;
/** A file with switch values, such as the report of `npm run test:live`: every story is told under them too. */
const profile = process.env.METERED_PROFILE;
const profiled: (readonly [string, Row])[] = profile === undefined ? [] : [[`profile ${profile}`, rowOf(profile)]];

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

  it(`is as many questions, scenarios${isExhaustive ? " and servers" : ""} as the pages say`, () => {
    const scenarios = Object.keys(storiesUnder(rows[0] ?? {})).length;
    const told = pagesSaying(/\b(\d+) (variants|mock servers|servers|scenarios on|scenarios for|questions)/g);
    assert.ok(told.length >= 7, told.join());
    const questions = `${Object.keys(factors).length} questions`;
    const servers = ["variants", "mock servers", "servers"].map((word) => `${rows.length} ${word}`);
    const right = [questions, `${scenarios} scenarios on`, `${scenarios} scenarios for`, ...servers];
    const judged = told.filter((each) => isExhaustive || !/variants|servers/.test(each));
    assert.deepEqual(
      judged.filter((each) => !right.includes(each)),
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

  for (const [name, row] of [...profiled, ...numbered(rows, QUICK)]) tell(name, row, storiesUnder(row));
});

for (const face of quickGrounds) {
  if (!face) continue;
  describe(`every combination of 2 behaviours of the API${on(face)}`, () => {
    const host = hosted(face);
    for (const [name, row] of [...profiled, ...numbered(rowsOverGrpc, QUICK_OVER_GRPC)]) {
      tell(name, row, isExhaustive ? storiesUnder(row) : storiesOfIdentity, face, host);
    }
  });
}

function tell(name: string, row: Row, stories: Stories, face?: Face, host?: () => ProviderHost): void {
  for (const type of typesOn(face)) {
    describe(`${name}, ${type.label}`, () => {
      let world: World;
      before(async () => {
        world = await World.start(type, unhindered(row), host?.());
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

/** What the pages say of the servers and of what runs on them. */
function pagesSaying(words: RegExp): string[] {
  const pages = ["README.md", "docs/reliability.md", "docs/measurements.md", "site/.vitepress/home.ts"];
  return pages.flatMap((page) => {
    const text = readFileSync(join(__dirname, "..", "..", page), "utf8");
    return [...text.matchAll(words)].map(([said]) => said);
  });
}

function numbered(all: readonly Row[], quick: number): (readonly [string, Row])[] {
  return (isExhaustive ? all : all.slice(0, quick)).map((row, index) => [`row ${index + 1}`, row]);
}

function storiesUnder(row: Row): Stories {
  return { ...settingStories, ...storiesOfIdentity, ...lostStories, ...troubleStories(row as Switches) };
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
