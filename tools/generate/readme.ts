import { ENVIRONMENT, providerInputs } from "./schemaParts";

/**
 * What of the README goes into the published package: without what is for the repository only, and with the names of
 * pages in place of links, since the package doesn't hold them.
 */
export function packageReadme(readme: string): string {
  return readme
    .replace(/<!-- repository only -->\n[\s\S]*?<!-- end -->\n/g, "")
    .replace(/<!-- package only\n([\s\S]*?)-->\n/g, "$1")
    .replace(/\[([^\]]+)\]\((?!https?:|#)[^)]+\)/g, "$1");
}

/** The table of configuration keys, from the inputs of a provider. */
export function configurationTable(): string {
  const rows = Object.entries(providerInputs()).map(([name, { description }]) => {
    const variable = ENVIRONMENT[name];
    return `| \`metered:${name}\`${variable ? ` or \`${variable}\`` : ""} | ${description} |`;
  });
  return ["| Key | Description |", "| --- | --- |", ...rows].join("\n");
}

/** A document with that table in its place. */
export function withConfiguration(text: string, table: string): string {
  const [start, end] = ["<!-- configuration -->", "<!-- end of configuration -->"];
  const [before, rest] = text.split(start);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error("a page has no place for the table of configuration keys");
  return `${before}${start}\n\n${table}\n\n${end}${after}`;
}
