import type { KeptInState } from "../operations";
import { sayError } from "./errors";
import { sayShortfalls } from "./notes";
import { saySomeRoomsFailed } from "./sets";
import type { Viewpoint } from "./viewpoint";

/** Why an object that is kept in the state isn't as declared. Pulumi shows these reasons, and no other message. */
export function sayKept({ subject, shortfalls, lost, rooms }: KeptInState, from: Viewpoint): string[] {
  // As one reason: Pulumi counts them, and its count would be one of lines.
  if (rooms) return [saySomeRoomsFailed(rooms, from).join("\n")];
  return lost ? [sayError(lost.facts, from)] : sayShortfalls(subject, shortfalls);
}
