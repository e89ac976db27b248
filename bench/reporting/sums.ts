import type { GrowthRow, Results } from "../recorded";

type Summed = keyof NonNullable<GrowthRow["further"]>;

/**
 * What a command takes in one stack that was measured by further rooms only: a stack that was measured as a whole, the
 * further rooms between the two sizes as their cost grows from one to the other, and for `up` what more rooms cost a run
 * that changes nothing. Undefined where there is no whole to start from, or nothing was measured.
 */
export function summedUp(command: Summed, rooms: number, results: Results): number | undefined {
  const sizes = results.growth.flatMap(({ shape, rooms: size, taken, further }) =>
    shape === "one" && further
      ? [{ size, each: further[command].secondsEach, quiet: taken["no-op up"]?.seconds ?? 0 }]
      : [],
  );
  const start = sizes.findLast(({ size }) => size < rooms && whole(command, size, results) !== undefined);
  const end = sizes.find(({ size }) => size === rooms);
  if (!start || !end) return undefined;
  const way = sizes.filter(({ size }) => size >= start.size && size <= rooms);
  const further = way.slice(1).reduce((total, { size, each }, index) => {
    const before = way[index] ?? start;
    return total + ((size - before.size) * (each + before.each)) / 2;
  }, 0);
  const more = command === "up" ? end.quiet - start.quiet : 0;
  return (whole(command, start.size, results) ?? 0) + further + more;
}

/** What a whole stack of this provider took, measured beside the others. */
function whole(command: Summed, rooms: number, { times }: Results): number | undefined {
  return times.find((row) => row.name === "pulumi-metered" && row.rooms === rooms)?.taken[command]?.seconds;
}

/** How good the sums are: the largest stack that was measured as a whole, and what they make of it. */
export function proofOf(
  command: Summed,
  results: Results,
): { rooms: number; summed: number; measured: number } | undefined {
  const proofs = results.growth.flatMap(({ shape, rooms }) => {
    const [measured, summed] = [whole(command, rooms, results), summedUp(command, rooms, results)];
    return shape === "one" && measured !== undefined && summed !== undefined ? [{ rooms, summed, measured }] : [];
  });
  return proofs.at(-1);
}
