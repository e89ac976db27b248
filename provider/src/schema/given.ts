/** What a message may say of what a program gives and can't be right: what it is, and what was probably meant. */

/**
 * What a program gives instead. Never quotes it: any input may be a secret, and a dynamic provider isn't told of that. Only
 * the numbers of settings that are numbers are shown.
 */
export function butIs(value: unknown): string {
  if (value === undefined) return "";
  if (value === null) return ", not null";
  if (Array.isArray(value)) return ", not a list";
  return `, not ${typeof value === "object" ? "an" : "a"} ${typeof value}`;
}

/** The same for a setting that is a number. */
export function butIsNumber(value: unknown): string {
  return typeof value === "number" ? `, not ${value}` : butIs(value);
}

/** What is wrong with a value that must be one of these words. */
export function choiceProblem(value: unknown, words: readonly string[]): string | undefined {
  if (typeof value === "string" && words.includes(value)) return undefined;
  const right = `must be ${words.map((word) => JSON.stringify(word)).join(" or ")}`;
  if (typeof value !== "string") return `${right}${butIs(value)}`;
  const meant = nearest(value, words);
  return meant === undefined ? `${right}, not another string` : `${right}: did you mean ${JSON.stringify(meant)}?`;
}

/** The known word that somebody may have meant: the nearest one, if only few of its characters differ. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((each) => ({ each, away: distance(each.toLowerCase(), word.toLowerCase()) }))
    .sort((a, b) => a.away - b.away);
  return best && best.away <= Math.max(2, word.length / 3) ? best.each : undefined;
}

/** How many characters have to change to get from one word to the other (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitution));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
