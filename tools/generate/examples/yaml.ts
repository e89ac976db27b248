import { stringify } from "yaml";
import { homeOf } from "./elsewhere";
import { indented, plain, quoted } from "./layout";
import { type Inputs, Interpolated, Reference, type Resource, type Step, type Value } from "./program";
import { isLookup, isResource, isStack, type Scope, variableOf } from "./scope";

/** A program in YAML, as the part of Pulumi.yaml below `runtime: yaml`. */
export function yaml(scope: Scope): string {
  const writer = new Yaml(scope);
  const { steps, outputs = {} } = scope.program;
  const sections = [
    section(
      "config",
      scope.configs.map((each) => writer.entry(each, { type: "string", ...(each.secret ? { secret: true } : {}) })),
    ),
    section(
      "variables",
      steps.filter(isLookup).map((each) => {
        const call = given({ function: `metered:${each.lookup}`, arguments: each.inputs });
        return writer.entry(each, { "fn::invoke": call });
      }),
    ),
    section(
      "resources",
      steps.flatMap((each) => {
        if (isStack(each)) return writer.entry(each, { type: STACK, properties: { name: each.stack } });
        return isResource(each) ? writer.entry(each, members(each)) : [];
      }),
    ),
    section("outputs", Object.keys(outputs).length > 0 ? [writer.mapping(outputs)] : []),
  ];
  return `${sections.filter(Boolean).join("\n\n")}\n`;
}

const STACK = "pulumi:pulumi:StackReference";

function members({ resource, name, inputs, options }: Resource): Inputs {
  const own = resource === "Provider" ? "pulumi:providers:metered" : `metered:${resource}`;
  const type = homeOf(resource) ? resource : own;
  return given({ type, name, properties: inputs, options: options as Inputs | undefined });
}

/** What there is of members. */
function given(all: Readonly<Record<string, Value | undefined>>): Inputs {
  return Object.fromEntries(Object.entries(all).filter((each): each is [string, Value] => each[1] !== undefined));
}

function section(name: string, entries: readonly string[]): string {
  return entries.length === 0 ? "" : `${name}:\n${indented(entries.join("\n"), "  ")}`;
}

class Yaml {
  constructor(private readonly scope: Scope) {}

  entry(step: Step, value: Inputs): string {
    const above = step.comment ? `# ${step.comment}\n` : "";
    return `${above}${variableOf(step)}:\n${indented(this.mapping(value), "  ")}`;
  }

  mapping(inputs: Inputs): string {
    return Object.entries(inputs)
      .map(([name, noted]) => {
        const { value, comment } = plain(noted);
        const above = comment ? `# ${comment}\n` : "";
        if (isObject(value)) return `${above}${name}:\n${indented(this.mapping(value), "  ")}`;
        if (Array.isArray(value)) return `${above}${name}:\n${this.list(value)}`;
        return `${name}: ${this.scalar(value)}${comment ? ` # ${comment}` : ""}`;
      })
      .join("\n");
  }

  private list(values: readonly Value[]): string {
    const items = values.map((each) => plain(each).value);
    return items
      .map((value) => (isObject(value) ? indented(this.mapping(value), "    ").trimStart() : this.scalar(value)))
      .map((text) => `  - ${text}`)
      .join("\n");
  }

  private scalar(value: Value): string {
    if (value instanceof Reference) {
      const path = isStack(this.scope.step(value)) ? ["outputs", ...value.path] : value.path;
      return `\${${value.to}${path.map(member).join("")}}`;
    }
    if (value instanceof Interpolated) {
      return value.parts.map((part) => (typeof part === "string" ? part : this.scalar(part))).join("");
    }
    return stringify(value, { lineWidth: 0 }).trim();
  }
}

function isObject(value: Value): value is Inputs {
  return (
    typeof value === "object" && !Array.isArray(value) && !(value instanceof Reference || value instanceof Interpolated)
  );
}

function member(name: string): string {
  return /^[A-Za-z_][\w-]*$/.test(name) ? `.${name}` : `[${quoted(name)}]`;
}
