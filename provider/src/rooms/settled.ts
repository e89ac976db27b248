import type { MeteredError } from "../errors";
import type { Shortfall } from "../notes";
import type { WantedName } from "./name";
import type { Place } from "./place";
import type { Brought } from "./reconcile";
import { type KnownRoom, knownRoom } from "./room";

/**
 * The end of an operation that reached the server. The room is in the state from here on, whatever else happened; with
 * a shortfall, or when the response was lost, the engine has to come back to it.
 */
export interface Settled {
  readonly known: KnownRoom;
  /** Why the room isn't as declared; empty when it is. */
  readonly shortfalls: readonly Shortfall[];
  /** The response to the update was lost, and the room may or may not be as declared. */
  readonly lost?: MeteredError | undefined;
}

export function settled(place: Place, name: WantedName, { room, settings, shortfalls, lost }: Brought): Settled {
  return { known: knownRoom(place.type, place.api, room, name, settings), shortfalls, lost };
}
