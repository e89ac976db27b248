import type { ObjectType } from "../objects/objectType";
import { liveStreamingRoom } from "../rooms/liveStreamingRoom";
import { meetingRoom } from "../rooms/meetingRoom";
import type { RoomType } from "../rooms/roomType";
import { liveStreamingRoomSet, meetingRoomSet, type SetType } from "../rooms/set/setType";
import { accessToken } from "../tokens/accessToken";
import { turnCredential } from "../turn/credential";
import { turnProject } from "../turn/project";
import { packageTokenOf, tokenOf } from "./tokens";

export { packageTokenOf, providerText, tokenOf } from "./tokens";

/** Every kind of room that the provider manages. */
export const ROOM_TYPES: readonly RoomType[] = [meetingRoom, liveStreamingRoom];

/** Every kind of object that the provider manages and that isn't a room. */
export const OBJECT_TYPES: readonly ObjectType[] = [turnProject, turnCredential, accessToken];

/** Every kind of set. */
export const SET_TYPES: readonly SetType[] = [meetingRoomSet, liveStreamingRoomSet];

/** The kind of room that a type token means, in either way to use the provider. */
export function roomTypeOf(token: string): RoomType | undefined {
  return ROOM_TYPES.find((type) => token === tokenOf(type) || token === packageTokenOf(type));
}

/** The same for what isn't a room. */
export function objectTypeOf(token: string): ObjectType | undefined {
  return OBJECT_TYPES.find((type) => token === tokenOf(type) || token === packageTokenOf(type));
}

/** The kind of set that a type token means, in either way to use the provider. */
export function setTypeOf(token: string): SetType | undefined {
  return SET_TYPES.find((type) => token === tokenOf(type) || token === packageTokenOf(type));
}
