/**
 * The border to Pulumi: property bags become typed values here, and typed values property bags. No file but this and
 * objectState.ts, which does the same for what isn't a room, knows a
 * key that only the provider uses. Those start with two underscores, so that Pulumi hides them from its displays; they
 * are part of every user's state and never change.
 */

import { isSpelling, nameInState, type WantedName } from "../rooms/name";
import { factNames, type KnownRoom, settingsOf, type WantedRoom } from "../rooms/room";
import type { RoomType } from "../rooms/roomType";
import type { ResourceType, Value } from "../schema/field";
import { isSensitive, UNKNOWN } from "../schema/kinds";
import { providerText } from "./tokens";

export const KEY = {
  /** The text by which Pulumi finds the code of a dynamic resource. */
  text: "__provider",
  /**
   * The name is not from the program. A program registers the generated name, so that a name that a transformation sets
   * counts as given. In a state it is `true`, or the generated name where the room had to take a numbered one: bytes
   * count there, once for each room in inputs and outputs.
   */
  generatedName: "__auto",
  /** In outputs of a room that a program looks up: it is read with every setting, and none of them is an input. */
  lookup: "__lookup",
  /** How far the server's clock was ahead of the machine's, in seconds. Only where they differ. */
  clockOffset: "__clockOffset",
  /** The object was switched off outside Pulumi. */
  disabled: "__disabled",
  /** In outputs of a room of a set: the name that Metered stores, where the program has another spelling of it. */
  actualName: "__actual",
  /** In outputs of a set: rooms that were replaced by others of another name, and are still to be deleted. */
  leaving: "__leaving",
} as const;

/** Inputs or outputs of one resource, as they cross the border. */
export type Bag = Readonly<Record<string, unknown>>;

/** What a resource is registered with beside its arguments. */
export function registered(type: { readonly name: string }): Record<string, unknown> {
  return { [KEY.text]: providerText(type) };
}

/** What stands for a name that the program doesn't give. */
export function namedBy(generatedName: unknown): { roomName: unknown; [KEY.generatedName]: unknown } {
  return { roomName: generatedName, [KEY.generatedName]: generatedName };
}

/** The mark that goes with a name that may turn out not to be given: the generated name in its place. */
export function markedWith(generatedName: unknown): { [KEY.generatedName]: unknown } {
  return { [KEY.generatedName]: generatedName };
}

/** Whether a key is one that only the provider uses. */
export function isOwnKey(key: string): boolean {
  return key.startsWith("__");
}

/** What the program gives, without what only the provider uses and without what is not set. */
export function givenIn(bag: Bag): Bag {
  const isGiven = ([name, value]: [string, unknown]) => !isOwnKey(name) && value !== undefined && value !== null;
  return Object.fromEntries(Object.entries(bag).filter(isGiven));
}

/**
 * The inputs as they go into the state. A generated name is kept from the last run, since an alias, which changes the
 * URN, must not rename the room; and so is the spelling of a given one. The mark goes where the name is given after all.
 */
export function settledInputs(olds: Bag, news: Bag): Record<string, unknown> {
  const { [KEY.text]: text, [KEY.generatedName]: mark } = news;
  const given = givenIn(news);
  const kept = stringIn(olds, "roomName");
  const name = given.roomName;
  const inputs = { ...given, ...(text === undefined ? {} : { [KEY.text]: text }) };
  const isGenerated = mark === true || (mark !== undefined && mark === name && name !== UNKNOWN);
  if (isGenerated) return { ...inputs, roomName: kept ?? name, [KEY.generatedName]: true };
  const isRespelled = kept !== undefined && typeof name === "string" && isSpelling(kept, name);
  return isRespelled ? { ...inputs, roomName: kept } : inputs;
}

/** The room that checked inputs declare. */
export function wantedIn(type: RoomType, inputs: Bag): WantedRoom {
  return {
    name: wantedName(inputs, stringIn(inputs, "roomName") ?? ""),
    settings: settingsIn(namesOf(type), inputs, isValue),
  };
}

function wantedName(bag: Bag, name: string): WantedName {
  const mark = bag[KEY.generatedName];
  return { wanted: name, isGenerated: mark === true || (mark !== undefined && mark === name) };
}

/**
 * The room that outputs are about, whoever wrote them: a dynamic resource, the plugin, or another provider, whose state
 * a program has handed over with an alias. The latter says of the room what it likes, and is known by its text, or by
 * what it doesn't say.
 *
 * @param id the Pulumi id, which is the room's name in all that we write
 * @param oldInputs where the face knows them: outputs of an import show more than the program declares
 */
