/** The one file that knows the settings about a room's end by name. */
import type { Field, Settings, Value } from "../schema/field";
import { problemOf } from "../schema/kinds";
import type { RoomReply } from "./api";
import type { KnownSettings } from "./room";
import { shownIn } from "./room";
import type { RoomType } from "./roomType";

/** A room that was declared to delete itself at a time that has passed: its absence is what was asked for. */
export function isFinished({ deleteOnExp, expireUnixSec }: KnownSettings, nowSeconds: number): boolean {
  const isOver = typeof expireUnixSec === "number" && expireUnixSec > 0 && expireUnixSec <= nowSeconds;
  return deleteOnExp === true && isOver;
}

/** Until when a room lives that is finished by the state, and got more time outside Pulumi; in Unix seconds. */
export function extendedUntil(type: RoomType, room: RoomReply, nowSeconds: number): number | undefined {
  const { expireUnixSec: until } = shownIn(type, room);
  return typeof until === "number" && until > nowSeconds ? until : undefined;
}

/**
 * Whether Metered may refuse a value today although the room has it, or had it when it was declared: a timestamp that
 * has passed meanwhile, or what the program could not declare for a new room.
 */
function isDoubtful(field: Field, value: Value, nowSeconds: number): boolean {
  const isPast = field.kind === "unixSeconds" && typeof value === "number" && value <= nowSeconds;
  return isPast || problemOf(field, value) !== undefined;
}

/** The part of a body that Metered may refuse today. */
export function doubtfulIn(type: RoomType, body: Settings, nowSeconds: number): string[] {
  return Object.entries(body)
    .filter(([name, value]) => {
      const field = type.fields[name];
      return field !== undefined && isDoubtful(field, value, nowSeconds);
    })
    .map(([name]) => name);
}
