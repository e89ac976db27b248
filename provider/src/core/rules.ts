import type { Field, FieldTable, RoomType, Rule } from "./field";
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

export function warningsOf(type: RoomType): readonly Warning[] {
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
      value === 0 ? "is 0, of which Metered does not say whether it lifts the limit; leave it out for none" : undefined;
  }
  return undefined;
}

function prefixed(name: string, text: string | undefined): string | undefined {
  return text && `${name} ${text}`;
}

function ruleWarnings(type: RoomType): Warning[] {
  return type.rules
    .filter((rule) => rule.level === "warning")
    .map((rule) => ({ fields: [rule.field, rule.needs], text: (settings) => brokenRule(rule, settings) }));
}

/** What a rule says about these settings, or undefined when they keep it. Unknown values keep every rule. */
export function brokenRule(rule: Rule, settings: Given, isUnknown = (_name: string) => false): string | undefined {
  if (settings[rule.field] === undefined || isUnknown(rule.field) || isUnknown(rule.needs)) return undefined;
  if (rule.is !== undefined && settings[rule.field] !== rule.is) return undefined;
  const given = settings[rule.needs];
  if (rule.be === undefined ? given !== undefined : given === rule.be) return undefined;
  const when = rule.is === undefined ? rule.field : `${rule.field}: ${rule.is}`;
  const needed = rule.be === undefined ? rule.needs : `${rule.needs}: ${rule.be}`;
  return `${when} needs ${needed}: ${rule.why}`;
}
