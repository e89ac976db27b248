import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Language, languages } from "../../tools/generate/languages";

const reference = join(__dirname, "..", "..", "docs", "reference");

/** How the source of an SDK declares what the reference page of its language names. */
interface Declarations {
  readonly folder: string;
  readonly files: RegExp;
  /** An argument of that type. */
  readonly argument: (name: string, type: string) => RegExp;
  /** What a call begins with, such as `metered.NewMeetingRoom` or `new MeetingRoom`. */
  readonly callable: (name: string) => RegExp;
  readonly choice: (name: string) => RegExp;
}

const goTypes: Readonly<Record<string, string>> = { string: "String", bool: "Bool", int: "Int", float64: "Float64" };

const declarations: Readonly<Record<string, Declarations>> = {
  python: {
    folder: join("python", "pulumi_metered"),
    files: /\.py$/,
    argument: (name, type) => new RegExp(`\\b${name}(\\(self\\) ->|:) .*\\b${type}\\b`),
    callable: (name) => new RegExp(`^(def|class) ${name}\\(`, "m"),
    choice: (name) => new RegExp(`^ {4}${name} = `, "m"),
  },
  go: {
    folder: join("go", "metered"),
    files: /\.go$/,
    argument: (name, type) =>
      new RegExp(`^\t${name} +(pulumi\\.)?${goTypes[type] ?? type}(Ptr|Array)?(In|Out)put\\b`, "m"),
    callable: (name) => new RegExp(`^func ${name}\\(`, "m"),
    choice: (name) => new RegExp(`^\t${name} += `, "m"),
  },
  dotnet: {
    folder: "dotnet",
    files: /\.cs$/,
    argument: (name, type) => new RegExp(`public (In|Out)put<([\\w.]+\\.)?${type}\\??>\\?? ${name}\\b`),
    callable: (name) => new RegExp(`class ${name}\\b`),
    choice: (name) => new RegExp(`static \\w+ ${name} \\{ get; \\}`),
  },
  java: {
    folder: join("java", "src"),
    files: /\.java$/,
    argument: (name, type) => new RegExp(`Output<(Optional<)?${type}>+ ${name}\\b`),
    callable: (name) => new RegExp(`public (static [\\w<>]+ |class )?${name}\\b`),
    choice: (name) => new RegExp(`\\b${name}\\("`),
  },
};

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
    look("arguments", name, declared.argument(name, type));
  }
  for (const [, call = ""] of page.matchAll(/`(?!pulumi\.)([\w. ]+)\(/g)) {
    const words = call.replace(/^metered\.|^new /, "").split(".");
    // A method of a class: the class is looked for, and in Java the functions themselves.
    look("calls", call, declared.callable(words[0] === "MeteredFunctions" ? (words[1] ?? "") : (words[0] ?? "")));
  }
  for (const [, choice = ""] of page.matchAll(/^\| `[a-z_]+` +\| `(.+?)`/gm)) {
    look("choices", choice, declared.choice(choice.slice(choice.lastIndexOf(".") + 1)));
  }
  assert.deepEqual(missing, [], `${title} calls it otherwise`);
  assert.ok(seen.arguments > 50 && seen.calls > 8 && seen.choices === 4, JSON.stringify({ title, ...seen }));
}

function textBelow(folder: string, files: RegExp): string {
  const names = readdirSync(folder, { recursive: true }) as string[];
  return names
    .filter((name) => files.test(name))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
}
