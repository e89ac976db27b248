import { homeOf } from "./elsewhere";
import { bracketed, type Entry, grouped, indented, pascal, plain, quoted } from "./layout";
import { type Inputs, Interpolated, type Options, Reference, type Resource, type Step, type Value } from "./program";
import { isLookup, isStack, type Scope, variableOf } from "./scope";
import { choiceName, memberOf, type Shape, type Type } from "./types";

const STYLE = { indent: "\t", comment: "//", width: 0 };
const PLAIN = { string: "pulumi.String", boolean: "pulumi.Bool", integer: "pulumi.Int", number: "pulumi.Float64" };

export function go(scope: Scope): string {
  const writer = new Go(scope);
  const { steps, outputs = {} } = scope.program;
  const config = scope.configs.length > 0 ? ['cfg := config.New(ctx, "")'] : [];
  const exported = Object.entries(outputs).map(([name, value]) => writer.exported(name, value));
  const body = [...config, ...steps.map((step) => writer.statement(step)), ...exported, "return nil"].join("\n");
  const imports = [
    ...writer.imported,
    '"github.com/pulumi/pulumi/sdk/v3/go/pulumi"',
    ...(scope.configs.length > 0 ? ['"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"'] : []),
  ];
  return `package main

import (
${indented(imports.join("\n"), "\t")}${body.includes("metered.") ? '\n\n\t"pulumi-metered/sdk/go/metered"' : ""}
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
${indented(body, "\t\t")}
	})
}
`;
}

/** In Go, what has a resource of the same name is looked up by another word than it. */
export function goFunction(name: string): string {
  return name.endsWith("Room") ? name.replace(/^get/, "Lookup") : pascal(name);
}

class Go {
  private hasError = false;
  private readonly packages = new Map<string, string>();

  constructor(private readonly scope: Scope) {}

  /** The imports of other providers' packages. */
  get imported(): string[] {
    const lines = [...this.packages].sort(([a], [b]) => (a < b ? -1 : 1));
    return lines.map(([path, name]) => (path.endsWith(`/${name}`) ? quoted(path) : `${name} ${quoted(path)}`));
  }

  statement(step: Step): string {
    const above = step.comment ? `// ${step.comment}\n` : "";
    const variable = this.scope.isUsed(step) ? variableOf(step) : "_";
    const assign = variable === "_" ? "=" : ":=";
    if ("config" in step) {
      return `${above}${variable} ${assign} cfg.Require${step.secret ? "Secret" : ""}(${quoted(step.config)})`;
    }
    if (isLookup(step)) {
      const name = goFunction(step.lookup);
      const given = this.struct(`metered.${name}OutputArgs`, step.inputs ?? {}, this.scope.shapeOf(step));
      return `${above}${variable} ${assign} metered.${name}Output(ctx, ${given})`;
    }
    const args = isStack(step) ? ["ctx", quoted(step.stack), "nil"] : this.arguments(step);
    const create = isStack(step) ? "pulumi.NewStackReference" : this.named(step.resource, "New");
    // An error that is declared already needs another new variable beside it to be declared again.
    const declare = variable === "_" && this.hasError ? "=" : ":=";
    this.hasError = true;
    const created = `${variable}, err ${declare} ${create}(${args.join(", ")})`;
    return `${above}${created}\nif err != nil {\n\treturn err\n}`;
  }

  private arguments(step: Resource): string[] {
    const given = this.struct(`&${this.named(step.resource)}Args`, step.inputs ?? {}, this.scope.shapeOf(step));
    return ["ctx", quoted(step.name ?? step.as), given, ...this.options(step.options ?? {})];
  }

  /** A type of ours or of another package, which is imported then: `corev1.NewConfigMap`. */
  private named(token: string, prefix = ""): string {
    const home = homeOf(token);
    if (!home) return `metered.${prefix}${token}`;
    const name = home.module.join("");
    this.packages.set([home.package.go, ...home.module].join("/"), name);
    return `${name}.${prefix}${home.name}`;
  }

  exported(name: string, given: Value): string {
    const { value, comment } = plain(given);
    return `ctx.Export("${name}", ${this.value(value)})${comment ? ` // ${comment}` : ""}`;
  }

