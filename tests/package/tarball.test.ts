import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, posix, sep } from "node:path";
import { productionPackages } from "../../tools/generate/licenses";
import { PUBLISHED, packed } from "../support/packed";

const root = join(__dirname, "..", "..");
const folders = { "pulumi-metered": "provider", "metered-simulator": "simulator" } as const;

/** What belongs into a tarball beside the compiled sources. */
const beside = {
  "pulumi-metered": [
    "LICENSE",
    "README.md",
    "bin/pulumi-metered.js",
    "bin/pulumi-resource-metered",
    "bin/pulumi-resource-metered.js",
    "index.js",
    "package.json",
    "schema.json",
  ],
  "metered-simulator": [
    "Containerfile",
    "LICENSE",
    "README.md",
    "bin/metered-simulator.js",
    "openapi.yaml",
    "package.json",
  ],
} as const;
/** In kB; a package that grows beyond it has got something that it does not need. */
const mostUnpacked = { "pulumi-metered": 1060, "metered-simulator": 450 } as const;
/** Licenses that ask no more of a user than to keep their texts. */
const permissive = ["Apache-2.0", "BSD-3-Clause", "ISC", "MIT", "Python-2.0"];

/** What a package's manifest says of its declarations. */
interface Published {
  readonly types?: string;
  readonly exports?: Readonly<Record<string, string | { readonly types?: string }>>;
}

/** Declarations that those of the entry points need, and those in turn. */
function declarationsNeeded(folder: string): Set<string> {
  const needed = new Set<string>();
  const walk = (file: string) => {
    if (needed.has(file)) return;
    needed.add(file);
    const imported = readFileSync(join(folder, file), "utf8").matchAll(/(?:from|import\() ?"(\.[^"]+)"/g);
    for (const [, target = ""] of imported) walk(`${posix.join(posix.dirname(file), target)}.d.ts`);
  };
  const { types, exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Published;
  const entries = [{ types }, ...Object.values(exports ?? {})].flatMap((entry) => {
    return typeof entry === "object" && entry.types ? [entry.types] : [];
  });
  assert.ok(entries.length > 0);
  for (const entry of entries) walk(posix.normalize(entry));
  return needed;
}

for (const name of PUBLISHED) {
  const folder = join(root, folders[name]);

  describe(`the tarball of ${name}`, function () {
    this.timeout(60_000);

    it("holds what was compiled, the command, README and license, and nothing else", async () => {
      const sources = readdirSync(join(folder, "src"), { recursive: true, encoding: "utf8" });
      const modules = sources.filter((file) => file.endsWith(".ts")).map((file) => file.slice(0, -".ts".length));
      const compiled = modules.flatMap((module) => [`dist/${module}.js`, `dist/${module}.d.ts`]);
      const { files } = await packed().then((all) => all[name]);
      const needed = declarationsNeeded(folder);
      assert.deepEqual(
        [...needed].filter((file) => !files.includes(file)),
        [],
        "declarations that a program needs",
      );
      const left = (file: string) => name === "pulumi-metered" && file.endsWith(".d.ts") && !files.includes(file);
      const belonging = compiled.map((file) => file.split(sep).join("/")).filter((file) => !left(file));
      const expected = [...belonging, ...beside[name]].sort();
      assert.deepEqual(files, expected, "where a source is gone since the last build, remove dist and build again");
    });

    it("has a README that links to nothing outside of it", async () => {
      const { files } = (await packed())[name];
      const links = readFileSync(join(folder, "README.md"), "utf8").matchAll(/\]\((?!https?:|#)([^)#]+)/g);
      const dead = [...links].map(([, target = ""]) => target).filter((target) => !files.includes(target));
      assert.deepEqual(dead, []);
    });

    it("is small", async () => {
      const { size, unpackedSize, files } = (await packed())[name];
      const [kB, unpackedKB] = [size, unpackedSize].map((bytes) => Math.round(bytes / 1000));
      console.log(`      ${name}: ${kB} kB to download, ${unpackedKB} kB on the disk, ${files.length} files`);
      assert.ok(unpackedSize < mostUnpacked[name] * 1000);
    });

    it("runs nothing when it is installed, nor does anything that is installed with it", () => {
      const { scripts } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { scripts?: object };
      // Before it is packed, and only then.
      assert.deepEqual(Object.keys(scripts ?? {}), ["prepack"]);
      const running = productionPackages(folders[name]).filter(({ runsOnInstall }) => runsOnInstall);
      assert.deepEqual(running, []);
    });

    it("brings only dependencies under permissive licenses", () => {
      const dependencies = productionPackages(folders[name]);
      assert.ok(dependencies.length > 10, "the dependencies of dependencies are found");
      assert.deepEqual(
        dependencies.filter(({ license }) => !permissive.includes(license)),
        [],
      );
    });
  });
}
