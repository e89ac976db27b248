import { homeOf, SHAPES } from "./elsewhere";
import { bracketed, type Entry, grouped, indented, pascal, plain, quoted } from "./layout";
import { type Inputs, Interpolated, type Options, Reference, type Step, type Value } from "./program";
import { isLookup, isResource, isStack, type Scope, variableOf } from "./scope";
import { choiceName, memberOf, type Shape, type Type } from "./types";

const STYLE = { indent: "    ", comment: "//", width: 0 };

export function csharp(scope: Scope): string {
  const writer = new Csharp(scope);
  const { steps, outputs = {} } = scope.program;
  // There is a `Config` of the SDK's, too.
  const config = scope.configs.length > 0 ? ["var config = new Pulumi.Config();"] : [];
  const body = [...config, ...steps.map((step) => writer.statement(step))].join("\n");
  const exported = Object.entries(outputs).map(([name, value]) => writer.exported(name, value));
  const returned = bracketed("return new Dictionary<string, object?>\n{", exported, "};", STYLE);
  const own = body.includes("SettingsArgs") ? ["Metered.Rooms", "Metered.Rooms.Inputs"] : ["Metered.Rooms"];
  const usesOurs = steps.some((step) => isLookup(step) || (isResource(step) && !homeOf(step.resource)));
  const namespaces = ["System.Collections.Generic", "Pulumi", ...writer.namespaces, ...(usesOurs ? own : [])];
  const text = `${namespaces.map((name) => `using ${name};`).join("\n")}

return await Deployment.RunAsync(() =>
{
${indented(exported.length > 0 ? `${body}\n\n${returned}` : body, "    ")}
});
`;
  return text.replace(/ +$/gm, "");
}

class Csharp {
  private readonly elsewhere = new Set<string>();

  constructor(private readonly scope: Scope) {}

  /** Those of other providers' packages. */
  get namespaces(): string[] {
    return [...this.elsewhere].sort();
  }

  statement(step: Step): string {
    const above = step.comment ? `// ${step.comment}\n` : "";
    const declared = this.scope.isUsed(step) ? `var ${variableOf(step)} = ` : "";
    return `${above}${declared}${this.expression(step)};`;
  }

  exported(name: string, given: Value): Entry {
    const { value, comment } = plain(given);
    return { text: `["${name}"] = ${this.value(value)}`, comment };
  }

  private expression(step: Step): string {
    if ("config" in step) return `config.Require${step.secret ? "Secret" : ""}(${quoted(step.config)})`;
    if (isLookup(step)) {
      const name = pascal(step.lookup);
      const given = this.object(`new ${name}InvokeArgs`, step.inputs ?? {}, this.scope.shapeOf(step));
      return `${name}.Invoke(${step.inputs ? given : ""})`;
    }
    if (isStack(step)) return `new StackReference(${quoted(step.stack)})`;
    const name = this.named(step.resource);
    const given = this.object(`new ${name}Args`, step.inputs ?? {}, this.scope.shapeOf(step));
    const inputs = step.inputs ? [given] : step.options ? ["null"] : [];
    const args = [quoted(step.name ?? step.as), ...inputs, ...this.options(step.options)];
    return `new ${name}(${args.join(", ")})`;
  }

  /** A class of ours or of another package, whose namespaces are used then. */
  private named(token: string): string {
    const home = homeOf(token);
    if (!home) return token;
    const { csharp, csharpInputs } = home.package;
    const module = home.module.map(pascal);
    if (token in SHAPES) this.elsewhere.add([csharp, ...module].join("."));
    if (csharpInputs) this.elsewhere.add([csharpInputs, ...module].join("."));
    return home.name;
  }

  private options(options: Options | undefined): string[] {
    if (!options) return [];
    const { import: imported, ...rest } = options;
    const given: Inputs = { ...rest, ...(imported === undefined ? {} : { importId: imported }) };
    return [this.object("new CustomResourceOptions", given, {})];
  }

  private object(name: string, inputs: Inputs, shape: Shape): string {
    const entries = Object.entries(inputs).map(([key, given]) => {
      const { value, comment } = plain(given);
      return { text: `${pascal(key)} = ${this.value(value, shape[key])}`, comment };
    });
    return entries.length === 0 ? `${name}()` : bracketed(`${name}\n{`, entries, "}", STYLE);
  }

  private value(given: Value, type: Type = { kind: "string" }): string {
    const { value } = plain(given);
    if (value instanceof Reference) return this.reference(value);
    if (value instanceof Interpolated) {
      const parts = value.parts.map((part) => (typeof part === "string" ? part : `{${this.reference(part)}}`));
      return `Output.Format($"${parts.join("")}")`;
    }
    if (Array.isArray(value)) {
      const item = type.kind === "list" ? type.item : undefined;
      const items = value.map((each: Value) => ({ text: this.value(each, item) }));
      const open = item?.kind === "object" ? "\n{" : "{";
      return bracketed(open, items, "}", { ...STYLE, pad: " ", width: item?.kind === "object" ? 0 : 60 });
    }
    if (typeof value === "object") return this.nested(value as Inputs, type);
    if (type.kind === "choice") return `${type.name}.${choiceName(type, String(value))}`;
    return typeof value === "number" ? grouped(value) : JSON.stringify(value);
  }

  private nested(inputs: Inputs, type: Type): string {
    if (type.kind === "object") return this.object(`new ${this.named(type.name)}Args`, inputs, type.properties);
    const item = memberOf(type, "");
    const entries = Object.entries(inputs).map(([key, given]) => {
      const { value, comment } = plain(given);
      return { text: `[${quoted(key)}] = ${this.value(value, item)}`, comment };
    });
    return bracketed("\n{", entries, "}", STYLE);
  }

  /** An output knows its parts inside of `Apply` only; those of a resource are outputs themselves. */
  private reference(reference: Reference): string {
    if (isStack(this.scope.step(reference))) {
      return `${reference.to}.RequireOutput(${quoted(reference.path[0] ?? "")})`;
    }
    const types = this.scope.typesOn(reference);
    const members = reference.path.map((name, index) =>
      types[index - 1]?.kind === "map" ? `[${quoted(name)}]` : `.${pascal(name)}`,
    );
    const isResult = isLookup(this.scope.step(reference));
    const [direct, inner] = isResult ? [[], members] : [members.slice(0, 1), members.slice(1)];
    const outer = [reference.to, ...direct].join("");
    const variable = isResult ? "result" : reference.path[0];
    return inner.length === 0 ? outer : `${outer}.Apply(${variable} => ${variable}${inner.join("")})`;
  }
}
