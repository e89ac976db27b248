import { join } from "node:path";
import { builtEngine } from "./build";
import { cacheFolder } from "./cache";
import { currentLine, type EngineLine, engineVersions } from "./components";
import { engineGiven, engineOnPath } from "./executables";
import { officialRelease } from "./official";
import { type Attempt, finishedEngine, type Log, prepareEngine, type Source } from "./prepare";
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

  // What a run before has made is used before anything is downloaded, so that a machine without network stays quick.
  const finished = finishedRelease(currentLine);
  if (finished) return finished;

  log(`The Pulumi engine is needed (pulumi on PATH: ${onPath.reason}). It will be kept in ${engineCache()}.`);
  return prepareEngine(engineCache(), sourcesOf(currentLine), log, [onPath]);
}

/** The folder of the engine of one line and no other, whatever is on PATH: the official release, else a built one. */
export async function findRelease(line: EngineLine, options: FindEngineOptions = {}): Promise<string> {
  const log = options.log ?? ((text: string) => process.stderr.write(`${text}\n`));
  return finishedRelease(line) ?? prepareEngine(engineCache(), sourcesOf(line), log);
}

/** The same, but only if it is there already: nothing is downloaded or built. */
export function finishedRelease(line: EngineLine): string | undefined {
  return finishedEngine(engineCache(), sourcesOf(line));
}

function sourcesOf(line: EngineLine): Source[] {
  return [officialRelease(engineVersions[line]), builtEngine(line)];
}

function engineCache(): string {
  return join(cacheFolder(process.env, process.platform), "engine");
}
