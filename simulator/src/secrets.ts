import { fields } from "./rooms/fields";
import type { RoomKind } from "./rooms/types";

export const dots = "••••••••";

const secretNames = /rtmp.*url|secret|token|password|api_?key|stream_?key|^credential$/i;
const webhookNames = /webhook/i;
const rtmp = /rtmps?:\/\//i;
/** Three parts of base64url, the first of them a JSON object: an access token, wherever it stands. */
const jwt = /\beyJ[\w-]*\.[\w-]+\.[\w-]*/g;

/** Whether a setting's value must not be readable on a screen: stream keys, and webhooks, which may contain a token. */
export function isSecret(kind: RoomKind, name: string): boolean {
  return ["rtmp", "webhook"].includes(fields[kind][name]?.type ?? "");
}

/** JSON without its secrets: found by their names and by what they look like, because a program may send anything. */
export function masked(value: unknown, name = ""): unknown {
  if (value === null || typeof value === "boolean") return value;
  if (webhookNames.test(name)) return typeof value === "string" ? hostOnly(value) : dots;
  if (secretNames.test(name)) return dots;
  if (typeof value === "string") return rtmp.test(value) ? dots : withoutTokens(value);
  if (Array.isArray(value)) return value.map((item) => masked(item));
  if (typeof value !== "object") return value;
  const inside = isProblem(value) ? withoutValue(value) : value;
  return Object.fromEntries(Object.entries(inside).map(([key, item]) => [key, masked(item, key)]));
}

/** A text without the access tokens in it. */
export function withoutTokens(text: string): string {
  return text.includes("eyJ") ? text.replace(jwt, dots) : text;
}

interface ReportedProblem {
  readonly message: string;
  readonly path: readonly unknown[];
  readonly context: Readonly<Record<string, unknown>>;
}

// The validator repeats what was sent, in its message and in its context.
function isProblem(value: object): value is ReportedProblem {
  return "message" in value && "path" in value && "context" in value && Array.isArray(value.path);
}

function withoutValue({ message, path, context, ...rest }: ReportedProblem): object {
  const [key = ""] = path.map(String);
  const isHidden = secretNames.test(key) || webhookNames.test(key);
  if (!isHidden || !("value" in context)) return { message, path, context, ...rest };
  const text = message.replaceAll(String(context.value), dots);
  return { message: text, path, context: { ...context, value: dots }, ...rest };
}

function hostOnly(url: string): string {
  const known = URL.canParse(url) ? new URL(url) : undefined;
  return known?.protocol === "http:" || known?.protocol === "https:" ? `${known.origin}/…` : dots;
}
