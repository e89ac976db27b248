import assert from "node:assert/strict";
import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { run } from "../../tools/engine/run";
import { canaryKey } from "../support/canary";
import { hostOf, languageStack, tellStory } from "../support/languageStory";
import { assertNamesOfPages } from "../support/sdkNames";
import { compileJava, freshSdks, installNodejs, installPython, noJava, noPython, noSdks } from "../support/sdks";
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

  it("has SDKs that call everything as the reference page of their language does", () => assertNamesOfPages(sdks));

  it("has an SDK of .NET, under its name", () => {
    const read = (file: string) => readFileSync(join(sdks, "dotnet", file), "utf8");
    assert.match(read("MeetingRoom.cs"), /^namespace Metered\.Rooms$/m);
    assert.match(read("Metered.Rooms.csproj"), /<Version>\d+\.\d+\.\d+<\/Version>/);
  });

  const inJava = "has an SDK of Java that compiles";
  (noJava ? it.skip : it)(noJava ? `${inJava} (skipped: ${noJava})` : inJava, async () => {
    await compileJava(sdks);
    assert.ok(existsSync(join(sdks, "java", "target", "classes", "live", "metered", "MeetingRoom.class")));
  });
});

/** Where the example finds the SDK in the repository. */
const GO_SDK = /\.\.\/\.\.\/\.\.\/sdks\/go$/m;
