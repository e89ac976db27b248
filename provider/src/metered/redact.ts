import { CONTROLS } from "../schema/escaped";

const HIDDEN = "[secret]";
/** Longer texts of the server are cut: they go into one line of an error. */
const LONGEST_TEXT = 300;

/** A text of the server as it may be shown: in one line, and without any of the secrets, however they are written. */
export function redact(text: string, secrets: readonly string[]): string {
  const hidden = hideAddresses(hideKeys(hide(text, secrets)));
  const shown = hidden.replace(CONTROLS, " ").trim();
  return shown.length > LONGEST_TEXT ? `${shown.slice(0, LONGEST_TEXT)}…` : shown;
}

/** A shorter text of a program may be a part of any word, and gives nothing away. */
const SHORTEST_TEXT = 4;

/** What a program gives as free text: each may be a secret, and a server may repeat what it objects to. */
export function freeTexts(values: readonly unknown[]): string[] {
  return values.flat().filter((value): value is string => typeof value === "string" && value.length >= SHORTEST_TEXT);
}

/** A text without any of the secrets. */
export function hide(text: string, secrets: readonly string[]): string {
  let shown = text;
  for (const secret of secrets.filter((s) => s !== "")) shown = shown.replace(spelled(secret), HIDDEN);
  return shown;
}

/** A text without whatever looks like an address with a key in it. */
export function hideKeys(text: string): string {
  return text
    .replace(/\brtmps?(?::|%3a)(?:\\?\/|%2f)\S+/gi, HIDDEN)
    .replace(/(secret_?key["']?\s*[=:]\s*["']?)[^\s"'&,}]+/gi, `$1${HIDDEN}`);
}

const METERED = /^https:\/\/([\w-]+\.)*metered\.(ca|live)(\/[^?#]*)?$/i;

/** Metered may tell of an address that another call has sent, such as a webhook's: only its own can hide no token. */
function hideAddresses(text: string): string {
  return text.replace(/\b[a-z][a-z0-9+.-]{0,20}:(?:\\{0,8}\/){2}[^\s"'<>)]+/gi, (url) =>
    METERED.test(url) ? url : HIDDEN,
  );
}

/** Finds a secret whose characters are written in any way, each in its own, or that is in base64. */
function spelled(secret: string): RegExp {
  const inBase64 = (["base64", "base64url"] as const).map((kind) => Buffer.from(secret).toString(kind));
  const ways = [[...secret].map(character).join(""), ...inBase64.map((text) => literal(text.replace(/=+$/, "")))];
  return new RegExp(ways.join("|"), "gi");
}

const HTML_NAMES: Readonly<Record<string, string>> = { '"': "quot", "&": "amp", "'": "apos", "<": "lt", ">": "gt" };

/** One character in an address (`%2f`), in HTML (`&#47;`, `&lt;`), in JSON (`\u002f`, `\/`), each also twice, or as it is. */
function character(text: string): string {
  const hex = (number: number, digits: number) => number.toString(16).padStart(digits, "0");
  const code = text.codePointAt(0) ?? 0;
  const inAddress = [...Buffer.from(text)].map((byte) => `%(?:25)*${hex(byte, 2)}`).join("");
  const inHtml = `&(?:amp;)*(?:#0*${code}|#x0*${hex(code, 1)}|${HTML_NAMES[text] ?? "#0"});`;
  const inJson = text.split("").map((unit) => `\\\\{1,8}u${hex(unit.charCodeAt(0), 4)}`);
  const asItIs = text === " " ? "[ +]" : `\\\\{0,8}${literal(text)}`;
  // An encoded one comes first: of `%25` for "%" nothing must stay.
  return `(?:${[inAddress, inHtml, inJson.join(""), asItIs].join("|")})`;
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
