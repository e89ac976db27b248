import { type Command, growthCommands, type Results, type Shape, shapes, type Taken } from "../recorded";
import { type Estimate, estimate, type Law, type Point } from "./estimate";
import { rowsOf, type ShapeRow, shapeNames } from "./shapes";
import { bytesText, countText, durationText, table } from "./table";

/** What the page says of: a course, a large customer, everybody. */
const SIZES = [100, 10_000, 1_000_000];

/** The section of docs/choosing-a-shape.md on what each shape costs. */
export function reportShapes(results: Results): string {
  if (results.growth.length === 0) return "Not measured yet: `npm run bench -- growth`.";
  const parts = SIZES.flatMap((rooms) => [
    `### ${countText(rooms)} rooms`,
    table(
      ["shape", ...growthCommands, "requests of up", "state", "memory"],
      shapes.flatMap((shape) => {
        const cells = cellsOf(shape, rooms, results);
        return cells.every((cell) => cell === "–") ? [] : [[shapeNames[shape], ...cells]];
      }),
    ),
  ]);
  return [...parts, explanation(results)].join("\n\n");
}

function cellsOf(shape: Shape, rooms: number, results: Results): string[] {
  const rows = rowsOf(shape, results);
  const inProportion = (points: Point[], text: (value: number) => string) =>
    told(estimate(points, rooms, "proportional"), text);
  const calls = values(rows, ({ taken }) => completed(taken.up)?.calls);
  const bytes = values(rows, ({ stateBytes }) => stateBytes);
  return [
    ...growthCommands.map((command) =>
      told(estimate(timesOf(rows, command), rooms, lawOf(shape, command)), durationText),
    ),
    inProportion(calls, countText),
    inProportion(bytes, bytesText),
    memoryOf(shape, rooms, rows),
  ];
}

/** A refresh writes the state down in the end, and a run without changes not at all. */
function lawOf(shape: Shape, command: Command): Law {
  return shape === "one" && (command === "up" || command === "destroy") ? "square" : "proportional";
}

/** Of several stacks only those take memory that are worked on. */
function memoryOf(shape: Shape, rooms: number, rows: readonly ShapeRow[]): string {
  const points = values(rows, ({ taken }) => {
    const seen = Object.values(taken).flatMap(({ memory, cutOffAt }) => (cutOffAt === undefined && memory?.all) || []);
    return seen.length === 0 ? undefined : Math.max(...seen) * 1024 ** 2;
  });
  const most = Math.max(...points.map(([, bytes]) => bytes));
  if (shape === "micro" && points.length > 0) return bytesText(most);
  return told(estimate(points, rooms, "proportional"), bytesText);
}

/** An `up` that was stopped tells how long the rooms took that were there by then. */
function timesOf(rows: readonly ShapeRow[], command: Command): Point[] {
  return rows.flatMap(({ rooms, taken: { [command]: taken } }) => {
    if (!taken || (taken.cutOffAt !== undefined && (command !== "up" || taken.cutOffAt === 0))) return [];
    return [[taken.cutOffAt ?? rooms, taken.seconds] as const];
  });
}

function values(rows: readonly ShapeRow[], value: (row: ShapeRow) => number | undefined): Point[] {
  return rows.flatMap((row) => {
    const found = value(row);
    return found === undefined ? [] : [[row.rooms, found] as const];
  });
}

function completed(taken: Taken | undefined): Taken | undefined {
  return taken?.cutOffAt === undefined ? taken : undefined;
}

function told(found: Estimate | undefined, text: (value: number) => string): string {
  if (!found) return "–";
  return found.how === "measured" ? text(found.value) : `_≈ ${text(found.value)}_`;
}

function explanation({ growth }: Results): string {
  const largest = (shape: Shape) =>
    Math.max(
      0,
      ...growth
        .filter((row) => row.shape === shape && row.taken.up)
        .map(({ rooms, taken }) => taken.up?.cutOffAt ?? rooms),
    );
  const sizes = shapes.filter((shape) => largest(shape) > 0);
  const told = sizes.map((shape) => `${shapeNames[shape]} up to ${countText(largest(shape))} rooms`).join(", ");
  const parallel = Math.max(...growth.map((row) => row.parallel));
  return `_≈_: not measured, but extrapolated or taken from between two sizes. Measured were ${told}. Beyond that, \`up\` and \`destroy\` of one stack go on
along the parabola through its largest sizes, everything else grows in proportion. ${shapeNames.micro[0]?.toUpperCase()}${shapeNames.micro.slice(1)}: ${parallel} at a time on one machine; several
machines share the time, not the requests. Memory: of all processes together. [What it was measured on](benchmarks.md#growth).`;
}
