import type { KnownObject } from "../objects/known";
import type { ObjectType } from "../objects/objectType";
import { isDefaultProvider, type Reader } from "../pulumi/configuration";
import { knownObject } from "../pulumi/objectState";
import { markedAsSecret } from "../pulumi/secrets";
import { knownSetIn } from "../pulumi/setState";
import { type Bag, stringIn } from "../pulumi/state";
import { objectTypeOf, packageTokenOf, roomTypeOf, setTypeOf } from "../pulumi/types";
import { partsOf } from "../pulumi/urn";
import type { RoomType } from "../rooms/roomType";
import type { SetType } from "../rooms/set/setType";
import { parseJson } from "./pulumi";
import { revealed, withRoomsRevealed } from "./revealed";

/** A resource in the stack. */
export interface StackResource {
  readonly urn: string;
  /** Its name in the program. */
  readonly name: string;
  readonly type: string;
  readonly id: string;
  readonly inputs: Bag;
  readonly outputs: Bag;
  /** Looked up by `get`: the stack doesn't manage it. */
  readonly isExternal: boolean;
  /** The URN of the provider that serves it. */
  readonly provider: string | undefined;
}

/** What an interrupted run had begun. */
export interface PendingOperation {
  readonly kind: string;
  readonly resource: StackResource;
}

/** What `pulumi stack export` prints of a stack. */
export interface StackState {
  readonly resources: readonly StackResource[];
  readonly pending: readonly PendingOperation[];
  /** Replaced already, and still to be deleted. */
  readonly leaving: readonly StackResource[];
}

/** A room that the stack manages. */
export interface StackRoom {
  readonly type: RoomType;
  /** The resource's name in the program. */
  readonly resource: string;
  readonly urn: string;
  /** The room's name at Metered. */
  readonly id: string;
  /** Metered's `_id`, where the state says it. */
  readonly roomId: string | undefined;
  readonly outputs: Bag;
}

interface Export {
  readonly deployment?: {
    readonly resources?: readonly unknown[] | null;
    readonly pending_operations?: readonly unknown[] | null;
  } | null;
}

/** Reads what `pulumi stack export` prints. */
export function parseStack(json: string): StackState {
  const { deployment } = parseJson<Export>(json, "pulumi stack export");
  const resources = (deployment?.resources ?? []).map(bagOf);
  return {
    resources: resources.filter((bag) => bag.delete !== true).map(resourceOf),
    leaving: resources.filter((bag) => bag.delete === true).map(resourceOf),
    pending: (deployment?.pending_operations ?? []).map(bagOf).map((bag) => ({
      kind: stringIn(bag, "type") ?? "",
      resource: resourceOf(bagOf(bag.resource)),
    })),
  };
}

function resourceOf(bag: Bag): StackResource {
  const urn = stringIn(bag, "urn") ?? "";
  const type = stringIn(bag, "type") ?? "";
  return {
    urn,
    name: partsOf(urn).name,
    type,
    id: stringIn(bag, "id") ?? "",
    inputs: withRoomsRevealed(type, bagOf(bag.inputs)),
    outputs: withRoomsRevealed(type, bagOf(bag.outputs)),
    isExternal: bag.external === true,
    // The provider's own id follows its URN.
    provider: stringIn(bag, "provider")?.replace(/::[^:]*$/, ""),
  };
}

function bagOf(value: unknown): Bag {
  return typeof value === "object" && value !== null ? (value as Bag) : {};
}

/** The rooms that the stack manages: those of one app, or of all. */
export function roomsIn({ resources }: StackState, appName?: string): StackRoom[] {
  return resources.flatMap((resource) => {
    const set = setTypeOf(resource.type);
    const type = set?.room ?? roomTypeOf(resource.type);
    const owner = stringIn(resource.outputs, "appName");
    const isOther = appName !== undefined && owner !== undefined && owner !== appName;
    if (type === undefined || resource.isExternal || isOther) return [];
    const { urn, name, id, outputs } = resource;
    if (set) return roomsOfSet(set, resource);
    return [{ type, resource: name, urn, id, roomId: stringIn(outputs, "roomId"), outputs }];
  });
}

