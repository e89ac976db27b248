import { nearest } from "../schema/given";

/** ` Did you mean import?`, or nothing where no known word is near enough to be meant. */
export function didYouMean(word: string, known: readonly string[]): string {
  const meant = nearest(word, known);
  return meant === undefined ? "" : ` Did you mean ${meant}?`;
}
