import { bracketed, type Entry, grouped, indented, pascal, plain, quoted } from "./layout";
import { type Inputs, Interpolated, type Options, Reference, type Step, type Value } from "./program";
import { isLookup, type Scope, variableOf } from "./scope";
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
  const inputs = body.includes("SettingsArgs") ? "\nusing Metered.Rooms.Inputs;" : "";
  const text = `using System.Collections.Generic;
using Pulumi;
using Metered.Rooms;${inputs}

return await Deployment.RunAsync(() =>
{
${indented(exported.length > 0 ? `${body}\n\n${returned}` : body, "    ")}
});
`;
  return text.replace(/ +$/gm, "");
}

class Csharp {
  constructor(private readonly scope: Scope) {}

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
    const given = this.object(`new ${step.resource}Args`, step.inputs ?? {}, this.scope.shapeOf(step));
    const inputs = step.inputs ? [given] : step.options ? ["null"] : [];
    const args = [quoted(step.name ?? step.as), ...inputs, ...this.options(step.options)];
    return `new ${step.resource}(${args.join(", ")})`;
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
      return bracketed(
        "{",
        value.map((each: Value) => ({ text: this.value(each) })),
        "}",
        { ...STYLE, pad: " ", width: 60 },
      );
    }
    if (typeof value === "object") return this.nested(value as Inputs, type);
    if (type.kind === "choice") return `${type.name}.${choiceName(type, String(value))}`;
    return typeof value === "number" ? grouped(value) : JSON.stringify(value);
  }

  private nested(inputs: Inputs, type: Type): string {
    if (type.kind === "object") return this.object(`new ${type.name}Args`, inputs, type.properties);
    const item = memberOf(type, "");
    const entries = Object.entries(inputs).map(([key, given]) => {
      const { value, comment } = plain(given);
      return { text: `[${quoted(key)}] = ${this.value(value, item)}`, comment };
    });
    return bracketed("\n{", entries, "}", STYLE);
  }

  /** An output knows its parts inside of `Apply` only; those of a resource are outputs themselves. */
  private reference(reference: Reference): string {
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
