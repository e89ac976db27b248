import { join } from "node:path";
import type { ObjectType, OutputField } from "../../provider/src/objects/objectType";
import { OBJECT_LOOKUPS } from "../../provider/src/pulumi/objectLookups";
import { OBJECT_TYPES } from "../../provider/src/pulumi/types";
import type { Field } from "../../provider/src/schema/field";
import { functionDoc, type Member, membersOf } from "./docstrings";
import { docOf, objectLines } from "./objects";
import { programOnPage } from "./programs";

/** The reference pages of what isn't a room, by their path in the repository. */
export function objectPages(): Record<string, string> {
  return Object.fromEntries(OBJECT_TYPES.map((type) => [`docs/reference/${fileOf(type)}.md`, page(type)]));
}

function fileOf({ name }: ObjectType): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();
}

function page(type: ObjectType): string {
  const inputs = Object.entries(type.fields);
  return `# ${type.name}

<!-- Generated from the field tables by \`npm run generate\`. A test fails when it's stale. -->

A Metered ${type.label}. Source of the inputs: ${type.source}.

${type.replaced}

## Example

${programOnPage(type.name)}

## Inputs

| Input | Type | Description |
| --- | --- | --- |
${inputs.map(([name, field]) => `| [\`${name}\`](#${name.toLowerCase()})${field.required ? " (required)" : ""} | ${kindWords(field)} | ${first(field.doc)} |`).join("\n")}

${replacement(type)}${inputs.map(([name, field]) => `### ${name}\n\n${linesOf(type, field).join("\n\n")}\n`).join("\n")}
## Outputs

Every input is also an output of the same name.

| Output | Type | Description |
| --- | --- | --- |
| \`id\` | string | ${type.id} |
${Object.entries(type.outputs)
  .map(([name, output]) => `| \`${name}\` | ${sortOf(output)} | ${docOf(output)} |`)
  .join("\n")}
| \`appName\` | string | The Metered app that the ${type.label} belongs to. |

## Import

${importOf(type)}
`;
}

/** Whether most inputs replace the resource, which is then said once. */
function isReplaced({ fields }: ObjectType): boolean {
  const all = Object.values(fields);
  return all.filter(({ replaces }) => replaces).length > all.length / 2;
}

function replacement(type: ObjectType): string {
  if (!isReplaced(type)) return "";
  const isAll = Object.values(type.fields).every(({ replaces }) => replaces);
  return `${isAll ? "Changing any input" : "Unless stated otherwise, changing an input"} replaces the ${type.label}.\n\n`;
}

function linesOf(type: ObjectType, field: Field): string[] {
  const lines = objectLines(type, field).map(readable);
  if (!isReplaced(type)) return lines;
  const own = lines.filter((line) => !line.startsWith("Changing it replaces the "));
  return field.replaces ? own : [...own, `Changing it doesn't replace the ${type.label}.`];
}

function importOf(type: ObjectType): string {
  if (!type.foundBy) return `Metered doesn't store ${type.label}s, so they can't be imported or looked up.`;
  return `With the [plugin](../plugin.md), by ${type.foundBy}:

\`\`\`sh
pulumi import metered:index:${type.name} NAME ID
\`\`\`

\`${type.name}.get(name, id)\` looks one up without managing it, with the package and with the plugin.`;
}

/** The sections of the page about functions that aren't about rooms. */
export function objectFunctions(): string {
  return OBJECT_LOOKUPS.map(({ name, secrets }) => section(name, secrets.length > 0)).join("\n");
}

function section(name: string, isSecret: boolean): string {
  const file = join(__dirname, "..", "..", "provider", "src", "pulumi", "dynamic", "functions", `${name}.ts`);
  const title = `${name[0]?.toUpperCase()}${name.slice(1)}`;
  const args = name === "getTurnProjects" ? [] : membersOf(file, `${title}Args`);
  const { doc } = functionDoc(file, name);
  const rows = (members: readonly Member[]) =>
    members.map(({ name: each, type, isOptional, doc: what }) => {
      return `| \`${each}\`${isOptional ? "" : " (always)"} | ${type.replace(/^(.*)\[\]$/, "list of $1")} | ${what} |`;
    });
  const given = rows(args).map((row) => row.replace(" (always)", " (required)"));
  return `## ${name}

${doc}${isSecret ? " In the plugin the result is a secret." : ""}

${programOnPage(name)}
${given.length === 0 ? "" : ["", "| Argument | Type | Description |", "| --- | --- | --- |", ...given, ""].join("\n")}
${["| Result | Type | Description |", "| --- | --- | --- |", ...rows(membersOf(file, `${title}Result`))].join("\n")}
`;
}

/** What a program may give for an input, in a table's cell. */
export function kindWords({ kind, values }: Field): string {
  switch (kind) {
    case "boolean":
      return "boolean";
    case "choice":
      return values?.map((value) => `\`${value}\``).join(", ") ?? "";
    case "duration":
      return "whole number of seconds, 1 or more";
    case "quota":
      return "bytes: 0, or 1,048,576 or more";
    case "unixSeconds":
      return "Unix seconds";
    case "emails":
      return "list of email addresses, 10 at most";
    case "texts":
      return "list of strings";
    case "label":
      return "string of 1 to 99 characters";
    case "objectId":
      return "24 hex digits";
    case "httpsUrl":
      return "`https://` URL";
    default:
      return "string";
  }
}

function sortOf({ kind }: OutputField): string {
  return {
    text: "string",
    unixSeconds: "number, Unix seconds",
    iceServers: "list of `{ urls, username, credential }`",
  }[kind];
}

function first(text: string): string {
  return /^.*?[.](?=\s|$)/.exec(text)?.[0] ?? text;
}

/** A tag of a docstring as a sentence. */
function readable(line: string): string {
  return line.replace(/^@default (.*)$/, "Default: `$1`.").replace(/^@see (.*)$/, "Source: $1.");
}
