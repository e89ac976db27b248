import type { Field, FieldTable, ResourceType, Rule, Value } from "./field";
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
      value === 0
        ? "is 0, and Metered doesn't document whether that lifts the limit; leave it out for no limit"
        : undefined;
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
  if (isUnknown(rule.field) || isUnknown(otherField(rule))) return undefined;
  if ("orElse" in rule) {
    if (value !== undefined || settings[rule.orElse] === true) return undefined;
    return `${rule.field} is missing, and so is ${rule.orElse}: ${rule.why}`;
  }
  if (value === undefined) return undefined;
  if ("earlierThan" in rule || "smallerThan" in rule) return brokenOrder(rule, value, settings[otherField(rule)]);
  if ("excludes" in rule) return brokenExclusion(rule, value, settings[rule.excludes]);
  if (rule.is !== undefined && value !== rule.is) return undefined;
  const given = settings[rule.needs];
  if (rule.be === undefined ? given !== undefined : given === rule.be) return undefined;
  return `${withValue(rule.field, rule.is)} needs ${withValue(rule.needs, rule.be)}: ${rule.why}`;
}

function brokenOrder(
  rule: Extract<Rule, { earlierThan: string } | { smallerThan: string }>,
  value: unknown,
  limit: unknown,
) {
  if (typeof value !== "number" || typeof limit !== "number" || value < limit) return undefined;
  const how = "earlierThan" in rule ? "earlier" : "less";
  return `${rule.field} must be ${how} than ${otherField(rule)}: ${rule.why}`;
}

function brokenExclusion(
  rule: Extract<Rule, { excludes: string }>,
  value: unknown,
  other: unknown,
): string | undefined {
  const { field, is, excludes, be, why } = rule;
  if (other === undefined || (is !== undefined && value !== is) || (be !== undefined && other !== be)) return undefined;
  return `${withValue(field, is)} and ${withValue(excludes, be)} can't be combined: ${why}`;
}

function withValue(name: string, value: Value | undefined): string {
  return value === undefined ? name : `${name}: ${value}`;
}

/** The setting that a rule holds its field against. */
export function otherField(rule: Rule): string {
  if ("earlierThan" in rule) return rule.earlierThan;
  if ("smallerThan" in rule) return rule.smallerThan;
  if ("excludes" in rule) return rule.excludes;
  return "orElse" in rule ? rule.orElse : rule.needs;
}
