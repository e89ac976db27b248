import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { engineVersions } from "../../tools/engine/components";
import { allCells, quickRuntimes, runtimes } from "../../tools/matrix/cells";
import { STEPS, type Step, stepsOn } from "../../tools/matrix/life";
import { type CellResult, failing, PAGE, pageText, recorded } from "../../tools/matrix/record";

const root = join(__dirname, "..", "..");

describe("the compatibility matrix", () => {
  const cell = (engine: string, sdk: string, node: string, plugin = STEPS.slice()): CellResult => ({
    engine,
    sdk,
    node,
    passed: { package: STEPS, plugin },
  });
  const noImport = cell("3.300.1", "3.299.0", "26.1.0", ["up", "no-op", "refresh"]);
  const results = {
    date: "2031-01-02",
    version: "9.8.7",
    cells: [
      cell("3.99.0", "3.98.0", "8.2.0"),
      cell("3.99.0", "3.98.0", "26.1.0"),
      cell("3.300.1", "3.98.0", "8.2.0"),
      noImport,
    ],
  };

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

  it("is told in tables, the newest engine and SDK first, with what does not work and what is not supported", () => {
    const text = pageText(results);
    const rows = text.split("\n").filter((line) => /^(## |\| )/.test(line) && !line.startsWith("| --"));
    const told = rows.map((line) => line.replace(/ +/g, " "));
    assert.deepEqual(told, [
      "## Pulumi 3.300.1",
      "| `@pulumi/pulumi` | Node.js 8.2.0 | Node.js 26.1.0 |",
      "| 3.299.0 | – | plugin: import fails |",
      "| 3.98.0 | ✓ | – |",
      "## Pulumi 3.99.0",
      "| `@pulumi/pulumi` | Node.js 8.2.0 | Node.js 26.1.0 |",
      "| 3.98.0 | ✓ | ✓ |",
    ]);
    assert.match(text, /tested with `pulumi-metered` 9\.8\.7 on 2031-01-02/);
    assert.deepEqual(failing(noImport), ["plugin"]);
  });

  it("asks no engine for what it cannot do: importing dynamic resources", () => {
    const steps: readonly Step[] = ["up", "no-op", "refresh", "destroy"];
    assert.deepEqual(stepsOn("v3.253.9", "package"), steps);
    assert.deepEqual([stepsOn("v3.254.0", "package"), stepsOn("3.220.0", "plugin")], [STEPS, STEPS]);
    const older = { ...cell("3.220.0", "3.216.0", "20.1.0"), passed: { package: steps, plugin: STEPS } };
    assert.deepEqual(failing(older), []);
    assert.match(pageText({ ...results, cells: [older] }), /3\.216\.0 +\| ✓ /);
  });

  it("has a page that says what was recorded last", () => {
    const last = recorded();
    const file = join(root, PAGE);
    assert.equal(existsSync(file) ? readFileSync(file, "utf8") : undefined, last && pageText(last));
  });
});
