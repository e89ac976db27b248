import type { RoomType, Value } from "./field";
import { INTERNAL } from "./internal";
import { mayQuote, moment, problemOf, UNKNOWN } from "./kinds";
import { brokenRule } from "./rules";
import { type Bag, declaredIn, textIn } from "./state";

/**
 * One thing that is wrong with a room's inputs. Pulumi prints the value of the property it is given, so `property` is
 * empty where the value may be a secret, and the reason names the property instead.
 */
export interface Failure {
  readonly property: string;
  readonly reason: string;
}

export interface Checked {
  readonly inputs: Record<string, unknown>;
  readonly failures: Failure[];
}

/**
 * Judges and completes the inputs of a room, without any call: what the API document states is an error, all problems
 * at once. Unknown values (a preview) pass every rule. `olds` are the inputs of the last run, `{}` for a new room.
 */
export function check(type: RoomType, olds: Bag, news: Bag, nowSeconds: number): Checked {
  // After a refresh that met another room the old inputs have its `_id`; with `ignoreChanges` the engine hands it in.
  const isEngines = (name: string) => name === "roomId" && olds.roomId !== undefined && olds.roomId === news.roomId;
  const isGiven = ([name, value]: [string, unknown]) => value !== undefined && value !== null && !isEngines(name);
  const given = Object.fromEntries(Object.entries(news).filter(isGiven));
  const isUnknown = (name: string) => given[name] === UNKNOWN;
  const declared = Object.keys(given).filter((name) => !name.startsWith("__"));
  const known = declaredIn(type, given);
  const failures = [
    ...declared.filter((name) => !Object.hasOwn(type.fields, name)).map((name) => unknownProperty(type, name)),
    ...fieldFailures(type, given, isUnknown),
    ...type.rules
      .filter((rule) => rule.level === "error")
      .map((rule) => brokenRule(rule, known, isUnknown))
      .filter((reason) => reason !== undefined)
      .map((reason) => ({ property: "", reason })),
    ...momentFailures(known, olds, nowSeconds),
  ];
  if (given.roomName === undefined) failures.push({ property: "", reason: "roomName is missing" });
  return { inputs: named(olds, given), failures };
}

function fieldFailures(type: RoomType, given: Bag, isUnknown: (name: string) => boolean): Failure[] {
  return Object.entries(type.fields).flatMap(([name, field]) => {
    const value = given[name];
    if (isUnknown(name)) return [];
    if (value === undefined) {
      if (!field.required) return [];
      return [{ property: "", reason: `${name} is missing; it ${problemOf(field, undefined)}` }];
    }
    const problem = problemOf(field, value);
    if (!problem) return [];
    return [mayQuote(field) ? { property: name, reason: problem } : { property: "", reason: `${name} ${problem}` }];
  });
}

function momentFailures(known: Readonly<Record<string, Value>>, olds: Bag, nowSeconds: number): Failure[] {
  const { expireUnixSec: expiry, notBeforeUnixSec: opening } = known;
  const failures = [
    ...pastFailure("expireUnixSec", "so nobody could join", known, olds, nowSeconds),
    ...pastFailure("notBeforeUnixSec", "so it would hold nobody back; leave it out", known, olds, nowSeconds),
  ];
  if (typeof expiry === "number" && typeof opening === "number" && opening >= expiry) {
    failures.push({
      property: "notBeforeUnixSec",
      reason: "must be earlier than expireUnixSec, or nobody could ever join",
    });
  }
  return failures;
}

/** What was valid once stays editable: a moment that has passed is only refused where it is newly declared. */
function pastFailure(
  property: string,
  so: string,
  known: Readonly<Record<string, Value>>,
  olds: Bag,
  nowSeconds: number,
): Failure[] {
  const seconds = known[property];
  // 0 and less have a failure of their own.
  const isPast = typeof seconds === "number" && seconds > 0 && seconds <= nowSeconds;
  if (!isPast || olds[property] === seconds) return [];
  const reason = `is in the past (${moment(seconds)}; now is ${moment(Math.floor(nowSeconds))}), ${so}`;
  return [{ property, reason }];
}

/** A made name is kept from the last run: an alias, which changes the URN, must not rename the room. */
function named(olds: Bag, given: Bag): Record<string, unknown> {
  const kept = given[INTERNAL.isAutoNamed] === true ? textIn(olds, "roomName") : undefined;
  return kept === undefined ? { ...given } : { ...given, roomName: kept };
}

function unknownProperty(type: RoomType, name: string): Failure {
  const nearest = Object.keys(type.fields)
    .map((field) => ({ field, distance: distance(field.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  const hint =
    nearest && nearest.distance <= Math.max(2, name.length / 3)
      ? `did you mean ${nearest.field}?`
      : `its settings are ${Object.keys(type.fields).join(", ")}`;
  return { property: "", reason: `${name} is not a setting of a ${type.label}: ${hint}` };
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, substitution));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
