import { problemsOf } from "../schema/check";
import type { Field, Settings, Value } from "../schema/field";
import { problemOf, sameValue } from "../schema/kinds";
import { brokenRule } from "../schema/rules";
import type { RoomReply } from "./api";
import { settingsOf, shownIn } from "./room";
import type { RoomType } from "./roomType";

/** How a program would declare a room as it is. */
export interface Declaration {
  /** In the order of the table, without the name. */
  readonly settings: Settings;
  /** What the room has and a program cannot declare, each with the reason. Quotes neither secrets nor URLs. */
  readonly left: readonly string[];
  /** Why no program can declare the room at all. */
  readonly problems: readonly string[];
}

/**
 * The declaration of a room as its response shows it. Left out is what the response does not show, what has the value
 * that Metered documents as the default, and what no program can declare.
 */
export function declarationOf(type: RoomType, room: RoomReply, nowSeconds: number): Declaration {
  const shown = shownIn(type, room);
  const settings: Record<string, Value> = {};
  const left: string[] = [];
  for (const [name, field] of settingsOf(type)) {
    const value = spelled(field, shown[name] ?? "");
    if (value === "" || (!field.required && value === field.default)) continue;
    const problem = isDeclarable(field, value) ? undefined : problemOf(field, value);
    if (problem === undefined) settings[name] = value;
    else left.push(`${name} ${problem}`);
  }
  left.push(...dropRuleBreakers(type, settings));
  const inputs = { ...settings, roomName: room.roomName };
  // What was valid once may stay: the state has the same.
  return { settings, left, problems: problemsOf(type, inputs, inputs, nowSeconds) };
}

/** Metered takes any string for a webhook, so a room may have one that is no URL; a program can say the same. */
function isDeclarable(field: Field, value: Value): boolean {
  return field.kind === "url" && typeof value === "string";
}

/** A choice in the spelling of the table, where it means the same. */
function spelled(field: Field, value: Value): Value {
  return field.values?.find((known) => sameValue(field, known, value)) ?? value;
}

/** Takes out what needs a setting that is not there: Metered may show it, and yet not what it needs. */
function dropRuleBreakers({ rules }: RoomType, settings: Record<string, Value>): string[] {
  const dropped: string[] = [];
  for (const rule of rules) {
    const broken = rule.level === "error" ? brokenRule(rule, settings) : undefined;
    if (broken === undefined) continue;
    delete settings[rule.field];
    dropped.push(`${broken}, and Metered doesn't show that it has it`);
  }
  return dropped;
}
