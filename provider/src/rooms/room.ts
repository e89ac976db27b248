import type { Field, Settings, Value } from "../schema/field";
import { isSensitive, readValue, sameValue } from "../schema/kinds";
import type { RoomApi, RoomReply } from "./api";
import type { RoomName, WantedName } from "./name";
import type { RoomType } from "./roomType";

/** A room as a program declares it. */
export interface WantedRoom {
  readonly name: WantedName;
  readonly settings: Settings;
}

/**
 * Settings as the state has them. `null`: the setting is declared, and what the room has isn't certain, since the
 * response to an update was lost.
 */
export type KnownSettings = Readonly<Record<string, Value | null>>;

/** A room as the state knows it. */
export interface KnownRoom {
  readonly name: RoomName;
  /** Metered's `_id`; undefined where another provider wrote the state and doesn't say. */
  readonly roomId: string | undefined;
  /** The app that the room belongs to; undefined likewise. */
  readonly appName: string | undefined;
  readonly settings: KnownSettings;
  /** What only the server knows: links and the time of creation, by the name of the output. */
  readonly facts: Readonly<Record<string, string>>;
  /** `lookup`: the program looks the room up and doesn't manage it. `foreign`: another provider wrote the state. */
  readonly origin: "ours" | "lookup" | "foreign";
}

/** Settings that a response shows: `null` where it says that there is no value, absent where it says nothing. */
export type ShownSettings = Readonly<Record<string, Value | null>>;

export function shownIn(type: RoomType, reply: RoomReply): ShownSettings {
  const shown: Record<string, Value | null> = {};
  for (const [name, field] of Object.entries(type.fields)) {
    const raw = reply.body[name];
    const value = raw === null ? null : readValue(field, raw);
    if (value !== undefined && !(field.secret && isMasked(value))) shown[name] = value;
  }
  return shown;
}

/** A secret that is shown as `rtmp://…/****` is not shown: taken for its value, it would be written back. */
function isMasked(value: Value | null): boolean {
  return typeof value === "string" && /\*{3}|•{3}|x{6}/i.test(value);
}

/** The settings of a table, without the name, which is the room's identity. */
export function settingsOf(type: RoomType): readonly [string, Field][] {
  const known = settings.get(type);
  if (known) return known;
  const found = Object.entries(type.fields).filter(([, field]) => field.kind !== "roomName");
  settings.set(type, found);
  return found;
}

/** Asked for several times for each room, of which a set may have ten thousand. */
const settings = new WeakMap<RoomType, readonly [string, Field][]>();

/**
 * A time that was taken away outside. The state keeps that there was one: a program that still has it, when it has passed
 * meanwhile, isn't one that sets a time in the past.
 */
const NO_TIME = 0;

/**
 * The settings as they are on the server, in the program's spelling where that means the same. What the response does
 * not show is unknown, and stays as it was; what it shows to be without a value is left out, or 0 if it's a time. What may contain a credential
 * and isn't certain stays so: no program may declare it any more, and then Pulumi wouldn't know that it is a secret.
 */
export function liveSettings(type: RoomType, declared: KnownSettings, room: RoomReply): KnownSettings {
  const shown = shownIn(type, room);
  const live: Record<string, Value | null> = {};
  for (const [name, field] of settingsOf(type)) {
    const [before, now] = [declared[name], shown[name]];
    if (before === undefined) continue;
    if (now === null) {
      if (field.kind === "unixSeconds" && before !== null) live[name] = NO_TIME;
      continue;
    }
    const isUnseen = now === undefined || (before === null && isSensitive(field));
    live[name] = isUnseen || sameValue(field, now, before) ? before : now;
  }
  return live;
}

/** Every setting that a response shows to have a value. */
export function allSettings(type: RoomType, room: RoomReply): Settings {
  const shown = shownIn(type, room);
  const entries = settingsOf(type).map(([name]) => [name, shown[name]] as const);
  return Object.fromEntries(entries.filter((entry): entry is readonly [string, Value] => (entry[1] ?? null) !== null));
}

/** What only the server knows of a room. */
export function factsOf(
  type: RoomType,
  api: Pick<RoomApi, "origin">,
  room: RoomReply,
): Readonly<Record<string, string>> {
  const link = (name: string) => [name, room.body[name]] as const;
  const facts = [
    link("created"),
    ["url", type.hasUrl ? `${api.origin}/${encodeURIComponent(room.roomName)}` : undefined] as const,
    ...Object.keys(type.links).map(link),
  ];
  return Object.fromEntries(facts.filter((fact): fact is readonly [string, string] => typeof fact[1] === "string"));
}

/** Names of the outputs that only the server knows, and of the app. */
export function factNames(type: RoomType): string[] {
  return ["created", ...(type.hasUrl ? ["url"] : []), ...Object.keys(type.links)];
}

/** A room of this app, as its response shows it, with these settings declared. */
export function knownRoom(
  type: RoomType,
  api: Pick<RoomApi, "appName" | "origin">,
  room: RoomReply,
  name: WantedName,
  settings: KnownSettings,
): KnownRoom {
  return {
    name: { ...name, actual: room.roomName },
    roomId: room.roomId,
    appName: api.appName,
    settings,
    facts: factsOf(type, api, room),
    origin: "ours",
  };
}

/** What a lookup in a program answers: identity, links, what changes by itself, and settings that carry no credential. */
export function lookupResult(
  type: RoomType,
  api: Pick<RoomApi, "appName" | "origin">,
  room: RoomReply,
): Readonly<Record<string, Value>> {
  const settings = Object.entries(allSettings(type, room)).filter(([name]) => {
    const field = type.fields[name];
    return field !== undefined && !isSensitive(field);
  });
  const volatile = Object.keys(type.volatile).map((name) => [name, room.body[name] === true] as const);
  return {
    ...Object.fromEntries([...settings, ...volatile]),
    ...factsOf(type, api, room),
    id: room.roomName,
    roomId: room.roomId,
    roomName: room.roomName,
    appName: api.appName,
  };
}
