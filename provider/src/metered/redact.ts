import { CONTROLS } from "../schema/escaped";

/** What stands in the place of a secret. */
export const HIDDEN = "[secret]";
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
  return secrets.filter((secret) => secret !== "").reduce(without, text);
}

/**
 * A text without a secret, or the first piece of it: a server may quote the beginning alone. Of a long secret, most
 * texts have not even that, so a piece is only looked for where those before it were found.
 */
function without(text: string, secret: string): string {
  // No way to write it is shorter; a character may have two units.
  if (text.length < Math.min(Math.ceil(secret.length / 2), LONGEST_PIECE)) return text;
  const bytes = Buffer.from(secret);
  const inBase64 = (["base64", "base64url"] as const).map((kind) =>
    spansOf(bytes.length).map(
      ([from, to]) =>
        () =>
          literal(bytes.toString(kind, from, to).replace(/=+$/, "")),
    ),
  );
  // Several backslashes count as one character: each of them could stand for the escape of the next.
  const characters = secret.match(/\\+|./gsu) ?? [];
  const written = spansOf(characters.length).map(
    ([from, to]) =>
      () =>
        characters.slice(from, to).map(character).join(""),
  );
  return [written, ...inBase64].reduce(withoutPieces, text);
}

type Pattern = () => string;

function withoutPieces(text: string, [first, ...others]: readonly Pattern[]): string {
  if (!first) return text;
  const beginning = new RegExp(first(), "gi");
  const patterns: RegExp[] = [];
  const pieceAt = (index: number, pattern: Pattern) => {
    patterns[index] ??= new RegExp(pattern(), "giy");
    return patterns[index];
  };
  let shown = "";
  let end = 0;
  for (let match = beginning.exec(text); match; match = beginning.exec(text)) {
    shown += text.slice(end, match.index) + HIDDEN;
    end = match.index + match[0].length;
    for (const [index, pattern] of others.entries()) {
      const piece = pieceAt(index, pattern);
      piece.lastIndex = end;
      if (!piece.test(text)) break;
      end = piece.lastIndex;
    }
    beginning.lastIndex = end;
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

/** Where the pieces of so much begin and end. What is left over is joined to the last one. */
function spansOf(length: number): (readonly [number, number])[] {
  const count = Math.max(1, Math.floor(length / LONGEST_PIECE));
  return Array.from({ length: count }, (_, i) => {
    return [i * LONGEST_PIECE, i === count - 1 ? length : (i + 1) * LONGEST_PIECE] as const;
  });
}

const HTML_NAMES: Readonly<Record<string, string>> = { '"': "quot", "&": "amp", "'": "apos", "<": "lt", ">": "gt" };

const JSON_NAMES: Readonly<Record<string, string>> = { "\n": "n", "\r": "r", "\t": "t", "\b": "b", "\f": "f" };

/** So many backslashes, or more: whoever escapes them writes them twice. */
function backslashes(count: number): string {
  return `(?:%(?:25)*5c|&(?:amp;)*(?:#0*92|#x0*5c);|\\\\{1,8}u005c){${count}}|\\\\{${count},}`;
}

/** One character in an address (`%2f`), in HTML (`&#47;`, `&lt;`), in JSON (`\u002f`, `\/`), each also twice, or as it is. */
function character(text: string): string {
  if (text.startsWith("\\")) return `(?:${backslashes(text.length)})`;
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
