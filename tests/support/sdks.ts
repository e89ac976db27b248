import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheFolder, recipeHash } from "../../tools/engine/cache";
import { findOrPrepare, type Product, type Source } from "../../tools/engine/prepare";
import { run } from "../../tools/engine/run";
import { makeSdks } from "../../tools/sdks/sdks";
import { temporary } from "./stackFolder";

const modules = join(__dirname, "..", "..", "node_modules");
const quiet = () => undefined;

/** What the SDK of Python asks for, besides itself; the same release of Pulumi as that of Node.js. */
const PYTHON_PACKAGES = ["pulumi==3.248.0", "parver>=0.2.1", "semver>=2.8.1", "setuptools>=61.0", "wheel"];

function answers(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: "ignore" }).status === 0;
}

/** Why SDKs cannot be made here, if so. */
export const noSdks = answers("go", "version") ? "" : "Go is not installed";

/** Why programs in Python cannot run here, if so. */
export const noPython = noSdks || (answers("python3", "-c", "import venv, ensurepip") ? "" : "python3 has no venv");

/** Why the SDK of Java cannot be compiled here, if so: it is made for Gradle, which Maven can stand in for. */
export const noJava = noSdks || (answers("mvn", "--version") ? "" : "Maven is not installed");

/** A folder with the SDKs, made from the schema; it is removed when the process ends. */
export async function freshSdks(): Promise<string> {
  const folder = temporary("metered-sdks-");
  symlinkSync(modules, join(folder, "node_modules"));
  await makeSdks(folder, {}, quiet);
  return folder;
}

/** Puts the SDK of Node.js among the packages of a program, which are links to the repository's. */
export function installNodejs(sdks: string, program: string): void {
  const own = join(program, "node_modules");
  rmSync(own);
  mkdirSync(own);
  for (const name of readdirSync(modules)) symlinkSync(join(modules, name), join(own, name));
  cpSync(join(sdks, "nodejs", "bin"), join(own, "pulumi-metered-plugin"), { recursive: true });
}

/**
 * Installs the SDK of Python.
 *
 * @returns the virtual environment, which lies in the cache and has what the SDK asks for, and the folder of the SDK
 */
export async function installPython(sdks: string): Promise<{ environment: string; packages: string }> {
  const bin = await findOrPrepare(pythonProduct, cache("python"), [pythonEnvironment()], quiet);
  const packages = join(sdks, "python-packages");
  // Without a download: what the build needs is in the environment.
  const options = ["--quiet", "--no-deps", "--no-build-isolation", "--target", packages];
  execFileSync(join(bin, "python"), ["-m", "pip", "install", ...options, join(sdks, "python")], { stdio: "pipe" });
  return { environment: dirname(bin), packages };
}

/** Compiles the SDK of Java against the packages that its build file names. */
export async function compileJava(sdks: string): Promise<void> {
  const java = join(sdks, "java");
  const named = readFileSync(join(java, "build.gradle"), "utf8").matchAll(/implementation\("(.+):(.+):(.+)"\)/g);
  const dependencies = [...named].map(
    ([, group, artifact, version]) =>
      `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`,
  );
  const project = `<project>
  <modelVersion>4.0.0</modelVersion><groupId>live</groupId><artifactId>metered</artifactId><version>0</version>
  <properties><maven.compiler.source>11</maven.compiler.source><maven.compiler.target>11</maven.compiler.target></properties>
  <dependencies>${dependencies.join("")}</dependencies>
</project>`;
  writeFileSync(join(java, "pom.xml"), project);
  await run("mvn", ["-q", "-B", "compile"], { cwd: java, timeoutMs: 600_000 });
}

const pythonProduct: Product = {
  name: "Python environment with Pulumi",
  executable: "python",
  advice: ["It is made with python3 -m venv, and pip install."],
};

function pythonEnvironment(): Source {
  return {
    title: "a virtual environment",
    folder: `packages-${recipeHash(PYTHON_PACKAGES)}`,
    prepare: async ({ root, bin }) => {
      await run("python3", ["-m", "venv", root], { timeoutMs: 120_000 });
      const args = ["-m", "pip", "install", "--quiet", ...PYTHON_PACKAGES];
      await run(join(bin, "python"), args, { timeoutMs: 600_000 });
    },
  };
}

function cache(name: string): string {
  return join(cacheFolder(process.env, process.platform), name);
}
