import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { delimiter, dirname, isAbsolute, join, resolve } from "node:path";
import { reasonOf, run } from "./run";
import { isSupportedPulumi, minimumPulumi, parseVersion } from "./version";

const windows = process.platform === "win32";

/** What else the engine needs to run a Node.js program that has dynamic resources. */
const companions = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

export function executableName(name: string): string {
  return windows ? `${name}.exe` : name;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function findIn(folders: readonly string[], name: string): string | undefined {
  const names = windows ? [`${name}.exe`, `${name}.cmd`] : [name];
  return folders.flatMap((folder) => names.map((each) => join(folder, each))).find(isExecutable);
}

/** The version that the `pulumi` in a folder answers with. */
export async function pulumiVersion(folder: string): Promise<string> {
  const output = await run(resolve(folder, executableName("pulumi")), ["version"], {
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeoutMs: 30_000,
  });
  if (!parseVersion(output)) throw new Error(`pulumi version prints "${output.trim()}", which is no version`);
  return output.trim();
}

/** The folder of the `pulumi` that a shell would run, provided that it can run our programs. */
export async function engineOnPath(path: string): Promise<string> {
  // A relative entry would mean another engine in every working folder.
  const folders = path.split(delimiter).filter(isAbsolute);
  const pulumi = findIn(folders, "pulumi");
  if (!pulumi) throw new Error("not found");
  const folder = dirname(pulumi);
  const version = await pulumiVersion(folder).catch((error: unknown) => {
    throw new Error(`${pulumi} does not run: ${reasonOf(error)}`);
  });
  if (!isSupportedPulumi(version)) throw new Error(`${pulumi} is ${version}, ${minimumPulumi} or newer is needed`);
  const missing = companions.find((name) => !companionFolder(folder, name, path));
  if (missing) throw new Error(`${pulumi} has no ${missing}, neither beside it nor on PATH`);
  return folder;
}

/** Where an engine finds a program that belongs to it: beside itself or on PATH. */
export function companionFolder(engine: string, name: string, path: string): string | undefined {
  // Package managers link `pulumi` into a common folder; the engine looks beside the file that the link leads to.
  const real = dirname(realpathSync(join(engine, executableName("pulumi"))));
  const found = findIn([engine, real, ...path.split(delimiter).filter(isAbsolute)], name);
  return found && dirname(found);
}

/** The folder that the user named in PULUMI_METERED_ENGINE: used as it is, or refused, never replaced by another. */
export async function engineGiven(folder: string): Promise<string> {
  const absolute = resolve(folder);
  await pulumiVersion(absolute).catch((error: unknown) => {
    throw new Error(`PULUMI_METERED_ENGINE is ${absolute}, but the pulumi there does not run: ${reasonOf(error)}`);
  });
  return absolute;
}
