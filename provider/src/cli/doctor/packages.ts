import { existsSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { dependenciesOf, type Project, packageIn } from "../project";
import { isAtLeast, OLDEST_PULUMI } from "../versions";
import { type Finding, fail, ok, warn } from "./finding";

/** Whether Pulumi's provider process will find the package: it looks from the program's folder, in node_modules. */
export function packageFindings({ programFolder, runtime }: Project): Finding[] {
  const wrongRuntime = runtime === "bun" ? [bunFinding()] : [];
  return [...wrongRuntime, sdkFinding(programFolder), layoutFinding(programFolder)];
}

function bunFinding(): Finding {
  return fail(
    "Runtime",
    "Bun has no dynamic providers, which this package's rooms need. Set runtime: nodejs in Pulumi.yaml.",
  );
}

function sdkFinding(folder: string): Finding {
  const subject = "Pulumi SDK";
  const path = resolved("@pulumi/pulumi/package.json", folder);
  const install = installCommand(folder, "@pulumi/pulumi");
  if (path === undefined) return fail(subject, `@pulumi/pulumi is not installed in ${folder}.`, install);
  const { version = "0.0" } = packageIn(dirname(path)) ?? {};
  if (!isAtLeast(version, OLDEST_PULUMI)) {
    return fail(subject, `@pulumi/pulumi ${version} is older than ${OLDEST_PULUMI.join(".")}.`, install);
  }
  const ours = resolved("pulumi-metered/package.json", folder);
  const theirs = ours && resolved("@pulumi/pulumi/package.json", dirname(realpathSync(ours)));
  if (theirs && realpathSync(theirs) !== realpathSync(path)) {
    return warn(
      subject,
      `@pulumi/pulumi ${version}, but pulumi-metered uses another copy, in ${dirname(theirs)}. Both should use the program's.`,
    );
  }
  return ok(subject, `@pulumi/pulumi ${version}`);
}

function layoutFinding(folder: string): Finding {
  const subject = "Package";
  const install = installCommand(folder, "pulumi-metered");
  const pnp = above(folder, ".pnp.cjs");
  if (pnp !== undefined) {
    return fail(
      subject,
      `Yarn Plug'n'Play (${pnp}) doesn't work: Pulumi loads dynamic providers from node_modules. Set nodeLinker: node-modules in .yarnrc.yml.`,
      "yarn install",
    );
  }
  if (resolved("pulumi-metered/runtime", folder) === undefined) {
    return fail(
      subject,
      `pulumi-metered isn't found from ${folder}, where Pulumi loads it from. It must be a direct dependency.`,
      install,
    );
  }
  const manifest = resolved("pulumi-metered/package.json", folder) ?? "";
  const { version } = packageIn(dirname(manifest)) ?? {};
  const real = dirname(realpathSync(manifest));
  const link = real.includes(join("node_modules", "pulumi-metered")) ? "" : `, a link to ${real}`;
  if (isDirect(folder)) return ok(subject, `pulumi-metered ${version}${link}`);
  return warn(
    subject,
    `pulumi-metered ${version} is found${link}, but no package.json here lists it. With another package manager it wouldn't be found.`,
    install,
  );
}

/** As Pulumi's provider process looks for it. */
function resolved(module: string, folder: string): string | undefined {
  try {
    return createRequire(join(folder, "program.js")).resolve(module);
  } catch {
    return undefined;
  }
}

/** Whether the package.json nearest to the program lists the package. */
function isDirect(folder: string): boolean {
  const file = above(folder, "package.json");
  return file !== undefined && "pulumi-metered" in dependenciesOf(packageIn(dirname(file)));
}

/** The nearest file of a name, here or in a folder above. */
function above(folder: string, name: string): string | undefined {
  const file = join(folder, name);
  if (existsSync(file)) return file;
  return dirname(folder) === folder ? undefined : above(dirname(folder), name);
}

const INSTALLERS = [
  ["pnpm-lock.yaml", "pnpm add"],
  ["yarn.lock", "yarn add"],
] as const;

function installCommand(folder: string, name: string): string {
  const installer = INSTALLERS.find(([lock]) => above(folder, lock) !== undefined)?.[1] ?? "npm install";
  return `cd ${existing(folder)} && ${installer} ${name}`;
}

/** The folder, or the nearest one above it that is there: what is installed in that is found from all folders below it. */
function existing(folder: string): string {
  return existsSync(folder) ? folder : existing(dirname(folder));
}
