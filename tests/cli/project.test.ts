import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findProject, specifierOf } from "../../provider/src/cli/project";

describe("the project that a folder belongs to", () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  function make(files: Record<string, string>): string {
    const folder = mkdtempSync(join(tmpdir(), "metered-project-"));
    folders.push(folder);
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return folder;
  }

  it("is in the nearest folder with a Pulumi.yaml", () => {
    const folder = make({ "Pulumi.yaml": "name: shop # ours\nruntime: nodejs\n", "a/b/c.txt": "", "index.ts": "" });
    const project = findProject(join(folder, "a", "b"));
    assert.deepEqual(project, {
      name: "shop",
      folder,
      programFolder: folder,
      entry: join(folder, "index.ts"),
      runtime: "nodejs",
      isEsModule: false,
    });
    assert.equal(findProject(tmpdir()), undefined);
  });

  it("may have its program in another folder, or file", () => {
    const yaml = (main: string) =>
      `name: 'shop'\nmain: ${main}\nruntime:\n  name: nodejs\n  options:\n    typescript: false\nconfig:\n  main: 1\n`;
    const files = { "infra/package.json": '{"main":"program.js","type":"module"}', "infra/program.js": "" };
    const inFolder = make({ ...files, "Pulumi.yaml": yaml('"infra/"') });
    const project = findProject(inFolder);
    assert.deepEqual([project?.name, project?.runtime, project?.isEsModule], ["shop", "nodejs", true]);
    assert.equal(project?.programFolder, join(inFolder, "infra"));
    assert.equal(project?.entry, join(inFolder, "infra", "program.js"));
    const inFile = make({ ...files, "infra/main.ts": "", "Pulumi.yaml": yaml("infra/main.ts") });
    assert.equal(findProject(inFile)?.entry, join(inFile, "infra", "main.ts"));
  });

  it("may be described in JSON, and run by something else", () => {
    const json = make({ "Pulumi.json": '{"name":"shop","main":"src","runtime":{"name":"bun"}}' });
    const project = findProject(json);
    assert.deepEqual([project?.runtime, project?.programFolder, project?.entry], ["bun", join(json, "src"), undefined]);
    assert.equal(findProject(make({ "Pulumi.yaml": "name: x\nruntime: {name: python}\n" }))?.runtime, "python");
    assert.equal(findProject(make({ "Pulumi.yml": "name: x\nruntime: yaml\n" }))?.runtime, "yaml");
  });

  it("loads a module by a path from its first file", () => {
    const folder = make({ "Pulumi.yaml": "name: shop\nruntime: nodejs\nmain: src/index.ts\n", "src/index.ts": "" });
    const project = findProject(folder);
    assert.ok(project);
    assert.equal(specifierOf(project, join(folder, "src", "rooms.ts")), "./rooms");
    assert.equal(specifierOf(project, join(folder, "src", "eu", "rooms.ts")), "./eu/rooms");
    assert.equal(specifierOf(project, join(folder, "rooms.ts")), "../rooms");
    assert.equal(specifierOf({ ...project, isEsModule: true }, join(folder, "src", "rooms.ts")), "./rooms.js");
  });
});
