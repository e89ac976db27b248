import { escapeHtml } from "../escapeHtml";

/** A piece of HTML, as opposed to a text that has to be escaped. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = Html | readonly Html[] | string | number | boolean;

/** Escapes whatever is put in, unless it is HTML itself. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(String.raw({ raw: strings }, ...parts.map(textOf)));
}

export const nothing = new Html("");

/** A sentence whose `code` is set as code. */
export function prose(text: string): Html[] {
  return text.split("`").map((piece, i) => (i % 2 === 1 ? html`<code>${piece}</code>` : html`${piece}`));
}

/** An instant as people read it: to the second, or to the millisecond. The server's clock can be beyond all dates. */
export function instant(ms: number, digits: "seconds" | "milliseconds" = "seconds"): string {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return String(ms);
  const [day = "", time = ""] = date.toISOString().split("T");
  return `${day} ${digits === "seconds" ? time.replace(/\..*$/, "") : time.replace("Z", "")}`;
}

function textOf(part: Part): string {
  if (part instanceof Html) return part.text;
  return Array.isArray(part) ? part.map(textOf).join("") : escapeHtml(String(part));
}
