import { minimumPulumi } from "../engine/version";
import { FACES, type Face } from "./cells";
import { FIRST_TO_IMPORT_DYNAMIC, STEPS, type Step, stepsOn } from "./life";
import type { CellResult, MatrixRecord } from "./record";

const NAMES: Readonly<Record<Face, string>> = { package: "Node.js package", plugin: "plugin" };

/** What the reader is told that a step does. */
const TOLD: Readonly<Record<Step, string>> = {
  up: "`pulumi up` creates a meeting room with the inputs of the program.",
  "no-op": "A second `pulumi up` finds nothing to change.",
  refresh:
    "`pulumi refresh` finds nothing to change, then detects an input that was changed outside Pulumi, and the next `pulumi up` restores it.",
  import:
    "Existing rooms are imported without changing them: with `pulumi-metered import` and `pulumi import --file` (Node.js package), with `pulumi import` and the `import` option (plugin).",
  destroy: "`pulumi destroy` deletes all rooms.",
};

/** The compatibility page, from what a run of all cells found. */
export function page({ date, version, cells }: MatrixRecord): string {
  const engines = distinct(cells.map(({ engine }) => engine)).reverse();
  return [
    "# Compatibility",
    "",
    "<!-- Written by `npm run matrix`. -->",
    "",
    `\`pulumi-metered\` needs Pulumi ${minimumPulumi} or newer, \`@pulumi/pulumi\` ${minimumPulumi} or newer, and Node.js 20 or newer.`,
    `The tables show the combinations that were tested with \`pulumi-metered\` ${version} on ${date}, against the mock server.`,
    "",
    "✓ means that all of this works, with the Node.js package and with the plugin:",
    "",
    ...STEPS.map((step) => `- ${TOLD[step]}`),
    "",
    `With the Node.js package, importing needs Pulumi ${FIRST_TO_IMPORT_DYNAMIC} or newer, and is left out of the tests of older ones.`,
    "",
    "– means that `@pulumi/pulumi` does not support this version of Node.js.",
    "",
    ...engines.flatMap((engine) => [...table(engine, cells), ""]),
    "`npm run matrix` repeats the tests.",
    "",
  ].join("\n");
}

function table(engine: string, all: readonly CellResult[]): string[] {
  const cells = all.filter((cell) => cell.engine === engine);
  const nodes = distinct(all.map(({ node }) => node));
  const sdks = distinct(cells.map(({ sdk }) => sdk)).reverse();
  const rows = sdks.map((sdk) => {
    const marks = nodes.map((node) => mark(cells.find((cell) => cell.sdk === sdk && cell.node === node)));
    return row([sdk, ...marks]);
  });
  const heading = ["`@pulumi/pulumi`", ...nodes.map((node) => `Node.js ${node}`)];
  return [`## Pulumi ${engine}`, "", row(heading), row(heading.map(() => "---")), ...rows];
}

function mark(cell: CellResult | undefined): string {
  if (!cell) return "–";
  const troubles = FACES.flatMap((face) => {
    const failed = stepsOn(cell.engine, face).find((step) => !cell.passed[face].includes(step));
    return failed ? [`${NAMES[face]}: ${failed} fails`] : [];
  });
  return troubles.join(", ") || "✓";
}

function row(columns: readonly string[]): string {
  return `| ${columns.join(" | ")} |`;
}

/** Each version once, oldest first. */
function distinct(versions: readonly string[]): string[] {
  return [...new Set(versions)].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}
