import { stringIn } from "../../pulumi/state";
import { roomTypeOf } from "../../pulumi/types";
import { counted, listed, named, quoted } from "../../pulumi/words/sentence";
import type { RoomReply } from "../../rooms/api";
import { meetingRoom } from "../../rooms/meetingRoom";
import { isSpelling } from "../../rooms/name";
import { type RoomType, subjectOf } from "../../rooms/roomType";
import { roomsIn, type StackRoom } from "../stackState";
import { type Finding, someOf, warn } from "./finding";
import { adopting, clearing, type Part, TO_CLEAR, unlocking } from "./part";

/** An operation on a room that the state says is under way. */
export interface PendingRoom {
  readonly kind: string;
  readonly type: RoomType;
  /** The room's name at Metered. */
  readonly name: string;
  /** The resource's name in the program. */
  readonly resource: string;
}

export function pendingRooms({ state }: Part): PendingRoom[] {
  return state.pending.flatMap(({ kind, resource }) => {
    const type = roomTypeOf(resource.type);
    if (!type) return [];
    return [{ kind, type, name: stringIn(resource.inputs, "roomName") ?? resource.id, resource: resource.name }];
  });
}

/** One finding for all creates, and one for all else: what is to be done is the same for all of them. */
export function pendingRoomFindings(
  part: Part,
  pending: readonly PendingRoom[],
  { rooms, appName }: { readonly rooms: readonly RoomReply[]; readonly appName: string },
): Finding[] {
  const created = pending.filter(({ kind }) => kind === "creating");
  const others = pending.filter(({ kind }) => kind !== "creating");
  return [
    ...(created.length > 0
      ? [createdFinding(part, created, outcomesOf(created, rooms, roomsIn(part.state, appName)))]
      : []),
    ...(others.length > 0 ? [othersFinding(part, others)] : []),
  ];
}

/** What became of a create, in the order in which it's told: as said of one room, and of several. */
const OUTCOMES = {
  exists: ["exists", "exist"],
  "may exist": ["may exist", "may exist"],
  missing: ["doesn't exist", "don't exist"],
  // An update has finished the work since. Pulumi keeps its note of the create nevertheless.
  "in the state": ["is in the state by now", "are in the state by now"],
} as const;
type Outcome = keyof typeof OUTCOMES;

type Outcomes = ReadonlyMap<Outcome, readonly string[]>;

/** The names of the rooms by what became of them. */
function outcomesOf(
  created: readonly PendingRoom[],
  rooms: readonly RoomReply[],
  managed: readonly StackRoom[],
): Outcomes {
  const outcomeOf = ({ type, name }: PendingRoom): Outcome => {
    if (managed.some((each) => each.type === type && isSpelling(each.id, name))) return "in the state";
    if (type !== meetingRoom) return "may exist";
    return rooms.some(({ roomName, archived }) => !archived && isSpelling(roomName, name)) ? "exists" : "missing";
  };
  const namesOf = (outcome: Outcome) => created.filter((each) => outcomeOf(each) === outcome).map(({ name }) => name);
  const all = (Object.keys(OUTCOMES) as Outcome[]).map((outcome) => [outcome, namesOf(outcome)] as const);
  return new Map(all.filter(([, names]) => names.length > 0));
}

function createdFinding(part: Part, created: readonly PendingRoom[], outcomes: Outcomes): Finding {
  const isOne = created.length === 1;
  const told = [...outcomes].map(([outcome, names]) => {
    const [one, several] = OUTCOMES[outcome];
    return `${isOne ? "it" : someOf(names)} ${names.length === 1 ? one : several}`;
  });
  const what = isOne ? `${theOne(created)}; ` : `${counted(created.length)} rooms: `;
  const story = `an update was interrupted while creating ${what}${listed(told)}`;
  const isMissing = outcomes.has("missing");
  if (outcomes.has("exists") || outcomes.has("may exist")) {
    const goal = isMissing ? "adopt what exists and create the rest" : `adopt ${isOne ? "it" : "them"}`;
    return warn("Leftovers", `${story}. To ${goal}:`, unlocking(part), ...adopting(part), clearing(part));
  }
  if (!isMissing) return warn("Leftovers", `${story}. ${TO_CLEAR}`, clearing(part));
  const rest = isOne ? "it" : outcomes.size === 1 ? "them" : "the rest";
  return warn("Leftovers", `${story}. To create ${rest}:`, unlocking(part), part.pulumi.shown("up"), clearing(part));
}

function theOne([only]: readonly PendingRoom[]): string {
  return only ? `${named(subjectOf(only.type, only.name))} (resource ${quoted(only.resource)})` : "";
}

/** Updates and deletes: the next run looks before it goes on. */
function othersFinding(part: Part, others: readonly PendingRoom[]): Finding {
  const kinds = [...new Set(others.map(({ kind }) => kind))];
  const of = (kind: string) => others.filter((each) => each.kind === kind).map(({ name }) => name);
  const what =
    others.length === 1 ? `${kinds[0]} ${theOne(others)}` : listed(kinds.map((kind) => `${kind} ${someOf(of(kind))}`));
  const it = others.length === 1 ? "it" : "them";
  return warn(
    "Leftovers",
    `an update was interrupted while ${what}. The next pulumi up checks ${it} and continues.`,
    unlocking(part),
    part.pulumi.shown("up"),
  );
}
