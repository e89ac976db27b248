import { CONTROLS } from "../schema/escaped";

const HIDDEN = "[secret]";
/** Longer texts of the server are cut: they go into one line of an error. */
const LONGEST_TEXT = 300;

/** A text of the server as it may be shown: in one line, and without any of the secrets, however they are written. */
export function redact(text: string, secrets: readonly string[]): string {
  const hidden = hideAddresses(hideKeys(hide(text, secrets)));
  const shown = hidden.replace(CONTROLS, " ").trim();
  return shown.length > LONGEST_TEXT ? `${wellFormed(shown.slice(0, LONGEST_TEXT))}…` : shown;
}

/** A text without halves of characters: one of them in an error ends the process of a provider. */
export function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

/** A shorter text of a program may be a part of any word, and gives nothing away. */
const SHORTEST_TEXT = 4;

/** The same of a part of an address: shorter ones are words such as `live`. */
const SHORTEST_PART = 8;

/**
 * What a program gives as free text: each may be a secret, and a server may repeat what it objects to. Of an address, it
 * may be a part: the stream key at its end, a token, or a login.
 */
export function freeTexts(values: readonly unknown[]): string[] {
  const texts = values.flat().filter((value): value is string => typeof value === "string");
  return [...texts.filter(({ length }) => length >= SHORTEST_TEXT), ...texts.flatMap(partsOf)];
}

function partsOf(text: string): string[] {
  if (!URL.canParse(text)) return [];
  const { username, password, pathname, searchParams } = new URL(text);
  const parts = [username, password, ...pathname.split("/"), ...searchParams.values()];
  return parts.filter(({ length }) => length >= SHORTEST_PART);
}

/** A text without any of the secrets. */
export function hide(text: string, secrets: readonly string[]): string {
  const ways = secrets.filter((secret) => secret !== "").flatMap(spelled);
  return ways.reduce((rest, way) => without(rest, way), text);
}

/** A text without whatever consists of these pieces, or of the first of them: a server may quote the beginning alone. */
function without(text: string, [first, ...others]: readonly RegExp[]): string {
  let shown = "";
  let end = 0;
  for (let match = first?.exec(text); first && match; match = first.exec(text)) {
    shown += text.slice(end, match.index) + HIDDEN;
    end = match.index + match[0].length;
    for (const piece of others) {
      piece.lastIndex = end;
      if (!piece.test(text)) break;
      end = piece.lastIndex;
    }
    first.lastIndex = end;
  }
  return shown + text.slice(end);
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

/**
 * The characters of a secret that one pattern looks for. A longer one is looked for in pieces: a pattern has about 70
 * characters for each of them, and 3,000 are too many for it. For base64, it has to be a multiple of three bytes.
 */
const LONGEST_PIECE = 600;

/** Finds a secret whose characters are written in any way, each in its own, or that is in base64: by its pieces. */
function spelled(secret: string): RegExp[][] {
  const written = pieces([...secret]).map((piece) => piece.map(character).join(""));
  const inBase64 = (["base64", "base64url"] as const).map((kind) =>
    pieces(Buffer.from(secret)).map((piece) => literal(piece.toString(kind).replace(/=+$/, ""))),
  );
  return [written, ...inBase64].map((way) => way.map((piece, i) => new RegExp(piece, i === 0 ? "gi" : "giy")));
}

/** What is left over is joined to the last one. */
function pieces<Whole extends { readonly length: number; slice(start: number, end?: number): Whole }>(
  whole: Whole,
): Whole[] {
  if (whole.length < 2 * LONGEST_PIECE) return [whole];
  return [whole.slice(0, LONGEST_PIECE), ...pieces(whole.slice(LONGEST_PIECE))];
}

const HTML_NAMES: Readonly<Record<string, string>> = { '"': "quot", "&": "amp", "'": "apos", "<": "lt", ">": "gt" };

const JSON_NAMES: Readonly<Record<string, string>> = { "\n": "n", "\r": "r", "\t": "t", "\b": "b", "\f": "f" };

/** One character in an address (`%2f`), in HTML (`&#47;`, `&lt;`), in JSON (`\u002f`, `\/`), each also twice, or as it is. */
function character(text: string): string {
  const hex = (number: number, digits: number) => number.toString(16).padStart(digits, "0");
  const code = text.codePointAt(0) ?? 0;
  const inAddress = [...Buffer.from(text)].map((byte) => `%(?:25)*${hex(byte, 2)}`).join("");
  const inHtml = `&(?:amp;)*(?:#0*${code}|#x0*${hex(code, 1)}|${HTML_NAMES[text] ?? "#0"});`;
  const units = text.split("").map((unit) => `\\\\{1,8}u${hex(unit.charCodeAt(0), 4)}`);
  const inJson = text in JSON_NAMES ? `\\\\{1,8}${JSON_NAMES[text]}|${units.join("")}` : units.join("");
  const asItIs = text === " " ? "[ +]" : `\\\\{0,8}${literal(text)}`;
  // An encoded one comes first: of `%25` for "%" nothing must stay.
  return `(?:${[inAddress, inHtml, inJson, asItIs].join("|")})`;
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
