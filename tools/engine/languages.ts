import { join } from "node:path";
import { addScript, builtProgram, sdkFolder } from "./build";
import { cacheFolder } from "./cache";
import { languageComponents } from "./components";
import { companionFolder } from "./executables";
import { type FindEngineOptions, findEngine } from "./index";
import { findOrPrepare, type Product, type Source } from "./prepare";
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
  const log = options.log ?? ((line: string) => process.stderr.write(`${line}\n`));
  const engine = await findEngine({ log });
  const { name } = languageComponents[language];
  const given = companionFolder(engine, name, process.env.PATH ?? "");
  if (given) return given;

  const cache = join(cacheFolder(process.env, process.platform), name);
  return findOrPrepare(productOf(language), cache, [builtHost(language)], log);
}

function productOf(language: Language): Product {
  const { name, version } = languageComponents[language];
  const advice = `A release of Pulumi (https://www.pulumi.com/docs/install/) has it; Go ${minimumGo} or newer (https://go.dev/doc/install) builds it.`;
  return { name: `language host ${name} ${version}`, executable: name, advice: [advice] };
}

function builtHost(language: Language): Source {
  const component = languageComponents[language];
  return builtProgram(component, async (bin) => {
    for (const script of SCRIPTS[language] ?? []) await addScript(join(await sdkFolder(component), script), bin);
  });
}
