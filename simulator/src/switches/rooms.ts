import { inGroup, type SwitchDefinition } from "./choice";

const missing = inGroup("Missing rooms");
const names = inGroup("Names");
const updates = inGroup("Updates");
const validation = inGroup("Validation");

/** What rooms can be called, what they can hold, and what happens to those that are not there. */
export const roomSwitches = {
  missingRoomStatus: missing("Status of get and update when the room doesn't exist.", 400, 404, 200),
  missingRoomMessage: missing("Message when the room doesn't exist.", "room not found", "Invalid request"),
  missingLiveRoom: missing(
    "A live room that doesn't exist: its page documents only a 400 'Invalid request'.",
    "as meeting",
    "400 bare",
  ),
  getAfterDelete: missing("Get of an archived room.", "missing", "archived"),
  listArchived: missing("Whether the list contains archived rooms.", "no", "yes"),
  repeatDelete: missing("Status of a delete when the room is archived or never existed.", 400, 404, 200),
  deleteOnExp: missing(
    "What deleteOnExp does to the room at expireUnixSec: the field has no documentation.",
    "archives",
    "removes",
    "ignored",
  ),
  duplicateName: names(
    "Create with a taken name: clients expect either status.",
    "400 exists",
    "409 exists",
    "400 bare",
  ),
  nameScope: names(
    "Whether a meeting room and a live room can share a name: 'unique within the app' doesn't say.",
    "per kind",
    "shared",
  ),
  nameReuse: names("Whether the name of an archived room is free again.", "allowed", "reserved"),
  nameCase: names(
    "Upper case in names: kept, lowered, or lowered and found only by the lowered spelling.",
    "kept",
    "lowered",
    "lowered exact",
  ),
  nameRule: names("What 'URL friendly, no spaces' allows.", "url safe", "lower case 60"),
  put: updates("Whether an update keeps the settings that its body omits.", "merge", "replace"),
  putRules: updates(
    "Whether rules between settings apply to an update's body alone or to the resulting room.",
    "body",
    "merged",
  ),
  putRoomName: updates("A roomName in an update's body: renaming isn't documented.", "ignored", "renames", "rejected"),
  putPrivacy: updates(
    "Whether an update must contain privacy: the table says so, clients omit it.",
    "optional",
    "required",
  ),
  createPrivacy: validation(
    "Whether a create must contain privacy: the table says so, clients omit it.",
    "optional",
    "required",
  ),
  composition: validation(
    "Streaming, RTMP or composed recording without enableComposition: rejected, turned on, or accepted as is.",
    "required",
    "auto",
    "ignored",
  ),
  pastExpiry: validation(
    "An expireUnixSec in the past (0 included): always rejected, rejected on create only, or accepted.",
    "rejected",
    "rejected on create",
    "accepted",
  ),
  zeros: validation("0 in the other integers: the documented sample sends it.", "accepted", "rejected"),
  nullAndEmpty: validation("null or an empty string: rejected, or unsets the setting.", "rejected", "clears"),
  webhookURLs: validation(
    "Whether webhook settings must be http(s) URLs: clients create rooms with any string.",
    "any text",
    "checked",
  ),
  unknownKeys: validation(
    "Settings that aren't documented: some clients send them and carry on.",
    "rejected",
    "ignored",
  ),
  formBodies: validation("A body of type application/x-www-form-urlencoded: read, or ignored.", "read", "ignored"),
  validationError: validation(
    "The 400 for an invalid setting: with the validator's details, or the documented bare one.",
    "details",
    "bare",
  ),
  validationDetails: validation("Whether the details contain the first problem or all of them.", "first", "all"),
} as const satisfies Record<string, SwitchDefinition>;
