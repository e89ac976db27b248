/** The operations on a set as both ways to use the provider need them: from property bag to property bag. */
import { MeteredError } from "../errors";
import type { Owner } from "../rooms/owner";
import type { Place } from "../rooms/place";
import type { KnownRoom } from "../rooms/room";
import { carryOut, readRooms, removeRooms, type SetAfter } from "../rooms/set/operate";
import { claimPlan, countsOf, isAnyChange, planOf, type Step } from "../rooms/set/plan";
import type { SetPlace } from "../rooms/set/setPlace";
import { setSubject } from "../rooms/set/setType";
import { UNKNOWN } from "../schema/kinds";
import type { Checked, ResourceState } from "./kind";
import { KeptInState } from "./operations";
import { placeOf, problemsOfSet, someWarnings } from "./setProblems";
import {
  isBag,
  joinedRooms,
  type KnownSet,
  knownSetIn,
  nameGivenIn,
  plannedSetOutputsOf,
  secretsIn,
  setInputsOf,
  setNameIn,
  setOutputsOf,
  settledSetInputs,
  wantedRoomsIn,
} from "./setState";
import { sharedName } from "./sharedName";
import { type Bag, plannedOutputs, stringIn } from "./state";

/** What a change of the program means for a set. */
export interface SetDifference {
  /** By room; empty where the map as a whole isn't known yet. */
  readonly steps: readonly Step[];
  readonly isChanged: boolean;
}

/** Judges and completes the inputs of a set, without any call. `olds` are the inputs of the last run, `{}` for a new set. */
export function checkSet(
  { set, claims, owner, urn, now }: Pick<SetPlace, "set" | "claims" | "now"> & Pick<Place, "owner"> & { urn?: Owner },
  olds: Bag,
  news: Bag,
): Checked {
  claims.heard();
  const inputs = settledSetInputs(set, olds, news);
  const base = setNameIn(olds);
  for (const [key, room] of joinedRooms(olds)) {
    const name = nameGivenIn(base, key, room);
    if (name !== undefined) claims.declare(set.room, name, owner);
  }
  const warnings = urn === undefined ? [] : someWarnings(namesShared({ set, claims }, urn, olds, inputs));
  const problems = problemsOfSet(set, olds, inputs, now() / 1000);
  return { inputs, problems, ...(warnings.length > 0 ? { warnings } : {}) };
}

/** The rooms of the set whose names other resources have as well. A generated one takes the next number. */
function namesShared(
  { set, claims }: Pick<SetPlace, "set" | "claims">,
  owner: string,
  olds: Bag,
  inputs: Bag,
): string[] {
  const before = new Map(givenNames(olds).map(({ name }) => [name.toLowerCase(), name]));
  return givenNames(inputs).flatMap(({ key, name }) => {
    const place = `${placeOf(key)}.roomName`;
    return sharedName(claims, set.room, { owner, place, name, before: before.get(name.toLowerCase()) });
  });
}

function givenNames(bag: Bag): { readonly key: string; readonly name: string }[] {
  return [...joinedRooms(bag)].flatMap(([key, room]) => {
    const name = isBag(room) ? stringIn(room, "roomName") : undefined;
    return name === undefined ? [] : [{ key, name }];
  });
}

/** What a change of the program means for a set, without any call. */
export function compareSet(place: SetPlace, olds: Bag, news: Bag): SetDifference {
  place.claims.heard();
  const known = knownSetIn(place.set, place.setName, olds);
  refuseOtherApp(place, known);
  if (news.rooms === UNKNOWN || news.secretSettings === UNKNOWN) return { steps: [], isChanged: true };
  const steps = planOf(place, known.rooms, wantedRoomsIn(place.set, news));
  claimPlan(place, steps);
  const isRewritten =
    known.leaving.length > 0 ||
    known.retainRemoved !== (news.retainRemoved === true) ||
    isKeptOtherwise(known, secretsIn(place.set, news));
  const isChanged = isAnyChange(steps) || isRewritten;
  if (isChanged && isAboutProgram(place, known)) summarise(place, steps, news.retainRemoved === true);
  return { steps, isChanged };
}

/** Pulumi compares after a refresh, too, of which nothing comes. Only of a program were the inputs checked before. */
function isAboutProgram({ claims, set }: SetPlace, { rooms }: KnownSet): boolean {
  const names = [...rooms.values()].flatMap(({ name }) => [name.wanted, name.actual]);
  return names.length === 0 || names.some((name) => claims.isDeclared(set.room, name));
}

/** Whether a setting that is the same goes from `rooms` to `secretSettings`, or back. */
function isKeptOtherwise({ rooms, isSecret }: KnownSet, isSecretNow: KnownSet["isSecret"]): boolean {
  return [...rooms].some(([key, { settings }]) =>
    Object.keys(settings).some((name) => isSecret(key, name) !== isSecretNow(key, name)),
  );
}

