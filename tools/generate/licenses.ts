import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

/** A package that is installed together with one of ours. */
export interface ProductionPackage {
  readonly name: string;
  /** As the package states it, an SPDX expression. */
  readonly license: string;
  readonly runsOnInstall: boolean;
}

/** A row of the lock file: an installed package, or one of the repository's. */
interface Locked {
  readonly license?: string;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/**
 * Everything that an `npm install` of a workspace's package brings beside its peers, sorted by name.
 *
 * @param workspace its folder: `provider`
 */
export function productionPackages(workspace: string): ProductionPackage[] {
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    readonly packages: Readonly<Record<string, Locked>>;
  };
  const found = new Map<string, ProductionPackage>();
  const visit = (from: string): void => {
    const { dependencies, optionalDependencies } = lock.packages[from] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const path = foldersAbove(from).find((folder) => `${folder}node_modules/${name}` in lock.packages);
      if (path === undefined) throw new Error(`${name}, which ${from} depends on, is not in the lock file`);
      const place = `${path}node_modules/${name}`;
      if (found.has(place)) continue;
      const { license = "unknown", hasInstallScript = false } = lock.packages[place] ?? {};
      found.set(place, { name, license, runsOnInstall: hasInstallScript });
      visit(place);
    }
  };
  visit(workspace);
  const byName = new Map([...found.values()].map((each) => [each.name, each]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Where Node looks for the packages that a package of the lock file requires, nearest first. */
function foldersAbove(place: string): string[] {
  const parts = place.split("/node_modules/");
  const nested = parts.map((_, i) => `${parts.slice(0, parts.length - i).join("/node_modules/")}/`);
  return [...nested, ""];
}

/** The page that lists what is installed with our packages. Without versions: they are the lock file's business. */
export function licensesPage(): string {
  return `# Licenses

pulumi-metered and metered-simulator are under the Apache License 2.0. These tables list the packages that npm installs with them,
by the license that each package states. The page is generated from the lock file (\`npm run generate\`).

${section("pulumi-metered", "provider", "The program's own `@pulumi/pulumi` (Apache-2.0) is a peer dependency.")}
${section("metered-simulator", "simulator", "")}`;
}

function section(name: string, workspace: string, note: string): string {
  const packages = productionPackages(workspace);
  const licenses = [...new Set(packages.map(({ license }) => license))].sort();
  const rows = licenses.map((license) => {
    const names = packages.filter((each) => each.license === license).map((each) => `\`${each.name}\``);
    return `| ${license} | ${names.length} | ${names.join(", ")} |`;
  });
  return `## ${name}

${packages.length} packages. ${note}

| License | Count | Packages |
| --- | --- | --- |
${rows.join("\n")}
`;
}
