import { refuseOtherApp } from "../diff";
import {
  CannotDelete,
  InvalidSetting,
  NameTaken,
  RequestRefused,
  RoomNotFound,
  TAKE_OVER,
  UnknownApp,
  UnreadableReply,
} from "../errors";
import { describeRoom } from "../field";
import { moment } from "../kinds";
import type { RoomReply } from "../roomApi";
import { type Bag, isFinished, roomIdIn, shownIn } from "../state";
import { type Context, find, findAsked, isBareRefusal } from "./context";
import { findOrTell } from "./read";

/**
 * Deletes the room that the state is about, and no other: a GET, then a DELETE. A room that is gone, archived or not
 * ours any more is success.
 *
 * @throws CannotDelete for a live-streaming room that stays and for one to be replaced that got more time, NameTaken
 * before a rename that could not succeed, CannotTell, and every error of the API
 */
export async function deleteRoom(context: Context, id: string, olds: Bag): Promise<void> {
  const { type, api, session } = context;
  refuseOtherApp(type, id, olds, api.appName);
  const roomId = roomIdIn(olds);
  if (roomId !== undefined && session.isPassedOn(roomId, olds)) {
    context.note(`The ${describeRoom(type, id)} stays: a resource of the program has it now, so it is not deleted.`);
    return;
  }
  await refuseTakenSuccessor(context, id, roomId);
  const room = await findOrTell(context, id, olds);
  if (!room) return;
  if (roomId !== undefined && room.roomId !== roomId) {
    context.note(`The ${describeRoom(type, id)} was gone; another room now has its name and was left as it is.`);
    return;
  }
  refuseUnlessOver(context, room, olds);
  await deleteFound(context, room);
}

/** A room is replaced once its time is over; somebody may have given it more, of which the state does not know. */
function refuseUnlessOver({ type, session, now }: Context, room: RoomReply, olds: Bag): void {
  const seconds = now() / 1000;
  const { expireUnixSec: expiry } = shownIn(type, room.body);
  if (!isFinished(olds, seconds) || !session.isReplaced(olds) || !(Number(expiry) > seconds)) return;
  throw new CannotDelete(
    `Cannot replace the ${describeRoom(type, room.roomName)}: its time is over by the state, but was extended outside Pulumi, to ${moment(Number(expiry))}. ` +
      "Nothing was deleted. Run pulumi refresh, then pulumi up.",
  );
}

async function deleteFound(context: Context, room: RoomReply): Promise<void> {
  const { type, api } = context;
  let refusal: unknown;
  try {
    await api.delete(room.roomName);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    refusal = error;
  }
  // Documented deletes are believed. Of all others the room itself must tell.
  if (type.canDelete && refusal === undefined) return;
  if (!(await isStillThere(context, room))) return;
  if (type.canDelete) throw refusal;
  throw new CannotDelete(
    `Cannot delete the ${describeRoom(type, room.roomName)}: Metered documents no way to delete one, and it is still there after a try. ` +
      "Delete it in the dashboard and run the command again, or take it out of the stack only: pulumi state delete URN (pulumi stack --show-urns lists them).",
  );
}

/** Errors of a DELETE after which the room may or may not be there, as opposed to those that are no answer at all. */
function isRefusal(error: unknown): boolean {
  return [RequestRefused, RoomNotFound, UnknownApp, InvalidSetting, UnreadableReply].some(
    (cause) => error instanceof cause,
  );
}

/** A second look. The first one showed the room, so a refusal without a reason now means that it is gone. */
async function isStillThere({ api }: Context, room: RoomReply): Promise<boolean> {
  try {
    return (await find(api, room.roomName))?.roomId === room.roomId;
  } catch (error) {
    if (isBareRefusal(error)) return false;
    throw error;
  }
}

/** A rename deletes first; where the new name is taken that would lose the room and gain nothing. */
async function refuseTakenSuccessor(context: Context, id: string, roomId: string | undefined): Promise<void> {
  const { type, api, session } = context;
  const name = roomId === undefined ? undefined : session.renames.get(roomId);
  if (name === undefined) return;
  const found = (await findAsked(api, name))?.room.roomId;
  // The room itself may be what is found: a server that writes names its own way takes both for one.
  if (found === undefined || found === roomId || session.made.has(found)) return;
  if (context.adoptExisting && !session.held.has(found)) return;
  throw new NameTaken(
    `Cannot rename the ${describeRoom(type, id)} to ${JSON.stringify(name)}: a room of that name exists in the Metered app "${api.appName}". Nothing was deleted. ` +
      `Choose another roomName; or, if that room is meant, ${TAKE_OVER}.`,
  );
}
