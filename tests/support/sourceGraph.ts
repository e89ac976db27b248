import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import ts from "typescript";

/** A source file of the provider. */
export interface SourceFile {
  /** Its path below `src`, without the ending: `rooms/create`. */
  readonly module: string;
  /** Its code without comments. */
  readonly code: string;
  /** What it imports, types and lazy imports included: modules as above, and packages. */
  readonly imports: readonly string[];
}

/** The source files of a folder, by module. What is data, or a text in a string, is no import. */
export function sourceFiles(folder: string): ReadonlyMap<string, SourceFile> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const modules = new Set(files.map(moduleOf));
  return new Map(files.map((file) => [moduleOf(file), sourceFile(folder, file, modules)]));
}

function sourceFile(folder: string, file: string, modules: ReadonlySet<string>): SourceFile {
  const text = readFileSync(join(folder, file), "utf8");
  const found = ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
  const imports = found
    .filter((target) => !target.endsWith(".json"))
    .map((target) => (target.startsWith(".") ? resolved(file, target, modules) : target));
  return { module: moduleOf(file), code: withoutComments(text), imports: [...new Set(imports)] };
}

function resolved(file: string, target: string, modules: ReadonlySet<string>): string {
  const path = moduleOf(join(dirname(file), target));
  const known = [path, `${path}/index`].find((name) => modules.has(name));
  if (known === undefined) throw new Error(`${file} imports ${target}, which is not there`);
  return known;
}

function moduleOf(file: string): string {
  return file.split(sep).join("/").replace(/\.ts$/, "");
}

function withoutComments(text: string): string {
  const source = ts.createSourceFile("file.ts", text, ts.ScriptTarget.Latest, true);
  const tokens: string[] = [];
  const walk = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) return;
    if (node.getChildCount(source) === 0) tokens.push(node.getText(source));
    for (const child of node.getChildren(source)) walk(child);
  };
  walk(source);
  return tokens.join(" ");
}
