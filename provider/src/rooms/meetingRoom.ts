import type { FieldTable } from "../schema/field";
import type { RoomType } from "./roomType";

const fields = {
  roomName: {
    kind: "roomName",
    replaces: true,
    whenRemoved: "kept",
    doc: "The room's name, which is the last part of the address where people join. Unique within the Metered app. If you leave it out, it's generated from the resource's name, with 8 hex digits appended, and stays the same on every run.",
  },
  privacy: {
    kind: "choice",
    values: ["public", "private"],
    required: true,
    whenRemoved: "kept",
    doc: "Who can join: anyone with the link (`public`), or only people with an access token issued by your server (`private`).",
  },
  expireUnixSec: {
    kind: "unixSeconds",
    future: "nobody could join",
    whenRemoved: "kept",
    doc: "Time after which nobody can join. Must be in the future when first set. By itself it neither ejects people nor deletes the room.",
  },
  ejectAtRoomExp: {
    kind: "boolean",
    whenRemoved: false,
    doc: "Whether everyone is ejected when `expireUnixSec` is reached.",
  },
  notBeforeUnixSec: {
    kind: "unixSeconds",
    future: "it would have no effect; leave it out",
    whenRemoved: "kept",
    doc: "Time before which nobody can join. Must be earlier than `expireUnixSec`.",
  },
  maxParticipants: {
    kind: "count",
    unit: "participants",
    whenRemoved: "kept",
    doc: "Maximum number of people in the room at the same time.",
  },
  autoJoin: {
    kind: "boolean",
    whenRemoved: "kept",
    doc: "Whether people join immediately, without the page that asks for their name and devices.",
  },
  showInviteBox: {
    kind: "boolean",
    default: true,
    whenRemoved: true,
    doc: "Whether the box with the invitation link is shown. Embedded (iframe) rooms only.",
  },
  enableRequestToJoin: {
    kind: "boolean",
    whenRemoved: "kept",
    doc: "Whether people without a token can ask an admin of a private room to let them in.",
  },
  enableChat: {
    kind: "boolean",
    whenRemoved: "kept",
    doc: "Whether the room has a chat. Embedded (iframe) rooms only.",
  },
  newChatForMeetingSession: {
    kind: "boolean",
    default: true,
    whenRemoved: true,
    doc: "Whether every session starts with an empty chat. `false` keeps the history. Embedded (iframe) rooms only.",
  },
  enableScreenSharing: {
    kind: "boolean",
    whenRemoved: "kept",
    doc: "Whether participants can share their screen. Embedded (iframe) rooms only.",
  },
  joinVideoOn: {
    kind: "boolean",
    whenRemoved: "kept",
    doc: "Whether people join with their camera on. Embedded (iframe) rooms only.",
  },
  joinAudioOn: {
    kind: "boolean",
    whenRemoved: "kept",
    doc: "Whether people join with their microphone on. Embedded (iframe) rooms only.",
  },
  enableRecording: {
    kind: "boolean",
    whenRemoved: false,
    doc: "Whether participants can record the meeting.",
  },
  recordRoom: {
    kind: "boolean",
    whenRemoved: false,
    doc: "Whether the meeting is recorded automatically.",
  },
  ownerOnlyBroadcast: {
    kind: "boolean",
    default: false,
    whenRemoved: false,
    doc: "Whether only the admin can share camera, microphone and screen.",
  },
  ejectAfterElapsedTimeInSec: {
    kind: "count",
    unit: "seconds",
    whenRemoved: "kept",
    doc: "Maximum time that each person can stay.",
  },
  endMeetingAfterNoActivityInSec: {
    kind: "count",
    unit: "seconds",
    whenRemoved: "kept",
    doc: "How long a meeting can go on without anyone sharing a device.",
  },
  audioOnlyRoom: {
    kind: "boolean",
    whenRemoved: "kept",
    doc: "Whether the room is audio only, billed at the audio price.",
  },
  meetingJoinWebhook: { kind: "url", whenRemoved: "kept", doc: "URL that Metered calls when a participant joins." },
  meetingLeftWebhook: { kind: "url", whenRemoved: "kept", doc: "URL that Metered calls when a participant leaves." },
  meetingStartedWebhook: {
    kind: "url",
    whenRemoved: "kept",
    doc: "URL that Metered calls when a session of the room starts.",
  },
  meetingEndedWebhook: { kind: "url", whenRemoved: "kept", doc: "URL that Metered calls when a meeting ends." },
  enableComposition: {
    kind: "boolean",
    whenRemoved: false,
    doc: "Whether all video and audio is composed into one stream. Required for `recordComposition`, `enableLiveStreaming` and `enableRTMPOut`.",
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
    doc: "Whether the composed stream is recorded. Needs `enableComposition`.",
  },
  enableRTMPOut: {
    kind: "boolean",
    whenRemoved: false,
    doc: "Whether the composed stream is sent to `rtmpOutURL`. Needs `enableComposition` and `rtmpOutURL`.",
  },
  rtmpOutURL: {
    kind: "rtmpUrl",
    secret: true,
    whenRemoved: "kept",
    doc: "RTMP or RTMPS URL that the composed stream is sent to. It contains a stream key, so it's a secret.",
  },
  enableLiveStreaming: {
    kind: "boolean",
    whenRemoved: false,
    doc: "Whether the composed stream is broadcast over HLS. Needs `enableComposition`.",
  },
  deleteOnExp: {
    kind: "boolean",
    whenRemoved: false,
    doc: "Whether Metered deletes the room when `expireUnixSec` is reached. Pulumi doesn't report that as drift.",
    source:
      "the Node.js sample and the example response of the same page, whose table doesn't list it, so its meaning is inferred",
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
      why: "the stream needs a destination",
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
  volatile: { archived: "Whether the room was deleted (archived). Metered may still show such a room for a while." },
  hasUrl: true,
  canDelete: true,
};
