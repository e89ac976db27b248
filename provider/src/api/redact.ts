const HIDDEN = "[secret]";
/** Longer texts of the server are cut: they go into one line of an error. */
const LONGEST_TEXT = 300;

/** A text of the server as it may be shown: in one line, and without any of the secrets, however they are written. */
export function redact(text: string, secrets: readonly string[]): string {
  let shown = text;
  for (const secret of secrets.filter((s) => s !== "").flatMap(spellings)) shown = shown.replaceAll(secret, HIDDEN);
  // Whatever else looks like an address with a key in it.
  shown = shown
    .replace(/\brtmps?:\/\/\S+/gi, HIDDEN)
    .replace(/(secret_?key["']?\s*[=:]\s*["']?)[^\s"'&,}]+/gi, `$1${HIDDEN}`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  shown = shown.replace(/[\u0000-\u001f\u007f]+/g, " ").trim();
  return shown.length > LONGEST_TEXT ? `${shown.slice(0, LONGEST_TEXT)}…` : shown;
}

/** The longest spelling first, so that no part of it stays behind. */
function spellings(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const all = [
    secret,
    json,
    encodeURIComponent(secret),
    encodeURI(secret),
    secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
    Buffer.from(secret).toString("base64"),
  ];
  return [...new Set(all)].sort((a, b) => b.length - a.length);
}
