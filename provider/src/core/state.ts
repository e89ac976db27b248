import type { RoomType, Settings, Value } from "./field";
import { INTERNAL } from "./internal";
import { readValue } from "./kinds";
import { sameName } from "./names";

/** What crosses the border to Pulumi: inputs, or outputs, of one resource. */
export type Bag = Readonly<Record<string, unknown>>;

/** The declared settings in a bag: values of the table's fields, everything else left out. */
export function declaredIn(type: RoomType, bag: Bag): Settings {
  const declared: Record<string, Value> = {};
  for (const name of Object.keys(type.fields)) {
    const value = bag[name];
    if (typeof value === "boolean" || typeof value === "number" || typeof value === "string") declared[name] = value;
  }
  return declared;
}

/** The settings that a reply shows: `null` where it says that there is no value, absent where it says nothing. */
export function shownIn(type: RoomType, reply: Bag): Readonly<Record<string, Value | null>> {
  const shown: Record<string, Value | null> = {};
  for (const [name, field] of Object.entries(type.fields)) {
    const raw = reply[name];
    const value = raw === null ? null : readValue(field, raw);
    if (value !== undefined && !(field.secret && isMasked(value))) shown[name] = value;
  }
  return shown;
}

/** A secret that is shown as `rtmp://…/****` is not shown: taken for its value, it would be written back. */
function isMasked(value: Value | null): boolean {
  return typeof value === "string" && /\*{3}|•{3}|x{6}/i.test(value);
}

export function textIn(bag: Bag, name: string): string | undefined {
  const value = bag[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The name that the program (or the auto-naming) asked for, in inputs or outputs. */
export function askedName(bag: Bag): string | undefined {
  return textIn(bag, INTERNAL.askedName) ?? textIn(bag, "roomName");
}

/**
 * The name under which Metered knows a room of the state. It is the id in all that we write; another provider may have
 * made the id of something else.
 */
export function nameOf(id: string, olds: Bag): string {
  const name = textIn(olds, "roomName");
  return name === undefined || sameName(name, id) ? id : name;
}

/** Whether somebody else's provider wrote the state, and the program has handed it over to this one with an alias. */
export function isForeign(olds: Bag, news: Bag): boolean {
  return isOfOtherText(olds, news) && !isOfPlugin(olds);
}

/** Whether the state does not say where the code is that the program names: so it must be written anew. */
export function isOfOtherText(olds: Bag, news: Bag): boolean {
  return olds[INTERNAL.provider] !== news[INTERNAL.provider];
}

/** Our own plugin writes the same state as the dynamic resource, without the text that only this one needs. */
function isOfPlugin(olds: Bag): boolean {
  const isWithoutText = olds[INTERNAL.provider] === undefined;
  return isWithoutText && textIn(olds, "roomId") !== undefined && textIn(olds, "appName") !== undefined;
}

/** Settings of which a lost reply left unsettled what they are on the server. */
export function unsettledIn(bag: Bag): string[] {
  const names = bag[INTERNAL.unsettled];
  return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
}

/** A room that was declared to delete itself at a moment that has passed: its absence is what was asked for. */
export function isFinished(bag: Bag, nowSeconds: number): boolean {
  return bag.deleteOnExp === true && typeof bag.expireUnixSec === "number" && bag.expireUnixSec <= nowSeconds;
}

/** Drops `undefined`, which Pulumi's wire format refuses. */
export function compact<T>(bag: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(Object.entries(bag).filter((entry): entry is [string, T] => entry[1] !== undefined));
}

/** Metered's `_id` of the room that the state is about. */
export function roomIdIn(outputs: Bag): string | undefined {
  return textIn(outputs, "roomId") ?? textIn(outputs, "_id");
}
