import { type Action, isCause, type MeteredError, type Subject } from "../../errors";
import type { Settled } from "../settled";

/** Why one room of a set isn't as declared: an error, or what came of an operation that reached the server. */
export interface RoomFailure {
  readonly key: string;
  /** The room. */
  readonly subject: Subject;
  readonly error?: unknown;
  readonly settled?: Settled;
}

/** An operation on a set of which some rooms failed. What became of the others is in the state, where there is one. */
export class SomeRoomsFailed extends Error {
  constructor(
    readonly action: Action,
    readonly subject: Subject,
    /** How many rooms the operation was about. */
    readonly total: number,
    readonly failures: readonly RoomFailure[],
    /** How many rooms were not begun, because the operation was stopped or couldn't go on. */
    readonly notBegun: number,
  ) {
    super("SomeRoomsFailed");
    this.name = this.message;
  }
}

/** Whether an error is about the account, so that every other room would meet it, too. */
export function isAboutAll(error: unknown): error is MeteredError {
  return isCause(error, "InvalidSecretKey", "UnknownApp", "AppChanged", "InvalidConfiguration");
}

/** Whether an error says that Metered couldn't be reached, or didn't work, for as long as the provider waits. */
export function isOutage(error: unknown): error is MeteredError {
  return isCause(error, "NoConnection", "RateLimited", "ServerError");
}
