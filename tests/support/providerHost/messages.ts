import type { AddressTrouble } from "../addresses";

/** What the tests ask of the process. It answers each request, in turn. */
export type Request =
  /** End the provider that runs, and begin another one. */
  | { readonly ask: "begin" }
  /** Let so many milliseconds pass. */
  | { readonly ask: "skip"; readonly ms: number }
  /** Have whoever waits from now on wait for `next`, or no longer. */
  | { readonly ask: "hold"; readonly isHeld: boolean }
  /** Let time pass until the next of them goes on. */
  | { readonly ask: "next" }
  /** Who waits? */
  | { readonly ask: "look" }
  /** Have the next connections to the simulator fail so. */
  | { readonly ask: "strike"; readonly next: readonly AddressTrouble[]; readonly always: AddressTrouble | undefined };

/** What the process says. */
export type Answer =
  | { readonly said: "began"; readonly port: number; readonly now: number }
  | { readonly said: "struck" }
  | { readonly said: "passed" }
  /** How many have begun to wait so far, and when the next of them is to go on. */
  | { readonly said: "seen"; readonly waits: number; readonly nextAt: number | undefined }
  /** Unasked: somebody would have waited, so its clock has gone on. */
  | { readonly said: "skipped"; readonly now: number };
