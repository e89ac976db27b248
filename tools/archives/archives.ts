import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Log } from "../engine/prepare";
import { run } from "../engine/run";
import { packageVersion, type Release } from "../sdks/schema";
import { bundlePlugin } from "./bundle";
import { findNode, type Machine, ownMachine } from "./node";

const provider = join(__dirname, "..", "..", "provider");

const PROGRAM = "pulumi-resource-metered";

/**
 * Makes the archives that `pulumi plugin install` and the engine download: each holds one program, the plugin with Node,
 * and the licenses of what it is made of.
 *
 * @param folder where they are put; it is made
 * @returns their files
 */
export async function makeArchives(
  folder: string,
  machines: readonly Machine[],
  release: Release,
  log: Log,
): Promise<string[]> {
  if (!ownMachine) throw new Error("archives are made on Linux, amd64 or arm64");
  const builder = await findNode(ownMachine, log);
  const temporary = mkdtempSync(join(tmpdir(), "metered-archives-"));
  mkdirSync(folder, { recursive: true });
  try {
    const { main, licenses } = await bundlePlugin(temporary, release);
    const files: string[] = [];
    for (const machine of machines) {
      const content = join(temporary, machine);
      mkdirSync(content);
      const node = await findNode(machine, log);
      await buildExecutable(builder, main, node, join(content, PROGRAM));
      copyFileSync(join(provider, "LICENSE"), join(content, "LICENSE"));
      copyFileSync(join(dirname(node), "LICENSE"), join(content, "LICENSE-node"));
      writeFileSync(join(content, "LICENSE-packages"), licenses);
      const file = join(folder, `${PROGRAM}-v${packageVersion()}-${machine}.tar.gz`);
      await run("tar", ["-czf", file, "-C", content, "."], { timeoutMs: 300_000 });
      files.push(file);
    }
    return files;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Puts the plugin into a Node: the form that Node calls a single executable application. */
async function buildExecutable(builder: string, main: string, node: string, output: string): Promise<void> {
  const config = join(dirname(main), "executable.json");
  // What NODE_OPTIONS says is meant for the user's program.
  const settings = { main, executable: node, output, disableExperimentalSEAWarning: true, execArgvExtension: "none" };
  writeFileSync(config, JSON.stringify(settings));
  await run(builder, ["--build-sea", config], { timeoutMs: 300_000 });
}
