import {
  BadKey,
  type Call,
  InvalidSetting,
  LiveStreamingOff,
  type MeteredError,
  NameTaken,
  NoConnection,
  RateLimited,
  RequestRefused,
  RoomNotFound,
  ServerError,
  UnknownApp,
  UnreadableReply,
} from "../core/errors";
import type { RoomReply } from "../core/roomApi";
import { redact } from "./redact";
import type { Reply } from "./transport";

/** A call, with what its messages must not show. */
export interface MarkedCall extends Call {
  /** The room's name; empty for a call about no room. */
  readonly name: string;
  readonly secrets: readonly string[];
  /** Whether the call would have changed something, had it been done. */
  readonly changes: boolean;
}

type Json = Readonly<Record<string, unknown>>;

export function jsonOf(reply: Reply): unknown {
  try {
    return JSON.parse(reply.text);
  } catch {
    return undefined;
  }
}

/** The room in a reply, or the error by cause. */
export function roomIn(call: MarkedCall, reply: Reply, tries: number): RoomReply {
  if (reply.status !== 200 && reply.status !== 201) throw errorFor(call, reply, tries);
  const body = jsonOf(reply);
  if (!isObject(body)) throw new UnreadableReply(call, "is not JSON, as a room would be", call.changes);
  const room = roomOf(body, reply.date);
  if (room) return room;
  if (isAboutRoom(messageIn(body), call.name)) throw new RoomNotFound(call, true);
  // Where there are parts of a room, there may well be one.
  const hasParts = [body._id, body.roomName].some((part) => part !== undefined && part !== null && part !== "");
  if (call.changes || hasParts) throw new UnreadableReply(call, "is not a room", call.changes);
  throw new RoomNotFound(call, false);
}

/** A body that is a room: it has an id and a name. */
export function roomOf(body: unknown, answeredAt: number | undefined): RoomReply | undefined {
  if (!isObject(body)) return undefined;
  const { _id: roomId, roomName, created } = body;
  if (typeof roomId !== "string" || roomId === "" || typeof roomName !== "string" || roomName === "") return undefined;
  const createdAt = typeof created === "string" ? Date.parse(created) || undefined : undefined;
  return { roomId, roomName, archived: body.archived === true, createdAt, answeredAt, body };
}

/** A delete was done only where Metered says so: a page in between may answer 200 as well. */
export function confirmDelete(call: MarkedCall, reply: Reply, tries: number): void {
  if (reply.status < 200 || reply.status > 299) throw errorFor(call, reply, tries);
  const body = jsonOf(reply);
  if (!isObject(body) || body.success === false) throw new UnreadableReply(call, "does not confirm it", true);
}

/** What a reply that is no success means. */
export function errorFor(call: MarkedCall, reply: Reply, tries: number): MeteredError {
  const { status } = reply;
  const body = jsonOf(reply);
  const message = isObject(body) ? messageIn(body) : "";
  const said = redact(message, call.secrets);
  const about = withoutName(message, call.name);
  if (status === 429) return new RateLimited(call, tries);
  if (status >= 500) return new ServerError(call, status, said, tries, call.changes);
  if ((status === 401 || status === 403) && !isObject(body))
    return new UnreadableReply(call, notFromApi(status), false);
  if (status === 401 || status === 403 || isAboutKey(about)) return new BadKey(call, said);
  if (isAboutApp(about)) return new UnknownApp(call, said);
  if (isAboutPlan(about)) return new RequestRefused(call, said, false);
  if (status === 407) return new NoConnection(call, "the proxy asks for a login (HTTP 407)", tries, false);
  if (call.action === "create" && (status === 409 || /already\s+exist/i.test(message))) return new NameTaken(said);
  if (call.action === "create" || call.action === "list") {
    // Neither is about a room that could be missing.
    if (status === 404) return new UnknownApp(call, said);
  } else {
    if (isAboutRoom(message, call.name)) return new RoomNotFound(call, true);
    if (status === 404) return isObject(body) ? new RoomNotFound(call, false) : new UnknownApp(call, "");
  }
  if (status < 400) {
    const problem = `is not one that Metered documents (HTTP ${status}, a redirect or an empty reply)`;
    return new UnreadableReply(call, problem, call.changes && status < 300);
  }
  if (isObject(body) && hasDetails(body)) return new InvalidSetting(call, said);
  const isBare = status === 400 && isObject(body) && /^(invalid request\.?)?$/i.test(message.trim());
  if (isBare && call.isLive && call.action === "create") return new LiveStreamingOff(call, said);
  return new RequestRefused(call, said, isBare);
}

function notFromApi(status: number): string {
  return (
    `(HTTP ${status}) is not the JSON of Metered's API: most likely a proxy or a firewall in between refuses the call ` +
    "(see HTTPS_PROXY and NO_PROXY); if there is none, compare the secret key with the dashboard's"
  );
}

/** All that a body says in words: `message`, `error`, `error.message`, and Joi's `error.details[].message`. */
function messageIn(body: Json): string {
  const { message, error } = body;
  const details = isObject(error) && Array.isArray(error.details) ? error.details : [];
  const words = [
    message,
    error,
    ...(details.length > 0
      ? details.map((detail) => (isObject(detail) ? detail.message : detail))
      : [isObject(error) && error.message]),
  ];
  return words.filter((word): word is string => typeof word === "string").join("; ");
}

function hasDetails(body: Json): boolean {
  return isObject(body.error) && Array.isArray(body.error.details) && body.error.details.length > 0;
}

function isAboutKey(message: string): boolean {
  return /secret\s?_?key|api\s?key/i.test(message);
}

function isAboutApp(message: string): boolean {
  return /\bapp(lication)?\b.*\bnot (found|exist)/i.test(message);
}

function isAboutPlan(message: string): boolean {
  return /\bplan\b|\bsubscri/i.test(message);
}

function isAboutRoom(message: string, name: string): boolean {
  const about = withoutName(message, name);
  return (
    /\broom\b.*\b(not found|not exist)/i.test(message) &&
    !isAboutKey(about) &&
    !isAboutApp(about) &&
    !isAboutPlan(about)
  );
}

/** For judging what a message is about: it may repeat the room's name, and a room may be called `floor-plan`. */
function withoutName(message: string, name: string): string {
  if (name === "") return message;
  const literal = name.replace(/[^\p{L}\p{N}]/gu, "\\$&");
  return message.replace(new RegExp(`(?<![\\w.~-])${literal}(?![\\w~-])`, "gi"), '""');
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
