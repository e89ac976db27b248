import { type ObjectType, rotatesBeforeTheEnd } from "../objects/objectType";
import type { FieldTable } from "../schema/field";

const PAST = "the token would never be accepted";

const fields = {
  roomName: {
    kind: "text",
    replaces: true,
    whenRemoved: "kept",
    doc: "The room that the token lets people into. Set either this or `globalToken: true`.",
  },
  globalToken: {
    kind: "boolean",
    replaces: true,
    whenRemoved: "kept",
    doc: "The token lets people into every room of the app.",
  },
  isAdmin: { kind: "boolean", replaces: true, whenRemoved: "kept", doc: "The bearer is an admin in the meeting." },
  name: { kind: "text", replaces: true, whenRemoved: "kept", doc: "The bearer's name in the meeting." },
  email: { kind: "text", replaces: true, whenRemoved: "kept", doc: "The bearer's email address." },
  externalUserId: {
    kind: "text",
    replaces: true,
    whenRemoved: "kept",
    doc: "The bearer's id in your own system. Metered passes it to your webhooks.",
  },
  meta: {
    kind: "text",
    replaces: true,
    whenRemoved: "kept",
    doc: "Additional data, as any string, such as JSON. Metered passes it to your webhooks.",
  },
  expireUnixSec: {
    kind: "unixSeconds",
    future: PAST,
    replaces: true,
    whenRemoved: "kept",
    doc: "Time after which nobody can join with the token, in Unix seconds (not milliseconds). Must be in the future when first set. To have the token replaced before it expires, set `expiryInSeconds` instead.",
  },
  notBeforeUnixSec: {
    kind: "unixSeconds",
    replaces: true,
    whenRemoved: "kept",
    doc: "Time before which nobody can join with the token, in Unix seconds. Must be earlier than `expireUnixSec`.",
  },
  expiryInSeconds: {
    kind: "duration",
    local: true,
    replaces: true,
    whenRemoved: "kept",
    doc: "How long the token is accepted, in seconds, counted from its creation. The provider computes `expireUnixSec` from it, by Metered's clock.",
  },
  rotateBeforeSeconds: {
    kind: "duration",
    local: true,
    whenRemoved: "kept",
    doc: "How long before its expiry `pulumi up` replaces the token, in seconds. Must be less than `expiryInSeconds`, and should be more than the time between two scheduled runs. If not set, the token is replaced after it has expired.",
  },
  triggers: {
    kind: "texts",
    local: true,
    replaces: true,
    whenRemoved: "kept",
    doc: "Strings of your choice: changing one of them replaces the token. The old one is still accepted until it expires.",
  },
  ejectAfterElapsedTimeInSec: {
    kind: "duration",
    replaces: true,
    whenRemoved: "kept",
    doc: "How long the bearer can stay in the meeting, in seconds.",
  },
  joinVideoOn: {
    kind: "boolean",
    replaces: true,
    whenRemoved: "kept",
    doc: "The bearer joins with the camera on. Embedded (iframe) rooms only.",
  },
  joinAudioOn: {
    kind: "boolean",
    replaces: true,
    whenRemoved: "kept",
    doc: "The bearer joins with the microphone on. Embedded (iframe) rooms only.",
  },
  disableVideo: {
    kind: "boolean",
    replaces: true,
    whenRemoved: "kept",
    doc: "The bearer can't share a camera. Embedded (iframe) rooms only.",
  },
  disableAudio: {
    kind: "boolean",
    replaces: true,
    whenRemoved: "kept",
    doc: "The bearer can't share a microphone. Embedded (iframe) rooms only.",
  },
  disableScreenSharing: {
    kind: "boolean",
    replaces: true,
    whenRemoved: "kept",
    doc: "The bearer can't share a screen. Embedded (iframe) rooms only.",
  },
} as const satisfies FieldTable;

export const accessToken: ObjectType = {
  name: "AccessToken",
  label: "access token",
  source: "Metered REST API, Generate Access Token",
  fields,
  rules: [
    { level: "error", field: "roomName", orElse: "globalToken", why: "a token is for one room or for all of them" },
    {
      level: "error",
      field: "globalToken",
      is: true,
      excludes: "roomName",
      why: "a token is for one room or for all of them",
    },
    {
      level: "error",
      field: "notBeforeUnixSec",
      earlierThan: "expireUnixSec",
      why: "otherwise the token would never be accepted",
    },
    {
      level: "error",
      field: "expiryInSeconds",
      excludes: "expireUnixSec",
      why: "the first says how long the token lasts, the second when it ends",
    },
    rotatesBeforeTheEnd,
    {
      level: "error",
      field: "rotateBeforeSeconds",
      needs: "expiryInSeconds",
      why: "only a token with expiryInSeconds is replaced by one that lasts longer",
    },
  ],
  outputs: {
    token: { kind: "text", secret: true, doc: "The access token, a JSON Web Token." },
    expiresAt: {
      kind: "unixSeconds",
      optional: true,
      doc: "Time from which the token is no longer accepted, in Unix seconds by Metered's clock. Not set for a token that never expires.",
    },
  },
  id: "A fingerprint of the token, 16 hex digits. Metered's tokens have no id.",
  replaced: "Metered can't change or revoke a token, so the old one is accepted until it expires.",
  nameOf: ({ roomName }) => (typeof roomName === "string" ? roomName : "(every room)"),
};
