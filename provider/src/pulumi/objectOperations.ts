/** The operations on what isn't a room, as both ways to use the provider need them: from property bag to property bag. */
import { differenceOf, type ObjectDifference } from "../objects/difference";
import type { DoneObject, KnownObject, Lifecycle } from "../objects/known";
import { type ObjectType, objectSubject } from "../objects/objectType";
import type { ObjectPlace } from "../objects/place";
import { isRotating } from "../objects/rotation";
import { problemsOf } from "../schema/check";
import { tokenLifecycle } from "../tokens/accessTokens";
import { credentialLifecycle } from "../turn/credentials";
import { projectLifecycle } from "../turn/projects";
import { knownObject, objectInputs, objectOutputs, wantedObject } from "./objectState";
import { KeptInState, type RoomState } from "./operations";
import { type Bag, givenIn, KEY } from "./state";

const LIFECYCLES: Readonly<Record<ObjectType["name"], Lifecycle>> = {
  TurnProject: projectLifecycle,
  TurnCredential: credentialLifecycle,
  AccessToken: tokenLifecycle,
};

/** What an object is in Pulumi's state. */
export type ObjectState = RoomState;

/** Judges the inputs of an object, without any call. `olds` are the inputs of the last run, `{}` for a new object. */
export function checkObject({ type, now }: Pick<ObjectPlace, "type" | "now">, olds: Bag, news: Bag) {
  const given = givenIn(news);
  const text = news[KEY.text];
  const inputs: Record<string, unknown> = { ...given, ...(text === undefined ? {} : { [KEY.text]: text }) };
  return { inputs, problems: problemsOf(type, givenIn(olds), given, now() / 1000) };
}

/** Has the server's clock be known where it decides: a machine whose clock is wrong must not rotate anything. */
export async function learnClock({ api, type }: ObjectPlace, olds: Bag): Promise<void> {
  if (isRotating(knownObject(type, "", olds))) await api.learnClock();
}

/** What a change of the program, or of the time, means for an object, without any call. */
export function compareObject(place: ObjectPlace, id: string, olds: Bag, news: Bag, oldInputs?: Bag): ObjectDifference {
  const { type } = place;
  return differenceOf(place, knownObject(type, id, olds, oldInputs), wantedObject(type, news));
}

/** @throws KeptInState where the object exists and isn't complete, and MeteredError */
export async function createObject(place: ObjectPlace, inputs: Bag): Promise<ObjectState> {
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
): Promise<ObjectState> {
  const { type } = place;
  const known = knownObject(type, id, olds, oldInputs);
  return stateAfter(type, await LIFECYCLES[type.name].update(place, known, wantedObject(type, news)));
}

export async function deleteObject(place: ObjectPlace, id: string, olds: Bag): Promise<void> {
  await LIFECYCLES[place.type.name].remove(place, knownObject(place.type, id, olds));
}

/** The object as it is, for a refresh; undefined when it's gone. */
export async function refreshObject(
  place: ObjectPlace,
  id: string,
  olds: Bag,
  oldInputs?: Bag,
): Promise<ObjectState | undefined> {
  const known = knownObject(place.type, id, olds, oldInputs);
  const now = await LIFECYCLES[place.type.name].read(place, known);
  if (!now) return undefined;
  return now.origin === "lookup" ? { ...stateOf(now), inputs: {} } : stateOf(now);
}

/** One that the program looks up: every setting is an output, and none an input. */
export async function lookUpObject(place: ObjectPlace, id: string): Promise<ObjectState> {
  const known = await found(place, id);
  return { ...stateOf({ ...known, origin: "lookup" }), inputs: {} };
}

/** One that exists, as an import finds it: the inputs are what a program would declare. */
export async function importObject(place: ObjectPlace, id: string): Promise<ObjectState> {
  return stateOf(await found(place, id));
}

async function found(place: ObjectPlace, id: string): Promise<KnownObject> {
  const { lookUp } = LIFECYCLES[place.type.name];
  if (!lookUp) throw new Error(`Metered keeps no ${place.type.label}s, so none can be looked up or imported.`);
  return lookUp(place, id);
}

function stateOf(known: KnownObject): ObjectState {
  return { id: known.id, inputs: objectInputs(known), outputs: objectOutputs(known) };
}

function stateAfter(type: ObjectType, { known, shortfalls, lost }: DoneObject): ObjectState {
  const state = stateOf(known);
  if (shortfalls.length === 0 && !lost) return state;
  throw new KeptInState(state.id, objectSubject(type, known.settings), state.outputs, shortfalls, lost);
}
