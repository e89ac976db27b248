/**
 * What the constant line in every room's state points to (see core/state.ts): loaded in Pulumi's provider process
 * only. The two exported names are part of every user's state and never change.
 */
import { liveStreamingRoom as liveStreamingRoomType } from "../core/liveStreamingRoom";
import { meetingRoom as meetingRoomType } from "../core/meetingRoom";
import { Deployment } from "./deployment";
import { roomProvider } from "./roomProvider";

const shared = new Deployment();

export const meetingRoom = roomProvider(meetingRoomType, shared);
export const liveStreamingRoom = roomProvider(liveStreamingRoomType, shared);
