import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, extname, join, relative, resolve, sep } from "node:path";

/** A Pulumi project on the disk. */
export interface Project {
  /** The namespace of its own configuration. */
  readonly name: string;
  /** Where Pulumi.yaml is. */
  readonly folder: string;
  /** Where the program is, and where Pulumi loads dynamic providers from. */
  readonly programFolder: string;
  /** The program's first file, where it can be made out. */
  readonly entry: string | undefined;
  /** `nodejs`, `bun`, `python`, … */
  readonly runtime: string | undefined;
  /** Whether relative imports need the file's ending. */
  readonly isEsModule: boolean;
}

const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];
const ENTRIES = ["index.ts", "index.mts", "index.js", "index.mjs", "index.cjs"];

/** The project that a folder belongs to, as Pulumi finds it: here or in the nearest folder above. */
export function findProject(folder: string): Project | undefined {
  const file = PROJECT_FILES.map((name) => join(folder, name)).find(existsSync);
  if (file !== undefined) return readProject(file);
  const above = dirname(folder);
  return above === folder ? undefined : findProject(above);
}

function readProject(file: string): Project {
  const folder = dirname(file);
  const { name = "", main, runtime } = settingsIn(readFileSync(file, "utf8"));
  const target = resolve(folder, main ?? ".");
  const isFile = existsSync(target) && statSync(target).isFile();
  const programFolder = isFile ? dirname(target) : target;
  const manifest = packageIn(programFolder);
  return {
    name,
    folder,
    programFolder,
    entry: isFile ? target : entryIn(programFolder, manifest?.main),
    runtime,
    isEsModule: manifest?.type === "module",
  };
}

type Runtime = string | { readonly name?: string };

interface ProjectSettings {
  readonly name?: string | undefined;
  readonly main?: string | undefined;
  readonly runtime?: string | undefined;
}

/** The settings that matter here. Of YAML only what stands at the beginning of a line is read, which is where they stand. */
function settingsIn(text: string): ProjectSettings {
  if (text.trimStart().startsWith("{")) {
    const { name, main, runtime } = JSON.parse(text) as { name: string; main?: string; runtime?: Runtime };
    return { name, main, runtime: typeof runtime === "object" ? runtime.name : runtime };
  }
  const setting = (pattern: RegExp) => {
    const value = pattern.exec(text)?.[1];
    return value?.replace(/\s#.*$/, "").replace(/^["']|["'\s]+$/g, "");
  };
  return {
    name: setting(/^name:[ \t]*(\S.*)$/m),
    main: setting(/^main:[ \t]*(\S.*)$/m),
    runtime: setting(/^runtime:[ \t]*([^\s{#].*)$/m) ?? setting(/^runtime:[\s{]*name:[ \t]*([^\s,}]+)/m),
  };
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

function entryIn(folder: string, main: string | undefined): string | undefined {
  const candidates = main === undefined ? ENTRIES : [main, ...ENTRIES];
  return candidates.map((name) => join(folder, name)).find((path) => existsSync(path) && statSync(path).isFile());
}

/** How the program's first file names another module: `./rooms`, or `./rooms.js` in an ES module. */
export function specifierOf(project: Project, module: string): string {
  const from = project.entry === undefined ? project.programFolder : dirname(project.entry);
  const path = relative(from, module).split(sep).join("/");
  const bare = path.slice(0, path.length - extname(path).length);
  return `${bare.startsWith(".") ? "" : "./"}${bare}${project.isEsModule ? ".js" : ""}`;
}
