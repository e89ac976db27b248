import { isBareRefusal, isCause, MeteredError } from "../errors";
import type { Shortfall } from "../notes";
import type { Settings, Value } from "../schema/field";
import { isSensitive, problemOf, sameValue } from "../schema/kinds";
import type { RoomReply } from "./api";
import { doubtfulIn } from "./expiry";
import { find, findUnder, type Met } from "./look";
import { callAbout, nowSeconds, type Place } from "./place";
import { isShownAs, type KnownSettings, settingsOf, shownIn } from "./room";
import { subjectOf } from "./roomType";

/** What came of a create: the room, or a living room that has the name, or a name that can't be had. */
export type Posted =
  | { readonly outcome: "created"; readonly room: RoomReply }
  | { readonly outcome: "met"; readonly room: RoomReply }
  | { readonly outcome: "reserved" | "unexplained"; readonly error: MeteredError };

/**
 * Posts until it is certain whether the room exists: one POST in the good case.
 *
 * @throws every error of the API that is not about the name
 */
export async function post(place: Place, name: string, settings: Settings): Promise<Posted> {
  const { api } = place;
  const began = place.now();
  const tries = api.tries();
  let lost: MeteredError | undefined;
  for (;;) {
    try {
      return { outcome: "created", room: await api.create(name, settings, tries) };
    } catch (error) {
      if (!(error instanceof MeteredError)) throw error;
      const isAboutName = isCause(error, "NameTaken") || isBareRefusal(error);
      if (!error.mayHaveHappened && !isAboutName) throw error;
      if (error.mayHaveHappened) lost = error;
      const met = await lookAfter(place, name, lost ?? error);
      if (met && lost && isFromThisCall(place, met.room, began, settings)) return { outcome: "created", room: met.room };
      // One that only its lower case leads to is in the way if the server says so: it may keep the two apart.
      if (met && (met.isNamedSo || isCause(error, "NameTaken"))) return { outcome: "met", room: met.room };
      // What has the name may be the room of the lost call, though it doesn't show: another name would make a second.
      if (isAboutName && lost) throw lost;
      if (isAboutName) return notFree(place, name, error, met?.room);
      if (!(await tries.again())) throw error;
    }
  }
}

/** When not even looking succeeds, the story to tell is that of the first error. */
async function lookAfter(place: Place, name: string, story: MeteredError): Promise<Met | undefined> {
  try {
    return await findUnder(place, name);
  } catch {
    if (!isCause(story, "NameTaken")) throw story;
    throw new MeteredError({ cause: "NameTaken", how: "unseen", ...callAbout(place, "create", name) });
  }
}

/**
 * Whether a room was created by this very call: since it began, by the server's own clock, claimed by nobody, and in no
 * setting that the response shows other than declared.
 */
function isFromThisCall(place: Place, room: RoomReply, began: number, settings: Settings): boolean {
  if (place.claims.claimOf(room.roomId) !== undefined) return false;
  if (room.createdAt === undefined || room.answeredAt === undefined) return false;
  if (room.createdAt < room.answeredAt - (place.now() - began)) return false;
  const shown = shownIn(place.type, room);
  return settingsOf(place.type).every(([name, field]) => {
    const wanted = settings[name];
    return wanted === undefined || shown[name] === undefined || isShownAs(field, shown[name], wanted);
  });
}

/** @param other the room that only the lower case of the name leads to */
function notFree(place: Place, name: string, refusal: MeteredError, other: RoomReply | undefined): Posted {
  const call = callAbout(place, "create", name);
  if (isCause(refusal, "NameTaken")) {
    return { outcome: "reserved", error: new MeteredError({ cause: "NameTaken", how: "reserved", ...call }) };
  }
  if (!other) return { outcome: "unexplained", error: refusal };
  const error = new MeteredError({ cause: "NamePossiblyTaken", other: other.roomName, ...call });
  return { outcome: "unexplained", error };
}

