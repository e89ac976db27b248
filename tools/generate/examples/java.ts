import { homeOf } from "./elsewhere";
import { type Entry, grouped, indented, pascal, plain, quoted } from "./layout";
import { type Inputs, Interpolated, type Options, Reference, type Step, type Value } from "./program";
import { isLookup, isResource, isStack, type Scope, variableOf } from "./scope";
import { choiceName, memberOf, type Shape, type Type } from "./types";

export function java(scope: Scope): string {
  const writer = new Java(scope);
  const { steps, outputs = {} } = scope.program;
  const config = scope.configs.length > 0 ? ["var config = ctx.config();"] : [];
  const exported = Object.entries(outputs).map(([name, value]) => writer.exported(name, value));
  const body = [...config, ...steps.map((step) => writer.statement(step))].join("\n");
  return `import com.pulumi.Context;
import com.pulumi.Pulumi;
${writer.imported.join("\n")}

public class App {
    public static void main(String[] args) {
        Pulumi.run(App::stack);
    }

    private static void stack(Context ctx) {
${indented([body, exported.join("\n")].filter(Boolean).join("\n\n"), "        ")}
    }
}
`;
}

class Java {
  private readonly imports = new Set<string>();

  constructor(private readonly scope: Scope) {}

  get imported(): string[] {
    return [...this.imports].sort().map((name) => `import ${name};`);
  }

  statement(step: Step): string {
    const above = step.comment ? `// ${step.comment}\n` : "";
    const declared = this.scope.isUsed(step) ? `var ${variableOf(step)} = ` : "";
    return `${above}${declared}${this.expression(step)};`;
  }

  exported(name: string, given: Value): string {
    const { value, comment } = plain(given);
    return `ctx.export("${name}", ${this.value(value)});${comment ? ` // ${comment}` : ""}`;
  }

  private expression(step: Step): string {
    if ("config" in step) return `config.require${step.secret ? "Secret" : ""}(${quoted(step.config)})`;
    if (isLookup(step)) {
      this.imports.add("live.metered.MeteredFunctions");
      const name = this.use(`live.metered.inputs.${pascal(step.lookup)}Args`);
      const given = this.builder(name, step.inputs ?? {}, this.scope.shapeOf(step));
      return `MeteredFunctions.${step.lookup}(${step.inputs ? given : ""})`;
    }
    if (isStack(step)) {
      return `new ${this.use("com.pulumi.resources.StackReference")}(${quoted(step.stack)})`;
    }
    const resource = this.use(classOf(step.resource));
    const name = this.use(`${classOf(step.resource)}Args`);
    const given = this.builder(name, step.inputs ?? {}, this.scope.shapeOf(step));
    const args = [quoted(step.name ?? step.as), given, ...this.options(step.options)];
    return `new ${resource}(${args.join(", ")})`;
  }

  private options(options: Options | undefined): string[] {
    if (!options) return [];
    const { import: imported, ...rest } = options;
    const given: Inputs = { ...rest, ...(imported === undefined ? {} : { importId: imported }) };
    const text = this.builder(this.use("com.pulumi.resources.CustomResourceOptions"), given, {});
    return [text.replaceAll("\n", "\n    ")];
  }

  private builder(name: string, inputs: Inputs, shape: Shape): string {
    const calls = Object.entries(inputs).map(([key, given]) => {
      const { value, comment } = plain(given);
      const above = comment ? `// ${comment}\n` : "";
      // A list of an option is its arguments.
      const text = Array.isArray(value)
        ? value.map((each: Value) => this.value(each, itemOf(shape[key]))).join(", ")
        : this.value(value, shape[key]);
      return `${above}.${key}(${text})`;
    });
    return [`${name}.builder()`, indented([...calls, ".build()"].join("\n"), "    ")].join("\n");
  }

