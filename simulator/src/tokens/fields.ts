import type { FieldTable } from "../rooms/fields";

/** What a request for an access token may hold. */
export const tokenFields: FieldTable = {
  roomName: { type: "text" },
  globalToken: { type: "boolean" },
  isAdmin: { type: "boolean" },
  name: { type: "text" },
  email: { type: "text" },
  externalUserId: { type: "text" },
  meta: { type: "text" },
  expireUnixSec: { type: "integer", instant: true },
  notBeforeUnixSec: { type: "integer" },
  ejectAfterElapsedTimeInSec: { type: "integer" },
  joinVideoOn: { type: "boolean" },
  joinAudioOn: { type: "boolean" },
  disableVideo: { type: "boolean" },
  disableAudio: { type: "boolean" },
  disableScreenSharing: { type: "boolean" },
};
