import { type Switches, type SwitchGroup, type SwitchName, switches as table } from "metered-simulator";

/** What the user allowed. */
export interface Allowed {
  readonly liveRooms: boolean;
  readonly patience: boolean;
}

type Condition = (switches: Switches, allowed: Allowed) => boolean;

const hasLiveRoom: Condition = (s, { liveRooms }) => liveRooms && s.liveStreaming === "on";
const isMissingBare = (s: Switches) =>
  s.missingRoomStatus === 400 && s.missingRoomMessage === "Invalid request" && s.errorShape === "with success";
const isLiveRoomPlainlyMissing = (s: Switches) =>
  s.liveStreaming === "on" && s.missingLiveRoom === "as meeting" && !isMissingBare(s);

/** The switches that cannot always be told from outside, and when they can. There are no others. */
const conditions: Partial<Record<SwitchName, Condition>> = {
  // A bare 400 counts no problems.
  validationDetails: (s) => s.validationError === "details",
  // Where no name may have upper case, nobody sees what would become of it, unless a look for a room takes it.
  nameCase: (s) => s.nameRule === "url safe" || s.nameCase === "lowered",
  // Where an update replaces everything, its body is the room that results.
  putRules: (s) => s.put === "merge",
  // Whether it was turned on shows only where replies show settings.
  composition: (s) => s.composition === "required" || s.optionalInReplies === "echoed",
  // An archived room must leave a trace to be told from a removed one.
  deleteOnExp: (s, { patience }) =>
    patience &&
    (s.deleteOnExp === "ignored" ||
      s.getAfterDelete === "archived" ||
      s.listArchived === "yes" ||
      s.nameReuse === "reserved"),
  // The bare 400 means anything.
  missingLiveRoom: (s, allowed) => isLiveRoomPlainlyMissing(s) || (hasLiveRoom(s, allowed) && !isMissingBare(s)),
  liveStreaming: (s, { liveRooms }) => liveRooms || isLiveRoomPlainlyMissing(s),
  // An absent route is absent without a room, too.
  liveDelete: (s, allowed) => s.liveDelete !== "archives" || hasLiveRoom(s, allowed),
  nameScope: hasLiveRoom,
  liveRtmpOutURL: hasLiveRoom,
  liveOptionalInReplies: hasLiveRoom,
  links: hasLiveRoom,
};

const unasked: readonly SwitchName[] = ["listEntries", "formBodies"];
const unaskedGroups: readonly SwitchGroup[] = ["Access tokens", "TURN"];

/** Whether the value of a switch can be told from outside. */
export function isTellable(name: SwitchName, switches: Switches, allowed: Allowed): boolean {
  if (switches.app === "unknown") return name === "app";
  if (unasked.includes(name) || unaskedGroups.includes(table[name].group)) return false;
  return conditions[name]?.(switches, allowed) ?? true;
}
