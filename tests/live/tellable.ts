import type { Switches, SwitchName } from "metered-simulator";

/** What the user allowed. */
export interface Allowed {
  readonly liveRooms: boolean;
  readonly patience: boolean;
  readonly turn: boolean;
}

type Condition = (switches: Switches, allowed: Allowed) => boolean;

const hasLiveRoom: Condition = (s, { liveRooms }) => liveRooms && s.liveStreaming === "on";
const hasTurn: Condition = (s, { turn }) => turn && s.turnPlan !== "none";
const hasCredentials: Condition = (s, allowed) => hasTurn(s, allowed) && s.turnLimit === "none";
const hasCredentialList: Condition = (s, allowed) => hasCredentials(s, allowed) && s.turnPlan === "subscribed";
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
  // An account without a plan has no TURN, and one at its limit no credential for the check.
  turnPlan: (_, { turn }) => turn,
  turnKeyErrors: (_, { turn }) => turn,
  turnLimit: hasTurn,
  turnCreateReply: hasCredentials,
  turnDisabledInList: hasCredentialList,
  turnAppList: hasCredentialList,
  turnQuotaAction: hasTurn,
  projectApiKey: hasTurn,
};

/** Whether the value of a switch can be told from outside. */
export function isTellable(name: SwitchName, switches: Switches, allowed: Allowed): boolean {
  if (switches.app === "unknown") return name === "app";
  return conditions[name]?.(switches, allowed) ?? true;
}
