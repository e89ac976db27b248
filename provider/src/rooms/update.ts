import { MeteredError } from "../errors";
import type { RoomReply } from "./api";
import { refuseOtherApp } from "./diff";
import { isFinished } from "./expiry";
import { findKnown } from "./look";
import { callAbout, nowSeconds, type Place } from "./place";
import { bring } from "./reconcile";
import { type KnownRoom, type KnownSettings, shownIn, type WantedRoom } from "./room";
import { subjectOf } from "./roomType";
import { type Settled, settled } from "./settled";

/**
 * Changes the room to what the program declares: a GET, then a PUT if anything differs.
 *
 * @throws MeteredError `RoomNotFound`, `RoomReplacedOutside`, `NameUsedTwice`, `AppChanged`, and every error of
 * the API
 */
export async function update(place: Place, known: KnownRoom, wanted: WantedRoom): Promise<Settled> {
  refuseOtherApp(place, known, "update");
  return place.claims.inOrder(place.type, known.name.actual, () => updateInOrder(place, known, wanted));
}

/** The same, for whoever has the name's turn already. */
export async function updateInOrder(place: Place, known: KnownRoom, wanted: WantedRoom): Promise<Settled> {
  const { claims, owner } = place;
  const room = await findKnown(place, known, "update");
  const isOurs = room !== undefined && (known.roomId === undefined || room.roomId === known.roomId);
  if (!room || (!isOurs && isFinished(known.settings, nowSeconds(place)))) return unlessChanged(place, known, wanted);
  if (!isOurs) return adopt(place, known, room, wanted);
  claims.claim(room.roomId, { owner, how: "keeps" });
  return settled(place, wanted.name, await bring(place, room, trusted(place, known, room), wanted.settings));
}

/** The state of another provider may hold whatever that wrote into it: the room tells, and the state only where it doesn't. */
function trusted({ type }: Place, { origin, settings }: KnownRoom, room: RoomReply): KnownSettings {
  if (origin !== "foreign") return settings;
  const shown = shownIn(type, room);
  return Object.fromEntries(Object.entries(settings).filter(([name]) => shown[name] === undefined));
}

/** Our room is gone, and another one has its name: it is adopted if the user said so and no resource claims it. */
async function adopt(place: Place, known: KnownRoom, room: RoomReply, wanted: WantedRoom): Promise<Settled> {
  const { type, claims, owner, adoptExisting } = place;
  const name = known.name.actual;
  const call = callAbout(place, "update", name);
  // The resource that has the room may be one that Pulumi is about to tell of.
  await claims.told(type, name, room.roomId, owner);
  const claim = claims.claimOf(room.roomId);
  if (claim) throw new MeteredError({ cause: "NameUsedTwice", how: "kept", holder: claim.owner, ...call });
  if (!adoptExisting) {
    const ids = { there: room.roomId, ours: known.roomId ?? "" };
    throw new MeteredError({ cause: "RoomReplacedOutside", ...ids, ...call });
  }
  const rival = claims.wanted.rivalOf(type, name, owner);
  if (rival) throw new MeteredError({ cause: "NameUsedTwice", how: "wanted", holder: rival.owner, ...call });
  claims.claim(room.roomId, { owner, how: "adopted" });
  const brought = await bring(place, room, {}, wanted.settings);
  place.tell({ note: "adopted", subject: subjectOf(type, room.roomName) });
  return settled(place, wanted.name, brought);
}

/**
 * A room that has deleted itself as declared has nothing left to change, and nothing is wrong with it: an update that
 * changes no setting (Pulumi asks for one when only the provider's line in the state differs) leaves it as it was.
 */
function unlessChanged(place: Place, known: KnownRoom, wanted: WantedRoom): Settled {
  const isOver = isFinished(known.settings, nowSeconds(place));
  const names = new Set([...Object.keys(known.settings), ...Object.keys(wanted.settings)]);
  const isChanged = [...names].some((name) => known.settings[name] !== wanted.settings[name]);
  if (isOver && !isChanged) return { known: { ...known, name: { ...known.name, ...wanted.name } }, shortfalls: [] };
  const call = callAbout(place, "update", known.name.actual);
  throw new MeteredError({ cause: "RoomNotFound", certain: true, isOver, ...call });
}
