import { stateOf } from "../pulumi/operations";
import { type Bag, registered } from "../pulumi/state";
import { roomTypeOf } from "../pulumi/types";
import { named } from "../pulumi/words/sentence";
import type { RoomReply } from "../rooms/api";
import { declarationOf } from "../rooms/declaration";
import { knownRoom } from "../rooms/room";
import { type RoomType, subjectOf } from "../rooms/roomType";
import type { Settings } from "../schema/field";
import { isSensitive } from "../schema/kinds";
import type { Connection } from "./account";
import { ConfigKeys, type SecretSetting } from "./configKeys";
import { variablesFor } from "./identifiers";
import type { FoundRoom } from "./rooms";
import { roomsIn, type StackRoom, type StackState } from "./stackState";

/** A room that is to be imported. */
export interface PlannedRoom {
  readonly type: RoomType;
  /** Its name at Metered. */
  readonly name: string;
  /** Its name in the program, for Pulumi. */
  readonly resource: string;
  /** The variable that holds it in the generated module. */
  readonly variable: string;
  readonly settings: Settings;
  /** Those of the settings that may carry a credential. */
  readonly secrets: readonly SecretSetting[];
  /** What Pulumi's state is to hold of it. */
  readonly state: { readonly id: string; readonly inputs: Bag; readonly outputs: Bag };
  /** What it has and can't be declared, each with the reason. */
  readonly left: readonly string[];
}

/** A room that is left alone, and why. */
export interface SkippedRoom {
  readonly type: RoomType;
  readonly name: string;
  readonly reason: "in the stack" | "archived" | "cannot be declared";
  /** The resource that it is in the stack. */
  readonly resource?: string;
  /** What is in the way of declaring it. */
  readonly problems?: readonly string[];
}

export interface ImportPlan {
  readonly rooms: readonly PlannedRoom[];
  readonly skipped: readonly SkippedRoom[];
}

type Target = Pick<Connection, "account" | "stack">;

/** What an import of these rooms would do. Changes nothing. */
export function planImport(found: readonly FoundRoom[], { account, stack }: Target, nowSeconds: number): ImportPlan {
  const managed = stack ? roomsIn(stack.state, account.appName) : [];
  const skipped: SkippedRoom[] = [];
  const wanted: (FoundRoom & { settings: Settings; left: readonly string[] })[] = [];
  for (const { type, room } of found) {
    const reason = reasonToSkip(type, room, managed);
    const { settings, left, problems } = declarationOf(type, room, nowSeconds);
    if (reason) skipped.push(reason);
    else if (problems.length === 0) wanted.push({ type, room, settings, left });
    else skipped.push({ type, name: room.roomName, reason: "cannot be declared", problems: [...left, ...problems] });
  }
  const variables = variablesFor(wanted.map(({ room }) => room.roomName));
  const resources = resourcesFor(wanted, stack?.state);
  const sensitive = wanted.map(({ type, settings }) => sensitiveIn(type, settings));
  const keys = new ConfigKeys(stack, sensitive.flat());
  const rooms = wanted.map(({ type, room, settings, left }, i) => {
    const variable = variables[i] ?? "";
    const name = room.roomName;
    const secrets = (sensitive[i] ?? []).map((each) => keys.keyFor(variable, each));
    const state = stateFor(type, account, room, settings);
    return { type, name, resource: resources[i] ?? "", variable, settings, secrets, state, left };
  });
  return { rooms, skipped };
}

/** The settings whose values may carry a credential: they go into neither the module nor the state in plaintext. */
function sensitiveIn(type: RoomType, settings: Settings): { setting: string; value: string }[] {
  return Object.entries(settings).flatMap(([setting, value]) => {
    const field = type.fields[setting];
    return field && isSensitive(field) ? [{ setting, value: String(value) }] : [];
  });
}

/** The same as if the program had created the room, so that nothing is left to do. */
function stateFor(type: RoomType, account: Target["account"], room: RoomReply, settings: Settings) {
  const wanted = { wanted: room.roomName, isGenerated: false };
  const { id, inputs, outputs } = stateOf(knownRoom(type, account, room, wanted, settings));
  return { id, inputs: { ...inputs, ...registered(type) }, outputs: { ...outputs, ...registered(type) } };
}

function reasonToSkip(type: RoomType, room: RoomReply, managed: readonly StackRoom[]): SkippedRoom | undefined {
  const name = room.roomName;
  if (room.archived) return { type, name, reason: "archived" };
  const inStack = managed.find((each) => each.type === type && each.id === name);
  return inStack && { type, name, reason: "in the stack", resource: inStack.resource };
}

/** The rooms' names as the resources'; with a number where the stack has a resource of that name already. */
function resourcesFor(wanted: readonly FoundRoom[], state: StackState | undefined): string[] {
  const keyOf = (type: RoomType, name: string) => `${type.name} ${name}`;
  const inStack = new Set(
    (state?.resources ?? []).flatMap((resource) => {
      const type = roomTypeOf(resource.type);
      return type ? [keyOf(type, resource.name)] : [];
    }),
  );
  const taken = new Set([...inStack, ...wanted.map(({ type, room }) => keyOf(type, room.roomName))]);
  return wanted.map(({ type, room }) => {
    let name = room.roomName;
    for (let number = 2; inStack.has(keyOf(type, room.roomName)) && taken.has(keyOf(type, name)); number++) {
      name = `${room.roomName}-${number}`;
    }
    taken.add(keyOf(type, name));
    return name;
  });
}

/** Why a room is skipped, for a reader. */
export function tellSkipped({ type, name, reason, resource, problems }: SkippedRoom): string {
  const room = named(subjectOf(type, name));
  if (reason === "in the stack") return `Skipped ${room}: it's already in the stack, as ${resource}.`;
  if (reason === "archived") return `Skipped ${room}: it's archived.`;
  return `Skipped ${room}: no program can declare it: ${(problems ?? []).join("; ")}.`;
}
