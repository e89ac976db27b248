/** Rows of values, one per factor, such that every combination of the values of any few factors is in some row. */

export type Factors = Readonly<Record<string, readonly (string | number)[]>>;
export type Row = Readonly<Record<string, string | number>>;

/** How many rows are drawn for each that is kept, the one that covers most: of triples there are many. */
const CANDIDATES = { 2: 12, 3: 2 } as const;

/** One value of each of a few factors, as a key. */
type Combination = string;

/**
 * Greedy: each row begins with a combination that none has yet, and takes for each other factor, in random order, the
 * value that completes most of those still missing. The seed makes it the same on every machine.
 */
export function coveringArray(factors: Factors, strength: 2 | 3, seed = 1): Row[] {
  const random = randomNumbers(seed);
  const missing = new Set(combinationsOf(factors, strength));
  const rows: Row[] = [];
  for (const start of missing) {
    if (!missing.has(start)) continue;
    let best: { row: Row; covers: Combination[] } | undefined;
    for (let i = 0; i < CANDIDATES[strength]; i++) {
      const row = drawRow(factors, start, missing, strength, random);
      const covers = combinationsIn(row, strength).filter((combination) => missing.has(combination));
      if (covers.length > (best?.covers.length ?? 0)) best = { row, covers };
    }
    for (const combination of best?.covers ?? []) missing.delete(combination);
    if (best) rows.push(best.row);
  }
  return rows;
}

/** Every combination that some row must have. */
export function combinationsOf(factors: Factors, strength: 2 | 3): Combination[] {
  return subsetsOf(Object.keys(factors).sort(), strength).flatMap((names) =>
    names.reduce<Combination[]>(
      (begun, name) =>
        begun.flatMap((combination) =>
          (factors[name] ?? []).map((value) => join(combination, `${name}=${String(value)}`)),
        ),
      [""],
    ),
  );
}

/** Every combination that is in a row. */
export function combinationsIn(row: Row, strength: 2 | 3): Combination[] {
  const pairs = Object.keys(row)
    .sort()
    .map((name) => `${name}=${String(row[name])}`);
  return subsetsOf(pairs, strength).map((subset) => subset.join("|"));
}

function drawRow(
  factors: Factors,
  start: Combination,
  missing: ReadonlySet<Combination>,
  strength: 2 | 3,
  random: () => number,
): Row {
  const row: Record<string, string | number> = {};
  for (const part of start.split("|")) {
    const name = part.slice(0, part.indexOf("="));
    const value = factors[name]?.find((candidate) => `${name}=${String(candidate)}` === part);
    if (value !== undefined) row[name] = value;
  }
  const rest = shuffled(
    Object.keys(factors).filter((name) => !(name in row)),
    random,
  );
  for (const name of rest) {
    const settled = Object.entries(row).map(([other, value]) => `${other}=${String(value)}`);
    const others = subsetsOf(settled, strength - 1);
    let best: { value: string | number; gain: number } | undefined;
    for (const value of shuffled(factors[name] ?? [], random)) {
      const part = `${name}=${String(value)}`;
      const gain = others.filter((subset) => missing.has([...subset, part].sort().join("|"))).length;
      if (best === undefined || gain > best.gain) best = { value, gain };
    }
    if (best) row[name] = best.value;
  }
  return row;
}

function subsetsOf<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, i) => subsetsOf(items.slice(i + 1), size - 1).map((rest) => [item, ...rest]));
}

function join(begun: Combination, part: string): Combination {
  return begun === "" ? part : `${begun}|${part}`;
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** Mulberry32. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
