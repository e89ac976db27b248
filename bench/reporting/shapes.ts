import type { GrowthRow, Results, Shape } from "../recorded";

/** What pages and charts call the shapes. */
export const shapeNames: Readonly<Record<Shape, string>> = {
  one: "one stack",
  micro: "stacks of 250",
  unsaved: "without checkpoints",
};

export type ShapeRow = Pick<GrowthRow, "rooms" | "taken" | "stateBytes">;

/** What was measured of a shape. One stack was also measured side by side with others, at smaller sizes. */
export function rowsOf(shape: Shape, { times, growth }: Results): ShapeRow[] {
  const own = growth.filter((row) => row.shape === shape);
  if (shape !== "one") return own;
  const measured = new Set(own.map(({ rooms }) => rooms));
  const others = times.filter(({ name, rooms }) => name === "pulumi-metered" && !measured.has(rooms));
  return [...others, ...own].sort((a, b) => a.rooms - b.rooms);
}
