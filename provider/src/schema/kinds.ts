import type { AnyValue, Field, Kind, Value } from "./field";
import { butIs, butIsNumber, choiceProblem } from "./given";
import { sameName } from "./names";

/** What a preview shows in place of a value that is not known yet; Pulumi fixed it for ever in its wire protocol. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The smallest quota that Metered takes, in bytes: 1 MiB. */
const LEAST_QUOTA = 1_048_576;
/** Labels and names of projects have fewer characters. */
const TOO_LONG = 100;
const MOST_EMAILS = 10;

/** At or above this, a number of seconds is surely one of milliseconds (it would be the year 5138). */
const MILLISECONDS = 1e11;

/** How one kind of value is judged in a program, read from a reply, and compared. */
interface KindRules {
  /** What is wrong with a value of a program and what would be right, or undefined. */
  problem(value: unknown, field: Field): string | undefined;
  /** The value that a reply shows, tolerant of type spelling; undefined when it cannot be made out. */
  read(value: unknown, field: Field): AnyValue | undefined;
  /** Whether two values mean the same to Metered. */
  same(a: AnyValue, b: AnyValue): boolean;
}

const text: KindRules = {
  problem: (value) => (typeof value === "string" ? undefined : `must be a string${butIs(value)}`),
  read: (value) => (typeof value === "string" ? value : undefined),
  same: (a, b) => tidy(a) === tidy(b),
};

const integer: KindRules = {
  problem: (value) => (Number.isSafeInteger(value) ? undefined : `must be a whole number${butIsNumber(value)}`),
  read: (value) => {
    const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    return typeof number === "number" && Number.isFinite(number) ? number : undefined;
  },
  same: (a, b) => a === b,
};

const list: KindRules = {
  problem: (value) => {
    if (!Array.isArray(value)) return `must be a list of strings${butIs(value)}`;
    return value.every((item) => typeof item === "string") ? undefined : "must contain only strings";
  },
  read: (value) => (Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined),
  same: (a, b) => JSON.stringify(a) === JSON.stringify(b),
};

const kinds: Readonly<Record<Kind, KindRules>> = {
  boolean: {
    problem: (value) => (typeof value === "boolean" ? undefined : `must be true or false${butIs(value)}`),
    read: (value) => booleans.get(typeof value === "string" ? value.toLowerCase() : value),
    same: (a, b) => a === b,
  },
  count: {
    ...integer,
    problem: (value, field) =>
      integer.problem(value, field) ?? (Number(value) < 0 ? `must be 1 or more${butIsNumber(value)}` : undefined),
  },
  unixSeconds: {
    ...integer,
    problem: (value, field) => notADate(value) ?? integer.problem(value, field) ?? timeProblem(value),
  },
  choice: {
    ...text,
    read: (value, { spellings = {} }) =>
      typeof value === "string" ? (spellings[value.toLowerCase()] ?? value) : undefined,
    problem: (value, { values = [] }) => choiceProblem(value, values),
    same: (a, b) => String(a).toLowerCase() === String(b).toLowerCase(),
  },
  url: { ...text, problem: (value) => urlProblem(value, ["http", "https"]), same: sameUrl },
  rtmpUrl: { ...text, problem: (value) => urlProblem(value, ["rtmp", "rtmps"]), same: sameUrl },
  httpsUrl: { ...text, problem: (value) => urlProblem(value, ["https"]), same: sameUrl },
  label: { ...text, problem: labelProblem },
  objectId: {
    ...text,
    problem: (value) =>
      typeof value === "string" && /^[0-9a-f]{24}$/i.test(value)
        ? undefined
        : `must be a Metered ID (\`_id\`) of 24 hex digits${typeof value === "string" ? "" : butIs(value)}`,
  },
  duration: {
    ...integer,
    problem: (value, field) =>
      integer.problem(value, field) ??
      (Number(value) < 1 ? `must be 1 second or more${butIsNumber(value)}` : undefined),
  },
  quota: {
    ...integer,
    problem: (value, field) =>
      integer.problem(value, field) ??
      (Number(value) === 0 || Number(value) >= LEAST_QUOTA
        ? undefined
        : `must be 0, for no quota, or ${LEAST_QUOTA} bytes or more${butIsNumber(value)}`),
  },
  emails: {
    ...list,
    problem: (value, field) => list.problem(value, field) ?? emailsProblem(value),
    // Metered may keep addresses in its own case and order, and each of them once.
    same: (a, b) => sameEmails(a) === sameEmails(b),
  },
  texts: list,
  roomName: { ...text, problem: roomNameProblem, same: (a, b) => sameName(String(a), String(b)) },
  text,
};

function sameEmails(value: unknown): string {
  const emails = Array.isArray(value) ? value.map((each) => String(each).trim().toLowerCase()) : [];
  return [...new Set(emails)].sort().join();
}

const booleans = new Map<unknown, boolean>([
  [true, true],
  [false, false],
  ["true", true],
  ["false", false],
  [1, true],
  [0, false],
]);

export function problemOf(field: Field, value: unknown): string | undefined {
  return kinds[field.kind].problem(value, field);
}

