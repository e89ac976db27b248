/**
 * The border to Pulumi for sets: their bags become rooms by key, and back. A room of a set has the very bag of a single
 * room, without what the set says for all of them. Secret settings are in a map of their own, since Pulumi would take one
 * secret in a map for a reason to hide all of it.
 */
import { generateNameInSet, isGeneratedFrom, isSpelling } from "../rooms/name";
import type { KnownRoom, WantedRoom } from "../rooms/room";
import type { KnownRooms, WantedRooms } from "../rooms/set/plan";
import type { SetType } from "../rooms/set/setType";
import { UNKNOWN } from "../schema/kinds";
import { type Bag, givenIn, inputsOf, KEY, knownIn, markedWith, outputsOf, stringIn, wantedIn } from "./state";

/** The inputs of a set, by their names in a program. */
export const SET_INPUTS = ["rooms", "secretSettings", "retainRemoved"] as const;

/** A set as the state knows it. */
export interface KnownSet {
  /** The generated name of the set, which is its Pulumi id. */
  readonly name: string;
  readonly appName: string | undefined;
  readonly rooms: KnownRooms;
  readonly leaving: readonly KnownRoom[];
  readonly retainRemoved: boolean;
  /** Which settings are kept encrypted. */
  readonly isSecret: IsSecret;
}

/** Whether a setting of the room under this key belongs to `secretSettings`. */
type IsSecret = (key: string, setting: string) => boolean;

/** What the table calls secret, and whatever else these inputs or outputs have among the secret settings. */
export function secretsIn({ room: { fields } }: SetType, { secretSettings }: Bag): IsSecret {
  const given = new Map(isBag(secretSettings) ? Object.entries(secretSettings) : []);
  return (key, setting) => {
    if (fields[setting]?.secret === true) return true;
    const room = given.get(key);
    return isBag(room) && room[setting] !== undefined;
  };
}

/** The inputs as they go into the state: secret settings in their own map, whichever of the two has them in the program. */
export function settledSetInputs(type: SetType, olds: Bag, news: Bag): Record<string, unknown> {
  const { [KEY.text]: text, [KEY.generatedName]: generated } = news;
  const { rooms, secretSettings, ...given } = givenIn(news);
  const isMap = isBag(rooms) && (secretSettings === undefined || isBag(secretSettings));
  const before = joinedRooms(olds);
  const strays = isMap ? straysIn(rooms, secretSettings) : {};
  return {
    ...given,
    ...(isMap
      ? split(withKeptSpellings(before, givenRooms({ rooms, secretSettings })), secretsIn(type, news), strays)
      : givenIn({ rooms, secretSettings })),
    ...(text === undefined ? {} : { [KEY.text]: text }),
    // Kept from the last run: an alias, which changes the URN, must not rename the rooms.
    ...markedWith(olds[KEY.generatedName] ?? generated),
  };
}