/** A room after it was brought to what is wanted. */
export interface Brought {
  readonly room: RoomReply;
  readonly settings: KnownSettings;
  readonly shortfalls: readonly Shortfall[];
  /** The response to the update was lost: the settings that may have changed are `null`. */
  readonly lost?: MeteredError;
}

/**
 * Brings a room to what is wanted: compares, sends what differs, and judges the response. The body holds every declared
 * setting, so that it is right whether Metered's PUT merges or replaces; what was changed outside Pulumi, and is not
 * changed by the program now, stays as it is if Metered would take it back.
 *
 * @param before the settings that the state has, and that the program therefore need not send again
 */
export async function bring(place: Place, room: RoomReply, before: KnownSettings, wanted: Settings): Promise<Brought> {
  const { type } = place;
  const shown = shownIn(type, room);
  const changes = pick(wanted, (name, value) => {
    const field = type.fields[name];
    return field !== undefined && before[name] !== value && !isShownAs(field, shown[name], value);
  });
  const resets = resetsOf(place, room, before, wanted);
  if (Object.keys({ ...changes, ...resets }).length === 0) return { room, settings: wanted, shortfalls: [] };
  const kept = pick(wanted, (name) => !(name in changes));
  const body = { ...mapValues(kept, (name, value) => stillThere(place, name, value, shown[name])), ...changes, ...resets };
  try {
    const { room: updated, dropped } = await put(place, room, body);
    noteUnreset(place, resets, updated);
    const outcome = judged(place, wanted, pick(changes, (name) => !dropped.includes(name)), updated);
    return withoutLost(outcome, lostBy(place, dropped, room, updated));
  } catch (error) {
    if (!(error instanceof MeteredError) || !error.mayHaveHappened) throw error;
    const removed = pick(certain(before), (name) => wanted[name] === undefined);
    const settings = { ...before, ...mapValues({ ...removed, ...changes, ...resets }, () => null) };
    return { room, settings, shortfalls: [], lost: error };
  }
}

/** What is not there any more must not be in the state, or the next run would see nothing to do. */
function withoutLost(outcome: Brought, lost: readonly string[]): Brought {
  const settings = Object.fromEntries(Object.entries(outcome.settings).filter(([name]) => !lost.includes(name)));
  const shortfalls = lost.map((setting): Shortfall => ({ shortfall: "no longer set", setting }));
  return { ...outcome, settings, shortfalls: [...outcome.shortfalls, ...shortfalls] };
}

/** What of a response differs from what was sent, as shortfalls or, where only the spelling may differ, as notes. */
export function judged(place: Place, wanted: Settings, sent: Settings, room: RoomReply): Omit<Brought, "lost"> {
  const { type } = place;
  const shown = shownIn(type, room);
  const live: Record<string, Value | null> = {};
  const shortfalls: Shortfall[] = [];
  for (const [name, value] of Object.entries(sent)) {
    const [field, now] = [type.fields[name], shown[name]];
    if (!field || now === undefined || now === null || sameValue(field, value, now)) continue;
    if (field.kind === "text" || isSensitive(field)) {
      place.tell({ note: "respelled", subject: subjectOf(type, room.roomName), setting: name });
    } else {
      live[name] = now;
      shortfalls.push({
        shortfall: "not taken",
        setting: name,
        sent: JSON.stringify(value),
        shown: JSON.stringify(now),
      });
    }
  }
  return { room, settings: { ...wanted, ...live }, shortfalls };
}

/** The shown value of a setting that the program doesn't change, if Metered would take it back. */
function stillThere(place: Place, name: string, value: Value, shown: Value | null | undefined): Value {
  const field = place.type.fields[name];
  if (!field || shown === undefined || shown === null) return value;
  return isShownAs(field, shown, value) || problemOf(field, shown) !== undefined ? value : shown;
}

/**
 * The PUT. Whether Metered takes back a time that has passed, or a value that only its dashboard offers, isn't
 * documented: if it objects to the call, the call is repeated without them, and the room is looked at.
 */
