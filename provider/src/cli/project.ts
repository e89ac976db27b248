import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve, sep } from "node:path";
import { settingsOf } from "./projectFile";

/** A Pulumi project on the disk. */
export interface Project {
  /** The namespace of its own configuration. */
  readonly name: string;
  /** Where Pulumi.yaml is. */
  readonly folder: string;
  /** Where the program is, and where Pulumi loads dynamic providers from. */
  readonly programFolder: string;
  /** What Pulumi.yaml says that the program is, where that isn't there. */
  readonly missingMain: string | undefined;
  /** The program's first file as it is written, where it can be found: of compiled TypeScript, the source. */
  readonly entry: string | undefined;
  /** `nodejs`, `bun`, `python`, … */
  readonly runtime: string;
  /** In JavaScript, only modules in JavaScript are sure to load. */
  readonly isJavaScript: boolean;
  /** An ES module: `import` in place of `require`, and relative imports need the file's ending. */
  readonly isEsModule: boolean;
  /** Its files say that it uses the plugin, and not this package's dynamic resources. */
  readonly hasPlugin: boolean;
  /** Pulumi.yaml says where the plugin is. */
  readonly namesPlugin: boolean;
}

const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];
const ENTRIES = ["index.ts", "index.mts", "index.js", "index.mjs", "index.cjs"];
/** What TypeScript compiles to a file, by its ending. */
const SOURCES: Readonly<Record<string, string>> = { ".js": ".ts", ".mjs": ".mts", ".cjs": ".cts" };

/** The project that a folder belongs to, as Pulumi finds it: here or in the nearest folder above. */
export function findProject(folder: string): Project | undefined {
  const file = PROJECT_FILES.map((name) => join(folder, name)).find(isFile);
  if (file !== undefined) return readProject(file);
  const above = dirname(folder);
  return above === folder ? undefined : findProject(above);
}

function readProject(file: string): Project {
  const folder = dirname(file);
  const { name = "", main, runtime = "nodejs", packages = "", plugins = "" } = settingsOf(file);
  const target = resolve(folder, main ?? ".");
  const programFolder = isFile(target) || isMissingFile(target) ? dirname(target) : target;
  const manifest = packageIn(programFolder) ?? packageIn(folder);
  const run = isFile(target) ? target : entryIn(programFolder, manifest?.main);
  const entry = run && (sourceOf(run, programFolder) ?? run);
  const ending = extname(entry ?? "");
  return {
    name,
    folder,
    programFolder,
    missingMain: existsSync(target) ? undefined : main,
    entry,
    runtime,
    isJavaScript: ending in SOURCES,
    isEsModule: manifest?.type === "module" ? !/^\.c[jt]s$/.test(ending) : /^\.m[jt]s$/.test(ending),
    hasPlugin: hasPlugin(folder, runtime, packages, manifest),
    namesPlugin: METERED.test(packages) || METERED.test(plugins),
  };
}

/** Of what isn't there, only the name can tell. */
function isMissingFile(path: string): boolean {
  return !existsSync(path) && /\.[cm]?[jt]sx?$/.test(path);
}

/** The provider's name in what Pulumi.yaml says of packages and plugins. */
const METERED = /\bmetered\b/;

/** Every runtime but Node.js needs the plugin. A program for Node.js can use either. */
function hasPlugin(folder: string, runtime: string, packages: string, manifest: Manifest | undefined): boolean {
  if (runtime !== "nodejs" && runtime !== "bun") return true;
  const names = Object.keys(dependenciesOf(manifest));
  const isCertain =
    METERED.test(packages) || existsSync(join(folder, "sdks", "metered")) || names.includes("pulumi-metered-plugin");
  if (isCertain) return true;
  // SDKs and packages may be those of other providers.
  const isLikely = packages !== "" || existsSync(join(folder, "sdks"));
  return isLikely && !names.includes("pulumi-metered");
}

export interface Manifest {
  readonly main?: string;
  readonly type?: string;
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** The package.json of a folder, where there is a readable one. */
export function packageIn(folder: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  } catch {
    return undefined;
  }
}

/** The packages that a package.json lists, for use and for development. */
export function dependenciesOf(manifest: Manifest | undefined): Readonly<Record<string, string>> {
  return { ...manifest?.dependencies, ...manifest?.devDependencies };
}

function entryIn(folder: string, main: string | undefined): string | undefined {
  const candidates = main === undefined ? ENTRIES : [main, ...ENTRIES];
  return candidates.map((name) => join(folder, name)).find(isFile);
}

/** The TypeScript that a file is compiled from: beside it, or where sources are if it is in a folder like `bin`. */
function sourceOf(file: string, programFolder: string): string | undefined {
  const ending = extname(file);
  const source = SOURCES[ending];
  if (source === undefined) return undefined;
  const name = `${basename(file, ending)}${source}`;
  return [dirname(file), programFolder, join(programFolder, "src")].map((folder) => join(folder, name)).find(isFile);
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

/** What the module with imported rooms is called, so that the program can load it. */
export function moduleNameFor({ isJavaScript, entry }: Project): string {
  return `rooms${isJavaScript ? extname(entry ?? "") : ".ts"}`;
}

/** How the program's first file names another module: `./rooms`, or `./rooms.js` in an ES module. */
export function specifierOf(project: Project, module: string): string {
  const from = project.entry === undefined ? project.programFolder : dirname(project.entry);
  const path = relative(from, module).split(sep).join("/");
  const ending = extname(path);
  const bare = path.slice(0, path.length - ending.length);
  return `${bare.startsWith(".") ? "" : "./"}${bare}${specifierEnding(project, ending)}`;
}

/** Without an ending, Node.js finds CommonJS files that end in `.js` only. Compiled TypeScript has the ending of its output. */
function specifierEnding({ isEsModule }: Project, ending: string): string {
  if (ending === ".cjs" || ending === ".mjs") return ending;
  return isEsModule ? ".js" : "";
}
