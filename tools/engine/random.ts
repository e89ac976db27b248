import { existsSync } from "node:fs";
import { copyFile, mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { builtProgram } from "./build";
import { cacheFolder } from "./cache";
import { randomComponent } from "./components";
import { executableName } from "./executables";
import { type FindEngineOptions, findEngine } from "./index";
import { findOrPrepare, type Log, type Product, type Source, type Staging } from "./prepare";
import { run } from "./run";
import { minimumGo } from "./version";

const { name, version } = randomComponent;
const executable = executableName(name);

const product: Product = {
  name: `plugin of @pulumi/random ${version}`,
  executable: name,
  advice: [
    `Where Pulumi's downloads can be reached, "pulumi plugin install resource random v${version}" installs it; Go ${minimumGo} or newer (https://go.dev/doc/install) builds it.`,
  ],
};

/**
 * The file of the real plugin of @pulumi/random, for `pulumi plugin install resource random vVERSION --file FILE`: the
 * one that Pulumi has installed already, else the official download, else one built from its Go modules. Only an
 * engine that cannot download plugins itself needs this. What was downloaded or built is kept in the cache.
 */
export async function findRandomPlugin(options: FindEngineOptions = {}): Promise<string> {
  const log = options.log ?? ((line: string) => process.stderr.write(`${line}\n`));
  const installed = pluginFile(process.env.PULUMI_HOME || join(homedir(), ".pulumi"));
  if (existsSync(installed)) return installed;

  const cache = join(cacheFolder(process.env, process.platform), "random");
  return join(await findOrPrepare(product, cache, [officialPlugin(), builtPlugin()], log), executable);
}

function pluginFile(home: string): string {
  return join(home, "plugins", `resource-random-v${version}`, executable);
}

/** As the engine itself installs it when a program needs it. */
function officialPlugin(): Source {
  return {
    title: `official plugin ${version} (pulumi plugin install)`,
    folder: `official-${version}-${process.platform}-${process.arch}`,
    prepare: async ({ bin, temporary }: Staging, log: Log) => {
      const engine = await findEngine({ log });
      log(`Downloading the official plugin ${version}, once (about 20 MB).`);
      const home = join(temporary, "home");
      await mkdir(home);
      const path = `${engine}${delimiter}${process.env.PATH ?? ""}`;
      const env = { ...process.env, PATH: path, PULUMI_HOME: home, PULUMI_SKIP_UPDATE_CHECK: "true" };
      const args = ["plugin", "install", "resource", "random", `v${version}`, "--non-interactive"];
      await run(join(engine, executableName("pulumi")), args, { env, timeoutMs: 120_000 });
      await copyFile(pluginFile(home), join(bin, executable));
    },
  };
}

/** Pulumi's bridge over the upstream provider: what the official plugin is made of, too. */
function builtPlugin(): Source {
  return builtProgram(randomComponent, async (bin) => {
    const answer = (await run(join(bin, executable), ["-version"], { timeoutMs: 30_000 })).trim();
    if (answer !== version) throw new Error(`what was built calls itself ${answer} instead of ${version}`);
  });
}
