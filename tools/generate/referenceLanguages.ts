import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { type Language, languages } from "./languages";
import { anchorOf } from "./pages";

/** The parts of the schema that the pages show. */
interface Schema {
  readonly types: Readonly<Record<string, SchemaType>>;
  readonly resources: Readonly<Record<string, SchemaResource>>;
  readonly functions: Readonly<Record<string, { readonly inputs: Properties; readonly outputs: Properties }>>;
  readonly provider: SchemaResource;
}
interface Properties {
  readonly properties: Readonly<Record<string, SchemaProperty>>;
  readonly required?: readonly string[];
}
interface SchemaResource {
  readonly inputProperties: Readonly<Record<string, SchemaProperty>>;
  readonly requiredInputs: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaProperty>>;
}
interface SchemaProperty {
  readonly description?: string;
  readonly type?: string;
  readonly secret?: boolean;
  readonly $ref?: string;
  readonly items?: SchemaProperty;
  readonly additionalProperties?: SchemaProperty;
}
interface SchemaType {
  readonly enum?: readonly { readonly name: string; readonly value: string }[];
}

/** The page of each language by its path: what its SDK calls everything in the schema. */
export function languagePages(schemaText: string): Record<string, string> {
  const schema = JSON.parse(schemaText) as Schema;
  return Object.fromEntries(languages.map((each) => [`docs/reference/${each.file}.md`, page(schema, each)]));
}

function page(schema: Schema, language: Language): string {
  const resources = Object.entries(schema.resources).map(([token, each]) => resource(language, nameIn(token), each));
  const functions = Object.entries(schema.functions).map(([token, each]) => lookup(language, nameIn(token), each));
  return `# ${language.title}

<!-- Generated from provider/schema.json by \`npm run generate\`; a test fails when it is stale. -->

${language.title} names and types, for programs that use the [plugin](../plugin.md). Follow a link for the description, allowed values and default.

${language.use}

${resources.join("\n")}
${functions.join("\n")}
## Provider

${call(language, "Provider")}

${table(language, "Input", schema.provider, () => "provider.md")}

## Enums

| Value | In ${language.title} |
| --- | --- |
${Object.entries(schema.types)
  .flatMap(([token, type]) => (type.enum ?? []).map((choice) => [nameIn(token), choice] as const))
  .map(([choices, { name, value }]) => `| \`${value}\` | \`${language.choice(choices, name, value)}\` |`)
  .join("\n")}
`;
}

function resource(language: Language, name: string, described: SchemaResource): string {
  const target = `${name.replace(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase()}.md`;
  const outputs = Object.entries(described.properties ?? {}).filter(([each]) => !(each in described.inputProperties));
  return `## ${name}

${call(language, name)}

${name.endsWith("Set") ? "Sets can't be looked up, because they don't exist on Metered." : `To read an existing one: \`${language.get(name)}\``}

${table(language, "Input", described, (each) => `${target}#${anchorIn(name, each)}`)}

Every input is an output as well. Other outputs:

${table(language, "Output", { inputProperties: Object.fromEntries(outputs), requiredInputs: [] }, () => `${target}#outputs`)}
`;
}

function lookup(language: Language, name: string, { inputs }: { readonly inputs: Properties }): string {
  const [plain, later] = language.call(name);
  const target = `functions.md#${name.toLowerCase()}`;
  const described = { inputProperties: inputs.properties, requiredInputs: inputs.required ?? [] };
  return `## ${name}

With plain values: \`${plain}\`

With outputs of other resources: ${later === plain || !later.includes("(") ? later : `\`${later}\``}

${table(language, "Input", described, () => target)}
`;
}

function call(language: Language, name: string): string {
  return name === "Provider" && language.file === "yaml"
    ? "`type: pulumi:providers:metered`"
    : `\`${language.create(name)}\``;
}

function table(language: Language, what: string, described: SchemaResource, target: (name: string) => string): string {
  const noteOf = (name: string, { secret }: SchemaProperty) =>
    [described.requiredInputs.includes(name) ? "required" : "", secret ? "secret" : ""].filter(Boolean).join(", ");
  const rows = Object.entries(described.inputProperties).map(
    ([name, property]) =>
      `| [\`${language.property(name)}\`](${target(name)}) | \`${typeOf(language, property)}\` | ${noteOf(name, property)} |`,
  );
  return [`| ${what} | Type | Notes |`, "| --- | --- | --- |", ...rows].join("\n");
}

function typeOf(language: Language, { type, $ref, items, additionalProperties }: SchemaProperty): string {
  if ($ref) return nameIn($ref);
  if (additionalProperties) return language.map(typeOf(language, additionalProperties));
  if (items) return language.list(typeOf(language, items));
  return language.types[type as keyof Language["types"]];
}

/** Where the page about a resource describes an input. */
function anchorIn(resource: string, input: string): string {
  const type = [meetingRoom, liveStreamingRoom].find(({ name }) => name === resource);
  if (type) return anchorOf(type, input);
  return resource.endsWith("Set") ? input.toLowerCase() : "inputs";
}

/** The last part of a token or of a reference to a type. */
function nameIn(token: string): string {
  return token.slice(token.lastIndexOf(":") + 1);
}
