import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { buildHash, builtEngine } from "../../tools/engine/build";
import { cacheFolder, recipeHash } from "../../tools/engine/cache";
import { engineComponents, languageComponents, modulesFolder, restapiComponent } from "../../tools/engine/components";
import { engineOnPath } from "../../tools/engine/executables";
import { oneLine } from "../../tools/engine/run";
import { isAtLeast, isSupportedPulumi } from "../../tools/engine/version";

describe("the engine finder", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "engine-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  describe("versions", () => {
    it("compares numbers, not text", () => {
      assert.equal(isAtLeast("v3.216.0\n", "3.216.0"), true);
      assert.equal(isAtLeast("v3.1000.0", "3.216.0"), true);
      assert.equal(isAtLeast("v3.99.9", "3.216.0"), false);
      assert.equal(isAtLeast("go1.25.9", "1.25.11"), false);
      assert.equal(isAtLeast("go1.26", "1.25.11"), true);
      assert.equal(isAtLeast("devel go1.27-a1b2c3", "1.25.11"), true);
    });

    it("takes a prerelease for older than its release", () => {
      assert.equal(isAtLeast("v3.216.0-alpha.1", "3.216.0"), false);
      assert.equal(isAtLeast("v3.217.0-dev.0", "3.216.0"), true);
    });

    it("refuses another major version and what is no version", () => {
      assert.equal(isSupportedPulumi("v3.259.0"), true);
      assert.equal(isSupportedPulumi("v4.0.0"), false);
      assert.equal(isSupportedPulumi("unknown"), false);
    });
  });

  describe("the engine on PATH", () => {
    const engine = async (name: string, version: string, ...others: string[]) => {
      const bin = join(folder, name);
      await mkdir(bin);
      for (const each of ["pulumi", ...others]) {
        await writeFile(join(bin, each), `#!/bin/sh\necho ${version}\n`);
        await chmod(join(bin, each), 0o755);
      }
      return bin;
    };
    const hosts = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

    before(function () {
      if (process.platform === "win32") this.skip();
    });

    it("is taken where a shell would find it", async () => {
      const bin = await engine("new", "v3.216.0", ...hosts);
      const path = ["relative", join(folder, "absent"), bin].join(delimiter);
      assert.equal(await engineOnPath(path), bin);
    });

    it("may have its language host elsewhere on PATH", async () => {
      const bin = await engine("new", "v3.216.0");
      const other = await engine("other", "v3.1.0", ...hosts);
      assert.equal(await engineOnPath([bin, other].join(delimiter)), bin);
    });

    it("is refused when it is too old, incomplete, broken or missing", async () => {
      await assert.rejects(
        engineOnPath(await engine("old", "v3.215.9", ...hosts)),
        /is v3\.215\.9, 3\.216\.0 or newer/,
      );
      await assert.rejects(engineOnPath(await engine("bare", "v3.216.0")), /has no pulumi-language-nodejs/);
      await assert.rejects(engineOnPath(await engine("broken", "; exit 3", ...hosts)), /does not run/);
      await assert.rejects(engineOnPath(join(folder, "absent")), /^Error: not found$/);
    });
  });

  describe("the cache", () => {
    it("lies where the user says, else where the system keeps caches", () => {
      const home = join(folder, "home");
      const xdg = join(folder, "xdg");
      assert.equal(cacheFolder({ PULUMI_METERED_CACHE: folder, XDG_CACHE_HOME: xdg }, "linux", home), folder);
      assert.equal(cacheFolder({ XDG_CACHE_HOME: xdg }, "linux", home), join(xdg, "pulumi-metered"));
      assert.equal(cacheFolder({ XDG_CACHE_HOME: "relative" }, "linux", home), join(home, ".cache/pulumi-metered"));
      assert.equal(cacheFolder({}, "darwin", home), join(home, "Library/Caches/pulumi-metered"));
    });

    it("has another folder for every other recipe, and only then", () => {
      const [first, ...rest] = engineComponents;
      assert.ok(first);
      const hash = buildHash(engineComponents);
      assert.match(hash, /^[0-9a-f]{10}$/);
      assert.equal(buildHash([{ ...first, duration: "an hour" }, ...rest]), hash);
      assert.notEqual(buildHash([{ ...first, ldflags: "" }, ...rest]), hash);
      assert.notEqual(buildHash([first]), hash);
      assert.ok(builtEngine(engineComponents).folder.startsWith(`built-${first.version}-`));
      assert.notEqual(recipeHash(["ab", "c"]), recipeHash(["a", "bc"]));
    });
  });

  describe("the components", () => {
    for (const { name, version, module, package: path, ldflags } of [
      ...engineComponents,
      restapiComponent,
      ...Object.values(languageComponents),
    ]) {
      it(`locks ${name} to the version that the table says`, () => {
        const required = readFileSync(join(modulesFolder, module, "go.mod"), "utf8").matchAll(/(\S+) (v[0-9]\S*)/g);
        const owner = [...required].find((match) => `${path}/`.startsWith(`${match[1]}/`));
        assert.equal(owner?.[2], `v${version}`);
        assert.ok(ldflags === "" || ldflags.endsWith(`=v${version}`));
        assert.ok(readFileSync(join(modulesFolder, module, "tools.go"), "utf8").includes(`"${path}"`));
        assert.ok(readFileSync(join(modulesFolder, module, "go.sum"), "utf8").includes(` v${version} h1:`));
      });
    }
  });

  it("squeezes long output into a line that keeps both ends", () => {
    const line = oneLine(`go: downloading something\nbeginning\n${"x".repeat(1000)}\nend\n`);
    assert.match(line, /^beginning; x+ … x+; end$/);
    assert.ok(line.length < 400);
  });
});
