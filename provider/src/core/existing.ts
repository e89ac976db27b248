import { check } from "./check";
import type { Field, RoomType, Settings, Value } from "./field";
import { INTERNAL } from "./internal";
import { problemOf, sameValue } from "./kinds";
import { type App, namesOf, outputsOf } from "./outputs";
import type { RoomReply } from "./roomApi";
import { brokenRule } from "./rules";
import { type Bag, shownIn } from "./state";
import { providerText } from "./token";

/** What Pulumi's state holds of a room. */
export interface RoomState {
  readonly id: string;
  readonly inputs: Bag;
  readonly outputs: Bag;
}

/** The state of a room that exists, as if `create` had just made it under its name with these settings. */
export function stateOf(type: RoomType, app: App, room: RoomReply, settings: Settings): RoomState {
  const name = room.roomName;
  const text = { [INTERNAL.provider]: providerText(type) };
  const inputs = { ...settings, roomName: name, ...text };
  const outputs = outputsOf(type, app, room, settings, namesOf(name, name, room), inputs);
  return { id: name, inputs, outputs: { ...outputs, ...text } };
}

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
 * The declaration of a room as its reply shows it. Left out is what the reply does not show, what has the value that
 * Metered documents as the default, and what `check` would refuse.
 */
export function declarationOf(type: RoomType, room: RoomReply, nowSeconds: number): Declaration {
  const shown = shownIn(type, room.body);
  const settings: Record<string, Value> = {};
  const left: string[] = [];
  for (const [name, field] of Object.entries(type.fields)) {
    const value = spelled(field, shown[name] ?? "");
    if (field.kind === "roomName" || value === "" || (!field.required && value === field.default)) continue;
    const problem = problemOf(field, value);
    if (problem === undefined) settings[name] = value;
    else left.push(`${name} ${problem}`);
  }
  left.push(...dropRuleBreakers(type, settings), ...dropLateOpening(settings));
  const inputs = { ...settings, roomName: room.roomName };
  // What has passed meanwhile was in the future when it was set: the imported inputs hold it, so it may stay.
  const { failures } = check(type, inputs, inputs, nowSeconds);
  return { settings, left, problems: failures.map(({ property, reason }) => `${property} ${reason}`.trim()) };
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
    dropped.push(`${broken}, and Metered does not show that it has it`);
  }
  return dropped;
}

function dropLateOpening(settings: Record<string, Value>): string[] {
  const { expireUnixSec: expiry, notBeforeUnixSec: opening } = settings;
  if (typeof expiry !== "number" || typeof opening !== "number" || opening < expiry) return [];
  delete settings.notBeforeUnixSec;
  return ["notBeforeUnixSec must be earlier than expireUnixSec"];
}
