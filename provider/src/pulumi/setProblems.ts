import type { SetType } from "../rooms/set/setType";
import { problemsOf, warningsIn } from "../schema/check";
import type { Field } from "../schema/field";
import { isSensitive, UNKNOWN } from "../schema/kinds";
import { warningsOf } from "../schema/rules";
import { isBag, joinedRooms, nameGivenIn, SET_INPUTS, setNameIn } from "./setState";
import { type Bag, givenIn } from "./state";

/** So many problems are told in words; a set may have thousands. */
const PROBLEMS_TOLD = 20;
const WARNINGS_TOLD = 10;

/**
 * Everything that is wrong with the inputs of a set, without any call. Each problem names the room by its key:
 * `rooms["math-1"].maxParticipants must be …`. Unknown values, rooms and maps (a preview) pass.
 *
 * @param olds the inputs of the last run; empty for a new set
 */
export function problemsOfSet(type: SetType, olds: Bag, inputs: Bag, nowSeconds: number): string[] {
  const problems = [...problemsOfInputs(type, inputs), ...problemsOfRooms(type, olds, inputs, nowSeconds)];
  const rest = problems.length - PROBLEMS_TOLD;
  if (rest <= 0) return problems;
  return [...problems.slice(0, PROBLEMS_TOLD), `${rest} more ${rest === 1 ? "problem" : "problems"} of this kind`];
}

function problemsOfInputs({ label }: SetType, inputs: Bag): string[] {
  const given = givenIn(inputs);
  const { rooms, secretSettings, retainRemoved } = given;
  const names: readonly string[] = SET_INPUTS;
  const isOk = (value: unknown, isRight: boolean) => value === undefined || value === UNKNOWN || isRight;
  return [
    ...Object.keys(given)
      .filter((name) => !names.includes(name))
      .map((name) => `${name} is not an input of a ${label}: its inputs are ${names.join(", ")}`),
    ...(rooms === undefined ? ["rooms is missing: it must be a map from keys to the settings of rooms"] : []),
    ...(isOk(rooms, isBag(rooms))
      ? []
      : ["rooms must be a map from keys to the settings of rooms, not a list or a single value"]),
    ...(isOk(secretSettings, isBag(secretSettings))
      ? []
      : ["secretSettings must be a map from keys to secret settings"]),
    ...(isOk(retainRemoved, typeof retainRemoved === "boolean") ? [] : ["retainRemoved must be true or false"]),
  ];
}

function problemsOfRooms(type: SetType, olds: Bag, inputs: Bag, nowSeconds: number): string[] {
  const set = setNameIn(inputs);
  const before = roomBefore(set, olds);
  const rooms = roomsSoFar(type, inputs);
  const problems = [...rooms].flatMap(([key, room]) => {
    if (room === UNKNOWN) return [];
    const place = placeOf(key);
    if (!isBag(room)) return [`${place} must contain the settings of a room`];
    const old = before(key, room);
    const own = problemsOf(type.room, isBag(old) ? givenIn(old) : {}, givenIn(room), nowSeconds);
    return own.map((problem) => `${place}.${problem}`);
  });
  const strays = isBag(inputs.secretSettings)
    ? Object.keys(inputs.secretSettings).filter((key) => !rooms.has(key))
    : [];
  return [
    ...problems,
    ...(isBag(inputs.rooms)
      ? strays.map((key) => `secretSettings[${JSON.stringify(key)}] belongs to no room: rooms has no such key`)
      : []),
    ...sharedNames(set, rooms),
    ...tooLarge(type, set, rooms),
  ];
}

/** The rooms as far as a preview knows them: secret settings that come later may be any, of one room or of all. */
function roomsSoFar({ room: { fields } }: SetType, inputs: Bag): ReadonlyMap<string, unknown> {
  const { secretSettings } = inputs;
  const isLater = (key: string) =>
    secretSettings === UNKNOWN || (isBag(secretSettings) && secretSettings[key] === UNKNOWN);
  const names = Object.keys(fields).filter((name) => isSensitive(fields[name] as Field));
  const later = Object.fromEntries(names.map((name) => [name, UNKNOWN]));
  return new Map(
    [...joinedRooms(inputs)].map(([key, room]) => [key, isBag(room) && isLater(key) ? { ...later, ...room } : room]),
  );
}

