import { type Command, type GrowthRow, growthCommands, type Results, type Shape, type Taken } from "../recorded";
import { summedUp } from "./sums";

/** What pages and charts call the shapes. */
export const shapeNames: Readonly<Record<Shape, string>> = {
  set: "one set",
  one: "one resource per room",
  micro: "stacks of 250",
  unsaved: "without checkpoints",
};

/** What a page tells of a command. */
export interface Told extends Partial<Taken> {
  readonly seconds: number;
  /** It was not measured in one piece. */
  readonly isSum?: true;
}

export interface ShapeRow extends Pick<GrowthRow, "rooms" | "run" | "stateBytes" | "further"> {
  readonly taken: Partial<Readonly<Record<Command, Told>>>;
}

/** The shapes that are measured beside other programs too, and what they are called there. */
const namesBeside: Partial<Readonly<Record<Shape, string>>> = { set: "pulumi-metered, set", one: "pulumi-metered" };

/** What was measured of a shape. One stack was measured beside others as a whole, and at larger sizes by further rooms. */
export function rowsOf(shape: Shape, results: Results): ShapeRow[] {
  const own = results.growth.filter((row) => row.shape === shape);
  const beside = results.times.filter(({ name }) => name === namesBeside[shape]);
  if (shape !== "one") return inOrder([...own, ...without(own, beside)]);
  return inOrder([...beside, ...without(beside, own).map((row) => withSums(row, results))]);
}

function without<Row extends ShapeRow>(rows: readonly ShapeRow[], others: readonly Row[]): Row[] {
  return others.filter(({ rooms }) => !rows.some((row) => row.rooms === rooms));
}

function inOrder(rows: readonly ShapeRow[]): ShapeRow[] {
  return [...rows].sort((a, b) => a.rooms - b.rooms);
}

function withSums(row: GrowthRow, results: Results): ShapeRow {
  const sums = (["up", "destroy"] as const).flatMap((command) => {
    const seconds = summedUp(command, row.rooms, results);
    return seconds === undefined ? [] : [[command, { seconds, isSum: true }] as const];
  });
  return { ...row, taken: { ...row.taken, ...Object.fromEntries(sums) } };
}

/** The most memory that was seen of a row. */
export function memoryOf({ taken, further }: ShapeRow, part: "engine" | "all"): number | undefined {
  const seen = [...growthCommands.map((command) => taken[command]), further?.up, further?.destroy];
  const sizes = seen.flatMap((each) => each?.memory?.[part] ?? []);
  return sizes.length === 0 ? undefined : Math.max(...sizes);
}
