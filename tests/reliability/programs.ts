import type { Bag } from "../../provider/src/pulumi/state";
import type { RoomType } from "../../provider/src/rooms/roomType";
import type { Rule, Value } from "../../provider/src/schema/field";
import { UNKNOWN } from "../../provider/src/schema/kinds";
import { brokenRule } from "../../provider/src/schema/rules";
import { codeOf, textOf } from "../support/providerClient";
import { allSettings, leastInputs, otherValue } from "../support/rooms";

/** A program that declares every setting. */
export function everything(type: RoomType, roomName: string): Bag {
  return least(type, roomName, allSettings(type));
}

/** A program that declares as little as it can. */
export function least(type: RoomType, roomName: string, more: Bag = {}): Bag {
  return leastInputs(type, { ...more, roomName, __provider: textOf(codeOf(type)) });
}

/** What the resource class registers where the program gives no name. */
export function autoNamed(program: Bag): Bag {
  return { ...program, __auto: program.roomName };
}

/** The settings that a program can change on a living room. */
export function changeable(type: RoomType): string[] {
  return Object.keys(type.fields).filter((name) => name !== "roomName");
}

/** The same program with another value of a setting, and what that asks of the other settings. */
export function withOther(type: RoomType, program: Bag, name: string): Bag {
  const field = type.fields[name];
  return field ? keepingRules(type, { ...program, [name]: otherValue(name, field) }) : program;
}

/** The same program without a setting, and what that asks of the other settings. */
export function without(type: RoomType, program: Bag, name: string): Bag {
  const { [name]: _, ...rest } = program;
  return keepingRules(type, rest);
}

/** Another value of a setting than the program's, valid by itself. */
export function valueBeside(type: RoomType, program: Bag, name: string): Value {
  const field = type.fields[name];
  const other = field ? otherValue(name, field) : UNKNOWN;
  return other === program[name] && typeof other === "boolean" ? !other : other;
}

/** What needs a setting that is not there goes with it. */
export function keepingRules(type: RoomType, program: Bag, levels: readonly Rule["level"][] = ["error"]): Bag {
  const kept: Record<string, unknown> = { ...program };
  for (const rule of type.rules) {
    if (!levels.includes(rule.level) || brokenRule(rule, kept) === undefined) continue;
    if (kept[rule.field] === true) kept[rule.field] = false;
    else delete kept[rule.field];
  }
  return kept;
}
