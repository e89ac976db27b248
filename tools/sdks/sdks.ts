import { execFileSync } from "node:child_process";
import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "../engine/prepare";
import { run } from "../engine/run";
import { findSdkGenerator } from "./generator";
import { type Release, releasedSchema } from "./schema";

/** Each has a folder of this name. */
export const SDKS = ["nodejs", "python", "go", "dotnet", "java"] as const;

/**
 * Makes the package's SDKs with Pulumi's code generators. That of Node.js is compiled, in `nodejs/bin`, for which
 * `@pulumi/pulumi` must be in a `node_modules` above; that of Go gets a go.sum.
 *
 * @param folder what it holds of SDKs is replaced
 */
export async function makeSdks(folder: string, release: Release, log: Log): Promise<void> {
  const generator = await findSdkGenerator(log);
  for (const sdk of SDKS) rmSync(join(folder, sdk), { recursive: true, force: true });
  execFileSync(generator, [folder], { input: releasedSchema(release), stdio: ["pipe", "ignore", "pipe"] });

  const nodejs = join(folder, "nodejs");
  await run(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", nodejs], { timeoutMs: 300_000 });
  for (const file of ["package.json", "README.md"]) copyFileSync(join(nodejs, file), join(nodejs, "bin", file));

  const python = join(folder, "python");
  copyFileSync(join(python, "pulumi_metered", "README.md"), join(python, "README.md"));

  const env = { ...process.env, GOWORK: "off" };
  await run("go", ["mod", "tidy"], { cwd: join(folder, "go"), env, timeoutMs: 300_000 });
}
