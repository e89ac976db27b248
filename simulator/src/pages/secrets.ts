import { fields } from "../rooms/fields";
import type { RoomKind } from "../rooms/types";

const dots = "••••••••";

/** Whether a setting's value is not to be read off a screen: stream keys, and webhooks, which may carry a token. */
export function isSecret(kind: RoomKind, name: string): boolean {
  return ["rtmp", "webhook"].includes(fields[kind][name]?.type ?? "");
}

/** JSON without its secrets: found by their names and by what they look like, because a program may send anything. */
export function masked(value: unknown, name = ""): unknown {
  if (value === null || typeof value === "boolean") return value;
  if (/webhook/i.test(name)) return typeof value === "string" ? hostOnly(value) : dots;
  if (/rtmp.*url|secret|token|password|apikey|stream_?key/i.test(name)) return dots;
  if (typeof value === "string") return /rtmps?:\/\//i.test(value) ? dots : value;
  if (Array.isArray(value)) return value.map((item) => masked(item));
  if (typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(item, key)]));
}

function hostOnly(url: string): string {
  const known = URL.canParse(url) ? new URL(url) : undefined;
  return known?.protocol === "http:" || known?.protocol === "https:" ? `${known.origin}/…` : dots;
}
