import { EXPLANATIONS } from "./explanations";

/** The section about a class of errors in docs/errors.md, for a terminal; undefined for what is no class. */
export function explanationOf(cause: string): string | undefined {
  return Object.hasOwn(EXPLANATIONS, cause) ? EXPLANATIONS[cause] : undefined;
}

/** Every class that can be explained, in the order of the page. */
export function explainedCauses(): string[] {
  return Object.keys(EXPLANATIONS);
}
