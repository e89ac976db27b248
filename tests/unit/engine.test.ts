import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { mock } from "node:test";
import { buildHash, builtEngine } from "../../tools/engine/build";
import { cacheFolder, recipeHash } from "../../tools/engine/cache";
import {
  currentLine,
  type EngineLine,
  engineComponents,
  engineVersions,
  languageComponents,
  modulesFolder,
  restapiComponent,
  sdkHostComponent,
} from "../../tools/engine/components";
import { engineOnPath } from "../../tools/engine/executables";
import { announcement, elapsed, progressOf, reporting } from "../../tools/engine/progress";
import { oneLine, run } from "../../tools/engine/run";
import { isAtLeast, isSupportedPulumi, minimumGo, minimumPulumi } from "../../tools/engine/version";

const lines = Object.keys(engineVersions) as EngineLine[];

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
      const [first, ...rest] = engineComponents(currentLine);
      const hash = buildHash([first, ...rest]);
      assert.match(hash, /^[0-9a-f]{10}$/);
      assert.equal(buildHash([{ ...first, minutes: 60 }, ...rest]), hash);
      assert.notEqual(buildHash([{ ...first, ldflags: "" }, ...rest]), hash);
      assert.notEqual(buildHash([first]), hash);
      assert.equal(builtEngine(currentLine).folder, `built-${first.version}-${hash}`);
      assert.equal(new Set(lines.map((line) => builtEngine(line).folder)).size, lines.length);
      assert.notEqual(recipeHash(["ab", "c"]), recipeHash(["a", "bc"]));
    });
  });

  describe("the components", () => {
    for (const { name, version, module, package: path, ldflags } of [
      ...lines.map((line) => engineComponents(line)[0]),
      ...engineComponents(currentLine).slice(1),
      restapiComponent,
      ...Object.values(languageComponents),
    ]) {
      it(`locks ${name} to ${version}, as the table says`, () => {
        const required = readFileSync(join(modulesFolder, module, "go.mod"), "utf8").matchAll(/(\S+) (v[0-9]\S*)/g);
        const owner = [...required].find((match) => `${path}/`.startsWith(`${match[1]}/`));
        assert.equal(owner?.[2], `v${version}`);
        assert.ok(ldflags === "" || ldflags.endsWith(`=v${version}`));
        assert.ok(readFileSync(join(modulesFolder, module, "tools.go"), "utf8").includes(`"${path}"`));
        assert.ok(readFileSync(join(modulesFolder, module, "go.sum"), "utf8").includes(` v${version} h1:`));
      });
    }

    it("generate SDKs with the code of the engine that does without", () => {
      const { module, version } = sdkHostComponent;
      const locked = readFileSync(join(modulesFolder, module, "go.mod"), "utf8");
      for (const part of ["pkg", "sdk"])
        assert.ok(locked.includes(`github.com/pulumi/pulumi/${part}/v3 v${version}\n`));
    });

    it("ask for no newer Go than a user is told to install", () => {
      for (const module of readdirSync(modulesFolder)) {
        const [, needed = ""] = /^go (.+)$/m.exec(readFileSync(join(modulesFolder, module, "go.mod"), "utf8")) ?? [];
        assert.ok(isAtLeast(minimumGo, needed), `${module} needs Go ${needed}`);
      }
    });

    it("are engines of the newest line first, none older than what is supported", () => {
      assert.equal(currentLine, lines[0]);
      assert.ok(lines.every((line) => isAtLeast(engineVersions[line], minimumPulumi)));
    });
  });

  describe("the progress of a build", () => {
    const wanted = "example.com/cmd/tool";

    it("names what is downloaded, compiled and linked, and counts packages", () => {
      const { takes, state } = progressOf(wanted);
      assert.equal(state(), "starting");
      assert.equal(takes("go: downloading example.com/more v1.2.3"), true);
      assert.equal(state(), "downloading example.com/more v1.2.3");
      assert.equal(takes("internal/abi") && takes("gopkg.in/yaml.v3"), true);
      assert.equal(state(), "package 2, compiling gopkg.in/yaml.v3");
      assert.equal(takes(wanted), true);
      assert.equal(state(), "package 3, linking");
    });

    it("leaves problems to the error, which holds nothing else", async () => {
      const { takes } = progressOf(wanted);
      const script =
        "internal/abi\n# example.com/cmd\ncmd.go:1:2: undefined: x\ngo: downloading example.com/b v1.0.0\n";
      const code = `process.stderr.write(${JSON.stringify(script)}); process.exitCode = 1`;
      await assert.rejects(run(process.execPath, ["-e", code], { timeoutMs: 60_000, isProgress: takes }), {
        message: "# example.com/cmd; cmd.go:1:2: undefined: x",
      });
    });

    it("is preceded by what will be built, how long that takes and what it needs", () => {
      const [first = "", ...rest] = announcement(engineComponents(currentLine), "about 3 GB");
      assert.match(first, /once, in about \d+ minutes on two idle cores; Go's caches grow by about 3 GB:$/);
      assert.match(
        rest.join("\n"),
        /^ {2}pulumi 3\.\d+\.\d+, about \d+ minutes\n {2}pulumi-language-nodejs 3\.68\.0, about half a minute$/,
      );
    });

    it("is told twice a minute, until the build is over", async () => {
      mock.timers.enable({ apis: ["setInterval", "Date"] });
      try {
        const told: string[] = [];
        const progress = progressOf(wanted);
        const log = (line: string) => told.push(line);
        await reporting("tool", progress, log, async () => {
          mock.timers.tick(30_000);
          progress.takes("internal/abi");
          mock.timers.tick(30_000);
          mock.timers.tick(15_000);
        });
        mock.timers.tick(60_000);
        assert.deepEqual(told, [
          "    tool: 30 s, starting",
          "    tool: 1 min 00 s, package 1, compiling internal/abi",
          "    tool: done in 1 min 15 s",
        ]);
      } finally {
        mock.timers.reset();
      }
    });

    it("tells times as people do", () => {
      assert.deepEqual([elapsed(44_600), elapsed(60_000), elapsed(754_000)], ["45 s", "1 min 00 s", "12 min 34 s"]);
    });
  });

  it("squeezes long output into a line that keeps both ends", () => {
    const line = oneLine(`go: downloading something\nbeginning\n${"x".repeat(1000)}\nend\n`);
    assert.match(line, /^beginning; x+ … x+; end$/);
    assert.ok(line.length < 400);
  });
});
