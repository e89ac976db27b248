import type { ObjectType } from "../objects/objectType";
import { liveStreamingRoom } from "../rooms/liveStreamingRoom";
import { meetingRoom } from "../rooms/meetingRoom";
import type { RoomType } from "../rooms/roomType";
import { liveStreamingRoomSet, meetingRoomSet, type SetType } from "../rooms/set/setType";
import { accessToken } from "../tokens/accessToken";
import { turnCredential } from "../turn/credential";
import { turnProject } from "../turn/project";

/** Every kind of room that the provider manages. */
export const ROOM_TYPES: readonly RoomType[] = [meetingRoom, liveStreamingRoom];

/** Every kind of object that the provider manages and that isn't a room. */
export const OBJECT_TYPES: readonly ObjectType[] = [turnProject, turnCredential, accessToken];

/** Every kind of set. */
export const SET_TYPES: readonly SetType[] = [meetingRoomSet, liveStreamingRoomSet];

/** The type token of a dynamic resource. Part of every user's state: it never changes. */
export function tokenOf(type: { readonly name: string }): string {
  return `pulumi-nodejs:dynamic/metered:${type.name}`;
}

/** The token of a resource or a function of the plugin, as programs in every language have it. */
export function packageTokenOf({ name }: { readonly name: string }): string {
  return `metered:index:${name}`;
}

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

/** The text by which Pulumi finds the code of a dynamic resource. Part of every user's state: it never changes. */
export function providerText({ name }: { readonly name: string }): string {
  return `exports.handler=()=>require("pulumi-metered/runtime").${name[0]?.toLowerCase()}${name.slice(1)}`;
}
