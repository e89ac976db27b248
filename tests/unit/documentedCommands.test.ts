import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readArguments } from "../../provider/src/cli/arguments";
import { readArguments as readLiveArguments } from "../../tools/live/arguments";
import { readRelease } from "../../tools/sdks/arguments";
import { singleBlocks, wholePages } from "../support/documents/runBy";
import { type Block, blocks, pages, wordsOf } from "../support/documents/shell";

const root = join(__dirname, "..", "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

const name = ({ page, commands }: Block) => `docs/${page}: ${commands[0]}`;

describe("the blocks of commands in docs/", () => {
  it("are each run by a test, or it is said why they cannot be", () => {
    assert.ok(blocks.length > 40);
    const unknown = blocks.filter(({ page, commands }) => {
      return !(page in wholePages) && singleBlocks[page]?.[commands[0] ?? ""] === undefined;
    });
    assert.deepEqual(unknown.map(name), []);
  });

  it("are where the tests that run them look for them", () => {
    const listed = Object.entries(singleBlocks).flatMap(([page, byFirst]) =>
      Object.keys(byFirst).map((first) => `docs/${page}: ${first}`),
    );
    const there = blocks.filter(({ page }) => !(page in wholePages)).map(name);
    assert.deepEqual(listed.sort(), there.sort());
    for (const [page, test] of Object.entries(wholePages)) assert.ok(read(test).includes(`"${page}"`), test);
    const tests = Object.values(singleBlocks).flatMap((byFirst) => Object.values(byFirst));
    for (const test of tests) {
      if (typeof test === "string") assert.match(read(test), /notTakenBy\(__filename\)/, test);
    }
  });
});

/** What is typed, in blocks and in the running text. */
const commands = [...blocks.flatMap((block) => block.commands), ...[...pages.values()].flatMap(inline)];
const beginning = (words: string) =>
  commands.filter((each) => each.startsWith(words)).map((each) => wordsOf(each.slice(words.length)));

function inline(text: string): string[] {
  return [...text.matchAll(/`((?:npx|npm run) [^`\n]+)`/g)].map(([, command = ""]) => command);
}

describe("the commands in docs/", () => {
  it("are of pulumi-metered's own as it takes them", () => {
    const found = beginning("npx pulumi-metered ");
    assert.ok(found.length > 8);
    for (const args of found) {
      // In the running text the command's name stands for the command.
      if (args.length > 1 || args[0] !== "import") assert.doesNotThrow(() => readArguments(args), args.join(" "));
    }
  });

  it("are of the simulator as it takes them", () => {
    const help = execFileSync(process.execPath, [join(root, "simulator", "bin", "metered-simulator.js"), "--help"]);
    const found = beginning("npx metered-simulator").flatMap((args) => args.filter((arg) => arg.startsWith("--")));
    assert.ok(found.length > 2);
    for (const option of found) assert.match(String(help), new RegExp(`^ +${option}\\b`, "m"));
  });

  it("are scripts of this repository, with options that they take", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const account = { METERED_APP_NAME: "demo", METERED_SECRET_KEY: "k" };
    const readers: Readonly<Record<string, (args: string[]) => unknown>> = {
      "test:live": (args) => readLiveArguments(["--yes", ...args], account),
      sdks: readRelease,
      archives: readRelease,
    };
    const found = beginning("npm run ");
    assert.ok(found.length > 2);
    for (const [script = "", dashes, ...args] of found) {
      assert.ok(scripts[script], `npm run ${script}`);
      if (dashes === undefined) continue;
      assert.equal(dashes, "--", `npm run ${script} takes options behind -- only`);
      // The benchmarks take names of their parts, which they check themselves.
      if (script === "bench") continue;
      const taken = readers[script];
      assert.ok(taken, `npm run ${script} takes no options`);
      assert.doesNotThrow(() => taken(args), args.join(" "));
    }
    for (const file of commands.join(" ").match(/\btests\/\S+\.ts\b/g) ?? []) assert.ok(existsSync(join(root, file)));
  });

  it("set keys that the configuration has", () => {
    const { config } = JSON.parse(read("provider/schema.json")) as { config: { variables: Record<string, object> } };
    const text = [...pages.values()].join("\n");
    const keys = new Set([...text.matchAll(/\bconfig (?:set|rm|get) (?:--\S+ )*metered:(\w+)/g)].map(([, key]) => key));
    assert.ok(keys.size > 3);
    assert.deepEqual(
      [...keys].filter((key = "") => !(key in config.variables)),
      [],
    );
  });
});
