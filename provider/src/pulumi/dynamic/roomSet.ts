/** What the classes of both kinds of sets have in common. */

import * as log from "@pulumi/pulumi/log";
import type { Inputs } from "@pulumi/pulumi/output";
import { isUnknown, Output, output, secret, unknown } from "@pulumi/pulumi/output";
import { CustomResource, type CustomResourceOptions, mergeOptions } from "@pulumi/pulumi/resource";
import { isDryRun } from "@pulumi/pulumi/runtime/settings";
import { generateNameInSet } from "../../rooms/name";
import { factNames } from "../../rooms/room";
import type { SetType } from "../../rooms/set/setType";
import { warningsOf } from "../../schema/rules";
import { isSignature } from "../secrets";
import { KEY, markedWith, registered } from "../state";
import { failure, resourceArgumentsOf, whateverIsKnown } from "./program";
import { generatedNameOf, labelOf, refuseUnworkable, tokenOf, warnAboutTimeouts } from "./registration";

/** So many warnings are told; a thousand rooms may all deserve the same. */
const WARNINGS_TOLD = 10;

type Bag = Record<string, unknown>;

/** The properties with which a set is registered. */
function setPropertiesOf(type: SetType, name: string, args: object, opts: CustomResourceOptions): Inputs {
  refuseUnworkable(type, name, opts);
  if (opts.id !== undefined) {
    throw failure(
      `${labelOf(type, name)}: sets don't exist on Metered, so they can't be looked up. Look up the rooms instead: metered.${type.room.name}.get or metered.get${type.room.name}.`,
    );
  }
  const { rooms, secretSettings, ...others } = resourceArgumentsOf(labelOf(type, name), args);
  const parts = splitSecrets(type, refusingKeys(labelOf(type, name), rooms), secretSettings);
  return {
    appName: undefined,
    ...registered(type),
    ...others,
    ...parts,
    // Pulumi makes a text of every property, which an object with such a key has no way to give.
    ...(isPlain(parts.rooms) && Object.hasOwn(parts.rooms, "toString") ? { rooms: Promise.resolve(parts.rooms) } : {}),
    ...markedWith(generatedNameOf(type, name, opts.parent)),
  };
}

/** The rooms, none of which has a key that Pulumi's SDK can't pass on: it would lose the room, or stop without a reason. */
function refusingKeys(label: string, rooms: unknown): unknown {
  if (isLater(rooms)) return applied(rooms, (map) => refusingKeys(label, map));
  if (!isPlain(rooms)) return rooms;
  if (Symbol.iterator in rooms)
    throw failure(`${label}: rooms must be an object, not a Map: give it as Object.fromEntries(rooms).`);
  for (const key of Object.keys(rooms)) {
    if (isSignature(key) || !isCopied(key) || /\p{Surrogate}/u.test(key))
      throw failure(`${label}: Pulumi can't pass on the key ${JSON.stringify(key)} of rooms. Choose another one.`);
  }
  return rooms;
}

/** Pulumi copies a map by assignment, which makes something else of the key that stands for an object's prototype. */
function isCopied(key: string): boolean {
  const copy: Bag = {};
  copy[key] = true;
  return Object.hasOwn(copy, key);
}

function setOptionsOf(opts: CustomResourceOptions): CustomResourceOptions {
  // A secret setting is no longer where the program has it.
  const ignored = opts.ignoreChanges?.filter((path) => /^rooms\b/.test(path)) ?? [];
  return mergeOptions(opts, {
    additionalSecretOutputs: ["secretSettings"],
    ignoreChanges: ignored.map((path) => path.replace(/^rooms/, "secretSettings")),
    // Where Pulumi is told to replace a set (--replace, taint) it asks nothing, and new rooms would meet those of their names.
    deleteBeforeReplace: opts.deleteBeforeReplace ?? true,
  });
}

/**
 * The rooms without their secret settings, and those: one secret would make a secret of the whole map. Plain values stay
 * plain, since an Output for every room costs a program more than all the rest of it.
 */
function splitSecrets(type: SetType, rooms: unknown, given: unknown): Bag {
  const names = Object.keys(type.room.fields).filter((name) => type.room.fields[name]?.secret);
  const has = (room: unknown) => isPlain(room) && names.some((name) => room[name] !== undefined);
  const without = (room: unknown): unknown => {
    if (isLater(room)) return applied(room, without);
    if (!isPlain(room) || !has(room)) return room;
    return Object.fromEntries(Object.entries(room).filter(([name]) => !names.includes(name)));
  };
  const only = (room: unknown): unknown => {
    if (isLater(room)) return applied(room, only);
    return isPlain(room) ? Object.fromEntries(names.map((name) => [name, room[name]])) : {};
  };
  const secrets = (map: unknown): Bag =>
    isPlain(map)
      ? mapped(
          Object.entries(map).filter(([, room]) => isLater(room) || has(room)),
          only,
        )
      : {};
  const publics = (map: unknown) => (isPlain(map) ? mapped(Object.entries(map), without) : map);
  if (isLater(rooms)) {
    return {
      rooms: applied(rooms, publics),
      secretSettings: secret(output([applied(rooms, secrets), given]).apply(merged)),
    };
  }
  const own = secrets(rooms);
  const isAny = Object.keys(own).length > 0 || given !== undefined;
  return { rooms: publics(rooms), ...(isAny ? { secretSettings: secret(output([own, given]).apply(merged)) } : {}) };
}

