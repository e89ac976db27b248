import assert from "node:assert/strict";
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, delimiter, join } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { makeArchives } from "../../tools/archives/archives";
import { ownMachine } from "../../tools/archives/node";
import type { Linked } from "../../tools/engine/languages";
import { canaryKey } from "../support/canary";
import { notTakenBy } from "../support/documents/runBy";
import { take } from "../support/documents/shell";
import { hostForSdks, tellStory } from "../support/languageStory";
import { packed } from "../support/packed";
import { noPython, noSdks } from "../support/sdks";
import { TestStack } from "../support/stack";
import { temporary } from "../support/stackFolder";

const examples = join(__dirname, "..", "..", "examples", "languages");

interface Language {
  readonly runtime: Linked;
  readonly options?: string;
  /** What the project depends on before it has the SDK, and the program, which is that of the example. */
  readonly manifest: string;
  readonly dependencies: string;
  readonly program: string;
  /** The program of a project that has no SDK yet, where the project needs one. */
  readonly empty?: string;
  /** What is run after the program imports the SDK, as the page says. */
  readonly afterwards?: string;
  /** How the project depends on the SDK afterwards. */
  readonly linked: RegExp;
  readonly unavailable: string;
}

const LANGUAGES: Readonly<Record<string, Language>> = {
  TypeScript: {
    runtime: "nodejs",
    manifest: "package.json",
    dependencies: '{ "name": "rooms", "main": "index.ts", "dependencies": { "@pulumi/pulumi": "^3.216.0" } }',
    program: "typescript/index.ts",
    linked: /"pulumi-metered-plugin": ?"file:sdks\/metered"/,
    unavailable: noSdks,
  },
  Python: {
    runtime: "python",
    options: "\n  options: { virtualenv: venv }",
    manifest: "requirements.txt",
    dependencies: "pulumi>=3.231.0,<4\n",
    program: "python/__main__.py",
    linked: /^pulumi>=3.*\nsdks\/metered\n$/,
    unavailable: noPython,
  },
  Go: {
    runtime: "go",
    manifest: "go.mod",
    dependencies: "module rooms\n\ngo 1.26.6\n\nrequire github.com/pulumi/pulumi/sdk/v3 v3.274.1\n",
    program: "go/main.go",
    empty: `package main

import "github.com/pulumi/pulumi/sdk/v3/go/pulumi"

func main() {
	pulumi.Run(func(*pulumi.Context) error { return nil })
}
`,
    afterwards: "go mod tidy",
    linked: /^replace pulumi-metered\/sdk\/go => \.\/sdks\/metered$/m,
    unavailable: noSdks,
  },
};

/** A new project in each language gets its SDK from the plugin, and the example runs with it. */
describe("pulumi package add in TypeScript, Python and Go, on the real engine", function () {
  // The first time on a machine, what is needed is built and downloaded.
  this.timeout(45 * 60_000);
  let simulator: Simulator;
  let stack: TestStack;
  beforeEach(async () => {
    simulator = await startSimulator({ secretKey: canaryKey });
  });
  afterEach(async () => {
    await simulator.close();
    stack.dispose();
  });

  async function startProject({ runtime, options = "", ...language }: Language, plugins: string): Promise<void> {
    const folder = temporary("metered-project-");
    writeFileSync(join(folder, "Pulumi.yaml"), `name: rooms\nruntime:\n  name: ${runtime}${options}\n${plugins}`);
    writeFileSync(join(folder, language.manifest), language.dependencies);
    if (language.empty) writeFileSync(join(folder, basename(language.program)), language.empty);
    stack = await TestStack.create({ simulator, installed: folder });
    stack.env.PATH = [await hostForSdks(runtime), stack.path].join(delimiter);
    stack.env.PULUMI_HOME = temporary("metered-home-");
    stack.env.npm_config_prefer_offline = "true";
    // As the engine is built, so that Go has most of the program compiled already.
    Object.assign(stack.env, { CGO_ENABLED: "0", GOFLAGS: "-trimpath -tags=osusergo,grpcnotrace" });
  }

  async function add({ manifest, linked, program, afterwards }: Language, command: string): Promise<void> {
    const { text } = await stack.shell(command);
    assert.match(text, /Added package Metered/);
    assert.match(readFileSync(join(stack.folder, manifest), "utf8"), linked);
    assert.match(
      readFileSync(join(stack.folder, "Pulumi.yaml"), "utf8"),
      /^packages:\n +metered: metered@\d+\.\d+\.\d+$/m,
    );
    copyFileSync(join(examples, program), join(stack.folder, basename(program)));
    if (afterwards) await stack.shell(afterwards);
  }

  function test(title: string, { unavailable }: Pick<Language, "unavailable">, body: () => Promise<void>): void {
    (unavailable ? it.skip : it)(unavailable ? `${title} (skipped: ${unavailable})` : title, body);
  }

  const plugins = "plugins:\n  providers:\n    - name: metered\n      path: node_modules/pulumi-metered/bin\n";
  const command = take("plugin.md", "pulumi package add ./node_modules/pulumi-metered/bin");
  for (const [name, language] of Object.entries(LANGUAGES)) {
    test(`${name}: takes the plugin's program from the npm package, installed from its tarball`, language, async () => {
      await startProject(language, plugins);
      const { tarball } = (await packed())["pulumi-metered"];
      if (language.runtime !== "nodejs") writeFileSync(join(stack.folder, "package.json"), "{}");
      await stack.shell(`npm install --no-audit --no-fund ${tarball}`);
      await add(language, command);
      if (language.runtime === "nodejs") {
        const sdk = sdkOf(stack.folder);
        await stack.shell(take("plugin.md", "pulumi package add ./node_modules/pulumi-metered/schema.json"));
        assert.deepEqual(sdkOf(stack.folder), sdk);
      }
      await tellStory(stack, simulator);
    });

    const unavailable = language.unavailable || (ownMachine ? "" : "none for this machine");
    test(`${name}: takes an archive that was installed from disk`, { unavailable }, async () => {
      await startProject(language, "");
      const { archive, version } = await ownArchive();
      await stack.pulumi("plugin", "install", "resource", "metered", version, "--file", archive);
      await add(language, `pulumi package add metered@${version}`);
      await tellStory(stack, simulator);
    });
  }

  it("has run all commands that are said to be run here", () => {
    assert.equal(take("installation-configuration.md", "pulumi package add"), command);
    assert.deepEqual(notTakenBy(__filename), []);
  });
});

/** The sources of the SDK of Node.js, by file. */
function sdkOf(project: string): Record<string, string> {
  const folder = join(project, "sdks", "metered");
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const sources = names.filter((name) => name.endsWith(".ts") && !/node_modules|bin/.test(name));
  assert.ok(sources.includes("meetingRoom.ts"));
  return Object.fromEntries(sources.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

let made: Promise<{ readonly archive: string; readonly version: string }> | undefined;

/** The archive of this machine, made once per process. */
function ownArchive(): NonNullable<typeof made> {
  made ??= (async () => {
    assert.ok(ownMachine);
    const [archive = ""] = await makeArchives(temporary("metered-archives-"), [ownMachine], {}, () => undefined);
    return { archive, version: /-v([\d.]+)-linux-(amd64|arm64)\.tar\.gz$/.exec(archive)?.[1] ?? "" };
  })();
  return made;
}
