/** What a response says of the settings that were sent, and what of it the user is told. */
import type { MeteredError } from "../errors";
import type { Shortfall } from "../notes";
import type { Settings, Value } from "../schema/field";
import { isSensitive, sameValue } from "../schema/kinds";
import type { RoomReply } from "./api";
import type { Place } from "./place";
import { type KnownSettings, settingsOf, shownIn } from "./room";
import { subjectOf } from "./roomType";

/** A room after it was brought to what is wanted. */
export interface Brought {
  readonly room: RoomReply;
  readonly settings: KnownSettings;
  readonly shortfalls: readonly Shortfall[];
  /** The response to the update was lost: the settings that may have changed are `null`. */
  readonly lost?: MeteredError;
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

/** What is not there any more must not be in the state, or the next run would see nothing to do. */
export function withoutLost(outcome: Brought, lost: readonly string[]): Brought {
  const settings = Object.fromEntries(Object.entries(outcome.settings).filter(([name]) => !lost.includes(name)));
  const shortfalls = lost.map((setting): Shortfall => ({ shortfall: "no longer set", setting }));
  return { ...outcome, settings, shortfalls: [...outcome.shortfalls, ...shortfalls] };
}

/** What the room had before the update and doesn't have after it: without its end, people may join again. */
export function lostBy({ type }: Place, names: readonly string[], before: RoomReply, after: RoomReply): string[] {
  const [had, has] = [shownIn(type, before), shownIn(type, after)];
  return names.filter((name) => (had[name] ?? null) !== null && (has[name] ?? null) === null);
}

export function notePastTimes(place: Place, dropped: Settings, room: RoomReply): void {
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
export function resetsOf(place: Place, room: RoomReply, before: KnownSettings, wanted: Settings): Settings {
  const { type } = place;
  const removed = settingsOf(type).filter(([name]) => before[name] !== undefined && wanted[name] === undefined);
  const kept = removed.filter(([, { whenRemoved }]) => whenRemoved === "kept").map(([name]) => name);
  if (kept.length > 0) place.tell({ note: "value kept", subject: subjectOf(type, room.roomName), settings: kept });
  return Object.fromEntries(
    removed.flatMap(([name, { whenRemoved }]) => (whenRemoved === "kept" ? [] : [[name, whenRemoved]])),
  );
}

/** What the program no longer declares is no reason to fail, now or on every run to come. */
export function noteUnreset({ type, tell }: Place, resets: Settings, room: RoomReply): void {
  const shown = shownIn(type, room);
  for (const [setting, value] of Object.entries(resets)) {
    const now = shown[setting];
    if (now === undefined || now === null || now === value) continue;
    tell({ note: "not reset", subject: subjectOf(type, room.roomName), setting, shown: JSON.stringify(now) });
  }
}
