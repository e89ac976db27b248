import { callAbout } from "../callAbout";
import { CannotTell, RoomNotFound } from "../errors";
import { describeRoom } from "../field";
import type { RoomReply } from "../roomApi";
import { type Context, findAny, isBareRefusal } from "./context";

type Place = Pick<Context, "type" | "api">;

/**
 * The room of that name, which may be archived, for whoever did not make it: one GET.
 *
 * @throws RoomNotFound and CannotTell in words for a room that need not be in any state, and every error of the API
 */
export async function lookUp(place: Place, name: string): Promise<RoomReply> {
  const { type, api } = place;
  let room: RoomReply | undefined;
  try {
    room = await findAny(api, name);
  } catch (error) {
    throw isBareRefusal(error) ? new CannotTell(describeRoom(type, name), !type.canDelete, true) : error;
  }
  if (!room) throw notThere(place, name);
  return room;
}

export function notThere({ type, api }: Place, name: string): RoomNotFound {
  return new RoomNotFound(callAbout("look up", type, name, api.appName), true);
}
