import { LANGUAGES, type Rendered, render } from ".";
import { EXAMPLES, type Example } from "./programs";
import type { ExampleSchema } from "./types";

interface Described {
  readonly description?: string;
}
type Members = Readonly<Record<string, Described>>;

/** A schema of which every resource and function shows how it is used, as Pulumi's registry and SDKs expect it. */
export function withExamples(given: object): object {
  const schema = given as ExampleSchema;
  const described = (members: Members) =>
    Object.fromEntries(
      Object.entries(members).map(([token, member]) => {
        const name = token.slice(token.lastIndexOf(":") + 1);
        return [token, { ...member, description: withSection(member.description ?? "", name, schema) }];
      }),
    );
  return {
    ...schema,
    provider: {
      ...schema.provider,
      description: withSection((schema.provider as Described).description ?? "", "Provider", schema),
    },
    resources: described(schema.resources as Members),
    functions: described(schema.functions as Members),
  };
}

/** The section goes before that about importing, which is the last. */
function withSection(description: string, name: string, schema: ExampleSchema): string {
  const [text = "", imports] = description.split(/\n\n(?=## Import\n)/);
  return [text, section(name, schema), ...(imports ? [imports] : [])].join("\n\n");
}

function section(name: string, schema: ExampleSchema): string {
  const examples = EXAMPLES[name];
  if (!examples) throw new Error(`tools/generate/examples/programs.ts has no example of ${name}.`);
  const shown = examples.map((example) => shownExample(example, schema));
  return ["{{% examples %}}", "## Example Usage", ...shown, "{{% /examples %}}"].join("\n\n");
}

function shownExample({ title, program }: Example, schema: ExampleSchema): string {
  const rendered: Rendered = render(program, schema, "pulumi-metered-plugin");
  const languages = Object.keys(LANGUAGES) as (keyof Rendered)[];
  const blocks = languages.map((language) => `\`\`\`${language}\n${rendered[language]}\`\`\``);
  return ["{{% example %}}", `### ${title}`, ...blocks, "{{% /example %}}"].join("\n\n");
}
