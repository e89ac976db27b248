import type { RoomType } from "../core/field";
import { liveStreamingRoom } from "../core/liveStreamingRoom";
import { meetingRoom } from "../core/meetingRoom";
import { type Bag, textIn } from "../core/state";
import { packageTokenOf, tokenOf } from "../core/token";
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

const PROVIDER_TYPE = "pulumi:providers:pulumi-nodejs";

/** The explicit `metered.Provider`s of the stack. */
export function providersIn({ resources }: StackState): StackResource[] {
  return resources.filter(({ type, inputs }) => type === PROVIDER_TYPE && inputs["metered:provider"] !== undefined);
}

/** Pulumi's own mark of an object that is a secret. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** A value as a file for `pulumi import` carries it, so that the state holds it encrypted. */
export function asSecret(value: unknown): Bag {
  return { [SIGNATURE]: SECRET, plaintext: JSON.stringify(value) };
}

/** A value as `pulumi stack export --show-secrets` prints it, secret or not. */
export function plainText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  const bag = bagOf(value);
  const inside: unknown =
    bag[SIGNATURE] === SECRET && typeof bag.plaintext === "string" ? JSON.parse(bag.plaintext) : undefined;
  return typeof inside === "string" ? inside : undefined;
}
