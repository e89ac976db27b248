import type { FieldTable } from "../schema/field";
import type { RoomType } from "./roomType";

const fields = {
  roomName: {
    kind: "roomName",
    replaces: true,
    whenRemoved: "kept",
    doc: "The room's name, unique within the Metered app. If you leave it out, it's generated from the resource's name, with 8 hex digits appended, and stays the same on every run.",
  },
  enableLiveStreaming: {
    kind: "boolean",
    whenRemoved: false,
    doc: "Whether the stream is broadcast over HLS.",
  },
  displayMessage: {
    kind: "text",
    whenRemoved: "kept",
    doc: "Message that viewers see while no stream is running.",
  },
  customCSS: {
    kind: "text",
    whenRemoved: "kept",
    doc: "CSS for the viewer page.",
  },
  enableRecording: {
    kind: "boolean",
    whenRemoved: false,
    doc: "Whether the stream is recorded.",
  },
  recordComposition: {
    kind: "boolean",
    whenRemoved: false,
    doc: "Whether audio and video are recorded together, in one file.",
  },
  enableRTMPOut: {
    kind: "boolean",
    whenRemoved: false,
    doc: "Whether the stream is also sent to `rtmpOutURL`.",
  },
  rtmpOutURL: {
    kind: "rtmpUrl",
    secret: true,
    whenRemoved: "kept",
    doc: "RTMP or RTMPS URL that the stream is also sent to. It contains a stream key, so it's a secret.",
  },
} as const satisfies FieldTable;

export const liveStreamingRoom: RoomType = {
  name: "LiveStreamingRoom",
  label: "live-streaming room",
  source: "Metered REST API, Create Live Streaming Room",
  fields,
  rules: [
    { level: "warning", field: "enableRTMPOut", is: true, needs: "rtmpOutURL", why: "the stream has no destination" },
  ],
  links: {
    viewerURL: "Page where viewers watch the stream.",
    broadcastManager: "Page of Metered's dashboard from which the stream is started.",
  },
  volatile: {
    archived: "Whether the room was deleted (archived). Metered may still show such a room for a while.",
    currentlyBroadcasting: "Whether a broadcast is running right now.",
  },
  hasUrl: false,
  canDelete: false,
};