export function readValue(field: Field, value: unknown): Value | undefined {
  const read = readAny(field, value);
  return typeof read === "object" ? undefined : read;
}

/** The same, where a setting may be a list. */
export function readAny(field: Field, value: unknown): AnyValue | undefined {
  return kinds[field.kind].read(value, field);
}

/** Whether two values of a setting mean the same. One that isn't there is like no other. */
export function sameValue(field: Field, a: AnyValue | null | undefined, b: AnyValue | null | undefined): boolean {
  return isThere(a) && isThere(b) && kinds[field.kind].same(a, b);
}

function isThere(value: AnyValue | null | undefined): value is AnyValue {
  return value !== undefined && value !== null;
}

/**
 * Whether a value may contain a credential: a secret does, and a URL may hide a token. Such a value is never quoted in a
 * message, and what Metered shows of it is never in plaintext in a state.
 */
export function isSensitive(field: Field): boolean {
  return field.secret === true || field.kind === "url" || field.kind === "httpsUrl" || field.kind === "rtmpUrl";
}

/** A unix time for a reader: `2026-11-27 03:55:10 UTC`. */
export function timeOf(seconds: number): string {
  return new Date(seconds * 1000)
    .toISOString()
    .replace("T", " ")
    .replace(/\.\d+Z$/, " UTC");
}

/** On Pulumi's wire a `Date` is an object without any properties. */
function notADate(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return "must be a whole number of Unix seconds, not an object; for a Date, use Math.floor(date.getTime() / 1000)";
}

function timeProblem(value: unknown): string | undefined {
  const seconds = Number(value);
  if (seconds <= 0) return `must be a timestamp in Unix seconds${butIsNumber(value)}; leave it out for no limit`;
  if (seconds >= MILLISECONDS) {
    const inSeconds = Math.floor(seconds / 1000);
    return inSeconds < MILLISECONDS
      ? `must be in Unix seconds, and ${seconds} looks like milliseconds: ${inSeconds} would be ${timeOf(inSeconds)}`
      : `must be in Unix seconds, and ${seconds} is far too large`;
  }
  return undefined;
}

/** What a user may have taken for the right scheme. Only these are quoted: a stream key may look like a scheme. */
const KNOWN_SCHEMES = ["http", "https", "rtmp", "rtmps", "rtsp", "srt", "ws", "wss", "ftp", "file"];

/** Never quotes the value: it may contain a token or a stream key. */
function urlProblem(value: unknown, schemes: readonly string[]): string | undefined {
  const right = `must be a URL that starts with ${schemes.map((each) => `${each}://`).join(" or ")}`;
  if (typeof value === "object") return `${right}${butIs(value)}`;
  if (typeof value !== "string") return `${right}, not a ${typeof value}`;
  const parsed = URL.canParse(value) ? new URL(value) : undefined;
  const scheme = parsed?.protocol.slice(0, -1) ?? "";
  if (parsed && !schemes.includes(scheme)) {
    return KNOWN_SCHEMES.includes(scheme) ? `${right}, not with ${scheme}:` : right;
  }
  // The parser forgives missing slashes and spaces around; Metered need not.
  if (!parsed?.hostname || /\s/.test(value) || !value.includes("://")) return right;
  return undefined;
}

function roomNameProblem(value: unknown): string | undefined {
  if (typeof value !== "string") return `must be a string${butIs(value)}`;
  if (value === "") return "must not be empty; leave it out for an auto-generated name";
  const right = 'must be URL-friendly, because it ends the room\'s address: letters a to z, digits, "-" and "_"';
  if (value === "." || value === "..") return `${right}, not only dots`;
  // The characters that a URL carries without escapes (RFC 3986, unreserved).
  const bad = value.match(/[^A-Za-z0-9._~-]/u)?.[0];
  return bad && `${right}, without ${bad === " " ? "spaces" : JSON.stringify(bad)}`;
}

function labelProblem(value: unknown): string | undefined {
  if (typeof value !== "string") return `must be a string${butIs(value)}`;
  if (value === "") return "must not be empty";
  return value.length < TOO_LONG ? undefined : `must have fewer than ${TOO_LONG} characters, not ${value.length}`;
}

function emailsProblem(value: unknown): string | undefined {
  const emails = value as readonly string[];
  if (emails.includes(UNKNOWN)) return undefined;
  const wrong = emails.findIndex((email) => !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email));
  if (wrong >= 0) return `must contain only email addresses, and number ${wrong + 1} isn't one`;
  return emails.length > MOST_EMAILS
    ? `must contain at most ${MOST_EMAILS} email addresses, not ${emails.length}`
    : undefined;
}

function sameUrl(a: AnyValue, b: AnyValue): boolean {
  return normalUrl(String(a)) === normalUrl(String(b));
}

function normalUrl(url: string): string {
  if (!URL.canParse(url)) return url.trim();
  const parsed = new URL(url.trim());
  const path = parsed.pathname === "/" ? "" : parsed.pathname;
  return `${parsed.protocol}//${parsed.username}:${parsed.password}@${parsed.host.toLowerCase()}${path}${parsed.search}${parsed.hash}`;
}

function tidy(value: AnyValue): string {
  return String(value).replaceAll("\r\n", "\n").trim();
}
