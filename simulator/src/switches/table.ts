/** A question that Metered's documentation leaves open, with the answers that this server can play. */
export interface SwitchDefinition {
  readonly values: readonly [string | number, ...(string | number)[]];
  readonly default: string | number;
  readonly doc: string;
}

/** The first value is the default. */
function choice<const V extends readonly [string | number, ...(string | number)[]]>(doc: string, ...values: V) {
  return { doc, values, default: values[0] } as const;
}

/** Every switch: types, command line help, validation and the control page all derive from this table. */
export const switches = {
  missingRoomStatus: choice("Status of get and update for a room that is not there: no page states it.", 404, 400, 200),
  missingRoomMessage: choice("Message for a room that is not there.", "room not found", "Invalid request"),
  missingLiveRoom: choice(
    "A live room that is not there: its page documents only a 400 'Invalid request'.",
    "as meeting",
    "400 bare",
  ),
  errorShape: choice("Whether error bodies carry `success: false` beside the message.", "with success", "message only"),
  duplicateName: choice(
    "Create with a taken name: clients expect either status.",
    "400 exists",
    "409 exists",
    "400 bare",
  ),
  nameScope: choice(
    "Whether a meeting room and a live room may share a name: 'unique within the app' says neither.",
    "per kind",
    "shared",
  ),
  nameReuse: choice("Whether the name of an archived room is free again.", "allowed", "reserved"),
  nameCase: choice(
    "Upper case in names: kept, lowered, or lowered and found only by the lowered spelling.",
    "kept",
    "lowered",
    "lowered exact",
  ),
  nameRule: choice("What 'URL friendly, no spaces' allows.", "url safe", "lower case 60"),
  getAfterDelete: choice("Get of an archived room.", "missing", "archived"),
  listArchived: choice("Whether the list contains archived rooms.", "no", "yes"),
  repeatDelete: choice("Status of a delete when the room is archived or was never there.", 404, 200, 400),
  deleteOnExp: choice(
    "What deleteOnExp does to the room at expireUnixSec: the field has no documentation.",
    "archives",
    "removes",
    "ignored",
  ),
  put: choice("Whether an update keeps the settings that its body omits.", "merge", "replace"),
  putRules: choice(
    "Whether rules between settings look at an update's body alone or at the room that results.",
    "body",
    "merged",
  ),
  putRoomName: choice("A roomName in an update's body: renaming is not documented.", "ignored", "renames", "rejected"),
  putPrivacy: choice(
    "Whether an update must contain privacy: the table says so, callers omit it.",
    "optional",
    "required",
  ),
  createPrivacy: choice(
    "Whether a create must contain privacy: the table says so, callers omit it.",
    "optional",
    "required",
  ),
  composition: choice(
    "Streaming, RTMP or composed recording without enableComposition: rejected, turned on, or taken as it is.",
    "required",
    "auto",
    "ignored",
  ),
  liveRtmpOutURL: choice(
    "Whether a live room with enableRTMPOut needs rtmpOutURL: its table says no, the meeting room's yes.",
    "required",
    "optional",
  ),
  pastExpiry: choice(
    "An expireUnixSec that has passed (0 included): rejected always, on create only, or accepted.",
    "rejected",
    "rejected on create",
    "accepted",
  ),
  zeros: choice("0 in the other integers: the document's sample sends it.", "accepted", "rejected"),
  nullAndEmpty: choice("null or an empty text: rejected, or unsets the setting.", "rejected", "clears"),
  webhookURLs: choice(
    "Whether webhook settings must be http(s) URLs: one caller gets by with any text.",
    "checked",
    "any text",
  ),
  unknownKeys: choice("Settings that the document does not know.", "rejected", "ignored"),
  validationError: choice(
    "The 400 for a bad setting: with the validator's details, or the documented bare one.",
    "details",
    "bare",
  ),
  validationDetails: choice("Whether the details hold the first problem or all of them.", "first", "all"),
  optionalInReplies: choice(
    "Whether meeting rooms show settings that no documented example shows (expiry, webhooks, RTMP, …).",
    "echoed",
    "omitted",
  ),
  liveOptionalInReplies: choice(
    "Whether live rooms show their settings: the examples show displayMessage only.",
    "omitted",
    "echoed",
  ),
  replySample: choice(
    "Field set and defaults of a meeting room's reply: the two documented examples differ.",
    "first",
    "second",
  ),
  links: choice(
    "Host of viewerURL and broadcastManager: this server, so that they open, or Metered's, as documented.",
    "simulator",
    "documented",
  ),
  badKey: choice("Status for a wrong or absent secretKey.", 401, 400, 403),
  badKeyText: choice(
    "Message for a wrong or absent secretKey: 'plain' says which of the two it was.",
    "plain",
    "invalid secretKey app not found",
    "Invalid request. App not found",
    "Invalid request",
  ),
  liveDelete: choice(
    "Delete of a live room: no such route is documented.",
    "absent html 404",
    "absent json 404",
    "archives",
  ),
  liveStreaming: choice("Whether the account has live streaming; off answers 400 'Invalid request'.", "on", "off"),
  app: choice("Whether the sub-domain belongs to an app; unknown answers 404 with an HTML page.", "known", "unknown"),
} as const satisfies Record<string, SwitchDefinition>;

export type SwitchName = keyof typeof switches;
export type Switches = { [K in SwitchName]: (typeof switches)[K]["values"][number] };

export const switchNames = Object.keys(switches) as SwitchName[];
