import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { type ExampleSchema, LANGUAGES, render } from "../../tools/generate/examples";
import { PROGRAM_NAMES, programOf } from "../../tools/generate/examples/recipes";
import { dataFiles } from "../support/recipes";

const root = join(__dirname, "..", "..");
const docs = join(root, "docs");
const schema = JSON.parse(readFileSync(join(root, "provider", "schema.json"), "utf8")) as ExampleSchema;
const text = readdirSync(docs, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".md"))
  .map((name) => readFileSync(join(docs, name), "utf8"))
  .join("\n");
const marked = new Map(
  [...text.matchAll(/<!-- languages: (\S+) -->\n+(?:<!-- run: \S+ -->\n+)?```ts\n([\s\S]*?)```/g)].map(
    ([, name = "", program = ""]) => [name, program],
  ),
);

describe("the programs that pages show in every language", () => {
  it("are there for every mark, and every one is shown", () => {
    assert.equal(text.match(/<!-- languages: /g)?.length, marked.size);
    assert.deepEqual([...marked.keys()].sort(), [...PROGRAM_NAMES].sort());
  });

  for (const name of PROGRAM_NAMES) {
    it(`${name}: declare what the page's own program declares`, () => {
      const page = marked.get(name) ?? "";
      const rendered = render(programOf(name), schema);
      assert.deepEqual(Object.keys(rendered), Object.keys(LANGUAGES));
      assert.deepEqual(declaredIn(rendered.typescript).sort(), declaredIn(page).sort());
    });
  }

  it("would be found out if they did not", () => {
    const one =
      'import * as metered from "pulumi-metered"; new metered.MeetingRoom("a", { privacy: "public", maxParticipants: 12 });';
    assert.notDeepEqual(declaredIn(one), declaredIn(one.replace("12", "20")));
    assert.notDeepEqual(declaredIn(one), declaredIn(one.replace("public", "private")));
    assert.notDeepEqual(declaredIn(one), declaredIn(`${one}\n${one.slice(one.indexOf("new")).replace('"a"', '"b"')}`));
  });
});

/** The resources and lookups of a program, each as a line, with its inputs and options. */
function declaredIn(program: string): string[] {
  const lines: string[] = [];
  const declare = (kind: string, args: unknown[]) => lines.push(JSON.stringify([kind, ...args], inOrder));
  const namespace = (name: string): object =>
    new Proxy(
      {},
      {
        get: (_, kind) =>
          /^[a-z]/.test(String(kind))
            ? namespace(`${name}.${String(kind)}`)
            : declaration(`${name}.${String(kind)}`, declare),
      },
    );
  const metered = new Proxy({}, { get: (_, kind) => declaration(String(kind), declare) });
  const pulumi = {
    StackReference: class {
      constructor(name: string) {
        declare("StackReference", [name]);
      }
      requireOutput = (name: string) => known(`stack.${name}`);
    },
    Config: class {
      requireSecret = (name: string) => known(`config.${name}`);
      require = this.requireSecret;
    },
    getStack: () => "prod",
    interpolate: (parts: TemplateStringsArray, ...values: unknown[]) => String.raw(parts, ...values.map(String)),
  };
  const modules: Readonly<Record<string, unknown>> = {
    "pulumi-metered": metered,
    "pulumi-metered-plugin": metered,
    "@pulumi/aws": namespace("aws"),
    "@pulumi/kubernetes": namespace("k8s"),
    "@pulumi/pulumi": pulumi,
    "node:fs": { readFileSync: (file: string) => dataFiles.get(file) },
    "node:path": { join: (_folder: string, file: string) => file },
  };
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS };
  const { outputText } = ts.transpileModule(program, { compilerOptions });
  new Function("require", "exports", "__dirname", outputText)((name: string) => modules[name], {}, ".");
  return lines;
}

/** A class or function of the package, which only notes how it is used. */
function declaration(kind: string, declare: (kind: string, args: unknown[]) => void) {
  return function use(...args: unknown[]) {
    declare(kind, args);
    return known(typeof args[0] === "string" ? args[0] : kind);
  };
}

/** A value that isn't there yet, of which only the way to it is known. */
function known(path: string): object {
  const text = () => path;
  return new Proxy(text, {
    get: (_, key) =>
      key === "toJSON" || typeof key === "symbol" || key === "toString" ? text : known(`${path}.${key}`),
  });
}

/** Objects with their keys in order, as JSON. */
function inOrder(_: string, value: unknown): unknown {
  if (typeof value === "function") return String(value);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
