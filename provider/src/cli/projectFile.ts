import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { loadAll, YAMLException } from "js-yaml";
import { CommandError } from "./exit";

/** What matters here of Pulumi.yaml. */
interface ProjectSettings {
  readonly name?: string | undefined;
  readonly main?: string | undefined;
  readonly runtime?: string | undefined;
  /** These entries, as JSON. */
  readonly packages?: string | undefined;
  readonly plugins?: string | undefined;
}

/** @throws CommandError for a file that is none */
export function settingsOf(file: string): ProjectSettings {
  const text = readFileSync(file, "utf8");
  const isJson = extname(file) === ".json";
  try {
    // Pulumi reads the first document of a file, and no more.
    return settingsFrom(isJson ? JSON.parse(text) : loadAll(text)[0]);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof YAMLException)
      throw new CommandError(`Can't read ${file}: it isn't valid ${isJson ? "JSON" : "YAML"}.`);
    throw error;
  }
}

function settingsFrom(value: unknown): ProjectSettings {
  const { name, main, runtime, packages, plugins } = bagOf(value);
  return {
    name: textOf(name),
    main: textOf(main),
    runtime: textOf(runtime) ?? textOf(bagOf(runtime).name),
    packages: packages ? JSON.stringify(packages) : undefined,
    plugins: plugins ? JSON.stringify(plugins) : undefined,
  };
}

function bagOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

/** Words that YAML takes for numbers or truth values are no names. */
function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