export function knownIn(type: RoomType, id: string, outputs: Bag, oldInputs?: Bag): KnownRoom {
  const roomId = stringIn(outputs, "roomId") ?? stringIn(outputs, "_id");
  const appName = stringIn(outputs, "appName");
  const text = outputs[KEY.text];
  const isOurs = roomId !== undefined && appName !== undefined && (text === undefined || text === providerText(type));
  const name = stringIn(outputs, "roomName") ?? id;
  // Of a resource that was adopted with an alias, Pulumi keeps the id that its own provider gave it, which may be Metered's `_id`.
  const actual = (isOurs && id !== roomId) || isSpelling(name, id) ? id : name;
  const mark = outputs[KEY.generatedName];
  const generated = mark === true ? name : stringIn(outputs, KEY.generatedName);
  const facts = factNames(type).map((fact) => [fact, stringIn(outputs, fact)] as const);
  return {
    name: { wanted: generated ?? name, isGenerated: generated !== undefined, actual },
    roomId,
    appName,
    settings: knownSettings(namesOf(type), outputs, oldInputs, isValue),
    facts: Object.fromEntries(facts.filter((fact): fact is readonly [string, string] => fact[1] !== undefined)),
    origin: outputs[KEY.lookup] === true ? "lookup" : isOurs ? "ours" : "foreign",
  };
}

/** Whether outputs say no more than what the program looks up: nothing has been read yet. */
export function isFirstRead(type: RoomType, outputs: Bag): boolean {
  const { roomId, settings, origin } = knownIn(type, "", outputs);
  // A transformation may have added settings to what the program looks up.
  if (origin === "lookup") return roomId === undefined;
  return roomId === undefined && Object.keys(settings).length === 0;
}

/** Whether the outputs say where a dynamic resource's code is; those that the plugin wrote do not. */
export function hasText(type: { readonly name: string }, outputs: Bag): boolean {
  return outputs[KEY.text] === providerText(type);
}

/**
 * The settings that outputs show; `null` for one of which nobody knows what Metered has.
 *
 * @param oldInputs where the face knows them: an output that isn't declared is no setting
 */
export function knownSettings<V>(
  names: readonly string[],
  outputs: Bag,
  oldInputs: Bag | undefined,
  isValue: (value: unknown) => value is V,
): Readonly<Record<string, V | null>> {
  const known = names.flatMap((name): [string, V | null][] => {
    const value = outputs[name];
    if (value === null) return [[name, null]];
    const isDeclared = oldInputs === undefined || (oldInputs[name] ?? undefined) !== undefined;
    return isValue(value) && isDeclared ? [[name, value]] : [];
  });
  return Object.fromEntries(known);
}

/** The settings in a bag: values of the table's fields, everything else left out. */
export function settingsIn<V>(
  names: readonly string[],
  bag: Bag,
  isValue: (value: unknown) => value is V,
): Readonly<Record<string, V>> {
  const entries = names.map((name) => [name, bag[name]] as const);
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, V] => isValue(entry[1])));
}

/**
 * Names of the settings that must be secrets, whatever the program says.
 *
 * @param isDeclared of what no program declares, whatever may contain a credential is one
 */
export function secretSettings(type: ResourceType, isDeclared: boolean): string[] {
  return Object.entries(type.fields).flatMap(([name, field]) => {
    return (isDeclared ? field.secret : isSensitive(field)) ? [name] : [];
  });
}

/** The outputs of a room. A name that Metered spells otherwise stays as the program has it. */
export function outputsOf(known: KnownRoom): Record<string, unknown> {
  const { name, roomId, appName, settings, facts, origin } = known;
  const roomName = nameInState(name);
  return {
    ...settings,
    ...facts,
    ...(roomId === undefined ? {} : { roomId }),
    ...(appName === undefined ? {} : { appName }),
    roomName,
    ...(name.isGenerated ? { [KEY.generatedName]: roomName === name.wanted || name.wanted } : {}),
    ...(origin === "lookup" ? { [KEY.lookup]: true } : {}),
  };
}

/** The inputs that would declare a room as it is. */
export function inputsOf({ name, settings }: KnownRoom): Record<string, unknown> {
  const certain = Object.entries(settings).filter(([, value]) => value !== null);
  const mark = name.isGenerated ? { [KEY.generatedName]: true } : {};
  return { ...Object.fromEntries(certain), roomName: name.wanted, ...mark };
}

/**
 * What a preview knows of the outputs: those of `known` that an update leaves alone, the settings as they are declared,
 * and that all else is not known yet.
 */
export function plannedOutputs(
  type: RoomType,
  appName: string,
  wanted: WantedRoom,
  known: KnownRoom | undefined,
): Record<string, unknown> {
  const facts = Object.fromEntries(factNames(type).map((name) => [name, known?.facts[name] ?? UNKNOWN]));
  const name = { ...wanted.name, actual: known?.name.actual ?? wanted.name.wanted };
  const roomId = known?.roomId ?? UNKNOWN;
  return outputsOf({ name, roomId, appName, settings: wanted.settings, facts, origin: "ours" });
}

export function stringIn(bag: Bag, name: string): string | undefined {
  const value = bag[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

function namesOf(type: RoomType): string[] {
  return settingsOf(type).map(([name]) => name);
}

function isValue(value: unknown): value is Value {
  return typeof value === "boolean" || typeof value === "number" || typeof value === "string";
}
