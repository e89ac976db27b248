import type { Subject } from "../errors";
import { stateOf } from "../pulumi/operations";
import { type Bag, registered } from "../pulumi/state";
import { objectTypeOf, roomTypeOf } from "../pulumi/types";
import { capitalised, named } from "../pulumi/words/sentence";
import type { RoomReply } from "../rooms/api";
import { declarationOf } from "../rooms/declaration";
import { knownRoom } from "../rooms/room";
import { type RoomType, subjectOf } from "../rooms/roomType";
import { escaped } from "../schema/escaped";
import type { AnyValue, ResourceType, Settings } from "../schema/field";
import { isSensitive } from "../schema/kinds";
import type { Connection } from "./account";
import { ConfigKeys, type SecretSetting } from "./configKeys";
import { isGeneratedBy, looksGenerated } from "./generatedNames";
import { variablesFor } from "./identifiers";
import type { FoundRoom } from "./rooms";
import { roomsIn, type StackRoom, type StackState } from "./stackState";

/** What could be imported: a room, or a TURN project or credential. */
export interface Candidate {
  readonly type: ResourceType;
  readonly subject: Subject;
  /** Its name at Metered, from which the names in the program are made. */
  readonly name: string;
  /** By what the plugin's import finds it. */
  readonly importId: string;
  /** Everything that the program declares, but for the name of a room. */
  readonly settings: Readonly<Record<string, AnyValue>>;
  /** What Pulumi's state is to hold of it. */
  readonly state: { readonly id: string; readonly inputs: Bag; readonly outputs: Bag };
  /** Outputs that only the state may hold, encrypted. */
  readonly secretOutputs: readonly string[];
  /** What it has and can't be declared, each with the reason. */
  readonly left: readonly string[];
  /** What the import can't recover, and what to do about it, in whole sentences; the variable's name is known by then. */
  remarks(variable: string): readonly string[];
}

/** Something that is to be imported. */
export interface Planned extends Omit<Candidate, "remarks" | "type"> {
  readonly type: Pick<ResourceType, "name">;
  /** Its name in the program, for Pulumi. */
  readonly resource: string;
  /** The variable that holds it in the generated module. */
  readonly variable: string;
  /** Those of the settings that may contain a credential. */
  readonly secrets: readonly SecretSetting[];
  readonly remarks: readonly string[];
  /** Of a set: its rooms by their keys. */
  readonly members?: ReadonlyMap<string, Planned>;
}

/** Something that is left alone, and why. */
export interface Skipped {
  readonly type: ResourceType;
  readonly subject: Subject;
  readonly name: string;
  /** Of what isn't a room: what tells it apart from others of that name. */
  readonly id?: string;
  readonly reason: "in the stack" | "archived" | "generated name" | "cannot be declared" | "namesake in the set";
  /** The resource that it is in the stack. */
  readonly resource?: string;
  /** What is in the way of declaring it. */
  readonly problems?: readonly string[];
}

export interface ImportPlan {
  readonly rooms: readonly Planned[];
  readonly skipped: readonly Skipped[];
}

/** What could be imported, and what is left alone. */
export interface Sorted {
  readonly candidates: readonly Candidate[];
  readonly skipped: readonly Skipped[];
}

type Target = Pick<Connection, "account" | "stack">;

/** What an import of these rooms, and of other objects, would do. Changes nothing. */
export function planImport(
  found: readonly FoundRoom[],
  target: Target,
  nowSeconds: number,
  objects: Sorted = { candidates: [], skipped: [] },
): ImportPlan {
  const { stack } = target;
  const rooms = sortRooms(found, target, nowSeconds);
  const wanted = [...rooms.candidates, ...objects.candidates];
  const variables = variablesFor(wanted.map(({ name }) => name));
  const resources = resourcesFor(wanted, stack?.state);
  const sensitive = wanted.map(sensitiveIn);
  const keys = new ConfigKeys(stack, sensitive.flat());
  const planned = wanted.map((candidate, i) => {
    const variable = variables[i] ?? "";
    const secrets = (sensitive[i] ?? []).map((each) => keys.keyFor(variable, each));
    return { ...candidate, resource: resources[i] ?? "", variable, secrets, remarks: candidate.remarks(variable) };
  });
  return { rooms: planned, skipped: [...rooms.skipped, ...objects.skipped] };
}

