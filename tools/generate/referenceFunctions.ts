import { join } from "node:path";
import type { RoomType } from "../../provider/src/rooms/roomType";
import { functionDoc, type Member, membersOf } from "./docstrings";
import { objectFunctions } from "./objectReference";

const source = join(__dirname, "..", "..", "provider", "src");

/** The page about the functions that look rooms up, from their docstrings and the field tables. */
export function functionsPage(types: readonly RoomType[]): string {
  return `# Functions

<!-- Made from provider/src/pulumi/dynamic/functions and provider/src/rooms by \`npm run generate\`; a test fails when it is stale. -->

They look rooms up when the program runs, in previews too, and change nothing. Each has two forms: one with plain values that
answers a promise, and one with \`Output\` behind its name that takes and gives Outputs, for names that come from other resources.

The account is that of the stack's configuration and the environment. The option \`provider\` names another
[\`metered.Provider\`](provider.md); the option \`parent\` hands on the one of the parent. A room that is asked for several times in a run is fetched once.

No result holds a setting that may carry a credential (\`rtmpOutURL\` and webhook URLs), because one secret would make all of it
secret. \`get\` of the resource has them, as secrets. Errors carry [their cause](../errors.md) as their \`name\`.

${types.map(lookupOfOne).join("\n")}
${lookupOfAll()}
${objectFunctions()}`;
}

function lookupOfOne(type: RoomType): string {
  const name = `get${type.name}`;
  const file = join(source, "pulumi", "dynamic", "functions", `${name}.ts`);
  const page = type.label.replace(" ", "-");
  const members = membersOf(file, `Get${type.name}Result`);
  const settings = members.map((member) => member.name).filter((each) => each !== "roomName" && type.fields[each]);
  return `## ${name}

Looks up a ${type.label} by its name. An error (\`RoomNotFound\`) when there is none.

\`\`\`ts
${functionDoc(file, name).example.trim()}
\`\`\`

\`\`\`ts
${functionDoc(file, `${name}Output`).example.trim()}
\`\`\`

### Arguments of ${name}

${argumentTable(membersOf(file, `Get${type.name}Args`))}

### Result of ${name}

| property | type | what it is |
| --- | --- | --- |
${members
  .filter(({ name: each }) => each === "roomName" || !type.fields[each])
  .map(resultRow)
  .join("\n")}

And the settings, each where Metered shows it, and undefined where it does not:
${settings.map((each) => `[\`${each}\`](${page}.md#${each.toLowerCase()})`).join(", ")}.
`;
}

function lookupOfAll(): string {
  const name = "getMeetingRooms";
  const file = join(source, "pulumi", "dynamic", "functions", `${name}.ts`);
  return `## ${name}

${functionDoc(file, name).doc.replace(/ Account, options and errors.*$/, "")}

\`\`\`ts
${functionDoc(file, name).example.trim()}
\`\`\`

\`\`\`ts
${functionDoc(file, `${name}Output`).example.trim()}
\`\`\`

### Arguments of ${name}

${argumentTable(membersOf(file, "GetMeetingRoomsArgs"))}

### Result of ${name}

| property | type | what it is |
| --- | --- | --- |
${membersOf(file, "GetMeetingRoomsResult")
  .map((member) => resultRow({ ...member, type: member.type.replace("GetMeetingRoomResult[]", "list of rooms") }))
  .join("\n")}

A room in the list is what [getMeetingRoom](#result-of-getmeetingroom) answers.
`;
}

/** The page about the resource that stands for an account. */
export function providerPage(): string {
  const file = join(source, "pulumi", "dynamic", "provider.ts");
  return `# Provider

<!-- Made from provider/src/pulumi/dynamic/provider.ts by \`npm run generate\`; a test fails when it is stale. -->

A Metered account, for stacks with several: rooms and functions take it as the option \`provider\`, and the children of a resource from that.
Everything comes from its arguments, nothing from the stack's configuration or the environment. A stack with one account needs none
([configuration](../configuration.md)); the recipe is [several accounts](../recipes/accounts.md).

\`\`\`ts
import * as pulumi from "@pulumi/pulumi";
import * as metered from "pulumi-metered";

const config = new pulumi.Config();
const eu = new metered.Provider("eu", { appName: "acme-eu", secretKey: config.requireSecret("euKey") });

export const room = new metered.MeetingRoom("berlin", { privacy: "private" }, { provider: eu });
\`\`\`

A change of the key, or of anything but \`appName\`, updates it in place and touches no room. Rooms refuse to work when \`appName\` changes, since they would be
another app's ([AppChanged](../errors.md#appchanged)).

## Arguments

${argumentTable(membersOf(file, "ProviderArgs"))}

\`appName\` and \`secretKey\` are both required: half a pair is an error. \`secretKey\` is kept as a secret in any case.
`;
}

function argumentTable(members: readonly Member[]): string {
  const rows = members.map(
    ({ name, type, isOptional, doc }) => `| \`${name}\` | ${cell(type)} | ${isOptional ? "" : "yes"} | ${doc} |`,
  );
  return ["| argument | type | required | what it is |", "| --- | --- | --- | --- |", ...rows].join("\n");
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
