import { isBareRefusal, isCause, MeteredError } from "../errors";
import type { Settings, Value } from "../schema/field";
import { problemOf, sameValue } from "../schema/kinds";
import { sameName } from "../schema/names";
import type { RoomReply } from "./api";
import { doubtfulIn } from "./expiry";
import { type Brought, judged, lostBy, notePastTimes, noteUnreset, resetsOf, withoutLost } from "./judge";
import { find, findUnder, type Met } from "./look";
import { callAbout, nowSeconds, type Place } from "./place";
import { type KnownSettings, settingsOf, shownIn } from "./room";
import { subjectOf } from "./roomType";
import { certain, mapValues, pick } from "./settings";

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
    const created = await api.create(name, settings, tries).catch(refusalIn);
    if (!(created instanceof MeteredError)) {
      if (sameName(name, created.roomName)) return { outcome: "created", room: created };
      return postedAs(place, name, created, (room) => isFromThisCall(place, room, began, settings));
    }
    const isAboutName = isCause(created, "NameTaken") || isBareRefusal(created);
    if (!created.mayHaveHappened && !isAboutName) throw created;
    if (created.mayHaveHappened) lost = created;
    const met = await lookAfter(place, name, lost ?? created);
    if (met && lost && isFromThisCall(place, met.room, began, settings)) return { outcome: "created", room: met.room };
    // One that only its lower case leads to is in the way if the server says so: it may keep the two apart.
    if (met && (met.isNamedSo || isCause(created, "NameTaken"))) return { outcome: "met", room: met.room };
    // What has the name may be the room of the lost call, though it doesn't show: another name would make a second.
    if (isAboutName && lost) throw lost;
    if (isAboutName) return notFree(place, name, created, met?.room);
    if (!(await tries.again())) throw created;
  }
}

function refusalIn(error: unknown): MeteredError {
  if (error instanceof MeteredError) return error;
  throw error;
}

/**
 * What came of a create that Metered answers with a room of another name. Metered has done what it was asked, so a second
 * room is never asked for: the room is under the name that was asked for, if the response is another call's, or under the
 * one that Metered made of that.
 */
async function postedAs(
  place: Place,
  name: string,
  room: RoomReply,
  isOurs: (room: RoomReply) => boolean,
): Promise<Posted> {
  const problem = "is about another room";
  const call = callAbout(place, "create", name);
  const unexpected = new MeteredError({ cause: "UnexpectedResponse", problem, mayHaveHappened: true, ...call });
  const met = await findUnder(place, name).catch((error: unknown) => {
    // A server that makes another name of it may do so for every call.
    if (isCause(error, "UnexpectedResponse")) return undefined;
    throw unexpected;
  });
  if (met && isOurs(met.room)) return { outcome: "created", room: met.room };
  const there = isOurs(room) ? await find(place, room.roomName).catch(() => undefined) : undefined;
  if (there?.roomId !== room.roomId) {
    if (met?.isNamedSo) return { outcome: "met", room: met.room };
    throw unexpected;
  }
  place.tell({ note: "named otherwise", subject: subjectOf(place.type, name), actual: room.roomName });
  return { outcome: "created", room };
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
    return wanted === undefined || shown[name] === undefined || sameValue(field, shown[name], wanted);
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
    return field !== undefined && before[name] !== value && !sameValue(field, shown[name], value);
  });
  const resets = resetsOf(place, room, before, wanted);
  if (Object.keys({ ...changes, ...resets }).length === 0) return { room, settings: wanted, shortfalls: [] };
  const kept = pick(wanted, (name) => !(name in changes));
  const body = {
    ...mapValues(kept, (name, value) => stillThere(place, name, value, shown[name])),
    ...changes,
    ...resets,
  };
  try {
    const { room: updated, dropped } = await put(place, room, body);
    noteUnreset(place, resets, updated);
    const taken = pick(changes, (name) => !dropped.includes(name));
    const outcome = judged(place, wanted, taken, updated);
    return withoutLost(outcome, lostBy(place, dropped, room, updated));
  } catch (error) {
    if (!(error instanceof MeteredError) || !error.mayHaveHappened) throw error;
    const removed = pick(certain(before), (name) => wanted[name] === undefined);
    const settings = { ...before, ...mapValues({ ...removed, ...changes, ...resets }, () => null) };
    return { room, settings, shortfalls: [], lost: error };
  }
}

/** The shown value of a setting that the program doesn't change, if Metered would take it back. */
function stillThere(place: Place, name: string, value: Value, shown: Value | null | undefined): Value {
  const field = place.type.fields[name];
  const isTheirs = field !== undefined && !sameValue(field, shown, value) && problemOf(field, shown) === undefined;
  return isTheirs ? (shown ?? value) : value;
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
    const left = pick(body, (name) => doubtful.includes(name));
    notePastTimes(place, left, updated);
    return { room: updated, dropped: doubtful };
  }
}

/**
 * A response that doesn't show this room says only that the update was done: the room tells what came of it.
 *
 * @throws MeteredError `RoomReplacedOutside` where another one has taken its place by then
 */
async function sent(place: Place, { roomId: ours, ...room }: RoomReply, body: Settings): Promise<RoomReply> {
  const replied = await place.api.update(room.roomName, body);
  const updated = replied?.roomId === ours ? replied : await lookAgain(place, room.roomName);
  // What Metered said to be done is believed where even the look fails.
  if (!updated) return { ...room, roomId: ours, body: { ...room.body, ...body } };
  if (updated.roomId === ours) return updated;
  const ids = { there: updated.roomId, ours, mayBeChanged: true } as const;
  throw new MeteredError({ cause: "RoomReplacedOutside", ...ids, ...callAbout(place, "update", room.roomName) });
}

function lookAgain(place: Place, name: string): Promise<RoomReply | undefined> {
  return find(place, name).catch(() => undefined);
}
