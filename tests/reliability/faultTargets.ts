import type { Fault, Switches } from "metered-simulator";
import type { RoomType } from "../../provider/src/rooms/roomType";
import type { Bag } from "../../provider/src/pulumi/state";
import type { Outcome } from "./engine";
import type { Call, Trouble } from "./faults";
import { autoNamed, everything, withOther } from "./programs";
import type { World } from "./world";

/** An operation on a room, and the call of it that meets the trouble. */
export interface Target {
  readonly title: string;
  readonly call: Call;
  /** It is the first call of the run, so that trouble with the connection can meet it. */
  readonly isFirst?: true;
  readonly switches?: Partial<Switches>;
  /** Faults that bring the operation to that call, and how many calls of its kind come before. */
  readonly onTheWay?: Fault;
  readonly skip?: number;
  /** The room is there before. */
  readonly isMade: boolean;
  readonly program: (world: World) => Bag;
  readonly run: (world: World, program: Bag) => Promise<Outcome>;
  /** What the program is in the end. */
  readonly after: (world: World, program: Bag) => Bag;
  readonly ends: "with the room" | "without a room";
}

const given = (world: World) => everything(world.type, world.newName());
const upper = (world: World) => everything(world.type, world.newName("StandUp"));
const made = (world: World) => autoNamed(given(world));
const up = (world: World, program: Bag) => world.up(program);
const same = (_world: World, program: Bag) => program;
const changed = (world: World, program: Bag) => withOther(world.type, program, "enableRecording");
const change = (world: World, program: Bag) => world.up(changed(world, program));
const create = { after: same, call: "create", isFirst: true, isMade: false, run: up, ends: "with the room" } as const;
const look = {
  after: same,
  call: "get",
  onTheWay: { fault: "cutAfterCommit", operation: "create" },
  isMade: false,
  run: up,
  ends: "with the room",
} as const;
const destroy = {
  after: same,
  isMade: true,
  program: given,
  run: (world: World) => world.destroy(),
  ends: "without a room",
} as const;

export const targets: readonly Target[] = [
  { ...create, title: "create", program: given },
  { ...create, title: "create with a made name", program: made },
  {
    ...create,
    title: "create where names are lowered and found only so",
    program: upper,
    switches: { nameCase: "lowered exact", missingLiveRoom: "400 bare" },
  },
  { ...look, title: "create, at the look after a lost reply", program: given },
  { ...look, title: "create with a made name, at that look", program: made },
  {
    title: "refresh",
    call: "get",
    isFirst: true,
    isMade: true,
    program: given,
    run: (world) => world.refresh(),
    after: same,
    ends: "with the room",
  },
  {
    title: "refresh of a missing room, at the proof of the account",
    call: "list",
    switches: { missingRoomStatus: 404, missingRoomMessage: "Invalid request" },
    isMade: true,
    program: given,
    run: (world) => {
      if (world.own.length > 0) world.archiveOutside();
      return world.refresh();
    },
    after: same,
    ends: "without a room",
  },
  {
    title: "update, at its look",
    call: "get",
    isFirst: true,
    isMade: true,
    program: given,
    run: change,
    after: changed,
    ends: "with the room",
  },
  { title: "update", call: "update", isMade: true, program: given, run: change, after: changed, ends: "with the room" },
  { ...destroy, title: "delete, at its look", call: "get", isFirst: true },
  { ...destroy, title: "delete", call: "delete" },
  {
    ...destroy,
    title: "delete, at the look after a refusal",
    call: "get",
    skip: 1,
    onTheWay: { fault: "status", status: 400, operation: "delete" },
  },
];

export const positions = ["as the first of the tries", "as the second of the tries", "on all tries"] as const;
export type Position = (typeof positions)[number];

/** Where another outcome is right than recovery from what is repeated and, of the rest, the fault's own error. */
export const special: readonly {
  readonly when: (target: Target, trouble: Trouble, position: Position, type: RoomType) => boolean;
  /** Well, with another error than the fault's own, or in what the server made us believe. */
  readonly ends: "well" | "believing the lie" | "refused" | "not deletable" | "ServerError" | "NoConnection";
  readonly why: string;
}[] = [
  {
    when: ({ call, ends }, { title }) => title === "404 in JSON" && call === "get" && ends === "without a room",
    ends: "believing the lie",
    why: "the server says in its own words that the room does not exist; the delete is content",
  },
  {
    when: ({ title }, fault) => title === "refresh" && fault.title === "404 in JSON",
    ends: "believing the lie",
    why: "the same; the state loses the room, and the next create meets it",
  },
  {
    when: ({ onTheWay }, { title }, position) =>
      onTheWay?.operation === "create" && title === "404 in JSON" && position !== "on all tries",
    ends: "well",
    why: "the second create meets the room of the first, and the look after it shows that it is ours",
  },
  {
    when: ({ onTheWay, call }, trouble, position) =>
      onTheWay?.operation === "create" && !recovers(trouble, call, position),
    ends: "NoConnection",
    why: "where not even the look succeeds, the story is that of the lost reply",
  },
  {
    when: ({ call }, { isDone }) => call === "create" && isDone,
    ends: "well",
    why: "the look shows the room",
  },
  {
    when: ({ call }, { title }, position) =>
      call === "create" && title.startsWith("an empty reply") && position !== "on all tries",
    ends: "well",
    why: "the look shows that there is no room, so it is created once more",
  },
  {
    when: ({ call, program }, { title }, position) =>
      call === "create" && program === made && title === "409" && position === "as the first of the tries",
    ends: "well",
    why: "a made name gives way to the next number",
  },
  {
    when: ({ call }, { title }, position) =>
      call === "create" && title === "409" && position === "as the second of the tries",
    ends: "ServerError",
    why: "what has the name may be the room of the first try, although the look does not show it",
  },
  {
    when: ({ call }, { isDone, error }) => call === "delete" && isDone && error === "UnexpectedResponse",
    ends: "well",
    why: "the look shows that the room is gone",
  },
  {
    when: ({ call }, trouble, _position, { canDelete }) =>
      call === "delete" && !canDelete && REFUSALS.includes(errorOf(trouble, call)) && !isHarmless(trouble, call),
    ends: "not deletable",
    why: "of a live room no refusal says more than that Metered documents no way to delete it",
  },
  {
    when: ({ onTheWay, call }, trouble, position) =>
      onTheWay?.operation === "delete" && recovers(trouble, call, position),
    ends: "refused",
    why: "the room is still there, so that the refusal is the story",
  },
];

/** Errors of a delete that make the provider look again. */
const REFUSALS = ["RoomNotFound", "UnknownApp", "RequestRefused", "UnexpectedResponse"];

export function errorOf({ error }: Trouble, call: Call): string {
  return typeof error === "string" ? error : error[call];
}

function isHarmless(trouble: Trouble, call: Call): boolean {
  return trouble.isHarmless?.includes(call) ?? false;
}

export function recovers(trouble: Trouble, call: Call, position: Position): boolean {
  return isHarmless(trouble, call) || (trouble.isRepeated && position !== "on all tries");
}
