import type { FieldTable } from "../schema/field";
import type { RoomType } from "./roomType";

const fields = {
  roomName: {
    kind: "roomName",
    replaces: true,
    whenRemoved: "kept",
    doc: "The room's name, the last part of the address where people join. Unique within the Metered app. Not given: the resource's name with 8 hex digits behind it, the same on every run.",
  },
  privacy: {
    kind: "choice",
    values: ["public", "private"],
    required: true,
    whenRemoved: "kept",
    doc: "Who may join: anybody with the link (`public`), or only who brings an access token that your own server mints (`private`).",
  },
  expireUnixSec: {
    kind: "unixSeconds",
    future: "nobody could join",
    whenRemoved: "kept",
    doc: "From this moment on nobody can join; in the future when it is declared. By itself it neither ejects people nor deletes the room.",
  },
  ejectAtRoomExp: {
    kind: "boolean",
    whenRemoved: false,
    doc: "Everybody is ejected when `expireUnixSec` is reached.",
  },
  notBeforeUnixSec: {
    kind: "unixSeconds",
    future: "it would have no effect; leave it out",
    whenRemoved: "kept",
    doc: "Before this moment nobody can join; earlier than `expireUnixSec`.",
  },
  maxParticipants: {
    kind: "count",
    unit: "participants",
    whenRemoved: "kept",
    doc: "How many participants the room takes at once.",
  },
  autoJoin: {
    kind: "boolean",
    whenRemoved: "kept",
    doc: "People join at once, without the page that asks for name and devices.",
  },
  showInviteBox: {
    kind: "boolean",
    default: true,
    whenRemoved: true,
    doc: "The box with the invitation link is shown. Embedded (iframe) rooms only.",
  },
  enableRequestToJoin: {
    kind: "boolean",
    whenRemoved: "kept",
    doc: "In a private room, people without a token may ask an admin to be let in.",
  },
  enableChat: {
    kind: "boolean",
    whenRemoved: "kept",
    doc: "The room has a chat. Embedded (iframe) rooms only.",
  },
  newChatForMeetingSession: {
    kind: "boolean",
    default: true,
    whenRemoved: true,
    doc: "Every session starts with an empty chat; `false` keeps the history. Embedded (iframe) rooms only.",
  },
  enableScreenSharing: {
    kind: "boolean",
    whenRemoved: "kept",
    doc: "Participants may share their screen. Embedded (iframe) rooms only.",
  },
  joinVideoOn: {
    kind: "boolean",
    whenRemoved: "kept",
    doc: "People join with their camera on. Embedded (iframe) rooms only.",
  },
  joinAudioOn: {
    kind: "boolean",
    whenRemoved: "kept",
    doc: "People join with their microphone on. Embedded (iframe) rooms only.",
  },
  enableRecording: {
    kind: "boolean",
    whenRemoved: false,
    doc: "Users may record the meeting.",
  },
  recordRoom: {
    kind: "boolean",
    whenRemoved: false,
    doc: "The meeting is recorded automatically.",
  },
  ownerOnlyBroadcast: {
    kind: "boolean",
    default: false,
    whenRemoved: false,
    doc: "Only the admin can share camera, microphone and screen.",
  },
  ejectAfterElapsedTimeInSec: {
    kind: "count",
    unit: "seconds",
    whenRemoved: "kept",
    doc: "How long each person may stay.",
  },
  endMeetingAfterNoActivityInSec: {
    kind: "count",
    unit: "seconds",
    whenRemoved: "kept",
    doc: "The meeting ends when nobody has shared a device for this long.",
  },
  audioOnlyRoom: {
    kind: "boolean",
    whenRemoved: "kept",
    doc: "Audio only, billed at the audio price.",
  },
  meetingJoinWebhook: { kind: "url", whenRemoved: "kept", doc: "Called when a participant joins." },
  meetingLeftWebhook: { kind: "url", whenRemoved: "kept", doc: "Called when a participant leaves." },
  meetingStartedWebhook: { kind: "url", whenRemoved: "kept", doc: "Called when a session of the room starts." },
  meetingEndedWebhook: { kind: "url", whenRemoved: "kept", doc: "Called when a meeting ends." },
  enableComposition: {
    kind: "boolean",
    whenRemoved: false,
    doc: "All video and audio is composed into one stream: the precondition of `recordComposition`, `enableLiveStreaming` and `enableRTMPOut`.",
  },
  compositionLayout: {
    kind: "choice",
    values: ["grid", "active_speaker"],
    whenRemoved: "kept",
    doc: "How the composed stream arranges the participants.",
  },
  recordComposition: {
    kind: "boolean",
    whenRemoved: false,
    doc: "The composed stream is recorded. Needs `enableComposition`.",
  },
  enableRTMPOut: {
    kind: "boolean",
    whenRemoved: false,
    doc: "The composed stream is sent to `rtmpOutURL`. Needs `enableComposition` and `rtmpOutURL`.",
  },
  rtmpOutURL: {
    kind: "rtmpUrl",
    secret: true,
    whenRemoved: "kept",
    doc: "Where the composed stream is sent, an rtmp or rtmps URL. It carries a stream key, so it is a secret.",
  },
  enableLiveStreaming: {
    kind: "boolean",
    whenRemoved: false,
    doc: "The composed stream is broadcast over HLS. Needs `enableComposition`.",
  },
  deleteOnExp: {
    kind: "boolean",
    whenRemoved: false,
    doc: "Metered removes the room when `expireUnixSec` is reached; that is then no drift.",
    source:
      "the Node sample and the example reply of that page; its table does not list it, so the meaning is inferred",
  },
} as const satisfies FieldTable;

export const meetingRoom: RoomType = {
  name: "MeetingRoom",
  label: "meeting room",
  source: "Metered REST API, Create Room",
  fields,
  rules: [
    {
      level: "error",
      field: "notBeforeUnixSec",
      earlierThan: "expireUnixSec",
      why: "nobody could ever join",
    },
    {
      level: "error",
      field: "enableRTMPOut",
      is: true,
      needs: "rtmpOutURL",
      why: "the stream needs a place to go",
    },
    {
      level: "error",
      field: "enableRTMPOut",
      is: true,
      needs: "enableComposition",
      be: true,
      why: "the composed stream is what is sent",
    },
    {
      level: "error",
      field: "recordComposition",
      is: true,
      needs: "enableComposition",
      be: true,
      why: "the composed stream is what is recorded",
    },
    {
      level: "error",
      field: "enableLiveStreaming",
      is: true,
      needs: "enableComposition",
      be: true,
      why: "the composed stream is what is broadcast",
    },
    {
      level: "warning",
      field: "ejectAtRoomExp",
      is: true,
      needs: "expireUnixSec",
      why: "without it the room never expires and nobody is ejected",
    },
    {
      level: "warning",
      field: "deleteOnExp",
      is: true,
      needs: "expireUnixSec",
      why: "without it the room never expires and is never deleted",
    },
  ],
  links: {},
  volatile: { archived: "Whether the room was deleted (archived): Metered may go on showing such a room for a while." },
  hasUrl: true,
  canDelete: true,
};
