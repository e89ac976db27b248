import { joinedRooms, nameGivenIn, setNameIn } from "../../pulumi/setState";
import { setTypeOf } from "../../pulumi/types";
import { counted, named, quoted } from "../../pulumi/words/sentence";
import type { RoomReply } from "../../rooms/api";
import { meetingRoomSet, type SetType, setSubject } from "../../rooms/set/setType";
import { type PendingOperation, roomsIn, type StackState } from "../stackState";
import { type Finding, someOf, warn } from "./finding";
import { adopting, clearing, type Part, TO_CLEAR, unlocking } from "./part";

/** An operation on a set that the state says is under way. */
export interface PendingSet {
  readonly kind: string;
  readonly set: SetType;
  readonly resource: string;
  /** The set's generated name. */
  readonly name: string;
  /** The names of the rooms that it was to have and the state doesn't know. */
  readonly begun: readonly string[];
  /** Whether the state has the set: of a create, an update has finished the work since. */
  readonly isInState: boolean;
}

export function pendingSets({ state }: Part): PendingSet[] {
  return state.pending.flatMap((operation) => {
    const set = setTypeOf(operation.resource.type);
    return set ? [pendingSet(set, operation, state)] : [];
  });
}

function pendingSet(set: SetType, { kind, resource }: PendingOperation, state: StackState): PendingSet {
  const { urn, inputs, id, name: inProgram } = resource;
  const name = setNameIn(inputs) || id || inProgram;
  const own = roomsIn(state).filter((room) => room.urn === urn);
  const known = new Set(own.map((room) => room.id.toLowerCase()));
  const wanted = [...joinedRooms(inputs)].flatMap(([key, room]) => nameGivenIn(name, key, room) ?? []);
  const begun = kind === "deleting" ? [] : wanted.filter((each) => !known.has(each.toLowerCase()));
  return { kind, set, resource: inProgram, name, begun, isInState: state.resources.some((each) => each.urn === urn) };
}

/** Which of the set's new rooms exist, and how to go on with the rest. */
export function pendingSetFinding(pending: PendingSet, part: Part, rooms: readonly RoomReply[]): Finding {
  const { kind, set, resource, name, begun, isInState } = pending;
  const what = `an update was interrupted while ${kind} ${named(setSubject(set, name))} (resource ${quoted(resource)})`;
  const up = part.pulumi.shown("up");
  const clear = kind === "creating" ? [clearing(part)] : [];
  const adopt = adopting(part);
  const goOn = (message: string, ...ways: string[]) =>
    warn("Leftovers", `${what}${message}`, unlocking(part), ...ways, ...clear);
  if (kind === "deleting") {
    return goOn(". Run the same command again: it deletes what is left.", `${up}   # or pulumi destroy, if it was one`);
  }
  if (kind === "creating" && isInState && begun.length === 0)
    return warn("Leftovers", `${what}; it's in the state by now. ${TO_CLEAR}`, ...clear);
  if (begun.length === 0) return goOn(`. The next ${up} checks its rooms and continues.`, up);
  if (set !== meetingRoomSet) {
    return goOn(`; any of its ${roomsOf(begun)} may exist. To adopt those and create the rest:`, ...adopt);
  }
  const living = new Set(rooms.filter(({ archived }) => !archived).map(({ roomName }) => roomName.toLowerCase()));
  const there = begun.filter((each) => living.has(each.toLowerCase()));
  const missing = begun.filter((each) => !living.has(each.toLowerCase()));
  if (there.length === 0) return goOn(`; none of its ${roomsOf(begun)} exists. To create them:`, up);
  const rest = missing.length === 0 ? "" : `, and ${someOf(missing)} ${missing.length === 1 ? "doesn't" : "don't"}`;
  const thence = missing.length === 0 ? "To adopt them:" : "To adopt what exists and create the rest:";
  const [subject, exist] = [someOf(there), there.length === 1 ? "exists" : "exist"];
  return goOn(`; of its ${roomsOf(begun)}, ${subject} ${exist}${rest}. ${thence}`, ...adopt);
}

function roomsOf(names: readonly string[]): string {
  return names.length === 1 ? "new room" : `${counted(names.length)} new rooms`;
}
