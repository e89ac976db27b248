import type { Body } from "./requests";
import type { Reply } from "./wire";

export interface Room {
  readonly _id: string;
  readonly roomName: string;
  readonly archived: boolean;
}

/** A reply, read. */
export interface Answer extends Reply {
  /** Undefined where the body is no JSON. */
  readonly json: unknown;
  /** The JSON object, empty where there is none. */
  readonly body: Body;
  readonly room: Room | undefined;
  /** What it says in words, empty where it says nothing. */
  readonly message: string;
}

export function read(reply: Reply): Answer {
  const json = parse(reply.text);
  const body = isObject(json) ? json : {};
  return { ...reply, json, body, room: reply.status < 300 ? roomIn(body) : undefined, message: messageIn(body) };
}

/** The room in an object, be it a reply or an item of the list. */
function roomIn(body: unknown): Room | undefined {
  if (!isObject(body)) return undefined;
  const { _id, roomName, archived } = body;
  if (typeof _id !== "string" || typeof roomName !== "string" || roomName === "") return undefined;
  return { _id, roomName, archived: archived === true };
}

/** The rooms of a list, be it the whole reply or one of its fields. Undefined: there is no list. */
export function roomsIn({ status, json, body }: Answer): (Body & Room)[] | undefined {
  const list = Array.isArray(json) ? json : Object.values(body).find(Array.isArray);
  if (status !== 200 || list === undefined) return undefined;
  return list.filter((item: unknown): item is Body & Room => roomIn(item) !== undefined);
}

export function isObject(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The one body that Metered documents for a 400. */
export function isBare({ status, body }: Answer): boolean {
  return status === 400 && Object.keys(body).length === 2 && body.success === false && body.message === BARE_MESSAGE;
}

export const BARE_MESSAGE = "Invalid request";

/** Whether the settings of a create or an update were to Metered's liking. Undefined: neither yes nor no. */
export function verdict({ room, status, message }: Answer): "taken" | "refused" | undefined {
  if (room !== undefined) return "taken";
  // What the account may not do says nothing of the settings.
  if (/\b(plan|limit|quota|upgrade|subscri)/i.test(message)) return undefined;
  return status === 400 || status === 409 || status === 422 ? "refused" : undefined;
}

/** How many problems a validator names, undefined where there are no details. */
export function problemCount({ body: { error } }: Answer): number | undefined {
  return isObject(error) && Array.isArray(error.details) ? error.details.length : undefined;
}

/** An answer in a few words, without any value but the message. */
export function describe({ status, json, body, message }: Answer): string {
  if (message !== "") return `HTTP ${status} ${JSON.stringify(message.slice(0, 120))}`;
  if (json === undefined) return `HTTP ${status}, no JSON`;
  if (Array.isArray(json)) return `HTTP ${status}, a list`;
  return `HTTP ${status} with ${Object.keys(body).slice(0, 8).join(", ") || "nothing in it"}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function messageIn({ message, error }: Body): string {
  if (typeof message === "string") return message;
  if (typeof error === "string") return error;
  if (!isObject(error)) return "";
  if (typeof error.message === "string") return error.message;
  const first: unknown = Array.isArray(error.details) ? error.details[0] : undefined;
  return isObject(first) && typeof first.message === "string" ? first.message : "";
}