/** @throws KeptInState when some rooms failed, SomeRoomsFailed when all did, and MeteredError when nothing could be done */
export async function createSet(place: SetPlace, inputs: Bag): Promise<ResourceState> {
  const steps = planOf(place, new Map(), wantedRoomsIn(place.set, inputs));
  summarise(place, steps, false);
  const retain = inputs.retainRemoved === true;
  const after = await carryOut(place, "create", steps, { retain });
  // Where Pulumi is told to replace a set, a state without any room would take the place of the one that has them.
  if (after.failed && after.rooms.size === 0) throw after.failed;
  return stateAfter(place, inputs, after);
}

/** @throws KeptInState when some rooms failed, and MeteredError when nothing could be done */
export async function updateSet(place: SetPlace, olds: Bag, news: Bag): Promise<ResourceState> {
  const known = knownSetIn(place.set, place.setName, olds);
  refuseOtherApp(place, known);
  const steps = planOf(place, known.rooms, wantedRoomsIn(place.set, news));
  const retain = news.retainRemoved === true;
  return stateAfter(place, news, await carryOut(place, "update", steps, { leaving: known.leaving, retain }));
}

/** @throws SomeRoomsFailed, and MeteredError when nothing could be done */
export async function deleteSet(place: SetPlace, olds: Bag): Promise<void> {
  const known = knownSetIn(place.set, place.setName, olds);
  refuseOtherApp(place, known);
  // No key of a program: it can't be one of the rooms'.
  const leaving = known.leaving.map((room): [string, KnownRoom] => [`\0${room.name.actual}`, room]);
  await removeRooms(place, new Map([...known.rooms, ...leaving]));
}

/** The set as it is, for a refresh: rooms that are gone are left out. */
export async function refreshSet(place: SetPlace, olds: Bag): Promise<ResourceState> {
  const known = knownSetIn(place.set, place.setName, olds);
  refuseOtherApp(place, known);
  return stateOf({ ...known, rooms: await readRooms(place, known.rooms) });
}

/**
 * What a preview knows of the outputs.
 *
 * @param olds undefined for a new set, which nobody has compared, so that its rooms are counted here
 */
export function plannedSetOutputs(place: SetPlace, news: Bag, olds?: Bag): Record<string, unknown> {
  const { set } = place;
  if (news.rooms === UNKNOWN) return { ...news, appName: place.api.appName };
  const known = knownSetIn(set, place.setName, olds ?? {});
  const steps = planOf(place, known.rooms, wantedRoomsIn(set, news));
  if (!olds) summarise(place, steps, false);
  const rooms = steps.flatMap((step): [string, Bag][] => {
    if (step.step === "delete") return [];
    const isSame = step.step === "keep" || step.step === "update";
    return [[step.key, plannedOutputs(set.room, "", step.wanted, isSame ? step.known : undefined)]];
  });
  return plannedSetOutputsOf(set, news, place.api.appName, new Map(rooms));
}

function refuseOtherApp({ set, setName, api }: SetPlace, { appName: owner }: KnownSet): void {
  if (owner === undefined || owner === api.appName) return;
  const call = { action: "update", subject: setSubject(set, setName), app: api.appName } as const;
  throw new MeteredError({ cause: "AppChanged", owner, ...call });
}

function summarise({ set, setName, tell }: SetPlace, steps: readonly Step[], retain: boolean): void {
  tell({ note: "set summary", subject: setSubject(set, setName), ...countsOf(steps, retain) });
}

function stateOf(set: KnownSet): ResourceState {
  return { id: set.name, inputs: setInputsOf(set), outputs: setOutputsOf(set) };
}

/**
 * What Metered keeps against the program's will counts as a secret: it may have been one in the last run, and the inputs
 * that said so are gone.
 */
function stateAfter({ set, setName, api }: SetPlace, inputs: Bag, after: SetAfter): ResourceState {
  const { rooms, leaving, failed } = after;
  const isSecretNow = secretsIn(set, inputs);
  const wanted = wantedRoomsIn(set, inputs);
  const isSecret: KnownSet["isSecret"] = (key, setting) => {
    if (isSecretNow(key, setting)) return true;
    const value = rooms.get(key)?.settings[setting];
    return (value ?? undefined) !== undefined && value !== wanted.get(key)?.settings[setting];
  };
  const told = { retainRemoved: inputs.retainRemoved === true, isSecret };
  const state = stateOf({ name: setName, appName: api.appName, rooms, leaving, ...told });
  if (!failed) return state;
  throw new KeptInState(state.id, setSubject(set, setName), state.outputs, [], undefined, failed);
}
