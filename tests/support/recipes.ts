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
