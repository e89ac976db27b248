import { type Language, languages } from "./languages";

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

<!-- Made from provider/schema.json by \`npm run generate\`; a test fails when it is stale. -->

What everything is called in ${language.title}, with the [plugin](../plugin.md). What it means, its range and its default stand behind each link.

${language.use}

${resources.join("\n")}
${functions.join("\n")}
## Provider

${call(language, "Provider")}

${table(language, "argument", schema.provider, () => "provider.md")}

## Choices

| value | in ${language.title} |
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

${name.endsWith("Set") ? "Metered knows no sets, so there is none to look up." : `Looked up by its name on Metered, and only read: \`${language.get(name)}\``}

${table(language, "argument", described, (each) => `${target}#${each.toLowerCase()}`)}

Every argument is an output, too. Besides:

${table(language, "output", { inputProperties: Object.fromEntries(outputs), requiredInputs: [] }, () => `${target}#outputs`)}
`;
}

function lookup(language: Language, name: string, { inputs }: { readonly inputs: Properties }): string {
  const [plain, later] = language.call(name);
  const target = `functions.md#${name.toLowerCase()}`;
  const described = { inputProperties: inputs.properties, requiredInputs: inputs.required ?? [] };
  return `## ${name}

With plain values: \`${plain}\`

With what is known later: ${later === plain || !later.includes("(") ? later : `\`${later}\``}

${table(language, "argument", described, () => target)}
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
  return [`| ${what} | type | note |`, "| --- | --- | --- |", ...rows].join("\n");
}

function typeOf(language: Language, { type, $ref, items, additionalProperties }: SchemaProperty): string {
  if ($ref) return nameIn($ref);
  if (additionalProperties) return language.map(typeOf(language, additionalProperties));
  if (items) return language.list(typeOf(language, items));
  return language.types[type as keyof Language["types"]];
}

/** The last part of a token or of a reference to a type. */
function nameIn(token: string): string {
  return token.slice(token.lastIndexOf(":") + 1);
}
