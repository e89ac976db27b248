import assert from "node:assert/strict";
import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../tools/engine/run";
import { hostOf, languageStack, tellStory } from "../support/languageStory";
import { describeSdks } from "../support/onSdks";
import { assertNamesOfPages } from "../support/sdkNames";
import { compileJava, installNodejs, installPython, noJava, noPython } from "../support/sdks";

describeSdks("the plugin in programs with SDKs of their languages, on the real engine", (on) => {
  const inPython = "makes, looks up, imports and destroys rooms in Python";
  (noPython ? it.skip : it)(noPython ? `${inPython} (skipped: ${noPython})` : inPython, async () => {
    const { environment, packages } = await installPython(on.sdks);
    on.stack = await languageStack("python", on.simulator, join(environment, "bin"), await hostOf("python"));
    symlinkSync(environment, join(on.stack.folder, "venv"));
    on.stack.env.PYTHONPATH = packages;
    await tellStory(on.stack, on.simulator);
  });

  it("the same in TypeScript", async () => {
    on.stack = await languageStack("typescript", on.simulator);
    installNodejs(on.sdks, on.stack.folder);
    await tellStory(on.stack, on.simulator);
  });

  it("the same in Go", async () => {
    await run("go", ["vet", "./..."], { cwd: join(on.sdks, "go"), timeoutMs: 600_000 });
    on.stack = await languageStack("go", on.simulator, await hostOf("go"));
    const file = join(on.stack.folder, "go.mod");
    const text = readFileSync(file, "utf8");
    assert.match(text, GO_SDK);
    writeFileSync(file, text.replace(GO_SDK, join(on.sdks, "go")));
    await tellStory(on.stack, on.simulator);
  });

  it("has SDKs that call everything as the reference page of their language does", () => assertNamesOfPages(on.sdks));

  it("has an SDK of .NET, under its name", () => {
    const read = (file: string) => readFileSync(join(on.sdks, "dotnet", file), "utf8");
    assert.match(read("MeetingRoom.cs"), /^namespace Metered\.Rooms$/m);
    assert.match(read("Metered.Rooms.csproj"), /<Version>\d+\.\d+\.\d+<\/Version>/);
  });

  const inJava = "has an SDK of Java that compiles";
  (noJava ? it.skip : it)(noJava ? `${inJava} (skipped: ${noJava})` : inJava, async () => {
    await compileJava(on.sdks);
    assert.ok(existsSync(join(on.sdks, "java", "target", "classes", "live", "metered", "MeetingRoom.class")));
  });
});

/** Where the example finds the SDK in the repository. */
const GO_SDK = /\.\.\/\.\.\/\.\.\/sdks\/go$/m;
