import { refuseOtherApp } from "../diff";
import { CannotTell } from "../errors";
import { describeRoom, type RoomType } from "../field";
import { INTERNAL } from "../internal";
import { allSettings, internalsOf, liveSettings, namesIn, outputsOf } from "../outputs";
import type { RoomApi, RoomReply } from "../roomApi";
import { askedName, type Bag, compact, declaredIn, isFinished, roomIdIn, shownIn, unsettledIn } from "../state";
import { type Context, find, isBareRefusal } from "./context";
import { lookUp, notThere } from "./lookUp";

export interface ReadRoom {
  /** Empty when the room is gone. */
  readonly id: string;
  readonly props: Record<string, unknown>;
  readonly inputs?: Record<string, unknown>;
}

/**
 * The room as it is, for a refresh (`olds` are its outputs) or a lookup by id (`olds` is empty): one GET.
 *
 * @throws RoomNotFound for a first lookup, CannotTell when Metered's refusal may mean two things, and every error of the API
 */
export async function read(context: Context, id: string, olds: Bag): Promise<ReadRoom> {
  const { type, api } = context;
  refuseOtherApp(type, id, olds, api.appName);
  if (roomIdIn(olds) === undefined && declaredNothing(type, olds)) return firstLookedUp(context, id);
  const room = await findOrTell(context, id, olds);
  if (room && olds[INTERNAL.isLookup] === true) return lookedUp(type, api, room);
  const isOther = room !== undefined && roomIdIn(olds) !== undefined && room.roomId !== roomIdIn(olds);
  // Whatever has the name of a room that is over, by now, has nothing to do with it.
  if ((!room || isOther) && isFinished(olds, context.now() / 1000)) return asBefore(type, id, olds);
  if (!room) return { id: "", props: {} };
  if (isOther) return replacedOutside(type, id, olds, room);
  return refreshed(type, api, olds, room);
}

/**
 * The living room that the state is about, undefined for none. A refusal that may mean either is told as such, but for
 * a room that has deleted itself as declared: there it is enough that the account is the right one.
 *
 * @throws CannotTell, and every error of the API
 */
export async function findOrTell({ type, api, now }: Context, id: string, olds: Bag): Promise<RoomReply | undefined> {
  try {
    return await find(api, id);
  } catch (error) {
    if (!isBareRefusal(error)) throw error;
    if (!isFinished(olds, now() / 1000)) throw new CannotTell(describeRoom(type, id), !type.canDelete);
    await api.proveAccount(id);
    return undefined;
  }
}

function declaredNothing(type: RoomType, olds: Bag): boolean {
  return Object.keys(declaredIn(type, olds)).length === 0;
}

async function firstLookedUp(context: Context, id: string): Promise<ReadRoom> {
  return lookedUp(context.type, context.api, await lookUpLiving(context, id));
}

/** @throws RoomNotFound, CannotTell, and every error of the API */
export async function lookUpLiving(context: Context, id: string): Promise<RoomReply> {
  const room = await lookUp(context, id);
  if (room.archived) throw notThere(context, id);
  return room;
}

/** Without inputs: Pulumi would store them, and could not know which of them are secret. */
function lookedUp(type: RoomType, api: RoomApi, room: RoomReply): ReadRoom {
  const names = { roomName: room.roomName, [INTERNAL.isLookup]: true };
  return { id: room.roomName, props: outputsOf(type, api, room, allSettings(type, room), names, {}), inputs: {} };
}

function refreshed(type: RoomType, api: RoomApi, olds: Bag, room: RoomReply): ReadRoom {
  const settings = liveSettings(type, declaredIn(type, olds), room);
  const known = { roomName: room.roomName, ...olds };
  // Among the inputs it shows in the preview, and makes the next `up` settle it.
  const unsettled = stillUnsettled(type, olds, room);
  const inputs = compact({ ...settings, roomName: askedName(known), ...internalsOf(olds), ...unsettled });
  const props = outputsOf(type, api, room, settings, namesIn(known), olds);
  return { id: room.roomName, props: { ...props, ...unsettled }, inputs };
}

/** What a lost update left unsettled and the room does not tell, or tells of a setting that the state does not hold. */
function stillUnsettled(type: RoomType, olds: Bag, room: RoomReply): Bag {
  const [declared, shown] = [declaredIn(type, olds), shownIn(type, room.body)];
  const names = unsettledIn(olds).filter((name) => declared[name] === undefined || shown[name] === undefined);
  return names.length > 0 ? { [INTERNAL.unsettled]: names } : {};
}

function asBefore(type: RoomType, id: string, olds: Bag, more: Bag = {}): ReadRoom {
  const { [INTERNAL.otherRoomId]: _, ...props } = olds;
  const inputs = compact({ ...declaredIn(type, olds), roomName: askedName(olds), ...internalsOf(olds), ...more });
  return { id, props: compact(props), inputs };
}

/**
 * Somebody made another room under our room's name. Ours is gone, and what stands there is not ours to touch: the
 * state keeps ours, and the other `_id` among the inputs makes refresh and preview show what happened.
 */
function replacedOutside(type: RoomType, id: string, olds: Bag, room: RoomReply): ReadRoom {
  const kept = asBefore(type, id, olds, { roomId: room.roomId });
  return { ...kept, props: { ...kept.props, [INTERNAL.otherRoomId]: room.roomId } };
}
