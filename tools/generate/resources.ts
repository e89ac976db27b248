import type { RoomType } from "../../provider/src/rooms/roomType";
import type { Field } from "../../provider/src/schema/field";
import { exampleOf, fieldDocOf, paragraphsOf, seeOf } from "./fieldDocs";
import { identityDocs } from "./identity";
import { pageOf } from "./pages";
import { programIn, summaryOf } from "./programs";

/** The TypeScript of a room's resource class, made from its field table. */
export function resourceSource(type: RoomType): string {
  const table = type.name[0]?.toLowerCase() + type.name.slice(1);
  const isOptional = !Object.values(type.fields).some((field) => field.required);
  return `// Generated from ../../rooms/${table}.ts by \`npm run generate\`; a test fails when it is stale.
import type { Input, Output } from "@pulumi/pulumi/output";
import { CustomResource, type CustomResourceOptions, type ID } from "@pulumi/pulumi/resource";
import { ${table} } from "../../rooms/${table}";
import { keepNumberedName, lookupOptions, optionsOf, propertiesOf, readUndeclared, tokenOf, warnAbout, warnAboutName } from "./registration";

/** The inputs of a {@link ${type.name}}. Inputs that you leave out aren't managed. */
export interface ${type.name}Args {
${Object.entries(type.fields)
  .map(([name, field]) => argument(type, name, field))
  .join("\n")}
}

/**
 * ${summaryOf(type)}
 *
 * Every input is an output as well, undefined if the program doesn't set it. The \`id\` is the room's name as Metered
 * stores it.
 *
 * @example
 * \`\`\`ts
${programIn(type.name)
  .split("\n")
  .map((line) => ` * ${line}`.trimEnd())
  .join("\n")}
 * \`\`\`
 * @see docs/reference/${pageOf(type)}.md
 */
export class ${type.name} extends CustomResource {
${outputs(type)}

  /**
   * Looks up an existing room. It is read on every run, and never changed or deleted.
   *
   * @param name the name of the resource in the program
   * @param id the name of the room on Metered
   * @throws \`RoomNotFound\`, as an error of the resource, if there is no such room
   */
  static get(name: string, id: Input<ID>, opts?: CustomResourceOptions): ${type.name} {
    return new ${type.name}(name, {}${isOptional ? "" : ` as ${type.name}Args`}, lookupOptions(${table}, name, id, opts));
  }

  /**
   * Creates a ${type.label}.
   *
   * @param name the name of the resource in the program, unique among the stack's ${type.label}s
   * @param args the inputs of the room
   * @param opts Pulumi's resource options. \`import\` can't be used (pulumi/pulumi#3550), and \`customTimeouts\` has no effect
   */
  constructor(name: string, args: ${type.name}Args${isOptional ? " = {}" : ""}, opts: CustomResourceOptions = {}) {
    super(tokenOf(${table}), name, propertiesOf(${table}, name, args, opts), optionsOf(${table}, args, opts));
    warnAbout(this, ${table}, args, opts);
    warnAboutName(this, ${table}, name, args, opts);
    keepNumberedName(this, args);
  }

  static {
    readUndeclared(${type.name}, ${table});
  }
}
`;
}

/** Kinds of inputs whose value isn't obvious from the type. */
const WITH_EXAMPLE: readonly Field["kind"][] = ["roomName", "unixSeconds", "url", "rtmpUrl"];

function argument(type: RoomType, name: string, field: Field): string {
  const tags = [
    ...(WITH_EXAMPLE.includes(field.kind) ? [`@example ${exampleOf(name, field)}`] : []),
    ...(field.default === undefined ? [] : [`@default ${field.default}`]),
    `@see ${seeOf(type, name)}`,
  ];
  const lines = [...paragraphsOf(type, name, field).flatMap((paragraph) => [paragraph, ""]), ...tags];
  return `  /**
${lines.map((line) => `   * ${line}`.trimEnd()).join("\n")}
   */
  ${name}${field.required ? "" : "?"}: Input<${typeOf(field)}${field.required ? "" : " | undefined"}>;`;
}

function outputs(type: RoomType): string {
  const inputs = Object.entries(type.fields).map(([name, field]) => {
    const sort = field.required || field.kind === "roomName" ? typeOf(field) : `${typeOf(field)} | undefined`;
    return declared(name, sort, fieldDocOf(type, name, field).first);
  });
  return [...identityDocs(type).map(([name, doc]) => declared(name, "string", doc)), ...inputs].join("\n");
}

function declared(name: string, sort: string, doc: string): string {
  return `  /** ${doc} */\n  declare readonly ${name}: Output<${sort}>;`;
}

export function typeOf(field: Field): string {
  if (field.kind === "boolean") return "boolean";
  if (field.kind === "count" || field.kind === "unixSeconds") return "number";
  return field.values ? field.values.map((value) => JSON.stringify(value)).join(" | ") : "string";
}
