import { bracketed, type Entry, grouped, indented, plain, quoted } from "./layout";
import { type Inputs, Interpolated, Reference, type Resource, type Step, type Value } from "./program";
import { isLookup, type Scope, variableOf } from "./scope";

const STYLE = { indent: "  ", comment: "//", pad: " " };

/** @param packageName the npm package that the program imports */
export function typescript(scope: Scope, packageName: string): string {
  const { steps, outputs = {} } = scope.program;
  const sdk = scope.configs.length > 0 || scope.interpolates ? ['import * as pulumi from "@pulumi/pulumi";'] : [];
  const config = scope.configs.length > 0 ? ["const config = new pulumi.Config();"] : [];
  const exported = Object.entries(outputs).map(([name, value]) => {
    const { value: text, comment } = plain(value);
    return `export const ${name} = ${written(text)};${comment ? ` // ${comment}` : ""}`;
  });
  const body = [...config, ...steps.map((step) => statement(scope, step))];
  const parts = [
    [...sdk, `import * as metered from "${packageName}";`].join("\n"),
    body.join("\n"),
    exported.join("\n"),
  ];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}

function statement(scope: Scope, step: Step): string {
  const above = step.comment ? `// ${step.comment}\n` : "";
  const declared = scope.isUsed(step) ? `const ${variableOf(step)} = ` : "";
  return `${above}${declared}${expression(step)};`;
}

function expression(step: Step): string {
  if ("config" in step) return `config.require${step.secret ? "Secret" : ""}(${quoted(step.config)})`;
  const given = step.inputs ?? {};
  if (isLookup(step)) return `metered.${step.lookup}Output(${objectOf(given, 40)})`;
  const options = optionsOf(step);
  const inputs = Object.keys(given).length > 0 ? [objectOf(given, 44)] : options ? ["{}"] : [];
  const args = [quoted(step.name ?? step.as), ...inputs, ...(options ? [options] : [])];
  const [open, line] = [`new metered.${step.resource}(`, args.join(", ")];
  if (!options || line.length < 56) return `${open}${line})`;
  return `${open}\n${args.map((arg) => `${indented(arg, "  ")},`).join("\n")}\n)`;
}

function optionsOf({ options }: Resource): string | undefined {
  if (!options) return undefined;
  return objectOf(options as Inputs, 60);
}

function objectOf(inputs: Inputs, width: number): string {
  return bracketed("{", entriesOf(inputs), "}", { ...STYLE, width });
}

function entriesOf(inputs: Inputs): Entry[] {
  return Object.entries(inputs).map(([name, given]) => {
    const { value, comment } = plain(given);
    const key = /^[A-Za-z_]\w*$/.test(name) ? name : quoted(name);
    const text = written(value);
    return { text: key === text ? key : `${key}: ${text}`, comment };
  });
}

function written(given: Value): string {
  const { value } = plain(given);
  if (value instanceof Reference) return [value.to, ...value.path.map(member)].join("");
  if (value instanceof Interpolated) {
    const parts = value.parts.map((part) => (typeof part === "string" ? part : `\${${written(part)}}`));
    return `pulumi.interpolate\`${parts.join("")}\``;
  }
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return grouped(value);
  if (typeof value === "boolean") return String(value);
  if (Array.isArray(value)) {
    return bracketed(
      "[",
      value.map((each: Value) => ({ text: written(each) })),
      "]",
      { ...STYLE, pad: "", width: 60 },
    );
  }
  return objectOf(value as Inputs, 60);
}

function member(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${quoted(name)}]`;
}
