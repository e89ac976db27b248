import { joinedRooms, nameGivenIn, setNameIn } from "../../pulumi/setState";
import { setTypeOf } from "../../pulumi/types";
import { counted, listed, named, quoted } from "../../pulumi/words/sentence";
import type { RoomReply } from "../../rooms/api";
import { meetingRoomSet, type SetType, setSubject } from "../../rooms/set/setType";
import type { Stack } from "../account";
import { type PendingOperation, roomsIn } from "../stackState";
import { type Finding, warn } from "./finding";

/** An operation on a set that the state says is under way. */
export interface PendingSet {
  readonly kind: string;
  readonly set: SetType;
  readonly resource: string;
  /** The set's generated name. */
  readonly name: string;
  /** The names of the rooms that it was to have and the state doesn't know. */
  readonly begun: readonly string[];
}

export function pendingSets({ state }: Stack): PendingSet[] {
  return state.pending.flatMap((operation) => {
    const set = setTypeOf(operation.resource.type);
    return set ? [pendingSet(set, operation, state)] : [];
  });
}

function pendingSet(set: SetType, { kind, resource }: PendingOperation, state: Stack["state"]): PendingSet {
  const { urn, inputs, id, name: inProgram } = resource;
  const name = setNameIn(inputs) || id || inProgram;
  const own = roomsIn(state).filter((room) => room.urn === urn);
  const known = new Set(own.map((room) => room.id.toLowerCase()));
  const wanted = [...joinedRooms(inputs)].flatMap(([key, room]) => nameGivenIn(name, key, room) ?? []);
  const begun = kind === "deleting" ? [] : wanted.filter((each) => !known.has(each.toLowerCase()));
  return { kind, set, resource: inProgram, name, begun };
}

/** So many rooms are named; a set may have thousands. */
const ROOMS_NAMED = 5;

/** Which of the set's new rooms exist, and how to go on with the rest. */
export function pendingSetFinding(pending: PendingSet, { pulumi }: Stack, rooms: readonly RoomReply[]): Finding {
  const { kind, set, resource, name, begun } = pending;
  const what = `an update was interrupted while ${kind} ${named(setSubject(set, name))} (resource ${quoted(resource)})`;
  const unlock = `${pulumi.shown("cancel", "--yes")}   # if Pulumi says that the stack is locked`;
  const up = pulumi.shown("up");
  const clear = kind === "creating" ? [pulumi.shown("refresh", "--clear-pending-creates")] : [];
  const adopt = [
    pulumi.shown("config", "set", "metered:adoptExisting", "true"),
    up,
    pulumi.shown("config", "rm", "metered:adoptExisting"),
  ];
  const goOn = (message: string, ...ways: string[]) =>
    warn("Leftovers", `${what}${message}`, unlock, ...ways, ...clear);
  if (kind === "deleting") {
    return goOn(". Run the same command again: it deletes what is left.", `${up}   # or pulumi destroy, if it was one`);
  }
  if (begun.length === 0) return goOn(`. The next ${up} looks at its rooms and goes on.`, up);
  if (set !== meetingRoomSet) {
    return goOn(`; any of its ${roomsOf(begun)} may exist. To adopt those and create the rest:`, ...adopt);
  }
  const living = new Set(rooms.filter(({ archived }) => !archived).map(({ roomName }) => roomName.toLowerCase()));
  const there = begun.filter((each) => living.has(each.toLowerCase()));
  const missing = begun.filter((each) => !living.has(each.toLowerCase()));
  if (there.length === 0) return goOn(`; none of its ${roomsOf(begun)} exists. To create them:`, up);
  const rest = missing.length === 0 ? "" : `, and ${namesOf(missing)} ${missing.length === 1 ? "doesn't" : "don't"}`;
  const thence = missing.length === 0 ? "To adopt them:" : "To adopt what exists and create the rest:";
  const [subject, exist] = [namesOf(there), there.length === 1 ? "exists" : "exist"];
  return goOn(`; of its ${roomsOf(begun)}, ${subject} ${exist}${rest}. ${thence}`, ...adopt);
}

function roomsOf(names: readonly string[]): string {
  return names.length === 1 ? "new room" : `${counted(names.length)} new rooms`;
}

/** `a, b, c, d, e and 35 more`. */
function namesOf(names: readonly string[]): string {
  if (names.length <= ROOMS_NAMED + 1) return listed(names);
  return listed([...names.slice(0, ROOMS_NAMED), `${counted(names.length - ROOMS_NAMED)} more`]);
}