async function put(
  place: Place,
  room: RoomReply,
  body: Settings,
): Promise<{ room: RoomReply; dropped: readonly string[] }> {
  const doubtful = doubtfulIn(place.type, body, nowSeconds(place));
  try {
    return { room: await sent(place, room, body), dropped: [] };
  } catch (error) {
    const isRefusal = isCause(error, "InvalidSetting") || isBareRefusal(error);
    if (doubtful.length === 0 || !isRefusal) throw error;
    const rest = pick(body, (name) => !doubtful.includes(name));
    const updated = Object.keys(rest).length > 0 ? await sent(place, room, rest) : room;
    notePastTimes(place, pick(body, (name) => doubtful.includes(name)), updated);
    return { room: updated, dropped: doubtful };
  }
}

/** A response that shows no room says only that the update was done: the room tells what came of it. */
async function sent(place: Place, room: RoomReply, body: Settings): Promise<RoomReply> {
  const updated = (await place.api.update(room.roomName, body)) ?? (await lookAgain(place, room.roomName));
  // What Metered said to be done is believed where even the look fails.
  return updated ?? { ...room, body: { ...room.body, ...body } };
}

function lookAgain(place: Place, name: string): Promise<RoomReply | undefined> {
  return find(place, name, "update").catch(() => undefined);
}

/** What the room had before the update and doesn't have after it: without its end, people may join again. */
function lostBy({ type }: Place, names: readonly string[], before: RoomReply, after: RoomReply): string[] {
  const [had, has] = [shownIn(type, before), shownIn(type, after)];
  return names.filter((name) => (had[name] ?? null) !== null && (has[name] ?? null) === null);
}

function notePastTimes(place: Place, dropped: Settings, room: RoomReply): void {
  const { type } = place;
  const shown = shownIn(type, room);
  for (const [setting, declared] of Object.entries(dropped)) {
    const [field, now] = [type.fields[setting], shown[setting]];
    if (field?.kind !== "unixSeconds" || typeof declared !== "number" || typeof now !== "number" || now === declared) {
      continue;
    }
    const subject = subjectOf(type, room.roomName);
    place.tell({ note: "past time refused", subject, setting, declared, shown: now });
  }
}

/** What removed settings are set to, by their rows. Those that can't be cleared are told of. */
function resetsOf(place: Place, room: RoomReply, before: KnownSettings, wanted: Settings): Settings {
  const { type } = place;
  const removed = settingsOf(type).filter(([name]) => before[name] !== undefined && wanted[name] === undefined);
  const kept = removed.filter(([, { whenRemoved }]) => whenRemoved === "kept").map(([name]) => name);
  if (kept.length > 0) place.tell({ note: "value kept", subject: subjectOf(type, room.roomName), settings: kept });
  return Object.fromEntries(
    removed.flatMap(([name, { whenRemoved }]) => (whenRemoved === "kept" ? [] : [[name, whenRemoved]])),
  );
}

/** What the program no longer declares is no reason to fail, now or on every run to come. */
function noteUnreset({ type, tell }: Place, resets: Settings, room: RoomReply): void {
  const shown = shownIn(type, room);
  for (const [setting, value] of Object.entries(resets)) {
    const now = shown[setting];
    if (now === undefined || now === null || now === value) continue;
    tell({ note: "not reset", subject: subjectOf(type, room.roomName), setting, shown: JSON.stringify(now) });
  }
}

/** The settings whose value is known. */
function certain(settings: KnownSettings): Settings {
  return Object.fromEntries(Object.entries(settings).filter((entry): entry is [string, Value] => entry[1] !== null));
}

function pick(settings: Settings, isWanted: (name: string, value: Value) => boolean): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([name, value]) => isWanted(name, value)));
}

function mapValues<T>(settings: Settings, valueOf: (name: string, value: Value) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, valueOf(name, value)]));
}
