import { type Command, growthCommands, type Results, type Shape, shapes } from "../recorded";
import { type Estimate, estimate, type Law, type Point } from "./estimate";
import { memoryOf, rowsOf, type ShapeRow, shapeNames } from "./shapes";
import { bytesText, countText, durationText, table } from "./table";

/** What the page says of: a course, a large customer, many of them, everybody. */
const SIZES = [100, 10_000, 100_000, 1_000_000];

/** The section of docs/choosing-a-shape.md on what each shape costs. */
export function reportShapes(results: Results): string {
  if (results.growth.length === 0) return "Not measured yet: `npm run bench -- growth`.";
  const parts = SIZES.flatMap((rooms) => [
    `### ${countText(rooms)} rooms`,
    table(
      ["Layout", ...growthCommands, "Requests of up", "State", "Memory"],
      shapes.flatMap((shape) => {
        const cells = cellsOf(shape, rooms, results);
        return cells.slice(0, growthCommands.length).every((cell) => cell === "–")
          ? []
          : [[shapeNames[shape], ...cells]];
      }),
    ),
  ]);
  return [...parts, explanation(results)].join("\n\n");
}

function cellsOf(shape: Shape, rooms: number, results: Results): string[] {
  const rows = rowsOf(shape, results);
  const inProportion = (points: Point[], text: (value: number) => string) =>
    told(estimate(points, rooms, "proportional"), text);
  const calls = values(rows, ({ taken }) => taken.up?.calls);
  const bytes = values(rows, ({ stateBytes }) => stateBytes);
  return [
    ...growthCommands.map((command) =>
      told(estimate(timesOf(rows, command), rooms, lawOf(shape, command)), durationText),
    ),
    inProportion(calls, countText),
    inProportion(bytes, bytesText),
    memoryText(shape, rooms, rows),
  ];
}

/** A refresh writes the state down in the end, and a run without changes not at all. */
function lawOf(shape: Shape, command: Command): Law {
  return shape === "one" && (command === "up" || command === "destroy") ? "square" : "proportional";
}

/** Beyond the largest set that was measured, rooms are in several of them, each in a stack of its own, one after the other. */
function isBeyondSets(shape: Shape, rooms: number, rows: readonly ShapeRow[]): boolean {
  return shape === "set" && rooms > Math.max(...rows.map((row) => row.rooms));
}

/** Of several stacks only those take memory that are worked on. */
function memoryText(shape: Shape, rooms: number, rows: readonly ShapeRow[]): string {
  const points = values(rows, (row) => memoryOf(row, "all")).map(([size, mb]) => [size, mb * 1024 ** 2] as const);
  if ((shape === "micro" || isBeyondSets(shape, rooms, rows)) && points.length > 0)
    return bytesText(Math.max(...points.map(([, bytes]) => bytes)));
  return told(estimate(points, rooms, "proportional"), bytesText);
}

function timesOf(rows: readonly ShapeRow[], command: Command): Point[] {
  return rows.flatMap(({ rooms, taken: { [command]: taken } }) =>
    taken ? [[rooms, taken.seconds, taken.isSum] as const] : [],
  );
}

function values(rows: readonly ShapeRow[], value: (row: ShapeRow) => number | undefined): Point[] {
  return rows.flatMap((row) => {
    const found = value(row);
    return found === undefined ? [] : [[row.rooms, found] as const];
  });
}

function told(found: Estimate | undefined, text: (value: number) => string): string {
  if (!found) return "–";
  return found.how === "measured" ? text(found.value) : `_≈ ${text(found.value)}_`;
}

function explanation(results: Results): string {
  const sizes = shapes.flatMap((shape) => {
    const measured = rowsOf(shape, results).filter(({ taken }) => taken.up && !taken.up.isSum);
    if (measured.length === 0) return [];
    return [`${shapeNames[shape]} up to ${countText(Math.max(...measured.map(({ rooms }) => rooms)))} rooms`];
  });
  const sums = rowsOf("one", results).filter(({ taken }) => taken.up?.isSum);
  const summed =
    sums.length === 0
      ? ""
      : ` Up to ${countText(Math.max(...sums.map(({ rooms }) => rooms)))} rooms in one stack, with one resource per room, \`up\` and \`destroy\` are [sums of what further rooms take](benchmarks.md#growth).`;
  const parallel = Math.max(...results.growth.map((row) => row.parallel));
  const { micro, set } = shapeNames;
  const largest = Math.max(0, ...rowsOf("set", results).map(({ rooms }) => rooms));
  const sets =
    largest === 0
      ? ""
      : `${capital(set)}: more than ${countText(largest)} rooms are split into stacks with a set of that size each, which run one after the other on one machine.\n`;
  return `_≈_: not measured, but a sum, an extrapolation or an interpolation. Measured: ${sizes.join(", ")}.${summed} Beyond that,
\`up\` and \`destroy\` of one resource per room follow the parabola through its largest sizes, and everything else grows in proportion.
${sets}${capital(micro)}: ${parallel} at a time on one machine. With several machines, each takes a share of the time, but the requests stay the same. Memory is that of
all processes together. See [how this was measured](benchmarks.md#growth).`;
}

function capital(text: string): string {
  return `${text[0]?.toUpperCase()}${text.slice(1)}`;
}
