import type { RoomType, Settings, Value } from "./field";
import { INTERNAL } from "./internal";
import { mayQuote, sameValue, UNKNOWN } from "./kinds";
import type { RoomApi, RoomReply } from "./roomApi";
import { type Bag, compact, declaredIn, shownIn, textIn } from "./state";

/** The app that a room belongs to, and where people reach it. */
export type App = Pick<RoomApi, "appName" | "origin">;

/** How the room is called in state: the asked name, and the real one where an auto-named room had to take another. */
export function namesOf(asked: string, used: string, room: RoomReply): Bag {
  return used === asked ? { roomName: asked } : { roomName: room.roomName, [INTERNAL.askedName]: asked };
}

/** The names as a former run put them into state. */
export function namesIn(olds: Bag): Bag {
  return { roomName: olds.roomName, [INTERNAL.askedName]: olds[INTERNAL.askedName] };
}

/** The complete outputs of a room: identity and links from the server, settings as declared. */
export function outputsOf(
  type: RoomType,
  api: App,
  room: RoomReply,
  settings: Settings,
  names: Bag,
  inputs: Bag,
): Record<string, unknown> {
  return compact({ ...settings, ...identityOf(type, api, room), ...names, ...internalsOf(inputs) });
}

/** Names of the outputs that only the server knows, and of the app. */
export function identityNames(type: RoomType): string[] {
  return ["roomId", "appName", "created", ...(type.hasUrl ? ["url"] : []), ...Object.keys(type.links)];
}

/**
 * What a preview knows of the outputs: those of `olds` that an update leaves alone, the settings as they are declared,
 * and that all else is not known yet. `olds` is empty for a new room.
 */
export function plannedOutputs(type: RoomType, appName: string, olds: Bag, news: Bag): Record<string, unknown> {
  const known = identityNames(type).map((name) => [name, olds[name] ?? UNKNOWN] as const);
  const names = textIn(olds, "roomName") === undefined ? { roomName: news.roomName } : namesIn(olds);
  return compact({ ...declaredIn(type, news), ...Object.fromEntries(known), appName, ...names, ...internalsOf(news) });
}

/** Inputs that only the provider uses; what is in inputs must be in outputs too, or a refresh would lose it. */
export function internalsOf(bag: Bag): Bag {
  const { isAutoNamed, createFirst } = INTERNAL;
  return { [isAutoNamed]: bag[isAutoNamed], [createFirst]: bag[createFirst] };
}

function identityOf(type: RoomType, api: App, room: RoomReply): Bag {
  return {
    roomId: room.roomId,
    appName: api.appName,
    created: textIn(room.body, "created"),
    url: type.hasUrl ? `${api.origin}/${encodeURIComponent(room.roomName)}` : undefined,
    ...Object.fromEntries(Object.keys(type.links).map((link) => [link, textIn(room.body, link)])),
  };
}

/**
 * The settings as they are on the server, in the program's spelling where that means the same. What the reply does not
 * show is unknown and taken as it was; what it shows to be without a value is left out.
 */
export function liveSettings(type: RoomType, declared: Settings, room: RoomReply): Settings {
  const shown = shownIn(type, room.body);
  const live: Record<string, Value | undefined> = {};
  for (const [name, value] of Object.entries(declared)) {
    const [field, now] = [type.fields[name], shown[name]];
    if (!field || field.kind === "roomName") continue;
    live[name] = now === undefined || (now !== null && sameValue(field, value, now)) ? value : (now ?? undefined);
  }
  return compact(live);
}

/** Every setting that the reply shows. */
export function allSettings(type: RoomType, room: RoomReply): Settings {
  const { roomName: _, ...known } = declaredIn(type, shownIn(type, room.body));
  return known;
}

/**
 * What a lookup in the program answers: identity, links, the settings that the reply shows, and what changes by itself.
 * No secret: it would be in clear.
 */
export function lookupResult(type: RoomType, api: App, room: RoomReply): Bag {
  const { roomName } = room;
  const settings = Object.entries(allSettings(type, room)).filter(([name]) => !type.fields[name]?.secret);
  const volatile = Object.keys(type.volatile).map((name) => [name, room.body[name] === true] as const);
  return compact({
    id: roomName,
    ...Object.fromEntries([...settings, ...volatile]),
    ...identityOf(type, api, room),
    roomName,
  });
}

export interface Mismatches {
  /** Settings that did not take: whoever relies on them must know. */
  readonly failed: string[];
  /** Settings that the server spells in its own way. */
  readonly respelled: string[];
}

/** What the reply to a create or an update shows to be otherwise than it was sent. */
export function mismatches(type: RoomType, sent: Settings, room: RoomReply): Mismatches {
  const shown = shownIn(type, room.body);
  const found: Mismatches = { failed: [], respelled: [] };
  for (const [name, value] of Object.entries(sent)) {
    const [field, now] = [type.fields[name], shown[name]];
    if (!field || field.kind === "roomName" || now === undefined || now === null || sameValue(field, value, now))
      continue;
    const isWords = field.kind === "text" || !mayQuote(field);
    if (isWords) found.respelled.push(`${name} is not what was sent, as Metered shows it.`);
    else found.failed.push(`${name} is ${JSON.stringify(now)} on Metered, although ${JSON.stringify(value)} was sent.`);
  }
  return found;
}
