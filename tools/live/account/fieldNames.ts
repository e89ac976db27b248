import { liveStreamingRoom } from "../../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../../provider/src/rooms/meetingRoom";
import { type Answer, isObject } from "./answer";

/** What Metered's documents show in replies beside the settings, by its own spelling. */
const documented = {
  room: ["_id", "roomName", "created", "app", "archived", "lang", "__v"],
  live: ["_id", "roomName", "created", "app", "archived", "currentlyBroadcasting"],
  others: [
    "success",
    "message",
    "eventCode",
    "error",
    "error._original",
    ...joi("error.details", "path", "type", "context", "message"),
  ],
};

function joi(below: string, ...names: string[]): string[] {
  return [below, ...names.map((name) => `${below}.${name}`)];
}

const known = {
  meeting: new Set([...documented.room, ...documented.others, ...Object.keys(meetingRoom.fields)]),
  live: new Set([
    ...documented.live,
    ...documented.others,
    ...Object.keys(liveStreamingRoom.fields),
    ...Object.keys(liveStreamingRoom.links),
  ]),
};

/** Metered's pages about tokens, TURN, recordings and sessions, by the beginning of the path. */
const beyondRooms: Readonly<Record<string, readonly string[]>> = {
  "/token": ["token"],
  "/recordings": ["data", ...joi("data", "_id", "type", "participantUsername")],
  "/turn/current_usage": ["quotaInGB", "usageInGB", "overageInGB", "date", "username", "label", "data", "has_more"],
  "/v2/turn/current_usage": ["data", ...joi("data", "label", "username", "usageInGB"), "has_more"],
  "/v2/turn/usage_daily_by_user": [
    ...["data", "data.date", ...joi("data.usage", "username", "label", "usageInGB")],
    ...joi("pagination", "total_records", "current_page", "total_pages", "next_page", "prev_page"),
    ...joi("period", "startDate", "endDate"),
  ],
  "/v2/turn/project": projectFields(),
  "/turn/project/ID/credential": credentialFields(),
  "/turn/project/ID": projectFields(),
  "/v2/turn/credential": credentialFields(),
  "/turn/credential": [...credentialFields(), "urls", "credential"],
};

function credentialFields(): string[] {
  const fields = ["username", "password", "apiKey", "expiryInSeconds", "label", "expired", "_id", "project"];
  const pages = joi("pagination", "total_records", "current_page", "total_pages", "next_page", "prev_page");
  return [...fields, ...joi("data", ...fields), ...pages, "deleted"];
}

function projectFields(): string[] {
  const settings = ["projectName", "quotaInBytes", "webhookUrl", "notificationEmails", "quotaExceededAction"];
  return ["_id", "created", "apiKey", ...settings];
}

/** Whether a row of the field tables, or a page of Metered's documents, knows a field of a reply. */
export function isKnown(label: string, name: string): boolean {
  const path = label.replace(/^\w+ /, "");
  const [, others] = Object.entries(beyondRooms).find(([start]) => path.startsWith(start)) ?? [];
  if (others !== undefined) return others.includes(name) || documented.others.includes(name);
  const fields = label.includes("realtimelivestreaming") ? known.live : known.meeting;
  return fields.has(name);
}

/** The names of all fields in a reply, `a.b` for nested ones; of a list, those of all its items. Never a value. */
export function fieldNames({ json }: Answer): string[] {
  return [...new Set(namesBelow(json, "", 3))];
}

function namesBelow(value: unknown, prefix: string, depth: number): string[] {
  if (depth === 0) return [];
  if (Array.isArray(value)) return value.flatMap((item) => namesBelow(item, prefix, depth));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, below]) => {
    const shown = prefix + (isName(name) ? name : WITHHELD);
    // What a validator repeats of the request is ours.
    return shown === "error._original" || shown.endsWith(".context")
      ? [shown]
      : [shown, ...namesBelow(below, `${shown}.`, depth - 1)];
  });
}

const WITHHELD = "(looks like a value)";

/** An object may be keyed by identifiers or addresses: those are values, whatever JSON calls them. */
function isName(name: string): boolean {
  return /^[A-Za-z_$][\w$-]{0,60}$/.test(name) && !/[0-9a-f]{12,}/i.test(name);
}
