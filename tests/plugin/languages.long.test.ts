import assert from "node:assert/strict";
import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { run } from "../../tools/engine/run";
import { canaryKey } from "../support/canary";
import { hostOf, languageStack, tellStory } from "../support/languageStory";
import { freshSdks, installNodejs, installPython, noPython, noSdks } from "../support/sdks";
import type { TestStack } from "../support/stack";

const title = "the plugin in programs with SDKs of their languages, on the real engine";
const suite = noSdks ? describe.skip : describe;
suite(noSdks ? `${title} (skipped: ${noSdks})` : title, function () {
  // The first time on a machine, what is needed is built.
  this.timeout(45 * 60_000);
  let sdks: string;
  let simulator: Simulator;
  let stack: TestStack | undefined;

  before(async () => {
    sdks = await freshSdks();
  });
  beforeEach(async () => {
    simulator = await startSimulator({ secretKey: canaryKey });
  });
  afterEach(async () => {
    await simulator.close();
    stack?.dispose();
    stack = undefined;
  });

  const inPython = "makes, looks up, imports and destroys rooms in Python";
  (noPython ? it.skip : it)(noPython ? `${inPython} (skipped: ${noPython})` : inPython, async () => {
    const { environment, packages } = await installPython(sdks);
    stack = await languageStack("python", simulator, join(environment, "bin"), await hostOf("python"));
    symlinkSync(environment, join(stack.folder, "venv"));
    stack.env.PYTHONPATH = packages;
    await tellStory(stack, simulator);
  });

  it("the same in TypeScript", async () => {
    stack = await languageStack("typescript", simulator);
    installNodejs(sdks, stack.folder);
    await tellStory(stack, simulator);
  });

  it("the same in Go", async () => {
    await run("go", ["vet", "./..."], { cwd: join(sdks, "go"), timeoutMs: 600_000 });
    stack = await languageStack("go", simulator, await hostOf("go"));
    const file = join(stack.folder, "go.mod");
    const text = readFileSync(file, "utf8");
    assert.match(text, GO_SDK);
    writeFileSync(file, text.replace(GO_SDK, join(sdks, "go")));
    await tellStory(stack, simulator);
  });

  it("has SDKs of .NET and Java, under their names", () => {
    const classes = [
      ["dotnet/MeetingRoom.cs", "namespace Pulumi.Metered\n"],
      ["dotnet/Pulumi.Metered.csproj", "<Version>0.1.0</Version>"],
      ["java/src/main/java/live/metered/MeetingRoom.java", "package live.metered;"],
      ["java/src/main/java/live/metered/LiveStreamingRoom.java", "public class LiveStreamingRoom extends"],
    ];
    for (const [file = "", text = ""] of classes) {
      assert.ok(existsSync(join(sdks, file)), file);
      assert.ok(readFileSync(join(sdks, file), "utf8").includes(text), `${file}: ${text}`);
    }
  });
});

/** Where the example finds the SDK in the repository. */
const GO_SDK = /\.\.\/\.\.\/\.\.\/sdks\/go$/m;
