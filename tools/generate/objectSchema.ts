import { join } from "node:path";
import type { ObjectType, OutputField } from "../../provider/src/objects/objectType";
import { OBJECT_LOOKUPS, type ObjectLookup } from "../../provider/src/pulumi/objectLookups";
import { OBJECT_TYPES, packageTokenOf, tokenOf } from "../../provider/src/pulumi/types";
import type { Field } from "../../provider/src/schema/field";
import { functionDoc, type Member, membersOf } from "./docstrings";
import { docOf, objectLines } from "./objects";
import { importSection, type Properties, type Property } from "./schemaParts";

const source = join(__dirname, "..", "..", "provider", "src");
const functionFile = (name: string) => join(source, "pulumi", "dynamic", "functions", `${name}.ts`);
const ref = (name: string) => ({ $ref: `#/types/${packageTokenOf({ name })}` });
const string = { type: "string" };

/** The interfaces that results and outputs are made of, each with the file that declares it. */
const SHAPES: Readonly<Record<string, string>> = {
  IceServer: join(source, "turn", "api.ts"),
  ListedTurnCredential: functionFile("getTurnCredentials"),
  ListedTurnProject: functionFile("getTurnProjects"),
  UserUsage: join(source, "metered", "usage.ts"),
};

/** The parts of the package's schema that are about TURN and tokens. */
export function objectSchema() {
  const shapes = Object.entries(SHAPES).map(([name, file]) => [packageTokenOf({ name }), shape(name, file)] as const);
  return {
    types: { ...Object.fromEntries(shapes), ...Object.assign({}, ...OBJECT_TYPES.map(choices)) },
    resources: Object.fromEntries(OBJECT_TYPES.map((type) => [packageTokenOf(type), resource(type)])),
    functions: Object.fromEntries(OBJECT_LOOKUPS.map((lookup) => [packageTokenOf(lookup), invoke(lookup)])),
  };
}

function resource(type: ObjectType) {
  const inputs = Object.entries(type.fields);
  const given = Object.fromEntries(inputs.map(([name, field]) => [name, property(type, name, field)]));
  const required = inputs.filter(([, field]) => field.required).map(([name]) => name);
  const outputs = Object.entries(type.outputs);
  const made = Object.fromEntries(outputs.map(([name, output]) => [name, outputProperty(output)]));
  const always = outputs.filter(([, { optional }]) => !optional).map(([name]) => name);
  return {
    description: `A Metered ${type.label}. Its \`id\`: ${type.id}\n\n${type.replaced}\n\n${imported(type)}`,
    inputProperties: given,
    requiredInputs: required,
    properties: {
      ...made,
      appName: { ...string, description: `The Metered app that the ${type.label} belongs to.` },
      ...given,
    },
    required: [...always, "appName", ...required],
    // The type of the same object as a dynamic resource, whose state the plugin adopts.
    aliases: [{ type: tokenOf(type) }],
  };
}

function imported(type: ObjectType): string {
  if (!type.foundBy) return importSection(`Metered doesn't store ${type.label}s, so they can't be imported.`, type);
  const id = type.name === "TurnProject" ? "calls 65f1a2b3c4d5e6f708192a3b" : "web USERNAME";
  return importSection(`An existing ${type.label} is found by ${type.foundBy}:`, type, id);
}

function property(type: ObjectType, name: string, field: Field): Property {
  return {
    ...sortOf(type, name, field),
    description: objectLines(type, field).join("\n\n"),
    ...(field.secret ? { secret: true } : {}),
    ...(field.replaces ? { replaceOnChanges: true } : {}),
  };
}

function sortOf(type: ObjectType, name: string, { kind }: Field): object {
  switch (kind) {
    case "boolean":
      return { type: "boolean" };
    case "choice":
      return ref(choiceName(type, name));
    case "emails":
    case "texts":
      return { type: "array", items: string };
    case "duration":
      return { type: "integer" };
    case "unixSeconds":
    case "quota":
      // Some languages have integers that end at 2,147,483,647.
      return { type: "number" };
    default:
      return string;
  }
}

function outputProperty(output: OutputField): Property {
  const sorts = {
    text: string,
    unixSeconds: { type: "number" },
    iceServers: { type: "array", items: ref("IceServer") },
  };
  return { ...sorts[output.kind], description: docOf(output), ...(output.secret ? { secret: true } : {}) };
}

function choiceName({ name }: ObjectType, field: string): string {
  return `${name}${field[0]?.toUpperCase()}${field.slice(1)}`;
}

/** The values of every choice of an object. */
function choices(type: ObjectType): object {
  const found = Object.entries(type.fields).flatMap(([name, { values, doc }]) => {
    if (!values) return [];
    const each = values.map((value) => ({ name: pascal(value), value }));
    return [
      [packageTokenOf({ name: choiceName(type, name) }), { type: "string", description: doc, enum: each }] as const,
    ];
  });
  return Object.fromEntries(found);
}

/** `us_west` as `UsWest`. */
function pascal(value: string): string {
  return value
    .split("_")
    .map((word) => `${word[0]?.toUpperCase()}${word.slice(1)}`)
    .join("");
}

function shape(name: string, file: string) {
  const members = membersOf(file, name);
  const required = members.filter(({ isOptional }) => !isOptional).map((member) => member.name);
  return { type: "object", properties: propertiesOf(members), required };
}

function invoke({ name, required, secrets }: ObjectLookup) {
  const [file, title] = [functionFile(name), `${name[0]?.toUpperCase()}${name.slice(1)}`];
  const hasInputs = name !== "getTurnProjects";
  const results = membersOf(file, `${title}Result`);
  const properties = propertiesOf(results);
  for (const secret of secrets) properties[secret] = { ...(properties[secret] as Property), secret: true };
  return {
    description: functionDoc(file, name).doc.replace(/ The result contains credentials in plaintext.*$/s, ""),
    inputs: { properties: hasInputs ? propertiesOf(membersOf(file, `${title}Args`)) : {}, required },
    outputs: {
      properties,
      required: results.filter(({ isOptional }) => !isOptional).map((member) => member.name),
    },
  };
}

function propertiesOf(members: readonly Member[]): Properties {
  return Object.fromEntries(members.map(({ name, type, doc }) => [name, { ...sortOfType(type), description: doc }]));
}

/** A type of TypeScript in the schema. */
function sortOfType(type: string): object {
  const item = /^(.*)\[\]$/.exec(type)?.[1];
  if (item !== undefined) return { type: "array", items: sortOfType(item) };
  return type in SHAPES ? ref(type) : { type };
}
