import { declarationOf, type RoomState, stateOf } from "../core/existing";
import { describeRoom, type RoomType, type Settings } from "../core/field";
import type { RoomReply } from "../core/roomApi";
import type { Connection, Stack } from "./account";
import { upperFirst, variablesFor } from "./identifiers";
import type { FoundRoom } from "./rooms";
import { nameIn, roomsIn, roomTypeOf, type StackRoom, type StackState } from "./stackState";

/** A secret setting, which the generated module reads from the stack's configuration. */
interface SecretSetting {
  readonly setting: string;
  /** Its key in the configuration, in the project's own namespace. */
  readonly key: string;
  readonly value: string;
  /** Whether the configuration holds it already. */
  readonly isSet: boolean;
}

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
  readonly secrets: readonly SecretSetting[];
  readonly state: RoomState;
  /** What it has and cannot be declared, each with the reason. */
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

/** What an import of these rooms would do. Changes nothing. */
export function planImport(found: readonly FoundRoom[], connection: Connection, nowSeconds: number): ImportPlan {
  const { account, stack } = connection;
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
  const keys = new ConfigKeys(stack);
  const rooms = wanted.map(({ type, room, settings, left }, i) => {
    const variable = variables[i] ?? "";
    const secrets = Object.entries(settings)
      .filter(([setting]) => type.fields[setting]?.secret)
      .map(([setting, value]) => keys.forSecret(variable, setting, String(value)));
    const state = stateOf(type, account, room, settings);
    return { type, name: room.roomName, resource: resources[i] ?? "", variable, settings, secrets, state, left };
  });
  return { rooms, skipped };
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
      const type = roomTypeOf(resource);
      return type ? [keyOf(type, nameIn(resource.urn))] : [];
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

/** Finds keys for secrets in the project's own configuration, without taking one that holds something else. */
class ConfigKeys {
  private readonly taken = new Set<string>();

  constructor(private readonly stack: Stack | undefined) {}

  forSecret(variable: string, setting: string, value: string): SecretSetting {
    const base = `${variable}${upperFirst(setting)}`;
    for (let number = 1; ; number++) {
      const key = number === 1 ? base : `${base}${number}`;
      const current = this.stack?.config[`${this.stack.project.name}:${key}`];
      const isSet = current?.secret === true && current.value === value;
      if (this.taken.has(key) || (current !== undefined && !isSet)) continue;
      this.taken.add(key);
      return { setting, key, value, isSet };
    }
  }
}

/** How a skipped room is told of. */
export function tellSkipped({ type, name, reason, resource, problems }: SkippedRoom): string {
  const room = describeRoom(type, name);
  if (reason === "in the stack") return `Skipped the ${room}: it is in the stack already, as ${resource}.`;
  if (reason === "archived") return `Skipped the ${room}: it is archived.`;
  return `Skipped the ${room}: no program can declare it: ${(problems ?? []).join("; ")}.`;
}
