import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const docs = join(__dirname, "..", "..", "docs");
const folders = ["recipes", "reference"];
const pages = folders.flatMap((folder) => readdirSync(join(docs, folder)).map((name) => join(folder, name)));
const text = pages.map((page) => readFileSync(join(docs, page), "utf8")).join("\n");

/** The code blocks of the recipes and the reference under a mark, by the name in it: `<!-- run: NAME -->`. */
function marked(mark: string): Map<string, string> {
  const blocks = text.matchAll(new RegExp(`<!-- ${mark}: (\\S+) -->\\n+ *\`\`\`\\w+\\n([^]*?)\`\`\``, "g"));
  return new Map([...blocks].map(([, name = "", block = ""]) => [name, block]));
}

/** The files that recipes read. */
export const dataFiles = marked("file");

/** The recipes as modules in JavaScript. Compiled in advance, they run in half the time. */
export function recipes(change: (source: string) => string = (source) => source): Map<string, string> {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS };
  const compiled = (source: string) => ts.transpileModule(change(source), { compilerOptions }).outputText;
  return new Map([...marked("run")].map(([name, source]) => [name, compiled(source)]));
}

/** The commands of a recipe under a mark such as `move`, by the names of its steps. */
export function commandsOf(mark: string, step: string): string {
  const commands = marked(mark).get(step);
  assert.ok(commands, `no recipe has commands <!-- ${mark}: ${step} -->`);
  return commands.replace(/^ +/gm, "");
}
