import type { ObjectType, OutputField } from "../../provider/src/objects/objectType";
import type { Field } from "../../provider/src/schema/field";

/** The folder of a type's table, below provider/src. */
function folderOf({ name }: ObjectType): string {
  return name === "AccessToken" ? "tokens" : "turn";
}

/** The table's file, without its ending: `turn/credential`. */
function tableOf(type: ObjectType): string {
  const files = { TurnProject: "project", TurnCredential: "credential", AccessToken: "accessToken" } as const;
  return `${folderOf(type)}/${files[type.name]}`;
}

/** The TypeScript of the resource class of what isn't a room, made from its field table. */
export function objectSource(type: ObjectType): string {
  const { name, label } = type;
  const table = name[0]?.toLowerCase() + name.slice(1);
  const isOptional = !Object.values(type.fields).some((field) => field.required);
  const ice = Object.values(type.outputs).some(({ kind }) => kind === "iceServers");
  return `// Generated from ../../${tableOf(type)}.ts by \`npm run generate\`. A test fails when it's stale.
import type { Input, Output } from "@pulumi/pulumi/output";
import { CustomResource, type CustomResourceOptions${type.foundBy ? ", type ID" : ""} } from "@pulumi/pulumi/resource";
${ice ? 'import type { IceServer } from "../../turn/api";\n' : ""}import { ${table} } from "../../${tableOf(type)}";
import { ${type.foundBy ? "lookupOptions, " : ""}objectOptions, objectProperties, tokenOf, warnAbout } from "./objectRegistration";
import { readUndeclared } from "./registration";

/** The inputs of a {@link ${name}}. Source: ${type.source}. */
export interface ${name}Args {
${Object.entries(type.fields)
  .map(([each, field]) => argument(type, each, field))
  .join("\n")}
}

/**
 * A Metered ${label}.
 *
 * ${type.replaced}
 *
 * Errors name the ${label}, the cause and the way out.
 */
export class ${name} extends CustomResource {
${members(type)}
${type.foundBy ? getter(type, isOptional) : ""}
  /**
   * Creates ${/^[aeiou]/i.test(label) ? "an" : "a"} ${label}. Its \`id\`: ${type.id}
   *
   * @param name the resource's name in the program, unique among the stack's ${label}s
   * @param opts Pulumi's resource options; \`import\` is refused (pulumi/pulumi#3550), \`customTimeouts\` have no effect
   */
  constructor(name: string, args: ${name}Args${isOptional ? " = {}" : ""}, opts: CustomResourceOptions = {}) {
    super(tokenOf(${table}), name, objectProperties(${table}, name, args, opts), objectOptions(${table}, opts));
    warnAbout(this, ${table}, args, opts);
  }

  static {
    readUndeclared(${name}, ${table});
  }
}
`;
}

function getter({ name, label, foundBy }: ObjectType, isOptional: boolean): string {
  return `
  /**
   * An existing ${label}. It's read on every run, and never changed or deleted.
   *
   * @param name the resource's name in the program
   * @param id ${foundBy}
   * @throws as an error of the resource, if there is no such ${label}
   */
  static get(name: string, id: Input<ID>, opts?: CustomResourceOptions): ${name} {
    return new ${name}(name, {}${isOptional ? "" : ` as ${name}Args`}, lookupOptions(${name[0]?.toLowerCase() + name.slice(1)}, name, id, opts));
  }
`;
}

function argument(type: ObjectType, name: string, field: Field): string {
  const text = objectLines(type, field)
    .map((line) => `   * ${line}`)
    .join("\n   *\n");
  const sort = `${typeOfField(field)}${field.required ? "" : " | undefined"}`;
  return `  /**\n${text}\n   */\n  ${name}${field.required ? "" : "?"}: Input<${sort}>;`;
}

/** Everything the table says of an input, a paragraph a line. */
export function objectLines(type: ObjectType, field: Field): string[] {
  const removed = {
    kept:
      field.replaces || field.local
        ? undefined
        : "If you remove it, it keeps its value, because Metered documents no way to clear it.",
    emptied: "If you remove it, the list is cleared.",
  }[String(field.whenRemoved)];
  return [
    field.doc,
    ...(removed ? [removed] : []),
    ...(field.replaces ? [`Changing it replaces the ${type.label}.`] : []),
    ...(field.secret ? ["A secret: encrypted in the state, never shown."] : []),
    ...(field.default === undefined ? [] : [`@default ${JSON.stringify(field.default)}`]),
    ...(field.source ? [`@see ${field.source}`] : []),
  ];
}

function members(type: ObjectType): string {
  const outputs = Object.entries(type.outputs).map(([name, output]) =>
    declared(name, typeOfOutput(output), docOf(output)),
  );
  const app = declared("appName", "string", `The Metered app that the ${type.label} belongs to.`);
  const inputs = Object.entries(type.fields).map(([name, field]) =>
    declared(name, `${plainTypeOf(field)}${field.required ? "" : " | undefined"}`, firstSentence(field.doc)),
  );
  return [...outputs, app, ...inputs].join("\n");
}

/** What an output is, and that it's a secret where it is. */
export function docOf({ doc, secret }: OutputField): string {
  return secret ? `${doc} A secret.` : doc;
}

function declared(name: string, sort: string, doc: string): string {
  return `  /** ${doc} */\n  declare readonly ${name}: Output<${sort}>;`;
}

/** Up to the first full stop before a space. */
function firstSentence(text: string): string {
  return /^.*?[.](?=\s|$)/.exec(text)?.[0] ?? text;
}

function typeOfOutput({ kind, optional }: OutputField): string {
  const sort = { text: "string", unixSeconds: "number", iceServers: "IceServer[]" }[kind];
  return optional ? `${sort} | undefined` : sort;
}

function typeOfField({ kind, values }: Field): string {
  switch (kind) {
    case "boolean":
      return "boolean";
    case "count":
    case "unixSeconds":
    case "duration":
    case "quota":
      return "number";
    case "emails":
    case "texts":
      return "Input<string>[]";
    default:
      return values ? values.map((value) => JSON.stringify(value)).join(" | ") : "string";
  }
}

/** The type that a lookup's result or an output has, where it can't hold what isn't known yet. */
function plainTypeOf(field: Field): string {
  return typeOfField(field).replace("Input<string>[]", "string[]");
}
