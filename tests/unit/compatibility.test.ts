import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { currentLine, engineVersions } from "../../tools/engine/components";
import { allCells, type Cell, quickRuntimes, runtimes } from "../../tools/matrix/cells";
import { STEPS, type Step, stepsOn } from "../../tools/matrix/life";
import { type CellResult, failing, PAGE, pageText, recorded } from "../../tools/matrix/record";

const root = join(__dirname, "..", "..");
/** The version in a pipeline: of the action that installs Pulumi, or of one of its images. */
const ENGINE_NAMED = /(?:pulumi-version: |image: pulumi\/[\w-]+:)(\d+\.\d+\.\d+)/g;

describe("the compatibility matrix", () => {
  const result = (cell: Cell, plugin: readonly Step[] = STEPS): CellResult => ({
    cell,
    engine: engineVersions[cell.engine],
    sdk: cell.sdk === "latest" ? "3.300.1" : cell.sdk,
    node: `${cell.node}.9.8`,
    date: `2031-01-${cell.node}`,
    version: "9.8.7",
    passed: { package: stepsOn(engineVersions[cell.engine], "package"), plugin },
  });
  const noImport = result({ engine: "3.274", sdk: "latest", node: 26 }, ["up", "no-op", "refresh"]);
  const results = [
    noImport,
    result({ engine: "3.274", sdk: "3.216.0", node: 20 }),
    result({ engine: "3.220", sdk: "3.216.0", node: 20 }),
  ];
  const empty = "# Compatibility\n\n<!-- matrix -->\n<!-- end of matrix -->\n\nMore.\n";

  it("runs every engine with every SDK, on each Node that the SDK supports", () => {
    assert.equal(allCells.length, Object.keys(engineVersions).length * runtimes.length);
    const nodes = (wanted: string) => runtimes.filter(({ sdk }) => sdk === wanted).map(({ node }) => node);
    assert.deepEqual(nodes("3.216.0"), [20, 22, 24, 26]);
    assert.deepEqual(nodes("latest"), [22, 24, 26]);
  });

  it("has the quick selection among its cells, and nothing in it that changes by itself", () => {
    for (const quick of quickRuntimes) {
      assert.ok(runtimes.some(({ sdk, node }) => sdk === quick.sdk && node === quick.node));
      assert.match(quick.sdk, /^\d/);
    }
  });

  it("is told in tables, the newest engine and SDK first, with what fails, what isn't supported, and what wasn't tested", () => {
    const text = pageText(empty, results);
    const rows = text.split("\n").filter((line) => /^(### |\| )/.test(line) && !line.startsWith("| --"));
    const told = rows.map((line) => line.replace(/ +/g, " "));
    assert.deepEqual(told.slice(0, 6), [
      "### Pulumi 3.274.1",
      "| `@pulumi/pulumi` | Node.js 20 | Node.js 22 | Node.js 24 | Node.js 26 |",
      "| 3.300.1 | – | not tested | not tested | plugin: import fails |",
      "| 3.259.0 | – | not tested | not tested | not tested |",
      "| 3.248.0 | not tested | not tested | not tested | not tested |",
      "| 3.216.0 | ✓ | not tested | not tested | not tested |",
    ]);
    assert.equal(told.at(-1), "| 3.216.0 | ✓ | not tested | not tested | not tested |");
    assert.match(text, /`pulumi-metered` 9\.8\.7 .*2031-01-20 to 2031-01-26.* Node\.js 20\.9\.8 and 26\.9\.8\./);
    assert.deepEqual(failing(noImport), ["plugin"]);
    assert.equal(pageText(text, results), text, "written again, it stays the same");
  });

  it("asks no engine for what it cannot do: importing dynamic resources", () => {
    const steps: readonly Step[] = ["up", "no-op", "refresh", "destroy"];
    assert.deepEqual(stepsOn("v3.253.9", "package"), steps);
    assert.deepEqual([stepsOn("v3.254.0", "package"), stepsOn("3.220.0", "plugin")], [STEPS, STEPS]);
    assert.deepEqual(failing(result({ engine: "3.220", sdk: "3.216.0", node: 20 })), []);
  });

  it("has the engine that the example pipelines name", () => {
    const files = execFileSync("git", ["ls-files", "examples"], { cwd: root, encoding: "utf8" }).split("\n");
    const named = files
      .filter((file) => /\.ya?ml$/.test(file))
      .flatMap((file) =>
        [...readFileSync(join(root, file), "utf8").matchAll(ENGINE_NAMED)].map(([, version]) => version),
      );
    assert.ok(named.length >= 8);
    assert.deepEqual([...new Set(named)], [engineVersions[currentLine]]);
  });

  it("has a page that says what was recorded last", () => {
    assert.ok(recorded().length > 0, "npm run matrix records a result for each combination");
    const page = readFileSync(join(root, PAGE), "utf8");
    assert.equal(page, pageText(page, recorded()));
  });
});
