import { packageTokenOf } from "../../provider/src/pulumi/types";
import type { RoomType } from "../../provider/src/rooms/roomType";
import type { Field } from "../../provider/src/schema/field";
import { LONGEST_NAME } from "../../provider/src/schema/names";
import { exampleOf, fieldDocOf } from "./fieldDocs";
import { identityDocs } from "./identity";
import { kindWords } from "./objectReference";
import { groupsOf, pageOf } from "./pages";
import { programOnPage, summaryOf } from "./programs";

/** The page about a kind of room: every input and output, from its field table. */
export function referencePage(type: RoomType): string {
  const examples = Object.entries(type.fields).map(([name, field]) => [name, exampleOf(name, field)] as const);
  return `# ${type.name}

<!-- Generated from provider/src/rooms by \`npm run generate\`; a test fails when it is stale. -->

${summaryOf(type)} See [Concepts](../concepts.md) for what all inputs have in common, and [Limits](../limits.md) for what
Metered doesn't support. Source: ${type.source}.

${programOnPage(type.name)}

## Inputs

Inputs that you leave out aren't managed: Metered's default applies, and changes to them outside Pulumi are left alone. Unless the
description says otherwise:

- Metered doesn't document a default.
- Changing an input updates the room in place.
- If you remove an input from the program, the room keeps its current value, because Metered documents no way to clear it.

${groupsOf(type)
  .map(({ title, names }) => `### ${title}\n\n${table(type, names)}`)
  .join("\n\n")}

<details><summary>All inputs in one program</summary>

<!-- run: every-${pageOf(type)} -->
\`\`\`ts
import * as pulumi from "@pulumi/pulumi";
import * as metered from "pulumi-metered";

const config = new pulumi.Config();

const settings: metered.${type.name}Args = {
${examples.map(([name, example]) => `  ${name}: ${example},`).join("\n")}
};

export const everything = new metered.${type.name}("everything", settings${type.canDelete ? "" : ", { retainOnDelete: true }"});
\`\`\`

</details>

## Outputs

| Output | Type | Description |
| --- | --- | --- |
| \`id\` | string | Name of the room as Metered stores it. |
${outputs(type)
  .map(([name, sort, doc]) => `| \`${name}\` | ${sort} | ${doc} |`)
  .join("\n")}

Every input is an output of the same name as well, undefined if the program doesn't set it.

## Resource options

All of [Pulumi's resource options](https://www.pulumi.com/docs/iac/concepts/options/) work, with two exceptions that only concern the
Node.js package. With the [plugin](../plugin.md), both work.

- \`import\` is [refused](../errors.md#the-option-import). See [Import](#import).
- \`customTimeouts\` has no effect. Use [\`metered:timeoutSeconds\` and \`metered:retrySeconds\`](../configuration.md).
${type.canDelete ? "" : `\nMetered documents no way to delete a ${type.label}, so set \`retainOnDelete: true\`. Without it, \`pulumi destroy\`\n[fails](../errors.md#cannotdelete) as long as the room exists.\n`}
## Look up an existing room

\`${type.name}.get(name, id)\` reads an existing room and never changes or deletes it. \`name\` is the name of the resource, \`id\` the
name of the room on Metered. It shows every setting that Metered shows. Those that may contain a credential (stream and webhook URLs)
are secrets. If a plain value is enough, use [\`get${type.name}\`](functions.md#get${type.name.toLowerCase()}).

\`\`\`ts
import * as metered from "pulumi-metered";

export const roomId = metered.${type.name}.get("lobby", "lobby").roomId;
\`\`\`

## Import

The ID of an existing room is its name. See [Import existing rooms](../import.md).

- Node.js package: \`npx pulumi-metered import ${type.canDelete ? "" : "--live "}lobby\`
- Plugin: \`pulumi import ${packageTokenOf(type)} lobby lobby\`
`;
}

function table(type: RoomType, names: readonly string[]): string {
  const rows = names.flatMap((name) => {
    const field = type.fields[name];
    return field ? [`| \`${name}\` | ${typeIn(field)} | ${descriptionOf(type, name, field)} |`] : [];
  });
  return ["| Input | Type | Description |", "| --- | --- | --- |", ...rows].join("\n");
}

function descriptionOf(type: RoomType, name: string, field: Field): string {
  const { first, rest, limits, removal, replacement } = fieldDocOf(type, name, field);
  const warned = `Letters, digits and \`-\`. Uppercase letters, \`.\`, \`_\`, \`~\` and more than ${LONGEST_NAME} characters cause a warning.`;
  return [
    ...(field.required ? ["**Required.**"] : []),
    first,
    rest,
    limits,
    ...(field.default === undefined ? [] : [`Default: \`${field.default}\`.`]),
    removal,
    ...(field.kind === "roomName" ? [warned] : []),
    replacement,
    ...(field.secret ? ["**Secret**: encrypted in the state."] : []),
    ...(field.source ? [`Known from ${field.source}.`] : []),
  ]
    .filter(Boolean)
    .join(" ");
}

function typeIn(field: Field): string {
  switch (field.kind) {
    case "boolean":
      return "boolean";
    case "choice":
      return field.values?.map((value) => `\`"${value}"\``).join(" or ") ?? "";
    case "count":
      return "integer, 1 or more (0 with a warning)";
    case "unixSeconds":
      return "integer (Unix seconds)";
    case "url":
      return "URL (`http`, `https`)";
    case "rtmpUrl":
      return "URL (`rtmp`, `rtmps`)";
    case "roomName":
    case "text":
      return "string";
    default:
      // Of the other kinds no room has a setting.
      return kindWords(field);
  }
}

function outputs(type: RoomType): [string, string, string][] {
  return [
    ...identityDocs(type).map(([name, doc]): [string, string, string] => [name, "string", doc]),
    ["roomName", "string", "Name of the room as the program sets it, or the auto-generated name."],
  ];
}
