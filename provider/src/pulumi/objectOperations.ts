/** The operations on what isn't a room, as both ways to use the provider need them: from property bag to property bag. */
import { differenceOf, noteRotation, type ObjectDifference } from "../objects/difference";
import type { DoneObject, KnownObject, Lifecycle } from "../objects/known";
import { type ObjectType, objectSubject } from "../objects/objectType";
import type { ObjectPlace } from "../objects/place";
import { problemsOf } from "../schema/check";
import { tokenLifecycle } from "../tokens/accessTokens";
import { credentialLifecycle } from "../turn/credentials";
import { projectLifecycle } from "../turn/projects";
import type { Checked, Last, ResourceState } from "./kind";
import { knownObject, objectInputs, objectOutputs, plannedObject, wantedObject } from "./objectState";
import { KeptInState } from "./operations";
import { type Bag, givenIn, KEY } from "./state";

const LIFECYCLES: Readonly<Record<ObjectType["name"], Lifecycle>> = {
  TurnProject: projectLifecycle,
  TurnCredential: credentialLifecycle,
  AccessToken: tokenLifecycle,
};

/** Judges the inputs of an object, without any call. `olds` are the inputs of the last run, `{}` for a new object. */
export function checkObject({ type, now }: Pick<ObjectPlace, "type" | "now">, olds: Bag, news: Bag): Checked {
  const given = givenIn(news);
  const text = news[KEY.text];
  const inputs: Record<string, unknown> = { ...given, ...(text === undefined ? {} : { [KEY.text]: text }) };
  return { inputs, problems: problemsOf(type, givenIn(olds), given, now() / 1000) };
}

/** What a change of the program, or of the time, means for an object, without any call. */
export function compareObject(place: ObjectPlace, id: string, olds: Bag, news: Bag, oldInputs?: Bag): ObjectDifference {
  const { type } = place;
  const known = knownObject(type, id, olds, oldInputs);
  const found = differenceOf(place, known, wantedObject(type, news));
  noteRotation(place, known, found);
  return found;
}

/** What a preview knows of the outputs. */
export function plannedOutputs({ type, api }: ObjectPlace, news: Bag, last?: Last): Record<string, unknown> {
  const known = last && knownObject(type, last.id, last.outputs, last.inputs);
  return plannedObject(type, api.appName, wantedObject(type, news), known);
}

/** @throws KeptInState where the object exists and isn't complete, and MeteredError */
export async function createObject(place: ObjectPlace, inputs: Bag): Promise<ResourceState> {
  const { type } = place;
  return stateAfter(type, await LIFECYCLES[type.name].create(place, wantedObject(type, inputs)));
}

/** @throws KeptInState, and MeteredError */
export async function updateObject(
  place: ObjectPlace,
  id: string,
  olds: Bag,
  news: Bag,
  oldInputs?: Bag,
): Promise<ResourceState> {
  const { type } = place;
  const known = knownObject(type, id, olds, oldInputs);
  return stateAfter(type, await LIFECYCLES[type.name].update(place, known, wantedObject(type, news)));
}

export async function deleteObject(place: ObjectPlace, id: string, olds: Bag): Promise<void> {
  await LIFECYCLES[place.type.name].remove(place, knownObject(place.type, id, olds));
}

/** The object as it is, for a refresh; undefined when it's gone. */
export async function refreshObject(place: ObjectPlace, id: string, olds: Bag): Promise<ResourceState | undefined> {
  const now = await LIFECYCLES[place.type.name].read(place, knownObject(place.type, id, olds));
  return now && (now.origin === "lookup" ? withoutInputs(now) : stateOf(now));
}

/** The same for one that the program looks up, whatever its outputs say. */
export async function refreshObjectLookup(
  place: ObjectPlace,
  id: string,
  olds: Bag,
): Promise<ResourceState | undefined> {
  const state = await refreshObject(place, id, olds);
  return state && { ...state, inputs: {} };
}

/** One that the program looks up: every setting is an output, and none an input. */
export async function lookUpObject(place: ObjectPlace, id: string): Promise<ResourceState> {
  const known = await found(place, id);
  return withoutInputs({ ...known, origin: "lookup" });
}

/** One that exists, as an import finds it: the inputs are what a program would declare. */
export async function importObject(place: ObjectPlace, id: string): Promise<ResourceState> {
  return stateOf(await found(place, id));
}

async function found(place: ObjectPlace, id: string): Promise<KnownObject> {
  const { lookUp } = LIFECYCLES[place.type.name];
  if (!lookUp) throw new Error(`Metered doesn't store ${place.type.label}s, so they can't be looked up or imported.`);
  return lookUp(place, id);
}

function withoutInputs(known: KnownObject): ResourceState {
  return { ...stateOf(known), inputs: {} };
}

function stateOf(known: KnownObject): ResourceState {
  return { id: known.id, inputs: objectInputs(known), outputs: objectOutputs(known) };
}

function stateAfter(type: ObjectType, { known, shortfalls, lost }: DoneObject): ResourceState {
  const state = stateOf(known);
  if (shortfalls.length === 0 && !lost) return state;
  throw new KeptInState(state.id, objectSubject(type, known.settings), state.outputs, shortfalls, lost);
}
