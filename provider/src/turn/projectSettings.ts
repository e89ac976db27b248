/** What a TURN project has, what it should have, and what to send for that. */
import type { Shortfall } from "../notes";
import type { KnownObject, WantedObject } from "../objects/known";
import { sentFields } from "../objects/objectType";
import type { AnyValue, Field, ResourceType } from "../schema/field";
import { isSensitive, readAny, sameValue } from "../schema/kinds";
import type { ProjectReply } from "./api";

type Shown = Readonly<Record<string, AnyValue | null>>;

/** Settings that a response shows: `null` where it says that there is no value, absent where it says nothing. */
export function shownIn(type: ResourceType, { body }: ProjectReply): Shown {
  const entries = sentFields(type).map(([name, field]) => {
    const raw = body[name];
    return [name, raw === null ? null : readAny(field, raw)] as const;
  });
  return Object.fromEntries(entries.filter((entry): entry is [string, AnyValue | null] => entry[1] !== undefined));
}

/** The declared settings as they are on the server, in the program's spelling where that means the same. */
export function liveProjectSettings(type: ResourceType, declared: KnownObject["settings"], project: ProjectReply) {
  const shown = shownIn(type, project);
  const live: Record<string, AnyValue | null> = {};
  for (const [name, field] of Object.entries(type.fields)) {
    const before = declared[name];
    if (before === undefined) continue;
    const now = shown[name];
    if (now === undefined || sameValue(field, now, before)) live[name] = before;
    else if (now !== null) live[name] = now;
  }
  return live;
}

/** What a program would declare of a project that exists: all that isn't so anyway. */
export function declarableSettings(type: ResourceType, project: ProjectReply): WantedObject {
  const shown = shownIn(type, project);
  const settings: Record<string, AnyValue> = {};
  for (const [name, field] of sentFields(type)) {
    const value = shown[name];
    const isEmpty = value === undefined || value === null || (Array.isArray(value) && value.length === 0);
    if (!isEmpty && !sameValue(field, field.default, value)) settings[name] = value;
  }
  return settings;
}

/** The body that brings a project to what is wanted, and the settings that can't be cleared. */
export function changesFor(
  type: ResourceType,
  known: KnownObject["settings"],
  wanted: WantedObject,
  project: ProjectReply,
): { readonly body: Record<string, AnyValue>; readonly kept: string[] } {
  const shown = shownIn(type, project);
  const body: Record<string, AnyValue> = {};
  const kept: string[] = [];
  for (const [name, field] of sentFields(type)) {
    const isRemoved = wanted[name] === undefined && known[name] !== undefined;
    if (isRemoved && field.whenRemoved === "kept") kept.push(name);
    const goal = isRemoved ? afterRemoval(field) : wanted[name];
    if (goal !== undefined && !sameValue(field, shown[name], goal)) body[name] = goal;
  }
  return { body, kept };
}

/** Which of the settings that were sent a response shows otherwise. What may contain a credential is never quoted. */
export function shortfallsOf(type: ResourceType, sent: WantedObject, project: ProjectReply): Shortfall[] {
  const shown = shownIn(type, project);
  return Object.entries(sent).flatMap(([setting, value]): Shortfall[] => {
    const [field, now] = [type.fields[setting], shown[setting]];
    if (!field || now === undefined || sameValue(field, now, value)) return [];
    const quoted = (each: AnyValue | null) =>
      isSensitive(field) && each !== null ? "another URL" : JSON.stringify(each);
    return [{ shortfall: "not taken", setting, sent: isSensitive(field) ? "one" : quoted(value), shown: quoted(now) }];
  });
}

function afterRemoval({ whenRemoved }: Field): AnyValue | undefined {
  if (whenRemoved === "kept") return undefined;
  return whenRemoved === "emptied" ? [] : whenRemoved;
}
