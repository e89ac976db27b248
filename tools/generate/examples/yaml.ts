import { stringify } from "yaml";
import { indented, plain, quoted } from "./layout";
import { type Inputs, Interpolated, Reference, type Step, type Value } from "./program";
import { isLookup, isResource, type Scope, variableOf } from "./scope";

/** A program in YAML, as the part of Pulumi.yaml below `runtime: yaml`. */
export function yaml(scope: Scope): string {
  const { steps, outputs = {} } = scope.program;
  const sections = [
    section(
      "config",
      scope.configs.map((each) => entry(each, { type: "string", ...(each.secret ? { secret: true } : {}) })),
    ),
    section(
      "variables",
      steps.filter(isLookup).map((each) => {
        const call = given({ function: `metered:${each.lookup}`, arguments: each.inputs });
        return entry(each, { "fn::invoke": call });
      }),
    ),
    section(
      "resources",
      steps.filter(isResource).map((each) => {
        const type = each.resource === "Provider" ? "pulumi:providers:metered" : `metered:${each.resource}`;
        const members = { type, name: each.name, properties: each.inputs, options: each.options as Inputs | undefined };
        return entry(each, given(members));
      }),
    ),
    section("outputs", Object.keys(outputs).length > 0 ? [mapping(outputs)] : []),
  ];
  return `${sections.filter(Boolean).join("\n\n")}\n`;
}

/** What there is of members. */
function given(members: Readonly<Record<string, Value | undefined>>): Inputs {
  return Object.fromEntries(Object.entries(members).filter((each): each is [string, Value] => each[1] !== undefined));
}

function section(name: string, entries: readonly string[]): string {
  return entries.length === 0 ? "" : `${name}:\n${indented(entries.join("\n"), "  ")}`;
}

function entry(step: Step, value: Inputs): string {
  const above = step.comment ? `# ${step.comment}\n` : "";
  return `${above}${variableOf(step)}:\n${indented(mapping(value), "  ")}`;
}

function mapping(inputs: Inputs): string {
  return Object.entries(inputs)
    .map(([name, given]) => {
      const { value, comment } = plain(given);
      if (isObject(value)) return `${comment ? `# ${comment}\n` : ""}${name}:\n${indented(mapping(value), "  ")}`;
      if (Array.isArray(value)) return `${comment ? `# ${comment}\n` : ""}${name}:\n${list(value)}`;
      return `${name}: ${scalar(value)}${comment ? ` # ${comment}` : ""}`;
    })
    .join("\n");
}

function list(values: readonly Value[]): string {
  return values.map((value) => `  - ${scalar(plain(value).value)}`).join("\n");
}

function isObject(value: Value): value is Inputs {
  return (
    typeof value === "object" && !Array.isArray(value) && !(value instanceof Reference || value instanceof Interpolated)
  );
}

function scalar(value: Value): string {
  if (value instanceof Reference) return `\${${value.to}${value.path.map(member).join("")}}`;
  if (value instanceof Interpolated) {
    return value.parts.map((part) => (typeof part === "string" ? part : scalar(part))).join("");
  }
  return stringify(value, { lineWidth: 0 }).trim();
}

function member(name: string): string {
  return /^[A-Za-z_][\w-]*$/.test(name) ? `.${name}` : `[${quoted(name)}]`;
}
