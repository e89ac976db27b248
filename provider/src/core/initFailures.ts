import { MeteredError } from "./errors";

/**
 * The room exists and is kept in state, but it is not as declared. Pulumi shows the reasons only, never the message,
 * and runs `update` on the next `up`.
 */
export class NotAsDeclared extends MeteredError {
  /** Nobody who prints the error prints them: secret settings are among them, in clear. */
  readonly #properties: Record<string, unknown>;

  constructor(
    readonly id: string,
    properties: Record<string, unknown>,
    readonly reasons: string[],
    mayHaveHappened = false,
  ) {
    super(reasons.join(" "), mayHaveHappened);
    this.#properties = properties;
  }

  /** The complete outputs, `__provider` included. */
  get properties(): Record<string, unknown> {
    return this.#properties;
  }

  /** How Node shows the error. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return `${this.name}: ${this.message}`;
  }
}

/**
 * An update whose reply was lost. The room is kept in state as it was, together with what is unsettled: so the next `up`
 * calls `update` again, even if the program is back to what the state says.
 */
export class LostUpdate extends NotAsDeclared {
  constructor(id: string, properties: Record<string, unknown>, cause: MeteredError) {
    super(id, properties, [cause.message], true);
  }
}
