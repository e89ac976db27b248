import { join } from "node:path";
import { engineCache, type FindEngineOptions, findEngine, findRelease } from "./index";

/** Starts policy packs with a script of its own. */
export const policyLine = "3.220";

/**
 * The folder of an engine that runs policy packs. A release of Pulumi does; the engine that is built from modules does
 * not, because its language host is too old for that. So then an older one is built, which brings what it needs.
 */
export async function findPolicyEngine(options: FindEngineOptions = {}): Promise<string> {
  const engine = await findEngine(options);
  return engine.startsWith(join(engineCache(), "built-")) ? findRelease(policyLine, options) : engine;
}
