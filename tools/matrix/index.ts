/**
 * Leads a room through its life on every supported combination of engine, SDK and Node, with the package and with the
 * plugin: `npm run matrix`. Each result is recorded, and the tables of docs/compatibility.md are written from them.
 */
import { parseArgs } from "node:util";
import { findRelease } from "../engine";
import { engineVersions } from "../engine/components";
import { reasonOf, run } from "../engine/run";
import { allCells, type Cell } from "./cells";
import { Shelf } from "./installed";
import { live } from "./life";
import { type CellResult, failing, isSame, PAGE, record, recorded, writePage } from "./record";

const { version } = require("../../provider/package.json") as { version: string };

const USAGE = `npm run matrix -- [options]

  --engine 3.274   only this line of the engine
  --sdk 3.248.0    only this release of @pulumi/pulumi, or "latest"
  --node 24        only this line of Node.js
  --missing        only what this version of pulumi-metered has no result of
  --report         write ${PAGE} from what is recorded, run nothing

Each result is recorded at once.`;

async function main(): Promise<void> {
  const options = { engine: { type: "string" }, sdk: { type: "string" }, node: { type: "string" } } as const;
  const flags = { missing: { type: "boolean" }, report: { type: "boolean" } } as const;
  const { values } = parseArgs({ options: { ...options, ...flags } });
  if (values.report) return writePage();
  const done = values.missing ? recorded().filter((result) => result.version === version) : [];

  const isWanted = ({ engine, sdk, node }: Cell) =>
    engine === (values.engine ?? engine) &&
    sdk === (values.sdk ?? sdk) &&
    String(node) === (values.node ?? String(node));
  const wanted = allCells.filter(isWanted).filter((cell) => !done.some((result) => isSame(result.cell, cell)));
  if (wanted.length === 0) throw new Error(`No cell is like that.\n\n${USAGE}`);

  const cells = await runCells(wanted);
  const troubled = cells.filter((cell) => failing(cell).length > 0);
  console.log(`${cells.length - troubled.length} of ${cells.length} combinations work.`);
  if (troubled.length > 0) process.exitCode = 1;
}

async function runCells(cells: readonly Cell[]): Promise<CellResult[]> {
  const shelf = new Shelf();
  try {
    const results: CellResult[] = [];
    for (const cell of cells) {
      const result = await runCell(cell, shelf);
      record(result);
      results.push(result);
    }
    return results;
  } finally {
    await shelf.dispose();
  }
}

async function runCell(cell: Cell, shelf: Shelf): Promise<CellResult> {
  const engine = await findRelease(cell.engine);
  const installed = await shelf.install(cell);
  const node = (await run(`${installed.node}/node`, ["--version"], { timeoutMs: 60_000 })).trim().slice(1);
  // A run of the engine waits more than it works, so both go at the same time.
  const outcomes = await Promise.all([live("package", installed, engine), live("plugin", installed, engine)]);
  const [ofPackage, ofPlugin] = outcomes;
  const result = {
    cell,
    date: new Date().toISOString().slice(0, 10),
    version,
    engine: engineVersions[cell.engine],
    sdk: installed.sdkVersion,
    node,
    passed: { package: ofPackage.passed, plugin: ofPlugin.passed },
  };
  const problems = outcomes.flatMap(({ problem }) => problem ?? []);
  console.log(`Pulumi ${result.engine}, SDK ${result.sdk}, Node ${node}: ${problems.length > 0 ? "fails" : "works"}`);
  for (const problem of problems) console.log(problem.replace(/^/gm, "    "));
  return result;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : reasonOf(error));
  process.exitCode = 1;
});
