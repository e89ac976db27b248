import { spawn } from "node:child_process";
import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { SemVer } from "semver";
import type { Log, Source, Staging } from "./prepare";
import { oneLine } from "./run";

const repository = resolve(__dirname, "../..");

/** A slow line may take its time; one that brings nothing for so long counts as dead. */
const silenceMs = 60_000;

/** A release of Pulumi, as the Automation API installs it. */
export function officialRelease(version: string): Source {
  return {
    title: `official release ${version} (PulumiCommand.install)`,
    folder: `official-${version}-${process.platform}-${process.arch}`,
    prepare: async (staging: Staging, log: Log) => {
      log(`Downloading the official Pulumi ${version}, once (about 100 MB).`);
      await installInto(staging, version);
    },
  };
}

/**
 * The installer runs a shell script that runs others, and none of them has a time limit. So it gets a process group of
 * its own, which can be ended as a whole, and its temporary files go where they are removed with the rest.
 */
async function installInto({ root, temporary }: Staging, version: string): Promise<void> {
  const child = spawn(process.execPath, ["-r", "ts-node/register/transpile-only", __filename, root, version], {
    cwd: repository,
    // The Automation API downloads with `fetch`, which from Node.js 22.21 on follows HTTPS_PROXY if it is told to.
    env: { ...process.env, TMPDIR: temporary, NODE_USE_ENV_PROXY: "1" },
    detached: true,
    stdio: ["pipe", "ignore", "pipe"],
  });
  let output = "";
  child.stderr.on("data", (text: Buffer) => {
    output += text;
  });
  const ended = new Promise<number | null>((done, failed) => child.on("error", failed).on("close", done));
  let stalled = false;
  const watch = whenSilent(root, () => {
    stalled = true;
    killGroup(child.pid);
  });
  const code = await ended.finally(() => clearInterval(watch));
  if (stalled) throw new Error(`nothing arrived for ${silenceMs / 1000} s`);
  if (code !== 0) throw new Error(oneLine(output) || `the installer ended with ${code}`);
}

function whenSilent(folder: string, act: () => void): NodeJS.Timeout {
  let size = -1;
  let since = Date.now();
  return setInterval(async () => {
    const now = await folderSize(folder).catch(() => size);
    if (now !== size) since = Date.now();
    size = now;
    if (Date.now() - since > silenceMs) act();
  }, 2_000);
}

async function folderSize(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map(async (file) => (await stat(join(file.parentPath, file.name))).size);
  return (await Promise.all(sizes)).reduce((sum, each) => sum + each, 0);
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // It has just ended by itself.
  }
}

/** The child's half. Its standard input closes when the parent ends in whatever way, and then nobody wants the result. */
async function installAsChild(root: string, version: string): Promise<void> {
  process.stdin.resume().on("end", () => killGroup(process.pid));
  // Loading the Automation API takes a second, which only the child needs to spend.
  const { PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
  await PulumiCommand.install({ root, version: new SemVer(version) });
}

/** The Automation API's error repeats the command and its output; why it failed is what the script itself wrote. */
function whatWentWrong(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [output = ""] = message.split(/^ ?err\?:/m);
  const written = output.split("\n").filter((line) => !/^ ?(code|stdout|stderr):/.test(line));
  return written.join("\n").trim() || message;
}

if (require.main === module) {
  const [root = "", version = ""] = process.argv.slice(2);
  installAsChild(root, version).then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(whatWentWrong(error), () => process.exit(1));
    },
  );
}