  private value(given: Value, type: Type = { kind: "string" }): string {
    const { value } = plain(given);
    if (value instanceof Reference) return this.reference(value);
    if (value instanceof Interpolated) {
      this.imports.add("com.pulumi.core.Output");
      const format = value.parts.map((part) => (typeof part === "string" ? part.replaceAll("%", "%%") : "%s")).join("");
      const args = value.parts.flatMap((part) => (typeof part === "string" ? [] : [this.reference(part)]));
      return `Output.format(${[quoted(format), ...args].join(", ")})`;
    }
    if (typeof value === "object") return this.nested(value as Inputs, type);
    if (type.kind === "choice") {
      return `${this.use(`live.metered.enums.${type.name}`)}.${choiceName(type, String(value))}`;
    }
    if (typeof value !== "number") return JSON.stringify(value);
    return type.kind === "number" && Number.isInteger(value) ? `${grouped(value)}.0` : grouped(value);
  }

  private nested(inputs: Inputs, type: Type): string {
    if (type.kind === "object") {
      return this.builder(this.use(`${classOf(type.name, "inputs")}Args`), inputs, type.properties);
    }
    this.imports.add("java.util.Map");
    const references = Object.values(inputs).filter((value) => value instanceof Reference);
    if (references.length > 0) return this.mapOfOutputs(Object.keys(inputs), references);
    const item = memberOf(type, "");
    const entries: Entry[] = Object.entries(inputs).map(([key, given]) => {
      const { value, comment } = plain(given);
      return { text: `${quoted(key)}, ${this.value(value, item)}`, comment };
    });
    const lines = entries.map(({ text, comment }) => `${comment ? `// ${comment}\n` : ""}${text}`);
    return `Map.of(\n${indented(lines.join(",\n"), "    ")})`;
  }

  /** Where a map is wanted, one of outputs isn't enough: it has to be the output of a map. */
  private mapOfOutputs(keys: readonly string[], references: readonly Reference[]): string {
    if (references.length < keys.length) throw new Error(`Java: ${keys.join(", ")} can't be strings and outputs.`);
    const [first, second] = references;
    if (first && !second) {
      const name = first.path.at(-1) ?? "";
      return `${this.reference(first)}.applyValue(${name} -> Map.of(${quoted(keys[0] ?? "")}, ${name}))`;
    }
    this.imports.add("com.pulumi.core.Output");
    const entries = keys.map((key, index) => `${quoted(key)}, values.get(${index})`).join(",\n");
    const outputs = references.map((each) => this.reference(each)).join(", ");
    return `Output.all(${outputs}).applyValue(values -> Map.of(\n${indented(entries, "    ")}))`;
  }

  /** An output knows its parts inside of `applyValue` only; those of a resource are outputs themselves. */
  private reference(reference: Reference): string {
    const step = this.scope.step(reference);
    if (isStack(step)) return `${reference.to}.requireOutput(${quoted(reference.path[0] ?? "")})`;
    const types = this.scope.typesOn(reference);
    const members = reference.path.map((name, index) =>
      types[index - 1]?.kind === "map" ? `.get(${quoted(name)})` : `.${name}()`,
    );
    const count = isResource(step) ? 1 : 0;
    const outer = [reference.to, ...members.slice(0, count)].join("");
    const inner = members.slice(count).join("");
    const variable = isResource(step) ? (reference.path[0] ?? "") : "result";
    return inner === "" ? outer : `${outer}.applyValue(${variable} -> ${variable}${inner})`;
  }

  /** The last part of a class's name, which is imported. */
  private use(name: string): string {
    this.imports.add(name);
    return name.slice(name.lastIndexOf(".") + 1);
  }
}

/** The whole name of a class, of ours or of another package. */
function classOf(token: string, ...below: readonly string[]): string {
  const home = homeOf(token);
  const path = home ? [home.package.java, ...home.module] : ["live.metered"];
  return [...path, ...below, home?.name ?? token].join(".");
}

function itemOf(type: Type | undefined): Type | undefined {
  return type?.kind === "list" ? type.item : undefined;
}
