/** What a terminal obeys instead of showing it: control characters, ends of lines, and changes of a text's direction. */
export const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu;

/** A text in one line, in which controls are written as in JSON, and so harm no JSON either. */
export function escaped(text: string): string {
  return text.replace(CONTROLS, (controls) => controls.split("").map(inJson).join(""));
}

/** The same for a text whose lines and tabs are meant. */
export function escapedLines(text: string): string {
  const parts = text.split(/(\r?\n|\t)/);
  return parts.map((part, i) => (i % 2 === 0 ? escaped(part) : part)).join("");
}

function inJson(control: string): string {
  const usual = JSON.stringify(control).slice(1, -1);
  return usual === control ? `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}` : usual;
}
