import { type EngineLine, engineVersions } from "../engine/components";
import { allCells, FACES, type Face, runtimes } from "./cells";
import { FIRST_TO_IMPORT_DYNAMIC, STEPS, type Step, stepsOn } from "./life";
import type { CellResult } from "./record";

const NAMES: Readonly<Record<Face, string>> = { package: "Node.js package", plugin: "plugin" };

/** What the reader is told that a step does. */
const TOLD: Readonly<Record<Step, string>> = {
  up: "`pulumi up` creates a meeting room with the inputs of the program.",
  "no-op": "A second `pulumi up` finds nothing to change.",
  refresh:
    "`pulumi refresh` finds nothing to change, then detects an input that was changed outside Pulumi, and the next `pulumi up` restores it.",
  import:
    "Existing rooms are imported without changing them: with `npx pulumi-metered import` and `pulumi import --file` (Node.js package), with `pulumi import` and the `import` option (plugin).",
  destroy: "`pulumi destroy` deletes all rooms.",
};

const [START, END] = ["<!-- matrix -->", "<!-- end of matrix -->"];

/** The compatibility page with the tables of what the last run of each cell found. */
export function withTables(page: string, results: readonly CellResult[]): string {
  const [before, rest] = page.split(START);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error("the compatibility page has no place for its tables");
  return [`${before}${START}`, ...told(results), `${END}${after}`].join("\n\n");
}

function told(results: readonly CellResult[]): string[] {
  const engines = Object.keys(engineVersions) as EngineLine[];
  const tables = engines.map((engine) => {
    const tested = results.filter(({ cell }) => cell.engine === engine);
    return table(engine, tested).join("\n");
  });
  const [dates, versions, nodes] = (["date", "version", "node"] as const).map((key) =>
    distinct(results.map((result) => result[key])),
  );
  return [
    `\`npm run matrix\` tested these combinations with \`pulumi-metered\` ${list(versions)} against the mock server (${ends(dates)}), on Node.js ${list(nodes)}.`,
    "✓ means that all of this works, with the Node.js package and with the plugin:",
    STEPS.map((step) => `- ${TOLD[step]}`).join("\n"),
    `With the Node.js package, importing needs Pulumi ${FIRST_TO_IMPORT_DYNAMIC} or newer, so it isn't tested on older versions.`,
    "– means that `@pulumi/pulumi` does not support this version of Node.js.",
    ...tables,
  ];
}

function table(engine: EngineLine, tested: readonly CellResult[]): string[] {
  const [nodes, sdks] = [
    distinct(runtimes.map(({ node }) => node)),
    distinct(runtimes.map(({ sdk }) => sdk)).reverse(),
  ];
  const rows = sdks.map((sdk) => {
    const found = tested.filter(({ cell }) => cell.sdk === sdk);
    const marks = nodes.map((node) => {
      const isSupported = allCells.some((cell) => cell.sdk === sdk && cell.node === node);
      return isSupported ? mark(found.find(({ cell }) => cell.node === node)) : "–";
    });
    return row([found.at(-1)?.sdk ?? sdk, ...marks]);
  });
  const heading = ["`@pulumi/pulumi`", ...nodes.map((node) => `Node.js ${node}`)];
  return [`### Pulumi ${engineVersions[engine]}`, "", row(heading), row(heading.map(() => "---")), ...rows];
}

function mark(result: CellResult | undefined): string {
  if (!result) return "not tested";
  const troubles = FACES.flatMap((face) => {
    const failed = stepsOn(result.engine, face).find((step) => !result.passed[face].includes(step));
    return failed ? [`${NAMES[face]}: ${failed} fails`] : [];
  });
  return troubles.join(", ") || "✓";
}

function row(columns: readonly string[]): string {
  return `| ${columns.join(" | ")} |`;
}

function list(parts: readonly string[] = []): string {
  return parts.length < 2 ? parts.join() : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/** The first and the last of sorted dates. */
function ends(dates: readonly string[] = []): string {
  return [...new Set([dates[0], dates.at(-1)])].join(" to ");
}

/** Each once, smallest first. */
function distinct<T extends string | number>(versions: readonly T[]): T[] {
  return [...new Set(versions)].sort((a, b) => String(a).localeCompare(String(b), "en", { numeric: true }));
}
