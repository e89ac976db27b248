import { join } from "node:path";
import { builtEngine } from "./build";
import { cacheFolder } from "./cache";
import { engineComponents } from "./components";
import { engineGiven, engineOnPath } from "./executables";
import { officialRelease } from "./official";
import { type Attempt, finishedEngine, type Log, prepareEngine } from "./prepare";
import { reasonOf } from "./run";

export interface FindEngineOptions {
  /** Receives the progress, line by line; standard error by default. */
  readonly log?: Log;
}

/**
 * The folder that holds the real Pulumi engine: the one in PULUMI_METERED_ENGINE, else the one on PATH, else the
 * official release, else one built from Pulumi's Go modules. The last two are kept in a cache and made only once.
 */
export async function findEngine(options: FindEngineOptions = {}): Promise<string> {
  const log = options.log ?? ((line: string) => process.stderr.write(`${line}\n`));
  if (process.env.PULUMI_METERED_ENGINE) return engineGiven(process.env.PULUMI_METERED_ENGINE);

  let onPath: Attempt;
  try {
    return await engineOnPath(process.env.PATH ?? "");
  } catch (error) {
    onPath = { title: "pulumi on PATH", reason: reasonOf(error) };
  }

  const cache = join(cacheFolder(process.env, process.platform), "engine");
  const sources = [officialRelease(), builtEngine(engineComponents)];
  // What a run before has made is used before anything is downloaded, so that a machine without network stays quick.
  const finished = finishedEngine(cache, sources);
  if (finished) return finished;

  log(`The Pulumi engine is needed (pulumi on PATH: ${onPath.reason}). It will be kept in ${cache}.`);
  return prepareEngine(cache, sources, log, [onPath]);
}
