import { isCause } from "../../errors";
import { isSensitive } from "../../schema/kinds";
import type { RoomApi, RoomReply } from "../api";
import type { Place } from "../place";
import { type KnownRoom, settingsOf } from "../room";
import type { RoomType } from "../roomType";
import type { SetPlace } from "./setPlace";

/** Gives one room's operations the place that they work in. */
export type PlaceFor = (known: KnownRoom, needs: "settings" | "identity") => Place;

/**
 * The place for each of so many rooms that are about to be looked at. Where Metered lists the rooms, one request shows them
 * all, and the first look at a room is answered from it; what the list doesn't show in full is asked for by itself.
 *
 * @param looks at how many rooms
 */
export async function observe(place: SetPlace, looks: number): Promise<PlaceFor> {
  // One room by itself is shown faster by itself: the app may have thousands.
  if (!place.list || looks < 2) return () => place;
  const { claims, type } = place;
  const isUntouched = claims.watch();
  let listed: readonly RoomReply[];
  try {
    listed = await place.list();
  } catch (error) {
    // The list of all rooms of the app may be too large, where each room of the set isn't.
    const isTooLarge = isCause(error, "NoConnection") && error.facts.advice === "size";
    if (!isTooLarge && !isCause(error, "UnexpectedResponse", "RequestRefused", "RoomNotFound")) throw error;
    return () => place;
  }
  const living = new Map(listed.filter(({ archived }) => !archived).map((room) => [room.roomName, room]));
  const archived = new Map(listed.filter((room) => room.archived).map((room) => [room.roomId, room]));
  return (known, needs) => {
    const room = living.get(known.name.actual) ?? archived.get(known.roomId ?? "");
    const isEnough = room && (needs === "identity" || room.archived || showsAll(type, room, known));
    const name = known.name.actual;
    // Another resource may have got the name meanwhile, and a room with it: Metered deletes by name.
    const holds = () => isUntouched(type, name);
    return isEnough ? { ...place, api: showingFirst(place.api, name, room, holds) } : place;
  };
}

/** Whether an entry of the list shows every setting that the state has. A secret may be left out anywhere. */
function showsAll(type: RoomType, { body }: RoomReply, { settings }: KnownRoom): boolean {
  return settingsOf(type).every(
    ([name, field]) => settings[name] === undefined || isSensitive(field) || body[name] !== undefined,
  );
}

/**
 * The API, but for the first look at a room, which was made already. After anything else it isn't true any more.
 *
 * @param holds whether nothing else has been done under the name since
 */
function showingFirst(api: RoomApi, name: string, room: RoomReply, holds: () => boolean): RoomApi {
  let isFresh = true;
  const stale = <T>(work: () => T): T => {
    isFresh = false;
    return work();
  };
  return {
    appName: api.appName,
    origin: api.origin,
    tries: () => api.tries(),
    proveAccount: (each) => api.proveAccount(each),
    get: (each) => (isFresh && each === name && holds() ? stale(() => Promise.resolve(room)) : api.get(each)),
    create: (...args) => stale(() => api.create(...args)),
    update: (...args) => stale(() => api.update(...args)),
    delete: (...args) => stale(() => api.delete(...args)),
  };
}
