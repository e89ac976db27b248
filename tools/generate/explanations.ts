/** `npx pulumi-metered explain CLASS` works offline: the sections of docs/errors.md, as a module of the package. */

/** The heading of a section about a class: one word in CamelCase. Other sections of the page explain no class. */
const CLASS_HEADING = /^### ([A-Z][A-Za-z]+)$/;
const ANY_HEADING = /^#{1,3} /;

/** Sections by class, in the order of the page, without the heading. */
export function explanationsIn(page: string): Record<string, string> {
  const sections: Record<string, string[]> = {};
  let lines: string[] | undefined;
  for (const line of page.split("\n")) {
    const [, cause] = CLASS_HEADING.exec(line) ?? [];
    if (cause !== undefined) lines = sections[cause] = [];
    else if (ANY_HEADING.test(line)) lines = undefined;
    else lines?.push(line);
  }
  return Object.fromEntries(Object.entries(sections).map(([cause, each]) => [cause, forTerminal(each.join("\n"))]));
}

/** A terminal shows neither links, tables nor emphasis; messages are set apart, and code stays as it is. */
function forTerminal(markdown: string): string {
  return markdown
    .replace(/^\|.*\|\n\|(?: --- \|)+\n/gm, "")
    .replace(/^\| (.*) \| (.*) \|$/gm, "- $1: $2")
    .replace(/^> ?/gm, "    ")
    .replace(/^```\n([\s\S]*?)\n```$/gm, (_, block: string) => block.replace(/^/gm, "    "))
    .replace(/\[([^\]\n]+)\]\([^)\s]+\)/g, "$1")
    .replace(/\*\*([^*\n]+)\*\*/g, "$1")
    .replace(/ +$/gm, "")
    .trim();
}

export function explanationsSource(page: string): string {
  const entries = Object.entries(explanationsIn(page)).map(([cause, text]) => `${cause}: ${JSON.stringify(text)},`);
  return [
    "/** Generated from docs/errors.md by `npm run generate`. */",
    "export const EXPLANATIONS: Readonly<Record<string, string>> = {",
    ...entries,
    "};",
    "",
  ].join("\n");
}
