import { distance } from "../schema/check";

/** ` Did you mean import?`, or nothing where no known word is near enough to be meant. */
export function didYouMean(word: string, known: readonly string[]): string {
  const [nearest] = known
    .map((each) => ({ each, away: distance(each.toLowerCase(), word.toLowerCase()) }))
    .sort((a, b) => a.away - b.away);
  return nearest && nearest.away <= Math.max(2, word.length / 3) ? ` Did you mean ${nearest.each}?` : "";
}
