import assert from "node:assert/strict";
import type { Bag } from "../../provider/src/pulumi/state";

/** What Pulumi keeps of a room although the call failed. */
export interface InitFailure {
  readonly id: string;
  readonly properties: Bag;
  readonly reasons: readonly string[];
}

/** Both the tests of the engine and those of the wire know an error by what its reader can tell: its words alone. */
export class Told extends Error {
  /** The class that stands in brackets at the end. Of an update whose response was lost it is "LostUpdate". */
  override readonly cause: string;
  readonly mayHaveHappened: boolean;
  readonly kept: InitFailure | undefined;

  constructor(message: string, kept?: InitFailure) {
    const text = kept ? kept.reasons.join("\n") : message;
    super(text);
    this.kept = kept;
    this.mayHaveHappened = /may have been (created|updated|deleted)\./.test(text);
    this.cause = classTold(text) ?? "no class that a reader could tell";
    this.name = kept && this.mayHaveHappened ? "LostUpdate" : this.cause;
  }
}

/** The class of a message: it stands in brackets at its very end, and nowhere else. */
function classTold(message: string): string | undefined {
  return classesTold(message).length === 1 ? /\[([A-Z]\w+)\]$/.exec(message)?.[1] : undefined;
}

/** Every class that a text names in brackets at the end of a line: one, where the text is one message. */
export function classesTold(text: string): string[] {
  return [...text.matchAll(/\[([A-Z][A-Za-z]+)\]$/gm)].map(([, name]) => name ?? assert.fail());
}
