import type { Field, FieldTable, ResourceType, Rule } from "./field";
import { nameWarning } from "./names";

/**
 * Rules that are only inferred from Metered's documents. They are raised as warnings on the resource, from the
 * program's side; this file therefore loads no more than it must.
 */
type Given = Readonly<Record<string, unknown>>;

export interface Warning {
  /** The settings it is about. */
  readonly fields: readonly string[];
  readonly text: (settings: Given) => string | undefined;
}

export function warningsOf(type: ResourceType): readonly Warning[] {
  return [...fieldWarnings(type.fields), ...ruleWarnings(type)];
}

function fieldWarnings(fields: FieldTable): Warning[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const warn = fieldWarning(field);
    return warn ? [{ fields: [name], text: ({ [name]: value }) => prefixed(name, warn(value)) }] : [];
  });
}

function fieldWarning({ kind }: Field): ((value: unknown) => string | undefined) | undefined {
  if (kind === "roomName") return (value) => (typeof value === "string" ? nameWarning(value) : undefined);
  if (kind === "count") {
    return (value) =>
      value === 0 ? "is 0, and Metered doesn't document whether that lifts the limit; leave it out for no limit" : undefined;
  }
  return undefined;
}

function prefixed(name: string, text: string | undefined): string | undefined {
  return text && `${name} ${text}`;
}

function ruleWarnings(type: ResourceType): Warning[] {
  return type.rules
    .filter((rule) => rule.level === "warning")
    .map((rule) => ({ fields: [rule.field, otherField(rule)], text: (settings) => brokenRule(rule, settings) }));
}

/** What a rule says about these settings, or undefined when they keep it. Unknown values keep every rule. */
export function brokenRule(rule: Rule, settings: Given, isUnknown = (_name: string) => false): string | undefined {
  const value = settings[rule.field];
  if (value === undefined || isUnknown(rule.field) || isUnknown(otherField(rule))) return undefined;
  if ("earlierThan" in rule) {
    const limit = settings[rule.earlierThan];
    if (typeof value !== "number" || typeof limit !== "number" || value < limit) return undefined;
    return `${rule.field} must be earlier than ${rule.earlierThan}: ${rule.why}`;
  }
  if (rule.is !== undefined && value !== rule.is) return undefined;
  const given = settings[rule.needs];
  if (rule.be === undefined ? given !== undefined : given === rule.be) return undefined;
  const when = rule.is === undefined ? rule.field : `${rule.field}: ${rule.is}`;
  const needed = rule.be === undefined ? rule.needs : `${rule.needs}: ${rule.be}`;
  return `${when} needs ${needed}: ${rule.why}`;
}

/** The setting that a rule holds its field against. */
export function otherField(rule: Rule): string {
  return "earlierThan" in rule ? rule.earlierThan : rule.needs;
}
