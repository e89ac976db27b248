import type { RoomType } from "../../provider/src/rooms/roomType";
import type { Field } from "../../provider/src/schema/field";
import { isSensitive } from "../../provider/src/schema/kinds";
import { identityDocs } from "./identity";
import { typeOf } from "./resources";

/** The TypeScript of the functions that look up one room of a kind, made from its field table. */
export function functionSource(type: RoomType): string {
  const table = type.name[0]?.toLowerCase() + type.name.slice(1);
  const [name, Name] = [`get${type.name}`, `Get${type.name}`];
  const [link] = type.hasUrl ? ["url"] : Object.keys(type.links);
  const secrets = Object.keys(type.fields).filter((field) => isSensitive(type.fields[field] as Field));
  return `// Made from ../../../rooms/${table}.ts by \`npm run generate\`; a test fails when it is stale.
import type { InvokeOptions, InvokeOutputOptions } from "@pulumi/pulumi/invoke";
import type { Input, Output } from "@pulumi/pulumi/output";
import { ${table} } from "../../../rooms/${table}";
import { lookUp, lookUpOutput, roomLookup } from "./lookup";

export interface ${Name}Args {
  /** The room's name on Metered. */
  roomName: string;
}

export interface ${Name}OutputArgs {
  /** The room's name on Metered. */
  roomName: Input<string>;
}

/**
 * A ${type.label} as Metered shows it right now. Settings that its response doesn't show are undefined. Settings that may
 * carry a credential are left out: ${list(secrets)}. \`${type.name}.get\` has them, as secrets.
 */
export interface ${Name}Result {
${properties(type).join("\n")}
}

const lookup = roomLookup<${Name}Result>("${name}", ${table});

/**
 * Looks up a ${type.label} by its name, in previews too. The account is that of the stack's configuration and the
 * environment, or of the option \`provider\` (a {@link Provider}), which the option \`parent\` hands on. A room that is asked
 * for several times is fetched once.
 *
 * @example
 * \`\`\`ts
 * import * as metered from "pulumi-metered";
 *
 * const room = metered.${name}({ roomName: "town-hall" });
 * export const link = room.then(({ ${link} }) => ${link});
 * \`\`\`
 * @throws RunError with the cause as its \`name\`: \`RoomNotFound\`, \`RoomStatusUnknown\` (Metered's response may mean that, or
 * something else), \`InvalidSecretKey\`, \`UnknownApp\`, \`InvalidConfiguration\`, \`RateLimited\`, \`ServerError\`, \`NoConnection\` and others
 */
export function ${name}(args: ${Name}Args, opts: InvokeOptions = {}): Promise<${Name}Result> {
  return lookUp(lookup, args, opts);
}

/**
 * The same with Outputs. The result is secret when the name is, and unknown in a preview as long as the name, the
 * provider or a resource that they come from or that \`dependsOn\` names is. Errors become those of the Output.
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

const SPELLING = "The room's name in Metered's spelling.";

function properties(type: RoomType): string[] {
  const settings = Object.entries(type.fields).filter(([name, field]) => name !== "roomName" && !isSensitive(field));
  return [
    property("id", "string", SPELLING),
    ...identityDocs(type).flatMap(([name, doc]) => {
      const identity = property(name, "string", doc);
      return name === "roomId" ? [identity, property("roomName", "string", SPELLING)] : [identity];
    }),
    ...Object.entries(type.volatile).map(([name, doc]) => property(name, "boolean", doc)),
    ...settings.map(([name, field]) => property(name, `${typeOf(field)} | undefined`, described(field))),
  ];
}

function described({ doc, unit, kind }: Field): string {
  if (kind === "unixSeconds") return `${doc} Unit: unix seconds.`;
  return unit ? `${doc} Unit: ${unit}.` : doc;
}

function property(name: string, type: string, doc: string): string {
  return `  /** ${doc} */\n  readonly ${name}: ${type};`;
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
