import { chmod, copyFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { builtProgram, sdkFolder } from "./build";
import { cacheFolder } from "./cache";
import { languageComponents } from "./components";
import { companionFolder } from "./executables";
import { type FindEngineOptions, findEngine } from "./index";
import { finished, type Product, prepare, type Source } from "./prepare";
import { minimumGo } from "./version";

export type Language = keyof typeof languageComponents;

/** What a host runs besides itself, out of the SDK. */
const SCRIPTS: Readonly<Record<Language, readonly string[]>> = {
  yaml: [],
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

  const [product, cache, sources] = prepared(language);
  const done = finished(product, cache, sources);
  if (done) return done;
  log(`The ${product.name} is needed. It will be kept in ${cache}.`);
  return prepare(product, cache, sources, log);
}

function prepared(language: Language): [Product, cache: string, Source[]] {
  const { name, version } = languageComponents[language];
  const product: Product = {
    name: `language host ${name} ${version}`,
    executable: name,
    advice: [
      `A release of Pulumi (https://www.pulumi.com/docs/install/) has it; Go ${minimumGo} or newer (https://go.dev/doc/install) builds it.`,
    ],
  };
  return [product, join(cacheFolder(process.env, process.platform), name), [builtHost(language)]];
}

function builtHost(language: Language): Source {
  const component = languageComponents[language];
  return builtProgram(component, async (bin) => {
    for (const script of SCRIPTS[language]) {
      const file = join(bin, basename(script));
      await copyFile(join(await sdkFolder(component), script), file);
      await chmod(file, 0o755);
    }
  });
}