  private options({ provider, dependsOn, ignoreChanges, import: imported, ...flags }: Options): string[] {
    const list = dependsOn?.map((each) => this.value(each)).join(", ");
    return [
      ...(provider ? [`pulumi.Provider(${provider.to})`] : []),
      ...(list ? [`pulumi.DependsOn([]pulumi.Resource{${list}})`] : []),
      ...Object.entries(flags).map(([name, flag]) => `pulumi.${pascal(name)}(${flag})`),
      ...(ignoreChanges ? [`pulumi.IgnoreChanges([]string{${ignoreChanges.map(quoted).join(", ")}})`] : []),
      ...(imported === undefined ? [] : [`pulumi.Import(pulumi.ID(${quoted(imported)}))`]),
    ];
  }

  private struct(name: string, inputs: Inputs, shape: Shape): string {
    const entries = Object.entries(inputs).map(([key, given]) => {
      const { value, comment } = plain(given);
      return { key: `${pascal(key)}:`, text: this.value(value, shape[key]), comment };
    });
    return bracketed(`${name}{`, aligned(entries), "}", STYLE);
  }

  private value(given: Value, type: Type = { kind: "string" }): string {
    const { value } = plain(given);
    if (value instanceof Reference) return this.reference(value);
    if (value instanceof Interpolated) {
      const format = value.parts.map((part) => (typeof part === "string" ? part.replaceAll("%", "%%") : "%s")).join("");
      const args = value.parts.flatMap((part) => (typeof part === "string" ? [] : [this.reference(part)]));
      return `pulumi.Sprintf(${[quoted(format), ...args].join(", ")})`;
    }
    if (Array.isArray(value)) {
      const item = type.kind === "list" ? type.item : undefined;
      const items = value.map((each: Value) => ({ text: this.value(each, item) }));
      const array = item?.kind === "object" ? this.named(item.name) : "pulumi.String";
      return bracketed(`${array}Array{`, items, "}", STYLE);
    }
    if (typeof value === "object") return this.object(value as Inputs, type);
    if (type.kind === "choice") return `metered.${type.name}${choiceName(type, String(value))}`;
    const text = typeof value === "number" ? grouped(value) : JSON.stringify(value);
    return `${PLAIN[type.kind as "string"]}(${text})`;
  }

  private object(inputs: Inputs, type: Type): string {
    if (type.kind === "object") return this.struct(`&${this.named(type.name)}Args`, inputs, type.properties);
    const item = memberOf(type, "");
    const entries = Object.entries(inputs).map(([key, given]) => {
      const { value, comment } = plain(given);
      return { key: `${quoted(key)}:`, text: this.value(value, item), comment };
    });
    const name = item.kind === "object" ? `${this.named(item.name)}Map` : "pulumi.StringMap";
    return bracketed(`${name}{`, aligned(entries), "}", STYLE);
  }

  /** The first part is a field of a resource, and a method of a result; the rest are methods of outputs. */
  private reference(reference: Reference): string {
    const step = this.scope.step(reference);
    if (isStack(step)) return `${reference.to}.GetOutput(pulumi.String(${quoted(reference.path[0] ?? "")}))`;
    const types = this.scope.typesOn(reference);
    const members = reference.path.map((name, index) => {
      if (types[index - 1]?.kind === "map") return `.MapIndex(pulumi.String(${quoted(name)}))`;
      const isField = index === 0 && !isLookup(step) && name !== "id";
      return `.${name === "id" ? "ID" : pascal(name)}${isField ? "" : "()"}`;
    });
    return [reference.to, ...members].join("");
  }
}

interface Field extends Entry {
  readonly key: string;
}

/** Values one below the other, as gofmt has them; a comment or a value of several lines ends a column. */
function aligned(fields: readonly Field[]): Entry[] {
  const columns: Field[][] = [];
  for (const [index, field] of fields.entries()) {
    const before = fields[index - 1];
    const isNew = !before || field.comment || before.text.includes("\n") || field.text.includes("\n");
    if (isNew) columns.push([field]);
    else columns.at(-1)?.push(field);
  }
  return columns.flatMap((column) => {
    const width = Math.max(...column.map(({ key }) => key.length));
    return column.map(({ key, text, comment }) => ({ text: `${key.padEnd(width)} ${text}`, comment }));
  });
}
