/** The border to Pulumi for what isn't a room: see state.ts. */
import type { KnownObject, WantedObject } from "../objects/known";
import { type ObjectType, secretOutputs } from "../objects/objectType";
import { isSame } from "../schema/check";
import type { AnyValue } from "../schema/field";
import { UNKNOWN } from "../schema/kinds";
import { type Bag, KEY, knownSettings, secretSettings, settingsIn, stringIn } from "./state";

/** The object that checked inputs declare. */
export function wantedObject(type: ObjectType, inputs: Bag): WantedObject {
  return settingsIn(Object.keys(type.fields), inputs, isAnyValue);
}

/**
 * The object that outputs are about.
 *
 * @param oldInputs where the face knows them: outputs of an import show more than the program declares
 */
export function knownObject(type: ObjectType, id: string, outputs: Bag, oldInputs?: Bag): KnownObject {
  const facts = Object.keys(type.outputs).map((name) => [name, outputs[name] ?? undefined] as const);
  const offset = outputs[KEY.clockOffset];
  return {
    id,
    appName: stringIn(outputs, "appName"),
    settings: knownSettings(Object.keys(type.fields), outputs, oldInputs, isAnyValue),
    facts: Object.fromEntries(facts.filter(([, value]) => value !== undefined)),
    clockOffset: typeof offset === "number" ? offset : 0,
    isDisabled: outputs[KEY.disabled] === true,
    origin: outputs[KEY.lookup] === true ? "lookup" : "ours",
  };
}

export function objectOutputs({
  appName,
  settings,
  facts,
  clockOffset,
  isDisabled,
  origin,
}: KnownObject): Record<string, unknown> {
  return {
    ...settings,
    ...facts,
    ...(appName === undefined ? {} : { appName }),
    ...(clockOffset === 0 ? {} : { [KEY.clockOffset]: clockOffset }),
    ...(isDisabled ? { [KEY.disabled]: true } : {}),
    ...(origin === "lookup" ? { [KEY.lookup]: true } : {}),
  };
}

/** The inputs that would declare an object as it is. */
export function objectInputs({ settings }: KnownObject): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null));
}

/** Whether the outputs say no more than what the program looks up: nothing has been read yet. */
export function isFirstObjectRead(type: ObjectType, outputs: Bag): boolean {
  return stringIn(outputs, "appName") === undefined && secretOutputs(type).every((name) => outputs[name] === undefined);
}

/** What a preview knows of the outputs: of an update what stays, of a create nothing that the server makes. */
export function plannedObject(
  type: ObjectType,
  appName: string,
  wanted: WantedObject,
  known: KnownObject | undefined,
): Record<string, unknown> {
  const isAsked = known !== undefined && isSame(known.settings.region, wanted.region);
  const facts = Object.entries(type.outputs).flatMap(([name, { optional }]): [string, unknown][] => {
    const value = known?.facts[name];
    const isKnown = value !== undefined && (name !== "iceServers" || isAsked);
    if (isKnown) return [[name, value]];
    return known && optional && name !== "iceServers" ? [] : [[name, UNKNOWN]];
  });
  return { ...wanted, ...Object.fromEntries(facts), appName };
}

/** What must be a secret of an object, whatever the program says; of one that it doesn't declare, every URL as well. */
export function objectSecrets(type: ObjectType, isDeclared: boolean): string[] {
  return [...secretOutputs(type), ...secretSettings(type, isDeclared)];
}

function isAnyValue(value: unknown): value is AnyValue {
  if (Array.isArray(value)) return value.every((item) => typeof item === "string");
  return typeof value === "boolean" || typeof value === "number" || typeof value === "string";
}
