/** So many rooms take so long (or so many calls, or bytes). */
export type Point = readonly [rooms: number, value: number, isSum?: true];

/** How a value grows beyond the largest size that was measured. */
export type Law =
  /** With the rooms. */
  | "proportional"
  /** As a·rooms + b·rooms²: each step writes down all rooms that are there. */
  | "square";

export interface Estimate {
  readonly value: number;
  readonly how: "measured" | "summed" | "between" | "extrapolated";
}

/** What so many rooms take, by what was measured. Undefined below the smallest size, where there is nothing to go by. */
export function estimate(points: readonly Point[], rooms: number, law: Law): Estimate | undefined {
  const sorted = [...points].sort(([a], [b]) => a - b);
  const same = sorted.find(([size]) => size === rooms);
  if (same) return { value: same[1], how: same[2] ? "summed" : "measured" };
  const below = sorted.findLast(([size]) => size < rooms);
  const above = sorted.find(([size]) => size > rooms);
  if (!below) return undefined;
  if (above) {
    const share = (rooms - below[0]) / (above[0] - below[0]);
    return { value: below[1] + share * (above[1] - below[1]), how: "between" };
  }
  return { value: beyond(sorted, rooms, law), how: "extrapolated" };
}

function beyond(sorted: readonly Point[], rooms: number, law: Law): number {
  const [size, value] = sorted.at(-1) ?? [1, 0];
  // Sizes that are near to each other would tell more of the noise than of the curve.
  const [smaller, less] = sorted.findLast(([each]) => each <= size / 2) ?? [0, 0];
  if (law === "proportional" || smaller === 0) return (value / size) * rooms;
  const square = (value / size - less / smaller) / (size - smaller);
  const straight = value / size - square * size;
  if (square <= 0) return (value / size) * rooms;
  if (straight < 0) return (value / size ** 2) * rooms ** 2;
  return straight * rooms + square * rooms ** 2;
}