/**
 * Where some rooms of a set fail, Pulumi hears of the others in a header. It takes 16 MiB in base64 there, and drops a
 * larger one with all that it says, so that no state would have the rooms. In bytes of JSON, which is nearly as long as
 * what is sent.
 */
const LARGEST_SET = 10_000_000;
/** What Metered adds to a room: its `_id`, when it was created, and its address beside the name and the app in it. */
const BYTES_OF_FACTS = 36 + 40 + 110;
/** Each address of a live-streaming room, of an app with a long name. */
const BYTES_OF_LINK = 190;

function tooLarge(type: SetType, set: string, rooms: ReadonlyMap<string, unknown>): string[] {
  const added = BYTES_OF_FACTS + BYTES_OF_LINK * Object.keys(type.room.links).length;
  let size = 0;
  for (const [key, room] of rooms) {
    const name = nameGivenIn(set, key, room) ?? "";
    size += Buffer.byteLength(JSON.stringify({ [key]: room })) + 2 * name.length + added;
  }
  if (size <= LARGEST_SET) return [];
  const [megabytes, most] = [Math.ceil(size / 1_000_000), LARGEST_SET / 1_000_000];
  const sets = Math.ceil(size / LARGEST_SET);
  return [
    `rooms is too large: the outputs of ${rooms.size.toLocaleString("en-US")} rooms take about ${megabytes} MB, ` +
      `of which Pulumi can keep ${most} MB if some of the rooms fail. Divide the rooms among ${sets} or more sets`,
  ];
}

/** Finds what the last run had of a room: the one of its name, whatever its key, or else the one of its key. */
function roomBefore(set: string, olds: Bag): (key: string, room: Bag) => unknown {
  const byKey = joinedRooms(olds);
  const nameOf = (key: string, room: unknown) => nameGivenIn(set, key, room)?.toLowerCase();
  const byName = new Map([...byKey].map(([key, room]) => [nameOf(key, room), room]));
  return (key, room) => byName.get(nameOf(key, room)) ?? byKey.get(key);
}

/** Of the rooms that are new and have no name, each is a problem where auto-naming is off. */
export function namelessIn(olds: Bag, inputs: Bag): string[] {
  const before = joinedRooms(olds);
  return [...joinedRooms(inputs)].flatMap(([key, room]) =>
    isBag(room) && (room.roomName ?? undefined) === undefined && !before.has(key)
      ? [`${placeOf(key)}.roomName is missing: auto-naming is off for this resource, so set a roomName`]
      : [],
  );
}

/** What is only inferred to be wrong with rooms: the first few, and the rest counted. Unknown values pass. */
export function warningsOfSet({ room: type }: SetType, inputs: Bag): string[] {
  const rules = warningsOf(type);
  const found = [...joinedRooms(inputs)].flatMap(([key, room]) =>
    isBag(room) ? warningsIn(rules, room).map((warning) => `${placeOf(key)}.${warning}`) : [],
  );
  return someWarnings(found);
}

/** The first few, and the rest counted. */
export function someWarnings(found: readonly string[]): string[] {
  const rest = found.length - WARNINGS_TOLD;
  return [...found.slice(0, WARNINGS_TOLD), ...(rest > 0 ? [`${rest} more rooms have warnings like these`] : [])];
}

/** Names that differ in case alone may be one to Metered. */
function sharedNames(set: string, rooms: ReadonlyMap<string, unknown>): string[] {
  const byName = new Map<string, string>();
  return [...rooms].flatMap(([key, room]) => {
    const name = nameGivenIn(set, key, room);
    if (name === undefined) return [];
    const other = byName.get(name.toLowerCase());
    byName.set(name.toLowerCase(), other ?? key);
    if (other === undefined) return [];
    return [
      `${placeOf(key)}.roomName is ${JSON.stringify(name)}, the same as that of ${placeOf(other)}: two rooms can't have the same name`,
    ];
  });
}

/** How a room of a set is called in messages and in Pulumi's paths. */
export function placeOf(key: string): string {
  return `rooms[${JSON.stringify(key)}]`;
}
