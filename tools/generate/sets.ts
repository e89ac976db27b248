/** What is generated of sets: their part of the schema, and their pages. */
import { join } from "node:path";
import { packageTokenOf, tokenOf } from "../../provider/src/pulumi/types";
import type { SetType } from "../../provider/src/rooms/set/setType";
import type { Field } from "../../provider/src/schema/field";
import { type Member, membersOf } from "./docstrings";
import { identityDocs } from "./identity";
import { programOnPage } from "./programs";
import { importSection, type Properties, type Property } from "./schemaParts";

const source = join(__dirname, "..", "..", "provider", "src", "pulumi", "dynamic", "roomSets.ts");

/** How a setting of a room is described in the schema. */
type Describe = (name: string, field: Field) => Property;

/** Names of the types that only a set uses. */
function typesOf({ room }: SetType) {
  return { settings: `${room.name}Settings`, secrets: `${room.name}SecretSettings`, shown: `${room.name}InSet` };
}

export function setTypes(type: SetType, describe: Describe): object {
  const { settings, secrets, shown } = typesOf(type);
  const { room } = type;
  const fields = Object.entries(room.fields);
  const of = (chosen: [string, Field][], described: Properties = {}) => ({
    ...described,
    ...Object.fromEntries(chosen.map(([name, field]) => [name, inSet(describe(name, field))])),
  });
  const required = fields.filter(([, field]) => field.required).map(([name]) => name);
  const identity = identityDocs(room).filter(([name]) => name !== "appName");
  const facts = Object.fromEntries(identity.map(([name, description]) => [name, { type: "string", description }]));
  const object = (description: string, properties: Properties, names: readonly string[] = []) => ({
    type: "object",
    description,
    properties,
    required: names,
  });
  return {
    [packageTokenOf({ name: settings })]: object(`A ${room.label} of a set.`, of(fields), required),
    [packageTokenOf({ name: secrets })]: object(
      `The secret settings of a ${room.label} of a set: those that are always secret, and whichever else is to be.`,
      secretOnes(of(fields.filter(([name]) => name !== "roomName")), type, settings),
    ),
    [packageTokenOf({ name: shown })]: object(
      `A ${room.label} of a set, as it is.`,
      of(
        fields.filter(([, { secret }]) => !secret),
        facts,
      ),
      [...Object.keys(facts), "roomName", ...required],
    ),
  };
}

/** Any setting may be a secret. Only what always is one is described here, the others among the settings. */
function secretOnes(properties: Properties, { room }: SetType, settings: string): Properties {
  const described = ([name, property]: [string, Property]) =>
    [name, room.fields[name]?.secret ? property : { ...property, description: `As in \`${settings}\`.` }] as const;
  return Object.fromEntries(Object.entries(properties).map(described));
}

/** A set is never replaced, whatever becomes of its rooms, and its secrets have a map of their own. */
function inSet({ replaceOnChanges: _replaces, secret: _secret, ...property }: Property): Property {
  return { ...property, description: property.description };
}

export function setResource(type: SetType): object {
  const { settings, secrets, shown } = typesOf(type);
  const docs = docsOf(type);
  const map = (name: string) => ({
    type: "object",
    additionalProperties: { $ref: `#/types/${packageTokenOf({ name })}` },
  });
  const retainRemoved = { type: "boolean", description: docs("retainRemoved") };
  const secretSettings = { ...map(secrets), description: docs("secretSettings"), secret: true };
  return {
    description:
      `Any number of Metered ${type.room.label}s as one resource. Pulumi writes the whole state twice for each resource, so a ` +
      "thousand rooms are created in seconds as a set, and in minutes as one resource per room.\n\nResource options apply to the set " +
      "as a whole. Rooms that fail don't stop the others: the state contains every room that exists, and the next `pulumi up` continues with the rest.\n\n" +
      importSection(
        "A set can't be imported, because sets don't exist on Metered. To manage existing rooms as a set, set their `roomName` " +
          "and run `pulumi up` once with `metered:adoptExisting`.",
        type,
      ),
    inputProperties: { rooms: { ...map(settings), description: docs("rooms") }, secretSettings, retainRemoved },
    requiredInputs: ["rooms"],
    properties: {
      rooms: { ...map(shown), description: "The rooms by their keys." },
      secretSettings,
      retainRemoved,
      appName: { type: "string", description: "The Metered app that the rooms belong to." },
    },
    required: ["rooms", "appName"],
    aliases: [{ type: tokenOf(type) }],
  };
}

