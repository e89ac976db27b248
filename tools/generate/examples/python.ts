import { homeOf } from "./elsewhere";
import { bracketed, type Entry, grouped, plain, quoted, snake } from "./layout";
import { type Inputs, Interpolated, Reference, type Resource, type Step, type Value } from "./program";
import { isLookup, isStack, type Scope, variableOf } from "./scope";
import { choiceName, memberOf, type Shape, type Type } from "./types";

const STYLE = { indent: "    ", comment: "#" };

export function python(scope: Scope): string {
  const writer = new Python(scope);
  const { steps, outputs = {} } = scope.program;
  const config = scope.configs.length > 0 ? ["config = pulumi.Config()"] : [];
  const exported = Object.entries(outputs).map(([name, value]) => writer.exported(name, value));
  const body = [...config, ...steps.map((step) => writer.statement(step))];
  const code = [body.join("\n"), exported.join("\n")];
  const packages = [
    ["metered", "pulumi_metered"] as const,
    ...scope.elsewhere.map(({ alias, python: name }) => [alias, name] as const),
  ];
  const uses = (name: string) => code.some((text) => new RegExp(`\\b${name}\\.`).test(text));
  const imports = [
    ...(uses("pulumi") ? ["import pulumi"] : []),
    ...packages
      .filter(([alias]) => uses(alias))
      .map(([alias, name]) => `import ${name} as ${alias}`)
      .sort(),
  ];
  const parts = [imports.join("\n"), ...code];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}

/** A word of the language gets an underscore: `GLOBAL_`. */
export function pythonChoice(name: string): string {
  const word = snake(name);
  return (KEYWORDS.has(word) ? `${word}_` : word).toUpperCase();
}

const KEYWORDS = new Set(
  (
    "and as assert async await break class continue def del elif else except finally for from global if import in is " +
    "lambda nonlocal not or pass raise return try while with yield"
  ).split(" "),
);

class Python {
  constructor(private readonly scope: Scope) {}

  statement(step: Step): string {
    const above = step.comment ? `# ${step.comment}\n` : "";
    const declared = this.scope.isUsed(step) ? `${snake(variableOf(step))} = ` : "";
    return `${above}${declared}${this.expression(step)}`;
  }

  exported(name: string, given: Value): string {
    const { value, comment } = plain(given);
    return `pulumi.export("${name}", ${this.value(value)})${comment ? `  # ${comment}` : ""}`;
  }

  private expression(step: Step): string {
    if ("config" in step) return `config.require${step.secret ? "_secret" : ""}(${quoted(step.config)})`;
    if (isStack(step)) return `pulumi.StackReference(${quoted(step.stack)})`;
    if (isLookup(step)) {
      return call(`metered.${snake(step.lookup)}_output`, this.arguments(step.inputs, this.scope.shapeOf(step)));
    }
    const name = { text: quoted(step.name ?? step.as) };
    const given = this.arguments(step.inputs, this.scope.shapeOf(step));
    const home = homeOf(step.resource);
    const path = home ? [home.package.alias, ...home.module, home.name] : ["metered", step.resource];
    return call(path.join("."), [name, ...given, ...this.options(step)]);
  }

  private arguments(inputs: Inputs = {}, shape: Shape = {}): Entry[] {
    return Object.entries(inputs).map(([name, given]) => {
      const { value, comment } = plain(given);
      return { text: `${snake(name)}=${this.value(value, shape[name])}`, comment };
    });
  }

  private options({ options }: Resource): Entry[] {
    if (!options) return [];
    const { ignoreChanges, import: imported, ...rest } = options;
    const given: Inputs = {
      ...rest,
      ...(ignoreChanges ? { ignoreChanges: ignoreChanges.map(snake) } : {}),
      // `import` is a word of the language.
      ...(imported === undefined ? {} : { import_: imported }),
    };
    const text = bracketed("pulumi.ResourceOptions(", this.arguments(given), ")", { ...STYLE, width: 64 });
    return [{ text: `opts=${text}` }];
  }

  private value(given: Value, type?: Type): string {
    const { value } = plain(given);
    if (value instanceof Reference) return this.reference(value);
    if (value instanceof Interpolated) {
      const parts = value.parts.map((part) => (typeof part === "string" ? quoted(part) : this.reference(part)));
      return `pulumi.Output.concat(${parts.join(", ")})`;
    }
    if (typeof value === "string") {
      if (type?.kind !== "choice") return quoted(value);
      return `metered.${type.name}.${pythonChoice(choiceName(type, value))}`;
    }
    if (typeof value === "number") return grouped(value);
    if (typeof value === "boolean") return value ? "True" : "False";
    if (!Array.isArray(value)) return this.dictionary(value as Inputs, type);
    const item = type?.kind === "list" ? type.item : undefined;
    const items = value.map((each: Value) => ({ text: this.value(each, item) }));
    return bracketed("[", items, "]", { ...STYLE, width: 60 });
  }

  /** Keys of a map stay as they are, and those of an object are names. */
  private dictionary(inputs: Inputs, type: Type | undefined): string {
    const entries = Object.entries(inputs).map(([name, given]) => {
      const { value, comment } = plain(given);
      const key = quoted(type?.kind === "object" ? snake(name) : name);
      return { text: `${key}: ${this.value(value, type && memberOf(type, name))}`, comment };
    });
    return bracketed("{", entries, "}", { ...STYLE, width: 60 });
  }

  private reference(reference: Reference): string {
    if (isStack(this.scope.step(reference))) {
      return `${snake(reference.to)}.require_output(${quoted(reference.path[0] ?? "")})`;
    }
    const types = this.scope.typesOn(reference);
    const members = reference.path.map((name, index) =>
      types[index - 1]?.kind === "map" ? `[${quoted(name)}]` : `.${snake(name)}`,
    );
    return [snake(reference.to), ...members].join("");
  }
}

function call(target: string, entries: readonly Entry[]): string {
  return bracketed(`${target}(`, entries, ")", { ...STYLE, width: 68 });
}
