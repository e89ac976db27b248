import { join } from "node:path";
import type { RoomType } from "../../provider/src/rooms/roomType";
import { functionDoc, type Member, membersOf } from "./docstrings";
import { objectFunctions } from "./objectReference";
import { anchorOf, pageOf } from "./pages";
import { programOnPage } from "./programs";

const source = join(__dirname, "..", "..", "provider", "src");

/** The page about the functions that look rooms up, from their docstrings and the field tables. */
export function functionsPage(types: readonly RoomType[]): string {
  return `# Functions

<!-- Generated from provider/src/pulumi/dynamic/functions and provider/src/rooms by \`npm run generate\`; a test fails when it is stale. -->

Functions (data sources) read existing rooms while the program runs, also in previews, and change nothing. Each has two forms:

- \`getMeetingRoom(…)\` takes plain values and returns a promise.
- \`getMeetingRoomOutput(…)\` takes and returns Outputs. Use it for names that come from other resources.

The account comes from the [configuration](../configuration.md), or from a [\`metered.Provider\`](provider.md) that you pass as the
option \`provider\` or inherit with \`parent\`. If a program reads the same room several times, it is fetched once.

Settings that may contain a credential (\`rtmpOutURL\` and webhook URLs) aren't in the result, because one secret would make the whole
result secret. \`get\` of the resource has them, as secrets. The \`name\` of an error is its [class](../errors.md).

${types.map(lookupOfOne).join("\n")}
${lookupOfAll()}
${objectFunctions()}`;
}

function lookupOfOne(type: RoomType): string {
  const name = `get${type.name}`;
  const file = join(source, "pulumi", "dynamic", "functions", `${name}.ts`);
  const page = pageOf(type);
  const members = membersOf(file, `Get${type.name}Result`);
  const settings = members.map((member) => member.name).filter((each) => each !== "roomName" && type.fields[each]);
  return `## ${name}

Looks up a ${type.label} by its name. If there is none, it throws \`RoomNotFound\`.

${programOnPage(name)}

### Inputs of ${name}

${argumentTable(membersOf(file, `Get${type.name}Args`))}

### Result of ${name}

| Property | Type | Description |
| --- | --- | --- |
${members
  .filter(({ name: each }) => each === "roomName" || !type.fields[each])
  .map(resultRow)
  .join("\n")}

It also has these settings, undefined if Metered doesn't show them:
${settings.map((each) => `[\`${each}\`](${page}.md#${anchorOf(type, each)})`).join(", ")}.
`;
}

function lookupOfAll(): string {
  const name = "getMeetingRooms";
  const file = join(source, "pulumi", "dynamic", "functions", `${name}.ts`);
  return `## ${name}

${functionDoc(file, name).doc.replace(/\s*Account, options and errors.*$/, "")}

${programOnPage(name)}

### Inputs of ${name}

${argumentTable(membersOf(file, "GetMeetingRoomsArgs"))}

### Result of ${name}

| Property | Type | Description |
| --- | --- | --- |
${membersOf(file, "GetMeetingRoomsResult")
  .map((member) => resultRow({ ...member, type: member.type.replace("GetMeetingRoomResult[]", "list of rooms") }))
  .join("\n")}

Each room has the properties that [getMeetingRoom](#result-of-getmeetingroom) returns.
`;
}

/** The page about the resource that represents an account. */
export function providerPage(): string {
  const file = join(source, "pulumi", "dynamic", "provider.ts");
  return `# Provider

<!-- Generated from provider/src/pulumi/dynamic/provider.ts by \`npm run generate\`; a test fails when it is stale. -->

A Metered account, for stacks that use more than one. Pass it to rooms and functions as the option \`provider\`. Children of a
component inherit it. If a stack uses one account, you don't need a provider: [configure](../configuration.md) the stack instead.
For a whole program, see [Several accounts](../recipes/accounts.md).

${programOnPage("Provider")}

It uses only its own inputs, and ignores the stack's configuration and the environment. You can change every input but \`appName\` in
place, which changes no room. Changing \`appName\` is an [error](../errors.md#appchanged), because rooms can't be moved between apps.

## Inputs

${argumentTable(membersOf(file, "ProviderArgs"))}

\`secretKey\` is always stored as a secret, even if the program doesn't mark it as one.
`;
}

function argumentTable(members: readonly Member[]): string {
  const rows = members.map(
    ({ name, type, isOptional, doc }) => `| \`${name}\` | ${cell(type)} | ${isOptional ? "" : "yes"} | ${doc} |`,
  );
  return ["| Input | Type | Required | Description |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function resultRow({ name, type, doc }: Member): string {
  return `| \`${name}\` | ${cell(type)} | ${doc} |`;
}

/** A type of TypeScript in a cell, where a bar would end it. */
function cell(type: string): string {
  return type.includes('"')
    ? type
        .split(" | ")
        .map((each) => `\`${each}\``)
        .join(" or ")
    : type;
}
