import { Noted, type Value } from "./program";

/** One entry between brackets, with the comment above it. */
export interface Entry {
  readonly text: string;
  readonly comment?: string | undefined;
}

interface Style {
  readonly indent: string;
  /** What a comment begins with. */
  readonly comment: string;
  /** Blanks within brackets of one line. */
  readonly pad?: string;
  /** Longest text on one line; 0 for a line for each entry. */
  readonly width: number;
  /** Without a comma after the last entry. */
  readonly bare?: boolean;
}

/** Entries between brackets: on one line if they're short, else a line for each. */
export function bracketed(open: string, entries: readonly Entry[], close: string, style: Style): string {
  if (entries.length === 0) return open + close;
  const [pad, texts] = [style.pad ?? "", entries.map(({ text }) => text)];
  const line = `${open}${pad}${texts.join(", ")}${pad}${close}`;
  const isShort = line.length <= style.width && !line.includes("\n") && entries.every(({ comment }) => !comment);
  if (isShort) return line;
  const last = style.bare ? "" : ",";
  const broken = entries.map(({ text, comment }, index) => {
    const above = comment ? `${style.comment} ${comment}\n` : "";
    return indented(`${above}${text}${index < entries.length - 1 ? "," : last}`, style.indent);
  });
  return `${open}\n${broken.join("\n")}\n${close}`;
}

export function indented(text: string, indent: string): string {
  return text.replace(/^(?=.)/gm, indent);
}

/** A value without its comment, and the comment. */
export function plain(value: Value): { readonly value: Exclude<Value, Noted>; readonly comment?: string } {
  if (!(value instanceof Noted)) return { value };
  return { value: plain(value.value).value, comment: value.comment };
}

/** `50_000_000_000`, as all languages but YAML read it. */
export function grouped(value: number): string {
  const [whole = "", fraction] = String(value).split(".");
  const text = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, "_") : whole;
  return fraction ? `${text}.${fraction}` : text;
}

export function quoted(text: string): string {
  return JSON.stringify(text);
}

export function pascal(name: string): string {
  return `${name[0]?.toUpperCase()}${name.slice(1)}`;
}

export function snake(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}
