import { type Answer, htmlError } from "../api/answer";
import type { Fault } from "./table";

/** How a reply leaves: whole, not at all and the connection closed, half and closed, or never. */
type Manner = "whole" | "cut" | "cut midway" | "never";

export interface Delivery {
  readonly answer: Answer;
  readonly manner: Manner;
}

type Json = Record<string, unknown>;

const html = { "content-type": "text/html; charset=utf-8" };
const jsonType = { "content-type": "application/json; charset=utf-8" };
const enormous = 32 * 1024 * 1024;

/** What the fault makes of the answer. */
export function spoil(fault: Fault, answer: Answer): Delivery {
  const whole = (changes: Partial<Answer>): Delivery => ({ answer: { ...answer, ...changes }, manner: "whole" });
  switch (fault.fault) {
    case "cutBefore":
    case "cutAfterCommit":
      return { answer, manner: "cut" };
    case "cutMidReply":
      return { answer, manner: "cut midway" };
    case "hang":
      return { answer, manner: "never" };
    case "delay":
      return { answer, manner: "whole" };
    case "status":
      return { answer: statusAnswer(fault), manner: "whole" };
    case "html":
      return whole({ status: fault.status ?? 200, text: htmlError("Something is in the way"), headers: html });
    case "emptyBody":
      return whole({ status: fault.status ?? 200, text: "", headers: jsonType });
    case "truncatedJson":
      return whole({ text: firstHalf(JSON.stringify(answer.json ?? {})), headers: jsonType });
    case "wrongTypes":
      return whole({ json: everyObject(answer.json, (object) => mapValues(object, otherType)) });
    case "enormousJson":
      return whole({ json: everyObject(answer.json, (object) => pad(object, fault.bytes ?? enormous)) });
    case "redirect":
      return whole({ status: fault.status ?? 302, text: "", headers: { ...html, location: fault.location ?? "/" } });
    case "otherRoom":
      return whole({ json: everyObject(answer.json, asOtherRoom) });
  }
}

export function firstHalf(text: string): string {
  return text.slice(0, Math.ceil(text.length / 2));
}

function statusAnswer({ status = 500, body, retryAfter }: Fault): Answer {
  const headers = retryAfter === undefined ? undefined : { "retry-after": String(retryAfter) };
  if (typeof body === "string") return { status, text: body, headers: { ...html, ...headers } };
  return { status, json: body ?? statusBody(status), headers };
}

// The shapes that the documents give, where they give one.
function statusBody(status: number): Json {
  if (status >= 500) return { eventCode: "", message: "error message" };
  if (status === 429) return { success: false, message: "Too many requests" };
  if (status === 404) return { success: false, message: "room not found" };
  if (status === 409) return { success: false, message: "room already exists" };
  if (status === 401 || status === 403) return { success: false, message: "Invalid secret key" };
  return { success: false, message: "Invalid request" };
}

function everyObject(json: unknown, change: (object: Json) => unknown): unknown {
  return Array.isArray(json) ? json.map((item) => change(item as Json)) : change((json ?? {}) as Json);
}

function mapValues(object: Json, change: (value: unknown) => unknown): Json {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}

function otherType(value: unknown): unknown {
  if (typeof value === "string") return 7;
  if (typeof value === "number") return "seven";
  return typeof value === "boolean" ? "yes" : null;
}

function pad(object: Json, bytes: number): Json {
  return { ...object, padding: "x".repeat(bytes) };
}

function asOtherRoom(room: Json): Json {
  return { ...room, _id: "0123456789abcdef01234567", roomName: "some-other-room" };
}
