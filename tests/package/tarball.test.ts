import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { productionPackages } from "../../tools/generate/licences";
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
const mostUnpacked = { "pulumi-metered": 1000, "metered-simulator": 450 } as const;
/** Licences that ask no more of a user than to keep their texts. */
const permissive = ["Apache-2.0", "BSD-3-Clause", "ISC", "MIT"];

for (const name of PUBLISHED) {
  const folder = join(root, folders[name]);

  describe(`the tarball of ${name}`, function () {
    this.timeout(60_000);

    it("holds what was compiled, the command, README and licence, and nothing else", async () => {
      const sources = readdirSync(join(folder, "src"), { recursive: true, encoding: "utf8" });
      const modules = sources.filter((file) => file.endsWith(".ts")).map((file) => file.slice(0, -".ts".length));
      const compiled = modules.flatMap((module) => [`dist/${module}.js`, `dist/${module}.d.ts`]);
      const { files } = await packed().then((all) => all[name]);
      const expected = [...compiled.map((file) => file.split(sep).join("/")), ...beside[name]].sort();
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

    it("brings only dependencies under permissive licences", () => {
      const dependencies = productionPackages(folders[name]);
      assert.ok(dependencies.length > 10, "the dependencies of dependencies are found");
      assert.deepEqual(
        dependencies.filter(({ licence }) => !permissive.includes(licence)),
        [],
      );
    });
  });
}