/** Each room of a set, called by the set's name and its key: `courses["math-1"]`. */
function roomsOfSet(set: SetType, { urn, name, id, outputs }: StackResource): StackRoom[] {
  const shown = bagOf(outputs.rooms);
  return [...knownSetIn(set, id, outputs).rooms].map(([key, { name: room, roomId }]) => ({
    type: set.room,
    resource: `${name}[${JSON.stringify(key)}]`,
    urn,
    id: room.actual,
    roomId,
    outputs: bagOf(shown[key]),
  }));
}

/** A TURN project, TURN credential or access token that the stack manages. */
export interface StackObject {
  readonly type: ObjectType;
  /** The resource's name in the program. */
  readonly resource: string;
  readonly known: KnownObject;
}

/** The same of what isn't a room. What is a secret in the state isn't known here. */
export function objectsIn(resources: readonly StackResource[], appName?: string): StackObject[] {
  return resources.flatMap(({ type: token, id, name, outputs, isExternal }) => {
    const type = objectTypeOf(token);
    const owner = stringIn(outputs, "appName");
    const isOther = appName !== undefined && owner !== undefined && owner !== appName;
    if (type === undefined || isExternal || isOther) return [];
    return [{ type, resource: name, known: knownObject(type, id, outputs) }];
  });
}

const DYNAMIC_PROVIDER = "pulumi:providers:pulumi-nodejs";
const PLUGIN_PROVIDER = "pulumi:providers:metered";

/** The explicit `metered.Provider`s of the stack, those of the plugin among them. */
export function providersIn({ resources }: StackState): StackResource[] {
  return resources.filter(
    (each) => isDynamicProvider(each) || (isPluginProvider(each) && !isDefaultProvider(each.name)),
  );
}

function isDynamicProvider({ type, inputs }: StackResource): boolean {
  return type === DYNAMIC_PROVIDER && inputs["metered:provider"] !== undefined;
}

/** Whether what the stack holds is the plugin's alone: its resources say so or, without any, its providers. */
export function showsPlugin({ resources }: StackState): boolean {
  const rooms = resources.flatMap(({ type }) => {
    const ours = roomTypeOf(type) ?? setTypeOf(type) ?? objectTypeOf(type);
    return ours ? [type === packageTokenOf(ours)] : [];
  });
  const providers = resources.flatMap((each) =>
    isPluginProvider(each) || isDynamicProvider(each) ? [isPluginProvider(each)] : [],
  );
  const deciding = rooms.length > 0 ? rooms : providers;
  return deciding.length > 0 && deciding.every(Boolean);
}

/** Whether a provider is one of programs that use the plugin. */
export function isPluginProvider({ type }: StackResource): boolean {
  return type === PLUGIN_PROVIDER;
}

/** The resources of this package, apart from what is only looked up. */
export function ownResourcesIn({ resources }: StackState): StackResource[] {
  return resources.filter(({ type, isExternal }) => {
    return !isExternal && (roomTypeOf(type) ?? setTypeOf(type) ?? objectTypeOf(type)) !== undefined;
  });
}

/** Reads the configuration that a provider was given. */
export function readerOf(provider: StackResource): Reader {
  const { name, inputs } = provider;
  if (!isPluginProvider(provider)) return (key) => plainText(inputs[key]);
  // The plugin's inputs have no prefix, and don't say that the provider is an explicit one.
  return (key) => (key === "metered:provider" ? name : plainText(inputs[key.replace(/^metered:/, "")]));
}

/** A value as a file for `pulumi import` carries it, so that the state holds it encrypted. */
export function asSecret(value: unknown): object {
  return markedAsSecret({ plaintext: JSON.stringify(value) });
}

/** A value as `pulumi stack export --show-secrets` prints it, secret or not. */
function plainText(value: unknown): string | undefined {
  const plain = revealed(value);
  return ["string", "number", "boolean"].includes(typeof plain) ? String(plain) : undefined;
}
