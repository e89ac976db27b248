import { MeteredError } from "../../errors";
import { SomeRoomsFailed } from "../../rooms/set/failures";
import { KeptInState } from "../operations";
import { sayError } from "../words/errors";
import { sayKept } from "../words/kept";
import { saySomeRoomsFailed } from "../words/sets";
import type { Viewpoint } from "../words/viewpoint";

/** An error as Pulumi shows it best: the message at the resource, and one short line at the stack. */
class ShownError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
    // Pulumi prints `${error}: ${error.stack}` beside the message, one line each: without this, seven times the same.
    this.stack = "see the message for that resource";
  }

  override toString(): string {
    return this.name;
  }
}

/** What Pulumi's shim knows by `id`, `properties` and `reasons`: the object is kept in the state, and is come back to. */
class ShownInitFailure extends ShownError {
  readonly id: string;
  readonly #properties: Record<string, unknown>;

  constructor(
    kept: KeptInState,
    text: Record<string, unknown>,
    readonly reasons: string[],
  ) {
    super(kept.name, reasons.join("\n"));
    this.id = kept.id;
    this.#properties = { ...kept.outputs, ...text };
  }

  /** Nobody who prints the error prints them: secret settings are among them, in plaintext. */
  get properties(): Record<string, unknown> {
    return this.#properties;
  }
}

/** An error in words; what is none of ours stays as it is. */
export function shown(error: unknown, from: Viewpoint): unknown {
  if (error instanceof SomeRoomsFailed) return new ShownError(error.name, saySomeRoomsFailed(error, from).join("\n"));
  return error instanceof MeteredError ? new ShownError(error.name, sayError(error.facts, from)) : error;
}

/** The same, for a call after which the object may be kept in the state: there it says where its code is. */
export function asKept(error: unknown, from: Viewpoint, text: Record<string, unknown>): unknown {
  return error instanceof KeptInState ? new ShownInitFailure(error, text, sayKept(error, from)) : shown(error, from);
}
