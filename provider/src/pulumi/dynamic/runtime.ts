/**
 * What the constant line in every resource's state points to (pulumi/types.ts): loaded in Pulumi's provider process only.
 * The exported names are part of every user's state and never change.
 */
import { liveStreamingRoom as liveStreamingRoomType } from "../../rooms/liveStreamingRoom";
import { meetingRoom as meetingRoomType } from "../../rooms/meetingRoom";
import {
  liveStreamingRoomSet as liveStreamingRoomSetType,
  meetingRoomSet as meetingRoomSetType,
} from "../../rooms/set/setType";
import { accessToken as accessTokenType } from "../../tokens/accessToken";
import { turnCredential as turnCredentialType } from "../../turn/credential";
import { turnProject as turnProjectType } from "../../turn/project";
import { objectProvider } from "./objectProvider";
import { roomProvider, type Shared } from "./roomProvider";
import { setProvider } from "./setProvider";

const shared: Shared = { process: undefined };

export const meetingRoom = roomProvider(meetingRoomType, shared);
export const liveStreamingRoom = roomProvider(liveStreamingRoomType, shared);
export const turnProject = objectProvider(turnProjectType, shared);
export const turnCredential = objectProvider(turnCredentialType, shared);
export const accessToken = objectProvider(accessTokenType, shared);
export const meetingRoomSet = setProvider(meetingRoomSetType, shared);
export const liveStreamingRoomSet = setProvider(liveStreamingRoomSetType, shared);
