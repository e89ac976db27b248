import { FaultError } from "../faults/parse";
import { NoSuchRoomError } from "../rooms/dashboard";
import { SwitchError } from "../switches/board";

/** The sentence that a person reads when a control request makes no sense. */
export class ControlError extends Error {}

/** The same when what it is about does not exist. */
export class NotThereError extends ControlError {}

/** The status that goes with an error's sentence. */
export function statusOf(error: Error & { statusCode?: number }): number {
  if (error instanceof NoSuchRoomError || error instanceof NotThereError) return 404;
  const isMistake = [ControlError, FaultError, SwitchError].some((mistake) => error instanceof mistake);
  return isMistake ? 400 : (error.statusCode ?? 500);
}
