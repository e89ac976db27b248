import { chmod, copyFile } from "node:fs/promises";
import { join } from "node:path";
import { builtEngine, sdkFolder } from "./build";
import { cacheFolder } from "./cache";
import { policyEngineComponents } from "./components";
import { type FindEngineOptions, findEngine } from "./index";
import { finishedEngine, prepareEngine, type Source } from "./prepare";

/** Engines before 3.226 start policy packs with this script, which stands in the Go module of the SDK. */
const script = "pulumi-analyzer-policy";

/**
 * The folder of an engine that runs policy packs. A release of Pulumi does; the engine that is built from modules does
 * not, because its language host is too old for that. So then an older one is built, which brings what it needs.
 */
export async function findPolicyEngine(options: FindEngineOptions = {}): Promise<string> {
  const engine = await findEngine(options);
  const cache = join(cacheFolder(process.env, process.platform), "engine");
  if (!engine.startsWith(join(cache, "built-"))) return engine;
  const log = options.log ?? ((line: string) => process.stderr.write(`${line}\n`));
  return prepareEngine(policyCache(), [builtPolicyEngine()], log);
}

/** The same, but only if it is there already: nothing is downloaded or built. */
export function finishedPolicyEngine(): string | undefined {
  return finishedEngine(policyCache(), [builtPolicyEngine()]);
}

function policyCache(): string {
  return join(cacheFolder(process.env, process.platform), "engine-policy");
}

function builtPolicyEngine(): Source {
  const engine = builtEngine(policyEngineComponents);
  return {
    ...engine,
    prepare: async (staging, log) => {
      await engine.prepare(staging, log);
      const [cli] = policyEngineComponents;
      const sdk = cli ? await sdkFolder(cli) : "";
      await copyFile(join(sdk, "nodejs", "dist", script), join(staging.bin, script));
      await chmod(join(staging.bin, script), 0o755);
    },
  };
}
