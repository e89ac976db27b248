/**
 * What the constant line in every resource's state points to (pulumi/types.ts): loaded in Pulumi's provider process only.
 * The exported names are part of every user's state and never change.
 */
import type { ObjectType } from "../../objects/objectType";
import { liveStreamingRoom as liveStreamingRoomType } from "../../rooms/liveStreamingRoom";
import { meetingRoom as meetingRoomType } from "../../rooms/meetingRoom";
import type { RoomType } from "../../rooms/roomType";
import {
  liveStreamingRoomSet as liveStreamingRoomSetType,
  meetingRoomSet as meetingRoomSetType,
  type SetType,
} from "../../rooms/set/setType";
import { accessToken as accessTokenType } from "../../tokens/accessToken";
import { turnCredential as turnCredentialType } from "../../turn/credential";
import { turnProject as turnProjectType } from "../../turn/project";
import { objectKind, roomKind, setKind } from "../kinds";
import { objectDiff, roomDiff, setDiff } from "./diffs";
import { dynamicProvider, type Shared } from "./dynamicProvider";

const shared: Shared = { process: undefined };

const room = (type: RoomType) => dynamicProvider(roomKind(type), (olds, found) => roomDiff(type, olds, found), shared);
const object = (type: ObjectType) =>
  dynamicProvider(objectKind(type), (olds, found) => objectDiff(type, olds, found), shared);
const set = (type: SetType) => dynamicProvider(setKind(type), (olds, found) => setDiff(type, olds, found), shared);

export const meetingRoom = room(meetingRoomType);
export const liveStreamingRoom = room(liveStreamingRoomType);
export const turnProject = object(turnProjectType);
export const turnCredential = object(turnCredentialType);
export const accessToken = object(accessTokenType);
export const meetingRoomSet = set(meetingRoomSetType);
export const liveStreamingRoomSet = set(liveStreamingRoomSetType);
