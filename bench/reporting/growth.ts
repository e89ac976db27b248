import { type GrowthRow, growthCommands, isWhole, type Results, shapes, type Taken } from "../recorded";
import { picture } from "./charts";
import { shapeNames } from "./shapes";
import { bytesText, countText, secondsText, table } from "./table";
import { madeOn } from "./times";

/** The section of docs/benchmarks.md on thousands of rooms. */
export function reportGrowth(results: Results): string {
  const { growth, runs } = results;
  if (growth.length === 0) return "Not measured yet: `npm run bench -- growth`.";
  const rows = [...growth].sort((a, b) => a.rooms - b.rooms || shapes.indexOf(a.shape) - shapes.indexOf(b.shape));
  const pictures = ["growth up", "growth destroy"].map((what) => picture(results, what)).filter((each) => each !== "");
  const most = Math.max(...rows.map(({ parallel }) => parallel));
  return [
    `Seconds of this provider, file backend, no preview. ${madeOn(rows, runs)}`,
    ...pictures,
    table(
      ["rooms", "shape", ...growthCommands, "requests", "state", "memory, MB"],
      rows.map((row) => [
        countText(row.rooms),
        shapeNames[row.shape],
        ...growthCommands.map((command) => timeOf(row.taken[command])),
        requestsOf(row),
        row.stateBytes === undefined ? "–" : bytesText(row.stateBytes),
        memoryOf(row),
      ]),
    ),
    `- **${shapeNames.one}**: \`pulumi up\` of one program
- **${shapeNames.micro}**: one program in as many stacks as it takes, ${most} at a time, as [examples/fleet](../examples/fleet/README.md) does it; making the stacks is part of up
- **${shapeNames.unsaved}**: one stack with \`PULUMI_SKIP_CHECKPOINTS=true\`; [what it risks](choosing-a-shape.md#without-checkpoints)`,
    "Requests: of all four commands. Memory: of the engines themselves / of all processes, as above, the highest of all commands.",
    ...(rows.some(({ taken }) => Object.values(taken).some(({ cutOffAt }) => cutOffAt !== undefined))
      ? ["A time with > was stopped there, with so many rooms done."]
      : []),
  ].join("\n\n");
}

function timeOf(taken: Taken | undefined): string {
  const text = secondsText(taken?.seconds);
  return taken?.cutOffAt === undefined ? text : `> ${text} (${countText(taken.cutOffAt)} rooms)`;
}

function requestsOf(row: GrowthRow): string {
  if (!isWhole(row)) return "–";
  return countText(Object.values(row.taken).reduce((total, { calls }) => total + calls, 0));
}

function memoryOf({ taken }: GrowthRow): string {
  const seen = Object.values(taken).flatMap(({ memory }) => memory ?? []);
  if (seen.length === 0) return "–";
  return `${countText(Math.max(...seen.map(({ engine }) => engine)))} / ${countText(Math.max(...seen.map(({ all }) => all)))}`;
}
