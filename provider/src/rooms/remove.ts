import { isCause, MeteredError } from "../errors";
import type { RoomReply } from "./api";
import type { Claim } from "./claims";
import type { Departure } from "./departures";
import { refuseOtherApp } from "./diff";
import { extendedUntil, isFinished } from "./expiry";
import { find, findKnown } from "./look";
import { callAbout, nowSeconds, type Place } from "./place";
import type { KnownRoom } from "./room";
import { subjectOf } from "./roomType";

/**
 * Deletes the room that the state is about, and no other: a GET, then a DELETE. A room that is gone, archived, not ours
 * any more or another resource's by now is success.
 *
 * @throws MeteredError `CannotDelete` for a live-streaming room that stays and for a room to be replaced that got more
 * time, `RoomStatusUnknown`, `AppChanged`, and every error of the API
 */
export async function remove(place: Place, known: KnownRoom): Promise<void> {
  refuseOtherApp(place, known, "delete");
  const { type, claims } = place;
  const name = known.name.actual;
  const departure = claims.departureOf(type, name);
  // Whoever wants the name of a renamed resource waits in the queue of that name, for this very room to go.
  if (departure?.roomId === known.roomId && departure?.isHandedOver === false) {
    return claims.handOver(departure, () => removeInOrder(place, known));
  }
  return claims.inOrder(type, name, () => removeInOrder(place, known));
}

async function removeInOrder(place: Place, known: KnownRoom): Promise<void> {
  const { type, claims, tell } = place;
  const subject = subjectOf(type, known.name.actual);
  const claim = known.roomId === undefined ? undefined : claims.claimOf(known.roomId);
  if (claim && belongsToOther(claim, place)) return tell({ note: "handed over", subject });
  const room = await findKnown(place, known, "delete");
  if (!room) return;
  if (known.roomId !== undefined && room.roomId !== known.roomId) {
    // Where the name was handed on within this run, that was to be expected.
    if (claims.claimOf(room.roomId) === undefined) tell({ note: "other room", subject });
    return;
  }
  if (claim?.how === "replaces") refuseUnlessOver(place, known, room);
  await deleteFound(place, room);
}

/**
 * Whether the room is another resource's by now. One that was adopted in this run isn't deleted by whoever had it before,
 * not even by the same resource, whose old room it then was. A resource that changes or replaces its room may delete it,
 * and so may the one that has created it.
 */
function belongsToOther({ how, owner }: Claim, place: Place): boolean {
  if (how === "adopted") return true;
  if (how !== "keeps") return false;
  // An old room of a resource that keeps its own is the same one: an interrupted run had adopted it once more. Only a
  // resource that has got another room in this run gives the one up that it said it keeps. Rooms that the program no longer
  // declares have no claim at all, not even after a refresh, which compares them too.
  return owner === undefined || owner !== place.owner || !place.claims.hasCreated(owner);
}

/**
 * Deletes the room that a renamed resource leaves, for whoever is to get its name. The engine's own delete, which comes
 * at the end of the run, finds it gone.
 */
export async function giveUpName(place: Place, departure: Departure): Promise<void> {
  await place.claims.handOver(departure, async () => {
    const room = await find(place, departure.name, "delete");
    if (room?.roomId === departure.roomId) await deleteFound(place, room);
  });
}

/** A finished room is replaced by a new one; somebody may have given it more time, of which the state doesn't know. */
function refuseUnlessOver(place: Place, known: KnownRoom, room: RoomReply): void {
  const now = nowSeconds(place);
  const until = isFinished(known.settings, now) ? extendedUntil(place.type, room, now) : undefined;
  if (until === undefined) return;
  throw new MeteredError({
    cause: "CannotDelete",
    how: "extended",
    until,
    ...callAbout(place, "delete", room.roomName),
  });
}

async function deleteFound(place: Place, room: RoomReply): Promise<void> {
  const { type, api } = place;
  let refusal: unknown;
  try {
    await api.delete(room.roomName);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    refusal = error;
  }
  // Documented deletes are believed. Of all others the room itself must tell.
  if (type.canDelete && refusal === undefined) return;
  if (!(await isStillThere(place, room))) return;
  if (type.canDelete) throw refusal;
  const call = callAbout(place, "delete", room.roomName);
  throw new MeteredError({ cause: "CannotDelete", how: "still there", ...call });
}

/** Errors of a DELETE after which the room may or may not be there, as opposed to those that are no response at all. */
function isRefusal(error: unknown): boolean {
  return isCause(
    error,
    "RequestRefused",
    "LiveStreamingOff",
    "PlanLimit",
    "RoomNotFound",
    "UnknownApp",
    "InvalidSetting",
    "UnexpectedResponse",
  );
}

/** The first look showed the room, so a response that may mean either now means that it is gone. */
async function isStillThere(place: Place, room: RoomReply): Promise<boolean> {
  try {
    return (await find(place, room.roomName))?.roomId === room.roomId;
  } catch (error) {
    if (isCause(error, "RoomStatusUnknown")) return false;
    throw error;
  }
}
