import { readdirSync, readFileSync } from "node:fs";
import { chmod, copyFile, cp } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { recipeHash } from "./cache";
import { type Component, type EngineLine, engineComponents, engineVersions, modulesFolder } from "./components";
import { executableName, pulumiVersion } from "./executables";
import type { Log, Source, Staging } from "./prepare";
import { announcement, progressOf, reporting } from "./progress";
import { reasonOf, run } from "./run";
import { isAtLeast, minimumGo } from "./version";

/** Flags of Pulumi's own releases, as far as they matter here: static programs without debugging data. */
const buildFlags = ["-mod=readonly", "-buildvcs=false", "-trimpath", "-tags=osusergo,grpcnotrace"];
const linkerFlags = "-w -s";

/** The engine starts dynamic providers through this script, which Pulumi publishes with the Node.js SDK. */
const dynamicProviderScript =
  process.platform === "win32" ? "pulumi-resource-pulumi-nodejs.cmd" : "pulumi-resource-pulumi-nodejs";

function dynamicProviderScriptFile(): string {
  return join(dirname(require.resolve("@pulumi/pulumi/package.json")), dynamicProviderScript);
}

/** The engine built from Pulumi's Go modules, for machines that reach a Go module proxy but not Pulumi's downloads. */
export function builtEngine(line: EngineLine): Source {
  const components = engineComponents(line);
  const [cli] = components;
  const script = policyScript(line);
  return {
    title: `build of ${cli.version} from Pulumi's Go modules`,
    folder: `built-${cli.version}-${buildHash(components)}`,
    prepare: async (staging: Staging, log: Log) => {
      const { bin } = staging;
      for (const component of components) await checkGo(component);
      for (const each of announcement(components, "about 4 GB")) log(each);
      for (const component of components) await build(component, staging, log);
      await addScript(dynamicProviderScriptFile(), bin);
      if (script) await addScript(join(await sdkFolder(cli), script), bin);
      await checkBuilt(bin, `v${cli.version}`);
    },
  };
}

/** Engines before 3.226 start policy packs with a script, which stands in the Go module of the SDK. */
function policyScript(line: EngineLine): string | undefined {
  return isAtLeast(engineVersions[line], "3.226.0") ? undefined : "nodejs/dist/pulumi-analyzer-policy";
}

/** Puts a script beside the engine; those in Go modules lack the run bit. */
export async function addScript(file: string, bin: string): Promise<void> {
  const script = join(bin, basename(file));
  await copyFile(file, script);
  await chmod(script, 0o755);
}

/**
 * A program that is kept by itself: a plugin, a language host.
 *
 * @param finish puts what else belongs to it into the folder, or finds that it does not work
 */
export function builtProgram(component: Component, finish: (bin: string) => Promise<void> = async () => {}): Source {
  const { version } = component;
  return {
    title: `build of ${version} from its Go modules`,
    folder: `built-${version}-${buildHash([component], ownSources(component))}`,
    prepare: async (staging: Staging, log: Log) => {
      await checkGo(component);
      for (const each of announcement([component], "up to 3 GB")) log(each);
      await build(component, staging, log);
      await finish(staging.bin);
    },
  };
}

/** The lines of our own that a component consists of. */
function ownSources({ module }: Component): string[] {
  const folder = join(modulesFolder, module);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => (file.endsWith(".go") && file !== "tools.go") || file === join("shim", "go.mod"))
    .sort()
    .map((file) => join(folder, file));
}

/** Hashes what decides the result: the machine, the recipe, the locked modules and other files, here the script. */
export function buildHash(
  components: readonly Component[],
  others: readonly string[] = [dynamicProviderScriptFile()],
): string {
  const modules = [...new Set(components.map(({ module }) => module))];
  const locked = modules.flatMap((module) => ["go.mod", "go.sum"].map((name) => join(modulesFolder, module, name)));
  return recipeHash([
    process.platform,
    process.arch,
    JSON.stringify([buildFlags, linkerFlags]),
    // How long a build takes does not change what it yields.
    ...components.map(({ minutes: _, ...recipe }) => JSON.stringify(recipe)),
    ...[...locked, ...others].map((file) => readFileSync(file, "utf8")),
  ]);
}

/** Asks in the module's folder, because there Go may switch by itself to the newer toolchain that go.mod asks for. */
async function checkGo({ module }: Component): Promise<void> {
  const cwd = join(modulesFolder, module);
  const version = await run("go", ["env", "GOVERSION"], { cwd, env: goEnvironment(), timeoutMs: 300_000 }).catch(
    (error: unknown) => {
      const missing = reasonOf(error).includes("ENOENT");
      throw new Error(
        missing ? `go is not on PATH, ${minimumGo} or newer is needed` : `go does not run: ${reasonOf(error)}`,
      );
    },
  );
  if (!isAtLeast(version, minimumGo)) throw new Error(`go is ${version.trim()}, ${minimumGo} or newer is needed`);
}

/** The user's own settings (proxies, checksum database, caches) stay; a workspace above the repository must not count. */
function goEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, CGO_ENABLED: "0", GOWORK: "off" };
}

/** Builds one program into `staging.bin`. */
async function build(component: Component, { bin, temporary }: Staging, log: Log): Promise<void> {
  const { name, module, schemaPackage } = component;
  let folder = join(modulesFolder, module);
  const compile = async (package_: string, output: string) => {
    const ldflags = `-ldflags=${linkerFlags} ${component.ldflags}`;
    const args = ["build", "-v", ...buildFlags, ldflags, "-o", output, package_];
    const progress = progressOf(package_);
    const options = { cwd: folder, env: { ...goEnvironment(), GOTMPDIR: temporary }, timeoutMs: 60 * 60_000 };
    await reporting(basename(output), progress, log, () => run("go", args, { ...options, isProgress: progress.takes }));
  };
  try {
    if (schemaPackage) {
      // What is generated must not lie about in the repository.
      await cp(folder, join(temporary, module), { recursive: true });
      folder = join(temporary, module);
      const generator = join(temporary, executableName(`${module}-schema`));
      await compile(schemaPackage, generator);
      const args = ["schema", "--skip-docs", "--skip-examples", "--out", folder];
      await run(generator, args, { cwd: folder, timeoutMs: 60_000 });
    }
    await compile(component.package, join(bin, executableName(name)));
  } catch (error) {
    throw new Error(`${name}: ${reasonOf(error)}`);
  }
}

/** Where Go keeps the source of the SDK that a component is locked to, for the scripts that lie in it. */
export async function sdkFolder({ module }: Component): Promise<string> {
  const args = ["list", "-m", "-f", "{{.Dir}}", "github.com/pulumi/pulumi/sdk/v3"];
  const cwd = join(modulesFolder, module);
  return (await run("go", args, { cwd, env: goEnvironment(), timeoutMs: 60_000 })).trim();
}

async function checkBuilt(bin: string, expected: string): Promise<void> {
  const version = await pulumiVersion(bin);
  if (version !== expected) throw new Error(`the pulumi that was built calls itself ${version} instead of ${expected}`);
}
