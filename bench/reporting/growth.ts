import { growthCommands, type Results, type Shape, shapes } from "../recorded";
import { picture } from "./charts";
import { memoryOf, rowsOf, type ShapeRow, shapeNames, type Told } from "./shapes";
import { proofOf } from "./sums";
import { bytesText, countText, secondsText, table } from "./table";
import { engineOf, madeOn } from "./times";

/** The section of docs/benchmarks.md on thousands of rooms. */
export function reportGrowth(results: Results): string {
  const { growth, runs } = results;
  if (growth.length === 0) return "Not measured yet: `npm run bench -- growth`.";
  const sizes = new Set(growth.map(({ rooms }) => rooms));
  const rows = shapes
    .flatMap((shape) => rowsOf(shape, results).map((row) => ({ ...row, shape })))
    .filter(({ rooms }) => sizes.has(rooms))
    .sort((a, b) => a.rooms - b.rooms || shapes.indexOf(a.shape) - shapes.indexOf(b.shape));
  const pictures = ["growth up", "growth destroy"].map((what) => picture(results, what)).filter((each) => each !== "");
  return [
    `Seconds of this provider, file backend, no preview. ${madeOn(
      rows.map(({ run }) => ({ run })),
      runs,
    )}`,
    ...pictures,
    table(
      [
        "Rooms",
        "Layout",
        ...growthCommands.map((command) => (command === "no-op up" ? "no-op" : command)),
        "Requests",
        "State",
        "MB",
        "Pulumi",
      ],
      rows.map((row) => [...line(row), minorOf(engineOf(row.run, runs))]),
    ),
    legend(Math.max(...growth.map(({ parallel }) => parallel))),
    ...further(results),
  ].join("\n\n");
}

/** Of 3.274.1, 3.274: the table is wide enough. */
function minorOf(version: string | undefined): string {
  return version?.split(".").slice(0, 2).join(".") ?? "–";
}

function line(row: ShapeRow & { shape: Shape }): string[] {
  const [engine, all] = [memoryOf(row, "engine"), memoryOf(row, "all")];
  return [
    countText(row.rooms),
    shapeNames[row.shape],
    ...growthCommands.map((command) => timeOf(row.taken[command])),
    requestsOf(row),
    row.stateBytes === undefined ? "–" : bytesText(row.stateBytes),
    engine === undefined || all === undefined ? "–" : `${countText(engine)} / ${countText(all)}`,
  ];
}

function timeOf(told: Told | undefined): string {
  return told?.isSum ? `_≈ ${countText(told.seconds)}_` : secondsText(told?.seconds);
}

/** Of all commands, where all were measured. */
function requestsOf({ taken }: ShapeRow): string {
  const calls = growthCommands.map((command) => taken[command]?.calls);
  if (calls.some((each) => each === undefined)) return "–";
  return countText(calls.reduce<number>((total, each) => total + (each ?? 0), 0));
}

function legend(parallel: number): string {
  return `- **${shapeNames.set}**: one \`MeetingRoomSet\` in one stack
- **${shapeNames.one}**: one \`MeetingRoom\` per room, in one stack
- **${shapeNames.micro}**: one program in as many stacks as it takes, ${parallel} at a time, as in [examples/fleet](../examples/fleet/README.md). Creating the stacks is part of up
- **${shapeNames.unsaved}**: one stack with \`PULUMI_SKIP_CHECKPOINTS=true\`: see [what it risks](choosing-a-shape.md#without-checkpoints). Its no-op up and refresh are those of one stack, since they write no checkpoints

Requests are those of all four commands together. MB is the memory of the engines / of all processes, as above: the highest of all commands.`;
}

/** How large stacks were measured, and how far that can be trusted. */
function further(results: Results): string[] {
  const rows = results.growth.flatMap(({ rooms, further: each }) => (each ? [{ rooms, each }] : []));
  if (rows.length === 0) return [];
  const proofs = (["up", "destroy"] as const).flatMap((command) => {
    const proof = proofOf(command, results);
    if (!proof) return [];
    const { rooms: size, summed, measured } = proof;
    return [`${countText(summed)} s for ${command} of ${countText(size)} rooms (measured: ${countText(measured)} s)`];
  });
  const check = proofs.length === 0 ? "" : ` As a check, the same sum gives ${proofs.join(", and ")}.`;
  return [
    `_≈_: not measured as a whole, which would take hours. Instead, a hundred rooms were added to a stack of that size and removed again. Each of
them took:

${table(
  ["Rooms in the stack", "To create one more, s", "To delete one, s"],
  rows.map(({ rooms, each }) => [countText(rooms), each.up.secondsEach, each.destroy.secondsEach]),
)}

The sum starts with the largest stack that was measured as a whole, and adds these costs room by room.${check}${reason(results)}`,
  ];
}

/** Why the sums differ from what was measured, where the further rooms were measured on another engine than the whole stacks. */
function reason({ growth, times, baseline, runs }: Results): string {
  const further = growth.findLast(({ further: each }) => each);
  const whole = times.findLast(({ name }) => name === "pulumi-metered");
  const [engine, other] = [engineOf(further?.run ?? "", runs), engineOf(whole?.run ?? "", runs)];
  if (engine === undefined || other === undefined || engine === other) return "";
  const same = baseline.find(({ name, run }) => name === "pulumi-metered" && engineOf(run, runs) === engine);
  const known = same?.taken.up
    ? `, where \`up\` of ${countText(same.rooms)} rooms took ${countText(same.taken.up.seconds)} s`
    : "";
  return ` The costs are those of Pulumi ${engine}${known}. The whole stacks were measured with Pulumi ${other}. So take the sums for the order of magnitude only.`;
}
