import type { RoomType } from "../../provider/src/rooms/roomType";
import type { Field } from "../../provider/src/schema/field";
import { identityDocs } from "./identity";

/** The TypeScript of a room's resource class, made from its field table. */
export function resourceSource(type: RoomType): string {
  const table = type.name[0]?.toLowerCase() + type.name.slice(1);
  const isOptional = !Object.values(type.fields).some((field) => field.required);
  return `// Made from ../../rooms/${table}.ts by \`npm run generate\`; a test fails when it is stale.
import type { Input, Output } from "@pulumi/pulumi/output";
import { CustomResource, type CustomResourceOptions, type ID } from "@pulumi/pulumi/resource";
import { ${table} } from "../../rooms/${table}";
import { optionsOf, propertiesOf, tokenOf, warnAbout } from "./registration";
import { readUndeclared } from "./undeclared";

/** The settings of a {@link ${type.name}}. Source: ${type.source}. */
export interface ${type.name}Args {
${Object.entries(type.fields)
  .map(([name, field]) => argument(name, field))
  .join("\n")}
}

/**
 * A Metered ${type.label}. Its \`id\` is the room's name in Metered's spelling.
 *
 * Errors name the room, the cause and the way out: invalid settings before any call; a name that is taken; a key or an
 * app that Metered does not accept; a server or a network that fails, after all tries.
 */
export class ${type.name} extends CustomResource {
${outputs(type)}

  /**
   * A room that exists, looked up by its name. It is read on every run and never changed or deleted.
   *
   * @param name the resource's name in the program
   * @param id the room's name on Metered
   * @throws at the resource, when there is no such room
   */
  static get(name: string, id: Input<ID>, opts?: CustomResourceOptions): ${type.name} {
    return new ${type.name}(name, {}${isOptional ? "" : ` as ${type.name}Args`}, { ...opts, id });
  }

  /**
   * Declares a room.
   *
   * @param name the resource's name in the program, unique among the stack's ${type.label}s
   * @param opts Pulumi's resource options; \`import\` is refused (pulumi/pulumi#3550), \`customTimeouts\` have no effect
   */
  constructor(name: string, args: ${type.name}Args${isOptional ? " = {}" : ""}, opts: CustomResourceOptions = {}) {
    super(tokenOf(${table}), name, propertiesOf(${table}, name, args, opts), optionsOf(${table}, args, opts));
    warnAbout(this, ${table}, args, opts);
  }

  static {
    readUndeclared(${type.name}, ${table});
  }
}
`;
}

function argument(name: string, field: Field): string {
  return `  /**
${lines(field)
  .map((line) => `   * ${line}`)
  .join("\n")}
   */
  ${name}${field.required ? "" : "?"}: Input<${typeOf(field)}${field.required ? "" : " | undefined"}>;`;
}

/** Everything the table says of a setting, a sentence a line. */
export function lines(field: Field): string[] {
  return [
    field.doc,
    ...(field.kind === "count" ? [`Unit: ${field.unit}, a whole number of 1 or more.`] : []),
    ...(field.kind === "unixSeconds" ? ["Unit: unix seconds (not milliseconds)."] : []),
    field.required ? "Required." : defaultOf(field),
    field.replaces ? "A change replaces the room." : "A change updates the room in place.",
    ...(field.secret ? ["Secret: encrypted in the state, never shown."] : []),
    ...(field.source ? [`Source: ${field.source}.`] : []),
  ];
}

function defaultOf(field: Field): string {
  if (field.kind === "roomName") return "Optional.";
  const byDefault = field.default === undefined ? "Metered's default is not documented" : `Default: ${field.default}`;
  const removed =
    field.whenRemoved === "kept" ? "the room keeps the value it has" : `the room is set to ${field.whenRemoved}`;
  return `${byDefault}; when the setting is removed from the program, ${removed}.`;
}

function outputs(type: RoomType): string {
  const settings = Object.entries(type.fields).map(([name, field]) => {
    const sort = field.required || field.kind === "roomName" ? typeOf(field) : `${typeOf(field)} | undefined`;
    return declared(name, sort, `As declared: see {@link ${type.name}Args.${name}}.`);
  });
  return [...identityDocs(type).map(([name, doc]) => declared(name, "string", doc)), ...settings].join("\n");
}

function declared(name: string, sort: string, doc: string): string {
  return `  /** ${doc} */\n  declare readonly ${name}: Output<${sort}>;`;
}

export function typeOf(field: Field): string {
  if (field.kind === "boolean") return "boolean";
  if (field.kind === "count" || field.kind === "unixSeconds") return "number";
  return field.values ? field.values.map((value) => JSON.stringify(value)).join(" | ") : "string";
}
