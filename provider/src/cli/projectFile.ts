import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { CommandError } from "./exit";
import { flowValue, withoutMarks } from "./flowYaml";

/** What matters here of Pulumi.yaml. */
interface ProjectSettings {
  readonly name?: string | undefined;
  readonly main?: string | undefined;
  readonly runtime?: string | undefined;
  /** The text of these entries. */
  readonly packages?: string | undefined;
  readonly plugins?: string | undefined;
}

/** @throws CommandError for a file that is none */
export function settingsOf(file: string): ProjectSettings {
  const text = readFileSync(file, "utf8");
  const isJson = extname(file) === ".json";
  try {
    return isJson ? settingsFrom(JSON.parse(text)) : settingsIn(firstDocument(text));
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new CommandError(`Can't read ${file}: it isn't valid ${isJson ? "JSON" : "YAML"}.`);
    }
    throw error;
  }
}

/** Pulumi reads no more than that. Before it, there may be comments and directives. */
function firstDocument(text: string): string {
  const start = text.replace(/\r\n?/g, "\n").replace(/^\uFEFF?(?:[ \t]*(?:[#%].*)?\n)*(?:---(?=\s))?/, "");
  return start.split(/^(?:---|\.\.\.)(?=\s|$)/m)[0] ?? "";
}

/** Of YAML in block style, only entries that start a line are read, which is where they are. */
function settingsIn(text: string): ProjectSettings {
  if (/^(?:\s|#.*\n)*\{/.test(text)) return settingsFrom(flowValue(text));
  const runtime = block(text, "runtime");
  return {
    name: word(block(text, "name")),
    main: word(block(text, "main")),
    runtime: runtime?.startsWith("{")
      ? settingsFrom({ runtime: flowValue(runtime) }).runtime
      : (word(runtime) ?? word(/^\s+["']?name["']?[ \t]*:[ \t]+(\S.*)$/m.exec(`\n${runtime}`)?.[1])),
    packages: block(text, "packages"),
    plugins: block(text, "plugins"),
  };
}

/** The same of JSON, or of YAML in flow style. */
function settingsFrom(value: unknown): ProjectSettings {
  const { name, main, runtime, packages, plugins } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const runtimeName = typeof runtime === "object" && runtime !== null ? (runtime as { name?: unknown }).name : runtime;
  return {
    name: textOf(name),
    main: textOf(main),
    runtime: textOf(runtimeName),
    packages: packages ? JSON.stringify(packages) : undefined,
    plugins: plugins ? JSON.stringify(plugins) : undefined,
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** What follows a key, up to the next line that starts with another one. */
function block(text: string, key: string): string | undefined {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => new RegExp(`^(["']?)${key}\\1[ \\t]*:(?:\\s|$)`).test(line));
  if (start < 0) return undefined;
  const length = lines.slice(start + 1).findIndex((line) => /^[^\s#-]/.test(line));
  const end = length < 0 ? lines.length : start + 1 + length;
  const entry = lines.slice(start, end).join("\n");
  return withoutMarks(entry.slice(entry.indexOf(":") + 1).trim());
}

/** The first line, without comment and quotes; undefined where it has nothing else. */
function word(text: string | undefined): string | undefined {
  const [line = ""] = (text ?? "").split("\n");
  const plain = line.replace(/(?:^|\s)#.*$/, "").trim();
  // It's the first line of what has keys of its own.
  if (/^[\w"']+[ \t]*:(?:\s|$)/.test(plain)) return undefined;
  return withoutMarks(plain).replace(/^["']|["']$/g, "") || undefined;
}
