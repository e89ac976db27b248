import { link } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { addScript, builtProgram, sdkFolder } from "./build";
import { cacheFolder } from "./cache";
import { languageComponents, sdkHostComponent } from "./components";
import { companionFolder, executableName } from "./executables";
import { type FindEngineOptions, findEngine } from "./index";
import { findOrPrepare, type Log, type Product, type Source } from "./prepare";
import { minimumGo } from "./version";

export type Language = keyof typeof languageComponents;

/** What a host runs besides itself, out of the SDK. */
const SCRIPTS: Readonly<Partial<Record<Language, readonly string[]>>> = {
  python: ["python/cmd/pulumi-language-python-exec"],
};

/**
 * The folder of what runs programs in a language, for PATH: of the engine itself, which has it if it is a release, or of
 * one on PATH, else of one that is built from its Go module and kept in the cache.
 */
export async function findLanguageHost(language: Language, options: FindEngineOptions = {}): Promise<string> {
  const log = options.log ?? toStandardError;
  const { name, version } = languageComponents[language];
  const given = await hostOfRelease(language, log);
  if (given) return given;
  return findOrPrepare(productOf(name, version), cacheOf(name), [builtHost(language)], log);
}

/** Languages whose SDKs are generated and linked with code of Pulumi's own. */
const LINKED = ["nodejs", "python", "go"] as const;
export type Linked = (typeof LINKED)[number];

/**
 * What PATH begins with so that `pulumi package add` works in a language, too: nothing but its host if that is one of a
 * release, else a program of our own in front of it.
 */
export async function findHostForSdks(language: Linked, options: FindEngineOptions = {}): Promise<string> {
  const log = options.log ?? toStandardError;
  // Every engine has the host of Node.js beside it, but only a release has that of Go.
  const release = await hostOfRelease("go", log);
  if (release) return release;
  const { name, version } = sdkHostComponent;
  const built = builtProgram(sdkHostComponent, async (bin) => {
    for (const each of LINKED)
      await link(join(bin, executableName(name)), join(bin, executableName(`pulumi-language-${each}`)));
  });
  const bin = await findOrPrepare(productOf(name, version), cacheOf("sdk-hosts"), [built], log);
  return language === "nodejs" ? bin : [bin, await findLanguageHost(language, { log })].join(delimiter);
}

/** The folder of a host that comes with the engine, or is on PATH. */
async function hostOfRelease(language: Language, log: Log): Promise<string | undefined> {
  const engine = await findEngine({ log });
  return companionFolder(engine, languageComponents[language].name, process.env.PATH ?? "");
}

function toStandardError(line: string): void {
  process.stderr.write(`${line}\n`);
}

function cacheOf(name: string): string {
  return join(cacheFolder(process.env, process.platform), name);
}

function productOf(name: string, version: string): Product {
  const advice = `A release of Pulumi (https://www.pulumi.com/docs/install/) has it; Go ${minimumGo} or newer (https://go.dev/doc/install) builds it.`;
  return { name: `language host ${name} ${version}`, executable: name, advice: [advice] };
}

function builtHost(language: Language): Source {
  const component = languageComponents[language];
  return builtProgram(component, async (bin) => {
    for (const script of SCRIPTS[language] ?? []) await addScript(join(await sdkFolder(component), script), bin);
  });
}
