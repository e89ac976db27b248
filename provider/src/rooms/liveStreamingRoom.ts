import type { FieldTable } from "../schema/field";
import type { RoomType } from "./roomType";

const fields = {
  roomName: {
    kind: "roomName",
    replaces: true,
    whenRemoved: "kept",
    doc: "The room's name, unique within the Metered app. Not given: the resource's name with 8 hex digits behind it, the same on every run.",
  },
  enableLiveStreaming: {
    kind: "boolean",
    whenRemoved: false,
    doc: "The stream is broadcast over HLS.",
  },
  displayMessage: {
    kind: "text",
    whenRemoved: "kept",
    doc: "What viewers read while no stream runs.",
  },
  customCSS: {
    kind: "text",
    whenRemoved: "kept",
    doc: "CSS for the viewer page.",
  },
  enableRecording: {
    kind: "boolean",
    whenRemoved: false,
    doc: "The stream is recorded.",
  },
  recordComposition: {
    kind: "boolean",
    whenRemoved: false,
    doc: "Audio and video are recorded together, in one file.",
  },
  enableRTMPOut: {
    kind: "boolean",
    whenRemoved: false,
    doc: "The stream is also sent to `rtmpOutURL`.",
  },
  rtmpOutURL: {
    kind: "rtmpUrl",
    secret: true,
    whenRemoved: "kept",
    doc: "Where the stream is also sent, an rtmp or rtmps URL. It carries a stream key, so it is a secret.",
  },
} as const satisfies FieldTable;

export const liveStreamingRoom: RoomType = {
  name: "LiveStreamingRoom",
  label: "live-streaming room",
  source: "Metered REST API, Create Live Streaming Room",
  fields,
  rules: [
    { level: "warning", field: "enableRTMPOut", is: true, needs: "rtmpOutURL", why: "the stream has no place to go" },
  ],
  links: {
    viewerURL: "The page where viewers watch the stream.",
    broadcastManager: "The page of Metered's dashboard from which the stream is started.",
  },
  volatile: {
    archived: "Whether the room was deleted (archived): Metered may go on showing such a room for a while.",
    currentlyBroadcasting: "Whether a broadcast is running at this moment.",
  },
  hasUrl: false,
  canDelete: false,
};
