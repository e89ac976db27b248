import type { Field, ResourceType, Rule } from "./field";
import { nearest } from "./given";
import { isSensitive, problemOf, timeOf, UNKNOWN } from "./kinds";
import { brokenRule, otherField, type Warning } from "./rules";

/** Values as a program gives them, of any type. */
export type Given = Readonly<Record<string, unknown>>;

/**
 * Everything that is wrong with the inputs of an object, without any call: what the API document states is a problem,
 * and each names the property, what is wrong and what would be right. Unknown values (a preview) pass every rule.
 *
 * What the object already has in the state may always stay: a webhook that is no URL, a layout that only the dashboard
 * offers, a timestamp that has passed. Time alone never turns an unchanged program red.
 *
 * @param before the inputs of the last run; empty for a new object
 */
export function problemsOf(type: ResourceType, before: Given, given: Given, nowSeconds: number): string[] {
  const isNew = Object.keys(before).length === 0;
  const isKept = (name: string) => !isNew && isSame(before[name], given[name]);
  const fields = Object.entries(type.fields);
  const rules = type.rules.filter((rule) => rule.level === "error" && !isKeptRule(rule, isKept));
  const isUnknown = (name: string) => given[name] === UNKNOWN;
  return [
    ...Object.keys(given)
      .filter((name) => given[name] !== undefined && !Object.hasOwn(type.fields, name))
      .map((name) => unknownProperty(type, name)),
    ...fields.filter(([name]) => !isUnknown(name)).flatMap(([name, field]) => problemsWith(name, field, before, given)),
    ...rules.flatMap((rule) => brokenRule(rule, given, isUnknown) ?? []),
    ...fields.flatMap(([name, { future }]) => pastTime(name, future, before, given, nowSeconds)),
  ];
}

function isKeptRule(rule: Rule, isKept: (name: string) => boolean): boolean {
  return isKept(rule.field) && isKept(otherField(rule));
}

function problemsWith(name: string, field: Field, before: Given, given: Given): string[] {
  const value = given[name];
  if (value === undefined) return field.required ? [`${name} is missing: it ${problemOf(field, undefined)}`] : [];
  if (isSame(value, before[name])) return [];
  const problem = problemOf(field, value);
  return problem === undefined ? [] : [`${name} ${problem}`];
}

/** Whether two values of a program are the same; lists are, item by item. */
export function isSame(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return a.length === b.length && a.every((item, i) => item === b[i]);
}

/**
 * A timestamp is only refused when it is first set. If the state has any, the program's may be the one that somebody
 * outside Pulumi has changed meanwhile.
 */
function pastTime(
  name: string,
  consequence: string | undefined,
  before: Given,
  given: Given,
  nowSeconds: number,
): string[] {
  const seconds = given[name];
  // 0 and less have a problem of their own.
  const isPast = typeof seconds === "number" && seconds > 0 && seconds <= nowSeconds;
  if (consequence === undefined || !isPast || before[name] !== undefined) return [];
  const now = timeOf(Math.floor(nowSeconds));
  return [`${name} is in the past (${timeOf(seconds)}; it's now ${now}), so ${consequence}`];
}

function unknownProperty(type: ResourceType, name: string): string {
  const inputs = Object.keys(type.fields);
  const meant = nearest(name, inputs);
  const hint = meant === undefined ? `its inputs are ${inputs.join(", ")}` : `did you mean ${meant}?`;
  return `${name} is not an input of a ${type.label}: ${hint}`;
}

/** The settings of these whose values may contain a credential. */
export function sensitiveNames(type: ResourceType): string[] {
  return Object.keys(type.fields).filter((name) => isSensitive(type.fields[name] as Field));
}

/** What these settings are warned of. Unknown values, which only a preview has, pass. */
export function warningsIn(warnings: readonly Warning[], settings: Given): string[] {
  return warnings.flatMap(({ fields, text }) => {
    if (settings[fields[0] ?? ""] === undefined || fields.some((field) => settings[field] === UNKNOWN)) return [];
    return text(settings) ?? [];
  });
}
