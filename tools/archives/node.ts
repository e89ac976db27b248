import { rename } from "node:fs/promises";
import { basename, join } from "node:path";
import { cacheFolder } from "../engine/cache";
import { findOrPrepare, type Log, type Source } from "../engine/prepare";
import { run } from "../engine/run";

/** The Node inside of the executables, of a line with long-term support. */
const NODE_VERSION = "26.10.0";

/** Machines by their names at Pulumi, and in the npm package of their Node. */
const MACHINES = { "linux-amd64": "linux-x64", "linux-arm64": "linux-arm64" } as const;
export type Machine = keyof typeof MACHINES;
export const machines = Object.keys(MACHINES) as Machine[];

/** The machine that this process runs on, if archives are made for it. */
export const ownMachine = machines.find((machine) => MACHINES[machine] === `${process.platform}-${process.arch}`);

/** The file of a machine's Node, with its LICENSE beside it, from npm's registry, kept in the cache. */
export async function findNode(machine: Machine, log: Log): Promise<string> {
  const name = `node-${MACHINES[machine]}`;
  const product = {
    name: `Node ${NODE_VERSION} for ${machine}`,
    executable: "node",
    advice: [`It is the npm package ${name}; the registry must be in reach.`],
  };
  const cache = join(cacheFolder(process.env, process.platform), name);
  return join(await findOrPrepare(product, cache, [fromRegistry(name)], log), "node");
}

function fromRegistry(name: string): Source {
  return {
    title: `npm pack ${name}`,
    folder: NODE_VERSION,
    prepare: async ({ bin, temporary }, log) => {
      log(`Downloading ${name} ${NODE_VERSION}, once (about 60 MB).`);
      const args = ["pack", "--silent", "--pack-destination", temporary, `${name}@${NODE_VERSION}`];
      await run("npm", args, { cwd: temporary, timeoutMs: 300_000 });
      const archive = join(temporary, `${name}-${NODE_VERSION}.tgz`);
      const files = ["package/bin/node", "package/LICENSE"];
      await run("tar", ["-xzf", archive, "-C", temporary, ...files], { timeoutMs: 120_000 });
      for (const file of files) await rename(join(temporary, file), join(bin, basename(file)));
    },
  };
}
