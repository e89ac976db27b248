import type { RoomKind } from "./types";

/** What a setting's value must be. */
export type FieldRule =
  | { readonly type: "boolean" | "text" | "name" | "webhook" | "rtmp" }
  /** `instant` integers are Unix seconds that must lie ahead. */
  | { readonly type: "integer"; readonly instant?: boolean }
  | { readonly type: "choice"; readonly of: readonly string[] };

export type FieldTable = Readonly<Record<string, FieldRule>>;

const boolean: FieldRule = { type: "boolean" };
const integer: FieldRule = { type: "integer" };
const text: FieldRule = { type: "text" };
const name: FieldRule = { type: "name" };
const webhook: FieldRule = { type: "webhook" };
const rtmp: FieldRule = { type: "rtmp" };

/**
 * The request fields of the API document, read for this server alone: the provider under test has its own reading,
 * and a difference between the two is a mistake in one of them.
 */
export const fields: Readonly<Record<RoomKind, FieldTable>> = {
  meeting: {
    roomName: name,
    privacy: { type: "choice", of: ["public", "private"] },
    expireUnixSec: { type: "integer", instant: true },
    ejectAtRoomExp: boolean,
    notBeforeUnixSec: integer,
    maxParticipants: integer,
    autoJoin: boolean,
    showInviteBox: boolean,
    enableRequestToJoin: boolean,
    enableChat: boolean,
    newChatForMeetingSession: boolean,
    enableScreenSharing: boolean,
    joinVideoOn: boolean,
    joinAudioOn: boolean,
    enableRecording: boolean,
    recordRoom: boolean,
    ownerOnlyBroadcast: boolean,
    ejectAfterElapsedTimeInSec: integer,
    endMeetingAfterNoActivityInSec: integer,
    audioOnlyRoom: boolean,
    meetingJoinWebhook: webhook,
    meetingLeftWebhook: webhook,
    meetingStartedWebhook: webhook,
    meetingEndedWebhook: webhook,
    enableComposition: boolean,
    compositionLayout: { type: "choice", of: ["grid", "active_speaker"] },
    recordComposition: boolean,
    enableRTMPOut: boolean,
    rtmpOutURL: rtmp,
    enableLiveStreaming: boolean,
    deleteOnExp: boolean,
  },
  live: {
    roomName: name,
    enableLiveStreaming: boolean,
    displayMessage: text,
    customCSS: text,
    enableRecording: boolean,
    recordComposition: boolean,
    enableRTMPOut: boolean,
    rtmpOutURL: rtmp,
  },
};