function sortRooms(found: readonly FoundRoom[], { account, stack }: Target, nowSeconds: number): Sorted {
  const managed = stack ? roomsIn(stack.state, account.appName) : [];
  const skipped: Skipped[] = [];
  const candidates: Candidate[] = [];
  for (const { type, room, isListed } of found) {
    const name = room.roomName;
    const subject = subjectOf(type, name);
    const mayBeOthers = looksGenerated(name) && !(stack && isGeneratedBy(stack.state, type, name));
    const reason = reasonToSkip(type, room, managed, isListed === true && mayBeOthers);
    const { settings, left, problems } = declarationOf(type, room, nowSeconds);
    if (reason) skipped.push(reason);
    else if (problems.length > 0)
      skipped.push({ type, subject, name, reason: "cannot be declared", problems: [...left, ...problems] });
    else {
      const state = stateFor(type, account, room, settings);
      const remarks = () => (mayBeOthers ? [tellShared(subject)] : []);
      candidates.push({ type, subject, name, importId: name, settings, state, secretOutputs: [], left, remarks });
    }
  }
  return { candidates, skipped };
}

/** Two stacks that manage one room delete it for each other. */
function tellShared(subject: Subject): string {
  return `${capitalised(named(subject))} has an auto-generated name. Import it only if no other stack manages it: pulumi destroy in one stack deletes it for both.`;
}

/** The settings whose values may contain a credential: they go into neither the module nor the state in plaintext. */
function sensitiveIn({ type, settings }: Candidate): { setting: string; value: string }[] {
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

function reasonToSkip(
  type: RoomType,
  room: RoomReply,
  managed: readonly StackRoom[],
  mayBeOthers: boolean,
): Skipped | undefined {
  const name = room.roomName;
  const subject = subjectOf(type, name);
  if (room.archived) return { type, subject, name, reason: "archived" };
  const inStack = managed.find((each) => each.type === type && each.id === name);
  if (inStack) return { type, subject, name, reason: "in the stack", resource: inStack.resource };
  return mayBeOthers ? { type, subject, name, reason: "generated name" } : undefined;
}

/** The names at Metered as the resources'; with a number where there is a resource of that name already. */
function resourcesFor(wanted: readonly Candidate[], state: StackState | undefined): string[] {
  const keyOf = (type: ResourceType, name: string) => `${type.name} ${name}`;
  const used = new Set(
    (state?.resources ?? []).flatMap((resource) => {
      const type = roomTypeOf(resource.type) ?? objectTypeOf(resource.type);
      return type ? [keyOf(type, resource.name)] : [];
    }),
  );
  const plain = new Set(wanted.map(({ type, name }) => keyOf(type, name)));
  return wanted.map(({ type, name: base }) => {
    let name = base;
    for (let number = 2; used.has(keyOf(type, name)) || (name !== base && plain.has(keyOf(type, name))); number++) {
      name = `${base}-${number}`;
    }
    used.add(keyOf(type, name));
    return name;
  });
}

/** Why something is skipped, for a reader. */
export function tellSkipped({ subject, reason, resource, problems }: Skipped): string {
  const what = named(subject);
  if (reason === "in the stack") return `Skipped ${what}: it's already in the stack, as ${escaped(resource ?? "")}.`;
  if (reason === "archived") return `Skipped ${what}: it's archived.`;
  if (reason === "generated name")
    return `Skipped ${what}: its name is auto-generated, so another stack may manage it. If none does, import it by its name.`;
  if (reason === "namesake in the set")
    return `Skipped ${what}: the set has a room whose name differs in case alone. Import this one as a separate resource.`;
  return `Skipped ${what}: it can't be defined in a program: ${(problems ?? []).join("; ")}.`;
}
