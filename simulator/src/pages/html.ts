import { escapeHtml } from "../escapeHtml";

/** A piece of HTML, as opposed to a text that has to be escaped. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = Html | Html[] | string | number | boolean;

/** Escapes whatever is put in, unless it is HTML itself. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(String.raw({ raw: strings }, ...parts.map(textOf)));
}

function textOf(part: Part): string {
  if (Array.isArray(part)) return part.map(textOf).join("");
  return part instanceof Html ? part.text : escapeHtml(String(part));
}

// System colours follow the reader's choice of light or dark.
const style = new Html(`
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); overflow-wrap: anywhere; }
th { font-weight: 600; white-space: nowrap; }
.quiet { opacity: .65; }
`);

export function page(title: string, body: Html): string {
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`.text;
}
