import { homeOf } from "./elsewhere";
import { bracketed, type Entry, grouped, indented, plain, quoted } from "./layout";
import { type Inputs, Interpolated, Reference, type Resource, type Step, type Value } from "./program";
import { isLookup, isStack, type Scope, variableOf } from "./scope";

const STYLE = { indent: "  ", comment: "//", pad: " " };

/** @param packageName the npm package that the program imports */
export function typescript(scope: Scope, packageName: string): string {
  const writer = new Typescript(scope);
  const { steps, outputs = {} } = scope.program;
  const config = scope.configs.length > 0 ? ["const config = new pulumi.Config();"] : [];
  const exported = Object.entries(outputs).map(([name, value]) => writer.exported(name, value));
  const body = [...config, ...steps.map((step) => writer.statement(step))];
  const code = [body.join("\n"), exported.join("\n")];
  const packages = scope.elsewhere.map(({ alias, node }) => [alias, node] as const);
  const imports = [...packages, ["pulumi", "@pulumi/pulumi"] as const, ["metered", packageName] as const]
    .filter(([alias]) => code.some((text) => new RegExp(`\\b${alias}\\.`).test(text)))
    .map(([alias, name]) => `import * as ${alias} from "${name}";`);
  return `${[imports.join("\n"), ...code].filter(Boolean).join("\n\n")}\n`;
}

class Typescript {
  constructor(private readonly scope: Scope) {}

  statement(step: Step): string {
    const above = step.comment ? `// ${step.comment}\n` : "";
    const declared = this.scope.isUsed(step) ? `const ${variableOf(step)} = ` : "";
    return `${above}${declared}${this.expression(step)};`;
  }

  exported(name: string, given: Value): string {
    const { value, comment } = plain(given);
    return `export const ${name} = ${this.value(value)};${comment ? ` // ${comment}` : ""}`;
  }

  private expression(step: Step): string {
    if ("config" in step) return `config.require${step.secret ? "Secret" : ""}(${quoted(step.config)})`;
    if (isStack(step)) return `new pulumi.StackReference(${quoted(step.stack)})`;
    const given = step.inputs ?? {};
    if (isLookup(step)) return `metered.${step.lookup}Output(${this.object(given, 40)})`;
    const options = this.options(step);
    const inputs = Object.keys(given).length > 0 ? [this.object(given, 44)] : options ? ["{}"] : [];
    const args = [quoted(step.name ?? step.as), ...inputs, ...(options ? [options] : [])];
    const home = homeOf(step.resource);
    const path = home ? [home.package.alias, ...home.module, home.name] : ["metered", step.resource];
    const [open, line] = [`new ${path.join(".")}(`, args.join(", ")];
    if (!options || line.length < 56) return `${open}${line})`;
    return `${open}\n${args.map((arg) => `${indented(arg, "  ")},`).join("\n")}\n)`;
  }

  private options({ options }: Resource): string | undefined {
    if (!options) return undefined;
    return this.object(options as Inputs, 60);
  }

  private object(inputs: Inputs, width: number): string {
    return bracketed("{", this.entries(inputs), "}", { ...STYLE, width });
  }

  private entries(inputs: Inputs): Entry[] {
    return Object.entries(inputs).map(([name, given]) => {
      const { value, comment } = plain(given);
      const key = /^[A-Za-z_]\w*$/.test(name) ? name : quoted(name);
      const text = this.value(value);
      return { text: key === text ? key : `${key}: ${text}`, comment };
    });
  }

  private value(given: Value): string {
    const { value } = plain(given);
    if (value instanceof Reference) return this.reference(value);
    if (value instanceof Interpolated) {
      const parts = value.parts.map((part) => (typeof part === "string" ? part : `\${${this.value(part)}}`));
      return `pulumi.interpolate\`${parts.join("")}\``;
    }
    if (typeof value === "string") return quoted(value);
    if (typeof value === "number") return grouped(value);
    if (typeof value === "boolean") return String(value);
    if (!Array.isArray(value)) return this.object(value as Inputs, 60);
    const items = value.map((each: Value) => ({ text: this.value(each) }));
    return bracketed("[", items, "]", { ...STYLE, pad: "", width: 60 });
  }

  private reference(reference: Reference): string {
    const [first = ""] = reference.path;
    if (isStack(this.scope.step(reference))) return `${reference.to}.requireOutput(${quoted(first)})`;
    const members = reference.path.map((name) => (/^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${quoted(name)}]`));
    return [reference.to, ...members].join("");
  }
}
