import assert from "node:assert/strict";
import type { Simulator } from "metered-simulator";
import type { Cause } from "../../provider/src/errors";
import type { RoomType } from "../../provider/src/rooms/roomType";
import type { Outcome } from "./engine";

type Switches = Simulator["switches"];

/** What is being tried, where some behaviour of the API makes it impossible. */
export type Attempt =
  | "create with upper case in the name"
  | "create under a name that an archived room had"
  | "create under the name of a room of the other kind"
  | "create with a count of 0"
  | "create with an empty text"
  | "look for a room that is missing"
  | "change a room that is missing"
  | "delete";

interface Exception {
  readonly attempt: Attempt;
  readonly when: (switches: Switches, type: RoomType) => boolean;
  readonly error: (switches: Switches, type: RoomType) => Cause;
  readonly says: RegExp;
  readonly why: string;
}

const refused = (_switches: Switches, type: RoomType) => (type.canDelete ? "RequestRefused" : "LiveStreamingOff");
const isBare = ({ validationError }: Switches) => validationError === "bare";
const isDuplicateBare = ({ duplicateName }: Switches) => duplicateName === "400 bare";

/**
 * Whether a missing room is answered as everything else may be: 400 "Invalid request", and no more. Of a live room, whose
 * routes may have moved, any status but one with the words "room not found" may mean something else.
 */
export function tellsNothingOfMissing(switches: Switches, type: RoomType): boolean {
  if (!type.canDelete && switches.missingLiveRoom === "400 bare") return true;
  const isSaid = switches.missingRoomMessage === "room not found";
  return !isSaid && (switches.missingRoomStatus === 400 || !type.canDelete);
}

/** Every case in which the promises cannot be kept, what the user is told then, and why. There are no others. */
export const exceptions: readonly Exception[] = [
  {
    attempt: "create with upper case in the name",
    when: (s) => s.nameRule === "lower case 60" && !isBare(s),
    error: () => "InvalidSetting",
    says: /roomName[\s\S]*Correct the input/,
    why: "Metered may allow lower case only, which its document does not say",
  },
  {
    attempt: "create with upper case in the name",
    when: (s) => s.nameRule === "lower case 60" && isBare(s),
    error: refused,
    says: /only said "Invalid request"/,
    why: "the same, where Metered gives no reason",
  },
  {
    attempt: "create under a name that an archived room had",
    when: (s) => s.nameReuse === "reserved" && !isDuplicateBare(s),
    error: () => "NameTaken",
    says: /deleted \(archived\) room[\s\S]*another roomName/,
    why: "a name that stays reserved cannot be had again",
  },
  {
    attempt: "create under a name that an archived room had",
    when: (s) => s.nameReuse === "reserved" && isDuplicateBare(s),
    error: refused,
    says: /only said "Invalid request"[\s\S]*another roomName/,
    why: "the same, where Metered gives no reason",
  },
  {
    attempt: "create under the name of a room of the other kind",
    when: (s) => s.nameScope === "shared" && !isDuplicateBare(s),
    error: () => "NameTaken",
    says: /room of the other kind has the name[\s\S]*another roomName/,
    why: "rooms of both kinds may share their names",
  },
  {
    attempt: "create under the name of a room of the other kind",
    when: (s) => s.nameScope === "shared" && isDuplicateBare(s),
    error: refused,
    says: /only said "Invalid request"[\s\S]*another roomName/,
    why: "the same, where Metered gives no reason",
  },
  {
    attempt: "create with a count of 0",
    when: (s) => s.zeros === "rejected" && !isBare(s),
    error: () => "InvalidSetting",
    says: /maxParticipants[\s\S]*Correct the input/,
    why: "0 is warned about, because Metered does not say what it means",
  },
  {
    attempt: "create with a count of 0",
    when: (s) => s.zeros === "rejected" && isBare(s),
    error: refused,
    says: /[Cc]heck the inputs/,
    why: "the same, where Metered gives no reason",
  },
  {
    attempt: "create with an empty text",
    when: (s) => s.nullAndEmpty === "rejected" && !isBare(s),
    error: () => "InvalidSetting",
    says: /displayMessage[\s\S]*Correct the input/,
    why: "an empty text may be no text to Metered",
  },
  {
    attempt: "create with an empty text",
    when: (s) => s.nullAndEmpty === "rejected" && isBare(s),
    error: refused,
    says: /check the inputs/,
    why: "the same, where Metered gives no reason",
  },
  {
    attempt: "look for a room that is missing",
    when: tellsNothingOfMissing,
    error: () => "RoomStatusUnknown",
    says: /the dashboard shows it[\s\S]*pulumi state delete/,
    why: 'a bare "Invalid request" may mean that the room is missing, or anything else',
  },
  {
    attempt: "change a room that is missing",
    when: tellsNothingOfMissing,
    error: () => "RoomStatusUnknown",
    says: /the dashboard shows it[\s\S]*pulumi state delete/,
    why: "the same",
  },
  {
    attempt: "change a room that is missing",
    when: (s, type) => !tellsNothingOfMissing(s, type),
    error: () => "RoomNotFound",
    says: /run pulumi refresh, then pulumi up/,
    why: "the engine asks for an update; a create in its place would go behind its back",
  },
  {
    attempt: "delete",
    when: (s, type) => !type.canDelete && s.liveDelete !== "archives",
    error: () => "CannotDelete",
    says: /retainOnDelete: true[\s\S]*dashboard[\s\S]*pulumi state delete/,
    why: "Metered documents no way to delete a live room",
  },
];

/** The lines of the table that have been needed so far. */
export const needed = new Set<Exception>();

/** Whether a run did what it was to do. Where it did not, the table must say so, and the error must be the right one. */
export function succeeded(outcome: Outcome, switches: Switches, type: RoomType, attempt?: Attempt): boolean {
  const exception = exceptions.find((line) => line.attempt === attempt && line.when(switches, type));
  if (!exception) {
    assert.equal(outcome.error, undefined, `${attempt ?? "no exception"}: ${outcome.error?.name}: ${outcome.text}`);
    return true;
  }
  needed.add(exception);
  assert.equal(outcome.error?.name, exception.error(switches, type), outcome.text);
  assert.match(outcome.text, exception.says);
  return false;
}
