import type { RoomType } from "../core/field";
import { liveStreamingRoom } from "../core/liveStreamingRoom";
import { meetingRoom } from "../core/meetingRoom";
import { type Bag, textIn } from "../core/state";
import { packageTokenOf, tokenOf } from "../core/token";
import { isDefaultProvider, type Reader } from "../runtime/configuration";
import { parseJson } from "./pulumi";

const ROOM_TYPES: readonly RoomType[] = [meetingRoom, liveStreamingRoom];

/** A resource in the stack. */
export interface StackResource {
  readonly urn: string;
  readonly type: string;
  readonly id: string;
  readonly inputs: Bag;
  readonly outputs: Bag;
  /** Looked up by `get`: not managed by the stack. */
  readonly isExternal: boolean;
}

/** What a run that was interrupted had begun. */
export interface PendingOperation {
  readonly kind: string;
  readonly resource: StackResource;
}

/** What `pulumi stack export` prints of a stack. */
export interface StackState {
  readonly resources: readonly StackResource[];
  readonly pending: readonly PendingOperation[];
}

/** A room that the stack manages. */
export interface StackRoom {
  readonly type: RoomType;
  /** The resource's name in the program. */
  readonly resource: string;
  readonly urn: string;
  /** The room's name at Metered. */
  readonly id: string;
  /** The app it belongs to, where the state says so. */
  readonly appName: string | undefined;
  readonly outputs: Bag;
}

interface Export {
  readonly deployment?: {
    readonly resources?: readonly unknown[] | null;
    readonly pending_operations?: readonly unknown[] | null;
  } | null;
}

/** Reads what \`pulumi stack export\` prints. */
export function parseStack(json: string): StackState {
  const { deployment } = parseJson<Export>(json, "pulumi stack export");
  return {
    resources: (deployment?.resources ?? [])
      .map(bagOf)
      .filter((bag) => bag.delete !== true)
      .map(resourceOf),
    pending: (deployment?.pending_operations ?? []).map(bagOf).map((bag) => ({
      kind: textIn(bag, "type") ?? "",
      resource: resourceOf(bagOf(bag.resource)),
    })),
  };
}

function resourceOf(bag: Bag): StackResource {
  return {
    urn: textIn(bag, "urn") ?? "",
    type: textIn(bag, "type") ?? "",
    id: textIn(bag, "id") ?? "",
    inputs: bagOf(bag.inputs),
    outputs: bagOf(bag.outputs),
    isExternal: bag.external === true,
  };
}

function bagOf(value: unknown): Bag {
  return typeof value === "object" && value !== null ? (value as Bag) : {};
}

/** The name of a resource, the last part of its URN. */
export function nameIn(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** The kind of room that a resource is, or undefined for any other resource. */
export function roomTypeOf({ type }: StackResource): RoomType | undefined {
  return ROOM_TYPES.find((roomType) => [tokenOf(roomType), packageTokenOf(roomType)].includes(type));
}

/** The rooms of an app that the stack manages. */
export function roomsIn({ resources }: StackState, appName: string): StackRoom[] {
  return resources.flatMap((resource) => {
    const type = roomTypeOf(resource);
    const owner = textIn(resource.outputs, "appName");
    if (type === undefined || resource.isExternal || (owner !== undefined && owner !== appName)) return [];
    const { urn, id, outputs } = resource;
    return [{ type, resource: nameIn(urn), urn, id, appName: owner, outputs }];
  });
}

const DYNAMIC_PROVIDER = "pulumi:providers:pulumi-nodejs";
const PLUGIN_PROVIDER = "pulumi:providers:metered";

/** The explicit `metered.Provider`s of the stack, those of the plugin among them. */
export function providersIn({ resources }: StackState): StackResource[] {
  return resources.filter((resource) => {
    if (resource.type === DYNAMIC_PROVIDER) return resource.inputs["metered:provider"] !== undefined;
    return isPluginProvider(resource) && !isDefaultProvider(nameIn(resource.urn));
  });
}

/** Whether a provider is one of programs that use the plugin. */
export function isPluginProvider({ type }: StackResource): boolean {
  return type === PLUGIN_PROVIDER;
}

/** Reads the configuration that a provider was given. */
export function readerOf(provider: StackResource): Reader {
  const { urn, inputs } = provider;
  if (!isPluginProvider(provider)) return (key) => plainText(inputs[key]);
  // The plugin's provider has names of its own, and the configuration is to know that it is an explicit one.
  return (key) => (key === "metered:provider" ? nameIn(urn) : plainText(inputs[key.replace(/^metered:/, "")]));
}

/** Pulumi's own mark of an object that is a secret. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** A value as a file for `pulumi import` carries it, so that the state holds it encrypted. */
export function asSecret(value: unknown): Bag {
  return { [SIGNATURE]: SECRET, plaintext: JSON.stringify(value) };
}

/** A value as `pulumi stack export --show-secrets` prints it, secret or not. */
function plainText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const { [SIGNATURE]: mark, plaintext } = bagOf(value);
  return mark === SECRET && typeof plaintext === "string" ? plainText(JSON.parse(plaintext)) : undefined;
}