/** What becomes of a value that comes later. An Output is taken as it is: `output` would go through all that is in it. */
function applied(value: Output<unknown> | Promise<unknown>, work: (value: unknown) => unknown): Output<unknown> {
  const later = (Output.isInstance(value) ? value : output(value as Promise<object>)) as Output<unknown>;
  return later.apply(work);
}

function mapped(entries: readonly [string, unknown][], work: (value: unknown) => unknown): Bag {
  return Object.fromEntries(entries.map(([key, value]) => [key, work(value)]));
}

function merged([own, more]: readonly unknown[]): unknown {
  if (!isPlain(own) || !isPlain(more)) return more ?? own;
  const keys = [...new Set([...Object.keys(own), ...Object.keys(more)])];
  return Object.fromEntries(keys.map((key) => [key, { ...(own[key] as Bag), ...(more[key] as Bag) }]));
}

function isLater(value: unknown): value is Output<unknown> | Promise<unknown> {
  return Output.isInstance(value) || value instanceof Promise;
}

function isPlain(value: unknown): value is Bag {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isLater(value);
}

/** Raises what is only inferred to be wrong as warnings on the set. Values that come later are left to Metered. */
function warnAboutRooms(set: CustomResource, type: SetType, args: object, opts: CustomResourceOptions): void {
  warnAboutTimeouts(set, opts);
  const { rooms } = { ...args } as Bag;
  if (!isPlain(rooms)) return;
  const rules = warningsOf(type.room);
  const found: string[] = [];
  for (const [key, room] of Object.entries(rooms)) {
    if (!isPlain(room)) continue;
    for (const { fields, text } of rules) {
      if (room[fields[0] ?? ""] === undefined || fields.some((field) => isLater(room[field]))) continue;
      const warning = text(room);
      if (warning) found.push(`rooms[${JSON.stringify(key)}].${warning}`);
    }
  }
  const rest = found.length - WARNINGS_TOLD;
  for (const warning of found.slice(0, WARNINGS_TOLD)) void log.warn(warning, set);
  if (rest > 0) void log.warn(`${rest} more rooms have warnings like these`, set);
}

/**
 * A set whose rooms a preview shows as far as it knows them: names always, and that the server's part is unknown. Pulumi
 * itself takes the inputs for the outputs there.
 */
export class RoomSet<Room> extends CustomResource {
  /** The rooms by their keys. */
  declare readonly rooms: Output<Record<string, Room>>;

  declare private readonly [KEY.generatedName]: Output<string> | undefined;

  constructor(type: SetType, name: string, args: object, opts: CustomResourceOptions) {
    super(tokenOf(type), name, setPropertiesOf(type, name, args, opts), setOptionsOf(opts));
    const { rooms, [KEY.generatedName]: set } = this;
    // Not one Output of both, which would go through every value of the map.
    const isPreview = isDryRun();
    const shown = rooms && set?.apply((base) => whateverIsKnown(rooms, (map) => completed(type, map, base, isPreview)));
    if (shown) (this as { rooms: unknown }).rooms = shown;
    warnAboutRooms(this, type, args, opts);
  }

  /**
   * One room of the set.
   *
   * @throws when the set has no room under that key, as an error of the Output
   */
  room(key: string): Output<Room> {
    const found = (rooms: Record<string, Room> | undefined) => {
      if (isUnknown(rooms)) return unknown;
      if (rooms !== undefined && Object.hasOwn(rooms, key)) return rooms[key];
      throw failure(`The set has no room under the key ${JSON.stringify(key)}.`);
    };
    return whateverIsKnown(this.rooms, found) as Output<Room>;
  }
}

function completed(type: SetType, rooms: unknown, set: unknown, isPreview: boolean): unknown {
  if (!isPlain(rooms) || isUnknown(rooms)) return rooms;
  const later = isPreview ? Object.fromEntries(["roomId", ...factNames(type.room)].map((name) => [name, unknown])) : {};
  return Object.fromEntries(
    Object.entries(rooms).map(([key, room]) => {
      if (!isPlain(room) || isUnknown(room) || room.roomId !== undefined) return [key, room];
      const roomName = room.roomName ?? generateNameInSet(String(set), key);
      return [key, { ...room, roomName, ...later }];
    }),
  );
}
