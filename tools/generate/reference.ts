import type { RoomType } from "../../provider/src/rooms/roomType";
import type { Field } from "../../provider/src/schema/field";
import { LONGEST_NAME } from "../../provider/src/schema/names";
import { identityDocs } from "./identity";
import { kindWords } from "./objectReference";

/** The page about a kind of room: every argument and output, from its field table. */
export function referencePage(type: RoomType): string {
  const examples = Object.entries(type.fields).map(([name, field]) => [name, exampleOf(name, field)] as const);
  return `# ${type.name}

<!-- Made from provider/src/core by \`npm run generate\`; a test fails when it is stale. -->

A Metered ${type.label}. Where the settings come from: ${type.source}. What holds for all of them is said under
[concepts](../concepts.md), what Metered cannot do under [limits](../limits.md).

\`\`\`ts
${PROGRAMS[type.name]}
\`\`\`

The resource options are Pulumi's. Two cannot work on it: \`import\` is [refused](../errors.md#the-option-import), and \`customTimeouts\` has no effect
([configuration](../configuration.md) has \`metered:timeoutSeconds\`).

## Arguments

Where no default stands, Metered documents none. What a program does not declare is not managed.

| argument | value | default | note |
| --- | --- | --- | --- |
${Object.entries(type.fields)
  .map(([name, field]) => row(name, field))
  .join("\n")}

${Object.entries(type.fields)
  .map(([name, field]) => argument(type, name, field))
  .join("\n")}
<details><summary>Every argument in one program</summary>

<!-- run: every-${type.label.replace(" ", "-")} -->
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

| output | type | what it is |
| --- | --- | --- |
| \`id\` | string | The room's name in Metered's spelling. |
${outputs(type)
  .map(([name, sort, doc]) => `| \`${name}\` | ${sort} | ${doc} |`)
  .join("\n")}

Every argument is an output of the same name, too, with the value that the program declares; undefined where it declares none.

## Look up a room that exists

\`${type.name}.get(name, id)\` is the room as a resource of the stack that is read and never changed: \`name\` is the resource's, \`id\` the room's name on
Metered. It shows every setting that Metered shows, the secret ones as secrets. Where a plain value is enough, use
[\`get${type.name}\`](functions.md#get${type.name.toLowerCase()}).

\`\`\`ts
import * as metered from "pulumi-metered";

export const roomId = metered.${type.name}.get("lobby", "lobby").roomId;
\`\`\`
`;
}

const PROGRAMS: Readonly<Record<RoomType["name"], string>> = {
  MeetingRoom: `import * as metered from "pulumi-metered";

const review = new metered.MeetingRoom("review", {
  privacy: "private",
  maxParticipants: 10,
  expireUnixSec: Date.parse("2030-06-28T17:00:00+02:00") / 1000,
  ejectAtRoomExp: true,
});

export const join = review.url;`,
  LiveStreamingRoom: `import * as metered from "pulumi-metered";

const townHall = new metered.LiveStreamingRoom(
  "town-hall",
  { displayMessage: "We start at five.", enableRecording: true },
  { retainOnDelete: true }, // Metered documents no way to delete it
);

export const watch = townHall.viewerURL;
export const broadcast = townHall.broadcastManager;`,
};

function row(name: string, field: Field): string {
  const byDefault = field.kind === "roomName" ? "made" : (field.default ?? "");
  return `| [\`${name}\`](#${name.toLowerCase()}) | ${valueIn(field)} | ${byDefault} | ${marksOf(field).join(", ")} |`;
}

function argument(type: RoomType, name: string, field: Field): string {
  const lines = [
    `- Value: ${valueIn(field)}${field.required ? ", **required**" : ""}`,
    ...(field.kind === "roomName"
      ? [`- With a warning: upper case, \`.\`, \`_\`, \`~\`, and more than ${LONGEST_NAME} characters`]
      : []),
    ...(field.required ? [] : [`- Default: ${defaultOf(field)}`]),
    `- A change: ${field.replaces ? "**replaces the room**, the old one first" : "updates the room in place"}`,
    ...(field.required ? [] : [`- Taken out of the program: ${afterRemoval(field)}`]),
    ...(field.secret ? ["- **Secret**: encrypted in the state, never shown, in no lookup"] : []),
    ...needs(type, name).map((need) => `- ${need}`),
    ...(field.source ? [`- Known from ${field.source}`] : []),
    `- Example: \`${name}: ${exampleOf(name, field)}\``,
  ];
  return `### ${name}\n\n${field.doc}\n\n${lines.join("\n")}\n`;
}

function valueIn(field: Field): string {
  switch (field.kind) {
    case "boolean":
      return "`true` or `false`";
    case "choice":
      return field.values?.map((value) => `\`"${value}"\``).join(" or ") ?? "";
    case "count":
      return `whole number of ${field.unit}, 1 or more`;
    case "unixSeconds":
      return "unix seconds, not milliseconds; in the future when it is declared";
    case "url":
      return "URL with `http://` or `https://`";
    case "rtmpUrl":
      return "URL with `rtmp://` or `rtmps://`";
    case "roomName":
      return "letters, digits and `-`";
    case "text":
      return "text";
    default:
      // Of the other kinds no room has a setting.
      return kindWords(field);
  }
}

function marksOf(field: Field): string[] {
  return [field.required && "required", field.secret && "secret", field.replaces && "a change replaces"].filter(
    (mark) => typeof mark === "string",
  );
}

function defaultOf(field: Field): string {
  if (field.kind === "roomName") return "made from the resource's name, see [names](../concepts.md#names)";
  return field.default === undefined ? "Metered's own, which it does not document" : `\`${field.default}\``;
}

function afterRemoval(field: Field): string {
  if (field.kind === "roomName") return "the room keeps its name";
  if (field.whenRemoved === "kept")
    return "the room keeps the value that it has, since Metered documents no way to clear it";
  return `set to \`${field.whenRemoved}\``;
}

function needs(type: RoomType, name: string): string[] {
  return type.rules
    .filter((rule) => rule.field === name)
    .flatMap((rule) => ("needs" in rule ? [rule] : []))
    .map(({ level, is, needs: needed, be, why }) => {
      const when = is === undefined ? "" : `\`${is}\` needs `;
      const what = be === undefined ? `\`${needed}\`` : `\`${needed}: ${be}\``;
      return `${when}${what} (${level === "error" ? "otherwise an error" : "otherwise a warning"}): ${why}`;
    });
}

const TEXTS: Readonly<Record<string, string>> = {
  roomName: '"town-hall"',
  displayMessage: '"We start at five."',
  customCSS: '"body { background: #fff; }"',
  expireUnixSec: 'Date.parse("2030-06-28T17:00:00+02:00") / 1000',
  notBeforeUnixSec: 'Date.parse("2030-06-28T16:00:00+02:00") / 1000',
};

/** A value as a program would give it. */
function exampleOf(name: string, field: Field): string {
  const text = TEXTS[name];
  if (text !== undefined) return text;
  if (field.secret) return `config.requireSecret("${name}")`;
  if (field.kind === "boolean") return String(field.default !== true);
  if (field.kind === "count") return field.unit === "participants" ? "12" : "3600";
  if (field.kind === "choice") return JSON.stringify(field.values?.at(-1));
  return JSON.stringify(`https://example.com/metered/${name.toLowerCase()}`);
}

function outputs(type: RoomType): [string, string, string][] {
  return [
    ...identityDocs(type).map(([name, doc]): [string, string, string] => [name, "string", doc]),
    ["roomName", "string", "The name as the program declares it, or the one that was made."],
  ];
}
