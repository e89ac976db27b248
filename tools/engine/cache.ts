import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";

/** Where engines are kept: outside the repository, so that every checkout shares them and `git clean` spares them. */
export function cacheFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home = homedir()): string {
  if (env.PULUMI_METERED_CACHE) return resolve(env.PULUMI_METERED_CACHE);
  // The XDG specification says to ignore a relative path.
  if (env.XDG_CACHE_HOME && isAbsolute(env.XDG_CACHE_HOME)) return join(env.XDG_CACHE_HOME, "pulumi-metered");
  return platform === "darwin" ? join(home, "Library/Caches/pulumi-metered") : join(home, ".cache/pulumi-metered");
}

/** A short name for everything that decides what a build yields. */
export function recipeHash(ingredients: readonly string[]): string {
  // Ingredients go in as JSON, so that text cannot move from one to its neighbour unnoticed.
  return createHash("sha256").update(JSON.stringify(ingredients)).digest("hex").slice(0, 10);
}
