import { csharp } from "./csharp";
import { go } from "./go";
import { java } from "./java";
import type { Program } from "./program";
import { python } from "./python";
import { Scope } from "./scope";
import { type ExampleSchema, Types } from "./types";
import { typescript } from "./typescript";
import { yaml } from "./yaml";

export * from "./program";
export type { ExampleSchema } from "./types";

/** The languages in the order of tabs, each with the name that a reader knows it by. */
export const LANGUAGES = {
  typescript: "TypeScript",
  python: "Python",
  go: "Go",
  csharp: "C#",
  java: "Java",
  yaml: "YAML",
} as const;
export type Rendered = Readonly<Record<keyof typeof LANGUAGES, string>>;

/** What the TypeScript of an example imports: the Node.js package, or the SDK of the plugin. */
export type NodePackage = "pulumi-metered" | "pulumi-metered-plugin";

/**
 * A whole program in each language.
 *
 * @param schema the parsed provider/schema.json: the SDKs' names and types come from it
 * @throws if the program names what the schema doesn't have
 */
export function render(program: Program, schema: ExampleSchema, nodePackage: NodePackage = "pulumi-metered"): Rendered {
  const scope = new Scope(program, new Types(schema));
  return {
    typescript: typescript(scope, nodePackage),
    python: python(scope),
    go: go(scope),
    csharp: csharp(scope),
    java: java(scope),
    yaml: yaml(scope),
  };
}
