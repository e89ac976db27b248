import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { executableName } from "./executables";
import { withLock } from "./lock";
import { reasonOf } from "./run";
import { minimumGo, minimumPulumi } from "./version";

export type Log = (line: string) => void;

/** What can be prepared: the engine, or one of its plugins. */
export interface Product {
  readonly name: string;
  /** The program that a finished folder holds, maybe beside others. */
  readonly executable: string;
  /** What somebody who cannot get it should do. */
  readonly advice: readonly string[];
}

/** A way to come by a product. */
export interface Source {
  readonly title: string;
  /** Folder of what was prepared, below the cache; it changes whenever the result would. */
  readonly folder: string;
  /** Puts the programs into `staging.bin`, or throws. */
  prepare(staging: Staging, log: Log): Promise<void>;
}

export interface Staging {
  readonly root: string;
  readonly bin: string;
  /** For temporary files, so that they are removed even if the process that made them is killed. */
  readonly temporary: string;
}

/** A source that did not yield anything. */
export interface Attempt {
  readonly title: string;
  readonly reason: string;
}

const engine: Product = {
  name: "Pulumi engine",
  executable: "pulumi",
  advice: [
    `Install Pulumi ${minimumPulumi} or newer (https://www.pulumi.com/docs/install/), or Go ${minimumGo} or newer (https://go.dev/doc/install), and run this again.`,
    "An engine elsewhere is used when PULUMI_METERED_ENGINE names its folder.",
  ],
};

export class NoEngineError extends Error {
  constructor(
    readonly attempts: readonly Attempt[],
    product = engine,
  ) {
    const tried = attempts.map(({ title, reason }, index) => `  ${index + 1}. ${title}: ${reason}`);
    super([`There is no ${product.name}. Tried, in this order:`, ...tried, ...product.advice].join("\n"));
    this.name = "NoEngineError";
  }
}

/** The finished engine of the first source that has one in the cache; nothing is prepared. */
export function finishedEngine(cache: string, sources: readonly Source[]): string | undefined {
  return finished(engine, cache, sources);
}

/** The same for any product. */
function finished(product: Product, cache: string, sources: readonly Source[]): string | undefined {
  // Folders appear in the cache by renaming a finished one, so what is there is whole.
  return sources
    .map(({ folder }) => join(cache, folder, "bin"))
    .find((bin) => existsSync(join(bin, executableName(product.executable))));
}

/**
 * Prepares the engine from the first source that works, once: of several callers, in any processes, the first does the
 * work and the others wait for it. `attempts` are the sources that had failed before, for the error message.
 */
export function prepareEngine(
  cache: string,
  sources: readonly Source[],
  log: Log,
  attempts: readonly Attempt[] = [],
): Promise<string> {
  return prepare(engine, cache, sources, log, attempts);
}

/** The same for any product; each needs a cache folder of its own. */
async function prepare(
  product: Product,
  cache: string,
  sources: readonly Source[],
  log: Log,
  attempts: readonly Attempt[] = [],
): Promise<string> {
  await mkdir(cache, { recursive: true }).catch((error: unknown) => {
    throw new Error(
      `The cache of the ${product.name} cannot be made (${reasonOf(error)}); PULUMI_METERED_CACHE may name another.`,
    );
  });
  const onWait = (pid: number | undefined) =>
    log(`Another process${pid ? ` (${pid})` : ""} is preparing the ${product.name}; waiting for it.`);
  return withLock(
    join(cache, "lock"),
    async () => {
      const done = finished(product, cache, sources);
      if (done) return done;
      await removeLeftovers(cache);
      try {
        return await prepareFromFirst(product, sources, cache, log, attempts);
      } finally {
        // A compiler that outlived its killed parent may have gone on writing since.
        await removeLeftovers(cache);
      }
    },
    { onWait },
  );
}

/** The programs of a product: those that a run before has made, else what is prepared now, which is said. */
export async function findOrPrepare(
  product: Product,
  cache: string,
  sources: readonly Source[],
  log: Log,
): Promise<string> {
  const done = finished(product, cache, sources);
  if (done) return done;
  log(`The ${product.name} is needed. It will be kept in ${cache}.`);
  return prepare(product, cache, sources, log);
}

async function prepareFromFirst(
  product: Product,
  sources: readonly Source[],
  cache: string,
  log: Log,
  before: readonly Attempt[],
) {
  const attempts = [...before];
  for (const source of sources) {
    try {
      return await prepareFrom(source, cache, log);
    } catch (error) {
      attempts.push({ title: source.title, reason: reasonOf(error) });
      log(`  That did not work: ${reasonOf(error)}`);
    }
  }
  throw new NoEngineError(attempts, product);
}

const stagingPrefix = "unfinished-";

async function prepareFrom(source: Source, cache: string, log: Log): Promise<string> {
  const root = join(cache, `${stagingPrefix}${randomUUID()}`);
  const staging: Staging = { root, bin: join(root, "bin"), temporary: join(root, "tmp") };
  try {
    await mkdir(staging.bin, { recursive: true });
    await mkdir(staging.temporary);
    await source.prepare(staging, log);
    await rm(staging.temporary, { recursive: true, force: true });
    const folder = join(cache, source.folder);
    // There was nothing finished in it a moment ago, so whatever has its name is damaged.
    await rm(folder, { recursive: true, force: true });
    await rename(root, folder);
    return join(folder, "bin");
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** A process that was killed could not clean up; whoever holds the lock knows that nobody uses these any more. */
async function removeLeftovers(cache: string): Promise<void> {
  const names = await readdir(cache);
  const leftovers = names.filter((name) => name.startsWith(stagingPrefix) || name.startsWith("lock."));
  // Nothing depends on it: whatever cannot be removed now is tried again next time.
  for (const name of leftovers) await rm(join(cache, name), { recursive: true, force: true }).catch(() => {});
}