function membersIn({ name }: SetType): Member[] {
  return membersOf(source, `${name}Args`);
}

function docsOf(type: SetType): (name: string) => string {
  const members = membersIn(type);
  return (name) => members.find((member) => member.name === name)?.doc.trim() ?? "";
}

/** The page about a kind of set. */
export function setPage(type: SetType): string {
  const { room, name } = type;
  const target = `${room.label.replace(" ", "-")}.md`;
  const facts = identityDocs(room).filter(([each]) => each !== "appName");
  return `# ${name}

<!-- Generated from provider/src by \`npm run generate\`; a test fails when it is stale. -->

Any number of Metered ${room.label}s as one resource. Pulumi writes the whole state twice for each resource, so a thousand rooms
are created in seconds as a set, and in minutes as one resource per room.

The trade-off: the summary of a preview counts one resource, and resource options such as \`protect\`, \`ignoreChanges\` and
\`dependsOn\` apply to the set as a whole.

${programOnPage(name)}

## Inputs

${membersIn(type)
  .map(({ name: each, doc, isOptional }) => `### ${each}\n\n${isOptional ? "" : "**Required.** "}${doc.trim()}\n`)
  .join("\n")}
Each room takes the inputs of a [${room.name}](${target}#inputs).

## Outputs

| Output | Description |
| --- | --- |
| \`id\` | A name generated from the set's URN. Sets don't exist on Metered. |
| \`appName\` | The Metered app that the rooms belong to. |
| \`rooms\` | The rooms, by key: ${facts.map(([each]) => `\`${each}\``).join(", ")}, \`roomName\` and the settings. |
| \`secretSettings\` | The secret settings of rooms, by the same keys. |
| \`room(key)\` | One room of \`rooms\`, in Node.js. |

## What a change does

| Change | What happens |
| --- | --- |
| A key is added | The room is created. |
| A key is removed | ${room.canDelete ? "The room is deleted, after all others are created and changed. With `retainRemoved`, it stays on Metered." : "Fails after all other rooms are created and changed, unless `retainRemoved` is set. Then the room stays on Metered."} |
| A setting changes | The room is updated in place. |
| Only the key changes, and \`roomName\` stays | It's the same room, and no request is made. |
| The key of a room without a \`roomName\` changes | The new key is a new room. The old one is treated as if its key was removed. |
| \`roomName\` changes | A room is created under the new name. ${room.canDelete ? "Then the old one is deleted. With `retainRemoved`, it stays on Metered." : "Then the update fails, unless `retainRemoved` is set. The old room stays on Metered."} |
| A room moves to another set or resource of the program | That set or resource manages the room from then on, if both are updated in the same run. |

## Errors

Rooms that fail don't stop the others. The error counts them and names the first ten, the state contains every room that exists, and the next
\`pulumi up\` continues with the rest. If the account is wrong, or Metered can't be reached for as long as the provider waits, no further
room is started.

If a run was killed in the middle:

1. Run \`pulumi cancel\`.
2. Run \`pulumi config set metered:adoptExisting true\` and \`pulumi up\`, which adopts the rooms that the killed run created.
3. Run \`pulumi config rm metered:adoptExisting\`.
4. Run \`pulumi refresh --clear-pending-creates\`. Otherwise the set's pending create stays in the state, and every later \`pulumi up\` warns about it.

See [Recover from an interrupted update](../interrupted.md) for the risk of adopting rooms.
`;
}
