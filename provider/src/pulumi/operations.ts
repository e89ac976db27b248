import type { MeteredError, Subject } from "../errors";
import type { Shortfall } from "../notes";
import type { RoomReply } from "../rooms/api";
import { create } from "../rooms/create";
import { declarationOf } from "../rooms/declaration";
import { claimBy, type Difference, diff } from "../rooms/diff";
import { find, lookUp } from "../rooms/look";
import { nowSeconds, type Place } from "../rooms/place";
import { read } from "../rooms/read";
import { remove } from "../rooms/remove";
import { allSettings, type KnownRoom, knownRoom } from "../rooms/room";
import { subjectOf } from "../rooms/roomType";
import type { SomeRoomsFailed } from "../rooms/set/failures";
import type { Settled } from "../rooms/settled";
import { update } from "../rooms/update";
import { problemsOf } from "../schema/check";
import type { Checked, Last, ResourceState } from "./kind";
import { sharedName } from "./sharedName";
import {
  type Bag,
  givenIn,
  inputsOf,
  knownIn,
  outputsOf,
  plannedOutputs,
  settledInputs,
  stringIn,
  wantedIn,
} from "./state";

/**
 * The operations on a room as both ways to use the provider need them: from property bag to property bag. Errors are
 * still facts, which each of them turns into its own words.
 */

/**
 * A room that exists and is kept in the state, but isn't as declared, or may not be. The engine comes back to it: it
 * runs `update` on the next `up`.
 */
export class KeptInState extends Error {
  /** Nobody who prints the error prints them: secret settings are among them, in plaintext. */
  readonly #outputs: Record<string, unknown>;

  constructor(
    readonly id: string,
    readonly subject: Subject,
    outputs: Record<string, unknown>,
    readonly shortfalls: readonly Shortfall[],
    readonly lost: MeteredError | undefined,
    /** Of a set: which of its rooms aren't as declared. */
    readonly rooms?: SomeRoomsFailed,
  ) {
    super(rooms ? rooms.name : lost ? "LostUpdate" : "NotAsDeclared");
    this.name = this.message;
    this.#outputs = outputs;
  }

  get outputs(): Record<string, unknown> {
    return this.#outputs;
  }
}

/** Judges and completes the inputs of a room, without any call. `olds` are the inputs of the last run, `{}` for a new room. */
export function checkInputs(
  { type, claims, owner, now }: Pick<Place, "type" | "claims" | "owner" | "now">,
  olds: Bag,
  news: Bag,
): Checked {
  const inputs = settledInputs(olds, news);
  claims.heard();
  const known = stringIn(olds, "roomName");
  if (known !== undefined) claims.declare(type, known, owner);
  const given = givenIn(inputs);
  const problems = problemsOf(type, givenIn(olds), given, now() / 1000);
  // A generated one takes the next number where it isn't free.
  const name = wantedIn(type, inputs).name.isGenerated ? undefined : given.roomName;
  const warnings = sharedName(claims, type, { owner, place: "roomName", name, before: known });
  const nameless = "roomName is missing: auto-naming is off for this resource, so set a roomName";
  const all = given.roomName === undefined ? [...problems, nameless] : problems;
  return { inputs, problems: all, ...(warnings.length > 0 ? { warnings } : {}) };
}

/** What a change of the program means for a room, without any call. */
export function compareRoom(place: Place, id: string, olds: Bag, news: Bag, oldInputs?: Bag): Difference {
  const { type, claims } = place;
  claims.heard();
  const [known, wanted] = [knownIn(type, id, olds, oldInputs), wantedIn(type, news)];
  const found = diff(place, known, wanted, nowSeconds(place));
  claimBy(place, known, wanted, found);
  return found;
}

/** What a preview knows of the outputs. */
export function plannedRoom({ type, api }: Place, news: Bag, last?: Last): Record<string, unknown> {
  const known = last && knownIn(type, last.id, last.outputs, last.inputs);
  return plannedOutputs(type, api.appName, wantedIn(type, news), known);
}

/** @throws KeptInState, and MeteredError as `create` does */
export async function createRoom(place: Place, inputs: Bag): Promise<ResourceState> {
  return stateAfter(place, await create(place, wantedIn(place.type, inputs)));
}

/** @throws KeptInState, and MeteredError as `update` does */
export async function updateRoom(
  place: Place,
  id: string,
  olds: Bag,
  news: Bag,
  oldInputs?: Bag,
): Promise<ResourceState> {
  const { type } = place;
  return stateAfter(place, await update(place, knownIn(type, id, olds, oldInputs), wantedIn(type, news)));
}

export async function deleteRoom(place: Place, id: string, olds: Bag): Promise<void> {
  await remove(place, knownIn(place.type, id, olds));
}

/** The room as it is, for a refresh; undefined when it is gone. */
export async function refreshRoom(
  place: Place,
  id: string,
  olds: Bag,
  oldInputs?: Bag,
): Promise<ResourceState | undefined> {
  const known = knownIn(place.type, id, olds, oldInputs);
  if (known.origin === "lookup") {
    const room = await find(place, known.name.actual);
    return room && lookedUp(place, room);
  }
  const now = await read(place, known);
  return now && stateOf(now);
}

/**
 * A room of which the program knows no more than its name, for a lookup: every setting is an output, and none an input,
 * since Pulumi would store them and could not know which of them are secret.
 */
export async function lookUpRoom(place: Place, name: string): Promise<ResourceState> {
  return lookedUp(place, await lookUp(place, name, { archived: false }));
}

/**
 * The same for a refresh, where the caller knows that it's about a lookup, so that the state needs no mark: undefined
 * when the room is gone.
 */
export async function refreshLookup(place: Place, name: string): Promise<ResourceState | undefined> {
  const room = await find(place, name);
  return room && { ...stateOf(asKnown(place, room)), inputs: {} };
}

function lookedUp(place: Place, room: RoomReply): ResourceState {
  return { ...stateOf({ ...asKnown(place, room), origin: "lookup" }), inputs: {} };
}

function asKnown({ type, api }: Place, room: RoomReply): KnownRoom {
  const wanted = { wanted: room.roomName, isGenerated: false };
  return knownRoom(type, api, room, wanted, allSettings(type, room));
}

/**
 * A room that exists, as an import or a first read finds it: the inputs are what a program would declare, the outputs
 * show every setting. What no program can declare is told as an Info line.
 */
export async function importRoom(place: Place, name: string): Promise<ResourceState> {
  const { type, api } = place;
  const room = await lookUp(place, name, { archived: false });
  const { settings, left, problems } = declarationOf(type, room, nowSeconds(place));
  const subject = subjectOf(type, room.roomName);
  for (const problem of [...left, ...problems]) place.tell({ note: "not declarable", subject, problem });
  const wanted = { wanted: room.roomName, isGenerated: false };
  const declared = knownRoom(type, api, room, wanted, settings);
  return { ...stateOf(declared), outputs: outputsOf(asKnown(place, room)) };
}

export function stateOf(known: KnownRoom): ResourceState {
  return { id: known.name.actual, inputs: inputsOf(known), outputs: outputsOf(known) };
}

function stateAfter({ type }: Place, { known, shortfalls, lost }: Settled): ResourceState {
  const state = stateOf(known);
  if (shortfalls.length === 0 && !lost) return state;
  throw new KeptInState(state.id, subjectOf(type, state.id), state.outputs, shortfalls, lost);
}