/** As of a single room: another spelling of a name is no other name, so the one that the state has is kept. */
function withKeptSpellings(
  before: ReadonlyMap<string, unknown>,
  rooms: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, unknown> {
  if (before.size === 0) return rooms;
  return new Map(
    [...rooms].map(([key, room]) => {
      const [old, name] = [bagIn(before, key).roomName, bagIn(rooms, key).roomName];
      const isRespelled = typeof old === "string" && typeof name === "string" && old !== name && isSpelling(old, name);
      return [key, isRespelled && isBag(room) ? { ...room, roomName: old } : room];
    }),
  );
}

function bagIn(rooms: ReadonlyMap<string, unknown>, key: string): Bag {
  const room = rooms.get(key);
  return isBag(room) ? room : {};
}

/** Inputs or outputs of each room, secret or not: a bag, or whatever else is there. */
export function joinedRooms({ rooms, secretSettings }: Bag): Map<string, unknown> {
  if (!isBag(rooms)) return new Map();
  const secrets = new Map(isBag(secretSettings) ? Object.entries(secretSettings) : []);
  return new Map(
    Object.entries(rooms).map(([key, room]) => {
      const secret = secrets.get(key);
      return [key, isBag(room) && isBag(secret) ? { ...room, ...secret } : room];
    }),
  );
}

/** What the program gives of each room: null is as good as nothing, wherever it stands. */
function givenRooms({ rooms, secretSettings }: Bag): Map<string, unknown> {
  return joinedRooms({ rooms: withGiven(rooms), secretSettings: withGiven(secretSettings) });
}

function withGiven(map: unknown): unknown {
  if (!isBag(map)) return map;
  return Object.fromEntries(Object.entries(map).map(([key, room]) => [key, isBag(room) ? givenIn(room) : room]));
}

/** Secret settings of which there is no room, for whoever judges the inputs, or that aren't known yet. */
function straysIn(rooms: Bag, secretSettings: unknown): Bag {
  if (!isBag(secretSettings)) return {};
  // What comes later may turn out to be no room, and then has no settings either.
  const isEmpty = (settings: unknown) => isBag(settings) && Object.keys(settings).length === 0;
  const strays = Object.entries(secretSettings).filter(
    ([key, settings]) => settings === UNKNOWN || (!Object.hasOwn(rooms, key) && !isEmpty(settings)),
  );
  return Object.fromEntries(strays);
}

/** Two maps of which the second, if there is any need for it, has the settings that are secret. */
function split(rooms: ReadonlyMap<string, unknown>, isSecret: IsSecret, strays: Bag = {}): Record<string, unknown> {
  const part = (key: string, room: unknown, secret: boolean) =>
    isBag(room) ? Object.fromEntries(Object.entries(room).filter(([name]) => isSecret(key, name) === secret)) : room;
  const secrets = [...rooms].filter(
    ([key, room]) => isBag(room) && Object.keys(room).some((name) => isSecret(key, name)),
  );
  const secretSettings = {
    ...Object.fromEntries(secrets.map(([key, room]) => [key, part(key, room, true)])),
    ...strays,
  };
  return {
    rooms: Object.fromEntries([...rooms].map(([key, room]) => [key, part(key, room, false)])),
    ...(Object.keys(secretSettings).length > 0 ? { secretSettings } : {}),
  };
}

/** The rooms that checked inputs declare. One that isn't known yet has no name yet. */
export function wantedRoomsIn(type: SetType, inputs: Bag): WantedRooms {
  const set = setNameIn(inputs);
  return new Map([...joinedRooms(inputs)].map(([key, room]) => [key, wantedRoom(type, set, key, room)]));
}

function wantedRoom(type: SetType, set: string, key: string, room: unknown): WantedRoom {
  if (!isBag(room)) return { name: { wanted: UNKNOWN, isGenerated: false }, settings: {} };
  const roomName = room.roomName ?? generateNameInSet(set, key);
  return wantedIn(type.room, { ...room, roomName, ...(room.roomName ? {} : markedWith(roomName)) });
}

/** The name that a room has by what a program gives of it; undefined as long as that isn't known. */
export function nameGivenIn(set: string, key: string, room: unknown): string | undefined {
  if (!isBag(room)) return undefined;
  const name = room.roomName ?? generateNameInSet(set, key);
  return typeof name === "string" && name !== UNKNOWN ? name : undefined;
}

/** The set that outputs are about. */
export function knownSetIn(type: SetType, id: string, outputs: Bag): KnownSet {
  const name = setNameIn(outputs) || id;
  const appName = stringIn(outputs, "appName");
  const known = (key: string, room: unknown): [string, KnownRoom][] => {
    if (!isBag(room)) return [];
    const roomName = stringIn(room, "roomName") ?? "";
    const generated = generateNameInSet(name, key);
    const mark = isGeneratedFrom(generated, roomName) ? markedWith(generated) : {};
    const actual = stringIn(room, KEY.actualName) ?? roomName;
    return [[key, knownIn(type.room, actual, { ...room, appName, ...mark })]];
  };
  const leaving = Array.isArray(outputs[KEY.leaving]) ? (outputs[KEY.leaving] as unknown[]) : [];
  return {
    name,
    appName,
    rooms: new Map([...joinedRooms(outputs)].flatMap(([key, room]) => known(key, room))),
    leaving: leaving
      .filter(isBag)
      .map((room) => knownIn(type.room, stringIn(room, "roomName") ?? "", { ...room, appName })),
    retainRemoved: outputs.retainRemoved === true,
    isSecret: secretsIn(type, outputs),
  };
}

export function setOutputsOf(set: KnownSet): Record<string, unknown> {
  const rooms = new Map([...set.rooms].map(([key, room]) => [key, outputsInSet(room)]));
  return {
    ...split(rooms, set.isSecret),
    ...common(set),
    ...(set.appName === undefined ? {} : { appName: set.appName }),
    ...(set.leaving.length > 0
      ? { [KEY.leaving]: set.leaving.map(({ roomId, name }) => ({ roomId, roomName: name.actual })) }
      : {}),
  };
}

/** The inputs that would declare the rooms as they are. */
export function setInputsOf(set: KnownSet): Record<string, unknown> {
  const rooms = [...set.rooms].map(([key, room]): [string, unknown] => {
    const { [KEY.generatedName]: mark, roomName, ...settings } = inputsOf(room);
    return [key, mark === undefined ? { ...settings, roomName } : settings];
  });
  return { ...split(new Map(rooms), set.isSecret), ...common(set) };
}

function common({ name, retainRemoved }: KnownSet): Record<string, unknown> {
  return { ...markedWith(name), ...(retainRemoved ? { retainRemoved } : {}) };
}

/** The outputs of a set as a preview knows them. */
export function plannedSetOutputsOf(
  type: SetType,
  news: Bag,
  appName: string,
  rooms: ReadonlyMap<string, Bag>,
): Record<string, unknown> {
  const { [KEY.leaving]: _leaving, ...others } = news;
  const plain = [...rooms].map(([key, room]): [string, unknown] => {
    const { appName: _app, [KEY.generatedName]: _mark, ...outputs } = room;
    return [key, outputs];
  });
  const { secretSettings: _secret, ...rest } = others;
  return { ...rest, ...split(new Map(plain), secretsIn(type, news)), appName };
}

/**
 * What the set says for all of its rooms isn't said again by each of them, nor what its name and the key tell: bytes
 * count.
 */
function outputsInSet(room: KnownRoom): Record<string, unknown> {
  const { appName: _app, [KEY.generatedName]: mark, ...outputs } = outputsOf(room);
  const { actual, wanted, isGenerated } = room.name;
  return {
    ...outputs,
    ...(actual === outputs.roomName ? {} : { [KEY.actualName]: actual }),
    ...(isGenerated && !isGeneratedFrom(wanted, actual) ? { [KEY.generatedName]: mark } : {}),
  };
}

/** The generated name of a set. */
export function setNameIn(bag: Bag): string {
  return stringIn(bag, KEY.generatedName) ?? "";
}

export function isBag(value: unknown): value is Bag {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
