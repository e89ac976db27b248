import { type Call, isCause, MeteredError, type Subject } from "../errors";
import type { RoomApi, RoomReply } from "../rooms/api";
import { type RoomType, subjectOf } from "../rooms/roomType";
import type { Settings } from "../schema/field";
import { isSensitive } from "../schema/kinds";
import { sameName } from "../schema/names";
import { Attempts } from "./attempts";
import type { Caller, Options } from "./caller";
import type { Request } from "./http";
import { type About, type Answer, isObject, type Json, NO_CONTENT, saysMissing, unexpected } from "./judge";
import { freeTexts } from "./redact";

const PATHS: Readonly<Record<RoomType["name"], string>> = {
  MeetingRoom: "/v1/room",
  LiveStreamingRoom: "/v1/realtimelivestreaming/room",
};

export const LIST: Request = { method: "GET", path: "/v1/rooms" };

/** The words of Metered on a room that doesn't exist, at whatever status. */
const MISSING = /\broom\b.*\b(not found|not exist)/i;

/**
 * The endpoints for the rooms of one kind.
 *
 * @param proveAccount makes sure that app and key are right, before the absence of this room is believed
 */
export function roomApi(
  caller: Caller,
  type: RoomType,
  options: Options,
  proveAccount: (subject: Subject) => Promise<void>,
): RoomApi {
  const { appName, origin } = caller.account;
  const path = PATHS[type.name];
  const at = (name: string) => `${path}/${encodeURIComponent(name)}`;
  const aboutRoom = (action: Call["action"], name: string, settings: Settings = {}): About => ({
    call: { action, subject: subjectOf(type, name), app: appName },
    secrets: secretsIn(type, settings),
    missing: MISSING,
  });
  return {
    appName,
    origin,
    tries: () => caller.attempts(options.limits),
    create: async (name, settings, tries) => {
      const about = aboutRoom("create", name, settings);
      const request: Request = { method: "POST", path, body: { roomName: name, ...settings } };
      const attempts = tries instanceof Attempts ? tries : undefined;
      const answer = await caller.ask(about, request, options, attempts).catch((error: unknown) => {
        throw productOff(type, error);
      });
      return createdRoom(about, answer);
    },
    get: async (name) => {
      const about = aboutRoom("read", name);
      return readRoom(about, await caller.ask(about, { method: "GET", path: at(name) }, options));
    },
    update: async (name, settings) => {
      const about = aboutRoom("update", name, settings);
      return updatedRoom(about, await caller.ask(about, { method: "PUT", path: at(name), body: settings }, options));
    },
    delete: async (name) => {
      const about = aboutRoom("delete", name);
      confirmDelete(about, await caller.ask(about, { method: "DELETE", path: at(name) }, options));
    },
    proveAccount: (name) => proveAccount(subjectOf(type, name)),
  };
}

/** The call that lists all meeting rooms. Of a room that seems to be missing, where that is the reason to ask. */
export function aboutList(app: string, subject?: Subject): About {
  return { call: { action: "list", subject, app }, secrets: [] };
}

/** The list of rooms in an answer. */
export function roomsIn({ call }: About, { status, body }: Answer): unknown[] {
  if (status === 200 && Array.isArray(body)) return body;
  throw unexpected(call, "isn't a list of rooms");
}

/** A body that is a room: it has an id and a name. */
export function roomOf(body: unknown, answeredAt: number | undefined): RoomReply | undefined {
  if (!isObject(body)) return undefined;
  const { _id: roomId, roomName, created } = body;
  if (typeof roomId !== "string" || roomId === "" || typeof roomName !== "string" || roomName === "") return undefined;
  const createdAt = typeof created === "string" ? Date.parse(created) || undefined : undefined;
  return { roomId, roomName, archived: body.archived === true, createdAt, answeredAt, body };
}

/** A delete was carried out only if Metered says so, be it without a word: a page on the way may answer 200 as well. */
export function confirmDelete({ call }: About, { status, body }: Answer): void {
  if (status === NO_CONTENT) return;
  if (!isObject(body) || body.success === false) throw unexpected(call, "doesn't confirm the deletion");
}

/** The room that was created, be its name not the one that was asked for: whether it is ours is for the caller to judge. */
function createdRoom({ call }: About, answer: Answer): RoomReply {
  const room = roomOf(jsonIn(call, answer), answer.date);
  if (room) return room;
  throw unexpected(call, "isn't a room");
}

function readRoom(about: About, answer: Answer): RoomReply {
  const { call } = about;
  const body = jsonIn(call, answer);
  const room = roomIn(call, body, answer);
  if (room) return room;
  const certain = saysMissing(about, body);
  // A body with parts of a room may well be one.
  const hasParts = [body._id, body.roomName].some((part) => part !== undefined && part !== null && part !== "");
  if (hasParts && !certain) throw unexpected(call, "isn't a room");
  throw new MeteredError({ cause: "RoomNotFound", certain, ...call });
}

/** Undefined where Metered confirms the update without showing the room. */
function updatedRoom(about: About, answer: Answer): RoomReply | undefined {
  const { call } = about;
  if (answer.status === NO_CONTENT) return undefined;
  const body = jsonIn(call, answer);
  const room = roomIn(call, body, answer);
  if (room) return room;
  if (body.success === true || Object.keys(body).length === 0) return undefined;
  if (saysMissing(about, body)) throw new MeteredError({ cause: "RoomNotFound", certain: true, ...call });
  throw unexpected(call, "isn't a room");
}

function jsonIn(call: Call, { status, body }: Answer): Json {
  if (status !== 200 && status !== 201) throw unexpected(call, `has an undocumented status (HTTP ${status})`);
  if (!isObject(body)) throw unexpected(call, "isn't JSON");
  return body;
}

/** The room in a body, if there is one. One of another name would put somebody else's room into the state. */
function roomIn(call: Call, body: Json, { date }: Answer): RoomReply | undefined {
  const room = roomOf(body, date);
  if (room && !sameName(call.subject?.name ?? "", room.roomName)) throw unexpected(call, "is about another room");
  return room;
}

/** For want of the live-streaming product Metered refuses a create without a reason, as far as is known. */
function productOff(type: RoomType, error: unknown): unknown {
  if (type.name !== "LiveStreamingRoom" || !isCause(error, "RequestRefused") || !error.facts.isBare) return error;
  const { action, subject, app, said } = error.facts;
  return new MeteredError({ cause: "LiveStreamingOff", said, action, subject, app });
}

/**
 * What of the settings no message may repeat: stream keys, and addresses, which may hide a token. A part of the name of a
 * setting is none, and without it nobody would know which setting Metered objects to.
 */
function secretsIn(type: RoomType, settings: Settings): string[] {
  const names = Object.keys(type.fields).join(" ").toLowerCase();
  const texts = Object.entries(settings).flatMap(([name, value]) => {
    const field = type.fields[name];
    return field && (isSensitive(field) || field.kind === "text") ? freeTexts([value]) : [];
  });
  return texts.filter((text) => !names.includes(text.toLowerCase()));
}
