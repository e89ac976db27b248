import { refuseOtherApp } from "./diff";
import { isFinished } from "./expiry";
import { findKnown } from "./look";
import { nowSeconds, type Place } from "./place";
import { type KnownRoom, knownRoom, liveSettings } from "./room";

/**
 * The room as it is, for a refresh: one GET. Undefined when it is gone; a room under its name with another `_id` is not
 * ours, so then ours is gone, too.
 *
 * @throws MeteredError `RoomStatusUnknown`, `AppChanged`, and every error of the API
 */
export async function read(place: Place, known: KnownRoom): Promise<KnownRoom | undefined> {
  const { type, api } = place;
  refuseOtherApp(place, known, "read");
  const room = await findKnown(place, known, "read");
  const isOurs = room !== undefined && (known.roomId === undefined || room.roomId === known.roomId);
  if (isOurs) return knownRoom(type, api, room, known.name, liveSettings(type, known.settings, room));
  // Its absence is what was declared, and whatever has its name by now has nothing to do with it.
  return isFinished(known.settings, nowSeconds(place)) ? known : undefined;
}
