import type { RoomType } from "../../provider/src/rooms/roomType";
import type { Field } from "../../provider/src/schema/field";
import { isSensitive } from "../../provider/src/schema/kinds";
import { fieldDocOf } from "./fieldDocs";
import { identityDocs } from "./identity";
import { typeOf } from "./resources";

/** The TypeScript of the functions that look up one room of a kind, from its field table. */
export function functionSource(type: RoomType): string {
  const table = type.name[0]?.toLowerCase() + type.name.slice(1);
  const [name, Name] = [`get${type.name}`, `Get${type.name}`];
  const [link] = type.hasUrl ? ["url"] : Object.keys(type.links);
  const secrets = Object.keys(type.fields).filter((field) => isSensitive(type.fields[field] as Field));
  return `// Generated from ../../../rooms/${table}.ts by \`npm run generate\`; a test fails when it is stale.
import type { InvokeOptions, InvokeOutputOptions } from "@pulumi/pulumi/invoke";
import type { Input, Output } from "@pulumi/pulumi/output";
import { ${table} } from "../../../rooms/${table}";
import { lookUp, lookUpOutput, roomLookup } from "./lookup";

export interface ${Name}Args {
  /** Name of the room on Metered. */
  roomName: string;
}

export interface ${Name}OutputArgs {
  /** Name of the room on Metered. */
  roomName: Input<string>;
}

/**
 * A ${type.label} as Metered shows it now. Settings that Metered doesn't show are undefined.
 *
 * Settings that may contain a credential are left out (${list(secrets)}). \`${type.name}.get\` has them, as secrets.
 */
export interface ${Name}Result {
${properties(type).join("\n")}
}

const lookup = roomLookup<${Name}Result>("${name}", ${table});

/**
 * Looks up a ${type.label} by its name, also in previews.
 *
 * The account comes from the stack's configuration, from the environment, or from a {@link Provider} that you pass as the
 * option \`provider\` or inherit with \`parent\`. If a program looks up the same room several times, it is fetched once.
 *
 * @example
 * \`\`\`ts
 * import * as metered from "pulumi-metered";
 *
 * const room = metered.${name}({ roomName: "town-hall" });
 * export const link = room.then(({ ${link} }) => ${link});
 * \`\`\`
 * @throws RunError whose \`name\` is the class of the error, such as \`RoomNotFound\`, \`RoomStatusUnknown\`,
 * \`InvalidSecretKey\`, \`InvalidConfiguration\` or \`NoConnection\`
 * @see docs/reference/functions.md#${name.toLowerCase()}
 */
export function ${name}(args: ${Name}Args, opts: InvokeOptions = {}): Promise<${Name}Result> {
  return lookUp(lookup, args, opts);
}

/**
 * Like {@link ${name}}, but takes and returns Outputs.
 *
 * The result is secret if the name is. In a preview, it is unknown until the name, the provider and everything in
 * \`dependsOn\` are known.
 *
 * @example
 * \`\`\`ts
 * import * as pulumi from "@pulumi/pulumi";
 * import * as metered from "pulumi-metered";
 *
 * const other = new pulumi.StackReference("acme/rooms/prod");
 * const room = metered.${name}Output({ roomName: other.requireOutput("roomName") });
 * export const link = room.${link};
 * \`\`\`
 */
export function ${name}Output(args: ${Name}OutputArgs, opts: InvokeOutputOptions = {}): Output<${Name}Result> {
  return lookUpOutput(lookup, args, opts);
}
`;
}

const SPELLING = "Name of the room as Metered stores it.";

function properties(type: RoomType): string[] {
  const settings = Object.entries(type.fields).filter(([name, field]) => name !== "roomName" && !isSensitive(field));
  return [
    property("id", "string", SPELLING),
    ...identityDocs(type).flatMap(([name, doc]) => {
      const identity = property(name, "string", doc);
      return name === "roomId" ? [identity, property("roomName", "string", SPELLING)] : [identity];
    }),
    ...Object.entries(type.volatile).map(([name, doc]) => property(name, "boolean", doc)),
    ...settings.map(([name, field]) =>
      property(name, `${typeOf(field)} | undefined`, fieldDocOf(type, name, field).first),
    ),
  ];
}

function property(name: string, type: string, doc: string): string {
  return `  /** ${doc} */\n  readonly ${name}: ${type};`;
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
