import { EXPLANATIONS } from "./explanations";

/** The section about a class of errors in docs/errors.md, for a terminal; undefined for what is no class. */
export function explanationOf(cause: string): string | undefined {
  return Object.hasOwn(EXPLANATIONS, cause) ? EXPLANATIONS[cause] : undefined;
}

/** What a class means, in one line: the first sentence of its section. */
export function meaningOf(cause: string): string {
  const [sentence = ""] = /^[\s\S]*?\.(?=\s|$)/.exec(explanationOf(cause) ?? "") ?? [];
  return sentence.replace(/\s+/g, " ");
}

/** Every class that can be explained, in the order of the page. */
export function explainedCauses(): string[] {
  return Object.keys(EXPLANATIONS);
}
