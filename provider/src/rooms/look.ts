import { type Action, isBareRefusal, isCause, MeteredError } from "../errors";
import type { RoomReply } from "./api";
import { isFinished } from "./expiry";
import { callAbout, nowSeconds, type Place } from "./place";
import type { KnownRoom } from "./room";

/** What it takes to look at a room. */
type View = Pick<Place, "type" | "api">;

/**
 * The room under a name, or undefined if it is certain that there is none: Metered says so in words or, for a meeting
 * room, answers 404 although app and key are right. An archived room counts as gone unless it is asked for.
 *
 * @throws MeteredError `RoomStatusUnknown` when the response may mean either, and every error of the API
 */
export async function find(
  view: View,
  name: string,
  action: Action = "read",
  { archived = false } = {},
): Promise<RoomReply | undefined> {
  const { type, api } = view;
  let room: RoomReply;
  try {
    room = await api.get(name);
  } catch (error) {
    if (isBareRefusal(error)) throw statusUnknown(view, name, action, "Invalid request");
    if (!isCause(error, "RoomNotFound")) throw error;
    if (error.facts.certain) return undefined;
    // A live room's route may have moved, or its product may be switched off: that is no word on the room.
    if (!type.canDelete) throw statusUnknown(view, name, action, "HTTP 404");
    await api.proveAccount(name);
    return undefined;
  }
  return room.archived && !archived ? undefined : room;
}

/** The living room that a create under a name would meet. */
export interface Met {
  readonly room: RoomReply;
  /** The very name leads to it. Otherwise its lower case does: a server that lowers names need not look them up so. */
  readonly isNamedSo: boolean;
}

/** The living room under a name or its lower case. A response that may mean either shows no room. */
export async function findUnder(view: View, name: string): Promise<Met | undefined> {
  for (const spelling of new Set([name, name.toLowerCase()])) {
    const room = await find(view, spelling).catch((error: unknown) => {
      if (isCause(error, "RoomStatusUnknown")) return undefined;
      throw error;
    });
    if (room) return { room, isNamedSo: spelling === name };
  }
  return undefined;
}

/**
 * The living room that the state is about, undefined if it is gone. A room that has deleted itself as declared is gone
 * as soon as the account is the right one.
 */
export async function findKnown(place: Place, known: KnownRoom, action: Action): Promise<RoomReply | undefined> {
  const name = known.name.actual;
  try {
    return await find(place, name, action);
  } catch (error) {
    const isOver = isFinished(known.settings, nowSeconds(place));
    if (!isCause(error, "RoomStatusUnknown") || !isOver) throw error;
    await place.api.proveAccount(name);
    return undefined;
  }
}

/**
 * The room of that name for whoever did not create it: one GET.
 *
 * @throws MeteredError `RoomNotFound`, `RoomStatusUnknown`, and every error of the API
 */
export async function lookUp(view: View, name: string, options: { readonly archived: boolean }): Promise<RoomReply> {
  const room = await find(view, name, "look up", options);
  if (!room) throw new MeteredError({ cause: "RoomNotFound", certain: true, ...callAbout(view, "look up", name) });
  return room;
}

function statusUnknown(view: View, name: string, action: Action, said: string): MeteredError {
  const call = callAbout(view, action, name);
  return new MeteredError({ cause: "RoomStatusUnknown", said, isLive: !view.type.canDelete, ...call });
}
