import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Language, languages } from "../../tools/generate/languages";

const reference = join(__dirname, "..", "..", "docs", "reference");

type Kind = "one" | "list" | "map";

/** How the source of an SDK declares what the reference page of its language names. */
interface Declarations {
  readonly folder: string;
  readonly files: RegExp;
  /** An argument of that type, or of a list or a map of it. */
  readonly argument: (name: string, type: string, kind: Kind) => RegExp;
  /** What a call begins with, such as `metered.NewMeetingRoom` or `new MeetingRoom`. */
  readonly callable: (name: string) => RegExp;
  readonly choice: (name: string) => RegExp;
}

const goTypes: Readonly<Record<string, string>> = { string: "String", bool: "Bool", int: "Int", float64: "Float64" };

const declarations: Readonly<Record<string, Declarations>> = {
  python: {
    folder: join("python", "pulumi_metered"),
    files: /\.py$/,
    argument: (name, type, kind) => {
      const outer = { one: "", list: "\\bSequence\\b.*", map: "\\bMapping\\b.*" }[kind];
      return new RegExp(`\\b${name}(\\(self\\) ->|:) .*${outer}\\b${type}(Args)?\\b`);
    },
    callable: (name) => new RegExp(`^(def|class) ${name}\\(`, "m"),
    choice: (name) => new RegExp(`^ {4}${name} = `, "m"),
  },
  go: {
    folder: join("go", "metered"),
    files: /\.go$/,
    argument: (name, type, kind) => {
      const outer = { one: "(Ptr)?", list: "Array", map: "Map" }[kind];
      return new RegExp(`^\t${name} +(pulumi\\.)?${goTypes[type] ?? type}${outer}(In|Out)put\\b`, "m");
    },
    callable: (name) => new RegExp(`^func ${name}\\(`, "m"),
    choice: (name) => new RegExp(`^\t${name} += `, "m"),
  },
  dotnet: {
    folder: "dotnet",
    files: /\.cs$/,
    argument: (name, type, kind) => {
      const outer = { one: "((In|Out)put)", list: "(InputList|Output<ImmutableArray)", map: "(InputMap)" }[kind];
      return new RegExp(`public ${outer}<([\\w.]+\\.)?${type}(Args)?\\??>+\\?? ${name}\\b`);
    },
    callable: (name) => new RegExp(`class ${name}\\b`),
    choice: (name) => new RegExp(`static \\w+ ${name} \\{ get; \\}`),
  },
  java: {
    folder: join("java", "src"),
    files: /\.java$/,
    argument: (name, type, kind) => {
      const outer = { one: "", list: "List<", map: "Map<String," }[kind];
      return new RegExp(`Output<(Optional<)?${outer}${type}(Args)?>+ ${name}\\b`);
    },
    callable: (name) => new RegExp(`public (static [\\w<>]+ |class )?${name}\\b`),
    choice: (name) => new RegExp(`\\b${name}\\("`),
  },
};

/** How the pages write lists and maps: the word that says which of them it is, and what is in it. */
const LISTS =
  /^(Sequence|ImmutableArray|List|\[\]|Mapping|map|ImmutableDictionary|Map)(?:<|\[)?(?:str, |string\]|string, |String, )?(\w+)[\]>]?$/;

/** Holds the reference page of each language against the SDK that was made for it: every name, and the type beside it. */
export function assertNamesOfPages(sdks: string): void {
  for (const language of languages) {
    const declared = declarations[language.file];
    if (declared) assertNamesOf(language, declared, textBelow(join(sdks, declared.folder), declared.files));
  }
}

function assertNamesOf({ file, title }: Language, declared: Declarations, sdk: string): void {
  const page = readFileSync(join(reference, `${file}.md`), "utf8");
  const missing: string[] = [];
  const seen = { arguments: 0, calls: 0, choices: 0 };
  const look = (kind: keyof typeof seen, what: string, pattern: RegExp) => {
    seen[kind]++;
    if (!pattern.test(sdk)) missing.push(`${what}: ${pattern}`);
  };
  for (const [, name = "", type = ""] of page.matchAll(/^\| \[`(.+?)`\]\(.+?\) +\| `(.+?)`/gm)) {
    const [, kind, item = type] = LISTS.exec(type) ?? [];
    look(
      "arguments",
      name,
      declared.argument(name, item, kind === undefined ? "one" : /map|Dictionary/i.test(kind) ? "map" : "list"),
    );
  }
  for (const [, call = ""] of page.matchAll(/`(?!pulumi\.)([\w.][\w. ]*)\(/g)) {
    const words = call.replace(/^metered\.|^new /, "").split(".");
    // A method of a class: the class is looked for, and in Java the functions themselves.
    look("calls", call, declared.callable(words[0] === "MeteredFunctions" ? (words[1] ?? "") : (words[0] ?? "")));
  }
  for (const [, choice = ""] of page.matchAll(/^\| `[a-z_]+` +\| `(.+?)`/gm)) {
    look("choices", choice, declared.choice(choice.slice(choice.lastIndexOf(".") + 1)));
  }
  assert.deepEqual(missing, [], `${title} calls it otherwise`);
  assert.ok(seen.arguments > 50 && seen.calls > 8 && seen.choices > 25, JSON.stringify({ title, ...seen }));
}

function textBelow(folder: string, files: RegExp): string {
  const names = readdirSync(folder, { recursive: true }) as string[];
  return names
    .filter((name) => files.test(name))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
}
