import assert from "node:assert/strict";
import type { Bag } from "../../provider/src/pulumi/state";
import type { Value } from "../../provider/src/schema/field";
import { autoNamed, keepingRules, least } from "../reliability/programs";
import type { ProviderHost } from "../support/providerHost";
import { allSettings, otherValue } from "../support/rooms";
import { type Mishap, mishaps, type Operation, type Story } from "./operations";
import type { Room } from "./room";
import { Stack } from "./stack";

/** What programs and colleagues call rooms. */
const NAMES = ["alpha", "beta", "gamma", "Alpha"];

/** Settings that have rules with others: what a colleague does to one of them may make every later update invalid. */
const RULED = /composition|rtmp|LiveStreaming|UnixSec|AtRoomExp|deleteOnExp/i;

/** Plays a story to its end, and then on until the stack is quiet and gone. */
export async function play(
  host: ProviderHost,
  { switches, operations, hasProvider = false, endsWithRefresh }: Story,
): Promise<void> {
  const stack = await Stack.start(switches, host, hasProvider ? "eu" : undefined);
  try {
    const moved = { count: 0 };
    for (const operation of operations) await perform(stack, operation, moved);
    await end(stack, endsWithRefresh);
  } finally {
    await stack.close();
  }
}

async function perform(stack: Stack, operation: Operation, moved: { count: number }): Promise<void> {
  switch (operation.do) {
    case "up": {
      const { adopt, replace, killed, latencies, parallel, mishap } = operation;
      const rooms = {
        ...(latencies === undefined ? {} : { latencies }),
        ...(parallel === undefined ? {} : { parallel }),
        ...(replace === undefined ? {} : { replace: at(stack, replace) }),
        ...(killed === undefined ? {} : { killed: at(stack, killed) }),
      };
      await inTrouble(stack, mishap, (isInTrouble) => stack.up({ adopt: adopt ?? false, ...rooms, isInTrouble }));
      return;
    }
    case "refresh":
    case "destroy":
      await inTrouble(stack, operation.mishap, (isInTrouble) => stack[operation.do](isInTrouble));
      return;
    case "use another app":
      return stack.useAnotherApp(operation.command);
    case "import":
      return importRoom(stack, at(stack, operation.slot), nameAt(operation.name).toLowerCase());
    case "swap":
      return swap(stack);
    case "copy":
      return copy(at(stack, operation.from), at(stack, operation.to));
    case "archive":
    case "recreate":
    case "take the name":
    case "edit":
      return outside(stack, at(stack, operation.slot), operation);
    default:
      edit(at(stack, operation.slot), operation, moved);
  }
}

async function inTrouble(stack: Stack, mishap: Mishap | undefined, run: (isInTrouble: boolean) => Promise<unknown>) {
  const fault = mishap && mishaps.get(mishap.trouble);
  if (mishap && fault) {
    const { call, skip, times } = mishap;
    stack.simulator.faults.inject({ ...fault, skip, times, ...(call === "any" ? {} : { operation: call }) });
  }
  await run(fault !== undefined);
  stack.simulator.faults.clear();
}

/** What the user writes. */
function edit(room: Room, operation: Operation, moved: { count: number }): void {
  const { type, program } = room;
  if (operation.do === "declare") {
    const settings = Object.fromEntries(operation.settings.map((each) => settingAt(room, each, false)));
    const name = operation.name === "made" ? madeName(room, 0) : nameAt(operation.name);
    const declared = valid(room, least(type, name, settings));
    room.program = operation.name === "made" ? autoNamed(declared) : declared;
  }
  if (operation.do === "take out") room.program = undefined;
  if (operation.do === "revert") room.program = room.applied;
  if (!program) return;
  const { __auto: _, ...named } = program;
  if (operation.do === "set") {
    const [name, value] = settingAt(room, operation.setting, operation.isOther);
    room.program = valid(room, { ...program, [name]: value });
  }
  if (operation.do === "unset") {
    const [name] = settingAt(room, operation.setting, false);
    const { [name]: _, ...rest } = program;
    if (!type.fields[name]?.required) room.program = valid(room, rest);
  }
  if (operation.do === "rename") room.program = { ...named, roomName: nameAt(operation.name) };
  if (operation.do === "move") room.program = autoNamed({ ...named, roomName: madeName(room, ++moved.count) });
  if (operation.do === "turn old-first") room.deletesFirst = !room.deletesFirst;
  if (operation.do === "transform") room.program = { ...program, roomName: nameAt(operation.name) };
}

