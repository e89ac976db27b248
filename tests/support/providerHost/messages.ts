import type { AddressTrouble } from "../addresses";

/** What the tests ask of the process. It answers each request, in turn. */
export type Request =
  /** End the provider that runs, and begin another one. */
  | { readonly ask: "begin" }
  /** Let so many milliseconds pass. */
  | { readonly ask: "skip"; readonly ms: number }
  /** Have the next connections to the simulator fail so. */
  | { readonly ask: "strike"; readonly next: readonly AddressTrouble[]; readonly always: AddressTrouble | undefined };

/** What the process says. */
export type Answer =
  | { readonly said: "began"; readonly port: number; readonly now: number }
  | { readonly said: "struck" }
  | { readonly said: "passed" }
  /** Unasked: somebody would have waited, so its clock has gone on. */
  | { readonly said: "skipped"; readonly now: number };