/** Two meeting rooms change names, where the program declares both. */
function swap({ rooms }: Stack): void {
  const [first, second] = rooms.filter(({ kind, program }) => kind === "meeting" && program);
  if (!first?.program || !second?.program) return;
  const names = [first.program.roomName, second.program.roomName];
  const { __auto: _, ...one } = first.program;
  const { __auto: __, ...other } = second.program;
  first.program = { ...one, roomName: names[1] };
  second.program = { ...other, roomName: names[0] };
}

/** A line is copied, with its name; what is made is made from the resource's own name. */
function copy(from: Room, to: Room): void {
  if (from === to || from.type !== to.type || !from.program) return;
  const { __auto: mark, ...inputs } = from.program;
  const isMade = mark !== undefined && mark === inputs.roomName;
  to.program = isMade ? autoNamed({ ...inputs, roomName: madeName(to, 0) }) : inputs;
}

/** What colleagues do, where there is something to do it to. */
function outside(stack: Stack, room: Room, operation: Operation): void {
  const { living, kind } = room;
  if (operation.do === "take the name") {
    const name = String(room.program?.roomName ?? "").toLowerCase();
    if (name !== "" && !stack.simulator.rooms.some((each) => !each.archived && each.roomName.toLowerCase() === name))
      stack.ownership.addOther(kind, name);
  }
  if (!living) return;
  if (operation.do === "archive") stack.simulator.archiveRoom(kind, living.roomName);
  if (operation.do === "recreate") {
    const made = stack.ownership.recreateOutside(kind, living.roomName);
    // Whoever takes it over leaves alone what is not declared.
    for (const name of Object.keys(made.settings)) room.theirs.add(name);
  }
  if (operation.do === "edit") {
    const [name, value] = settingAt(room, operation.setting, operation.to === "other");
    if (RULED.test(name)) return;
    stack.simulator.editRoom(kind, living.roomName, { [name]: operation.to === "nothing" ? null : value });
    room.drift.add(name);
    room.theirs.add(name);
  }
}

/** A room that is there already is put into the state, as the docs say. */
async function importRoom(stack: Stack, room: Room, name: string): Promise<void> {
  const isFree = !stack.simulator.rooms.some((each) => !each.archived && each.roomName.toLowerCase() === name);
  if (room.engine.resource || room.program || !isFree) return;
  const there = stack.ownership.addOther(room.kind, name);
  stack.ownership.isOurs(there);
  room.program = await stack.import(room, name);
  room.isImported = true;
  // Defaults that a reply shows are nothing that anybody has set.
  for (const setting of room.settings) if (there.settings[setting] === undefined) room.drift.add(setting);
}

/** The user does what the messages say until all is quiet, and then takes everything down. */
async function end(stack: Stack, beginsWithRefresh: boolean): Promise<void> {
  if (beginsWithRefresh) await stack.refresh();
  for (const room of stack.rooms) room.forgetGone();
  for (const room of stack.twins) room.program = { ...nameless(room), roomName: `own-${room.kind}-${room.number}` };
  if (!(await stack.up({ adopt: true }))) {
    for (const room of stack.rooms) {
      room.forgetGone();
      giveIn(room);
    }
    stack.ownership.mayLose();
    assert.ok(await stack.up({ adopt: true }), `the stack does not come to rest: ${stack.said}`);
  }
  assert.ok(await stack.refresh(), `the last refresh: ${stack.said}`);
  assert.ok(await stack.up(), `the last up: ${stack.said}`);
  await stack.destroy();
  stack.assertGone();
}

/** What Metered refuses is taken back: a name that cannot be had, the end of a room that cannot be deleted. */
function giveIn(room: Room): void {
  const { engine, program, isUndeletable } = room;
  if (isUndeletable) {
    engine.replaced = [];
    if (!program) engine.forget();
  }
  const named = nameless(room);
  if (program && engine.resource) room.program = { ...named, roomName: engine.resource.outputs.roomName };
  else if (program) room.program = autoNamed({ ...named, roomName: madeName(room, 99) });
}

function nameless({ program }: Room): Bag {
  const { __auto: _, ...named } = program ?? {};
  return named;
}

function at({ rooms }: Stack, slot: number): Room {
  return rooms[slot] ?? assert.fail(`no room ${slot}`);
}

function nameAt(number: number): string {
  return NAMES[number % NAMES.length] ?? "";
}

function madeName(room: Room, number: number): string {
  return `${room.kind}-${room.number}-${number.toString(16).padStart(8, "0")}`;
}

function settingAt(room: Room, number: number, isOther: boolean): [string, Value] {
  const name = room.settings[number % room.settings.length] ?? "";
  const field = room.type.fields[name];
  return [name, field && isOther ? otherValue(name, field) : (allSettings(room.type)[name] ?? "")];
}

/** Rules that are only warned about, too: Metered may refuse what breaks them. */
function valid(room: Room, program: Bag): Bag {
  return keepingRules(room.type, program, ["error", "warning"]);
}
