import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Dialect, dialectOf, loadingLines } from "../../provider/src/cli/moduleText";
import { findProject, moduleNameFor, type Project, specifierOf } from "../../provider/src/cli/project";

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
      missingMain: undefined,
      entry: join(folder, "index.ts"),
      runtime: "nodejs",
      isJavaScript: false,
      isEsModule: false,
      hasPlugin: false,
      namesPlugin: false,
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

  it("is where its program is to be, file or folder, while that isn't there", () => {
    for (const [main, programFolder] of [
      ["src/app.js", "src"],
      ["src/main.mts", "src"],
      ["app.ts", "."],
      ["infra/v1.2", "infra/v1.2"],
    ] as const) {
      const folder = make({ "Pulumi.yaml": `name: shop\nmain: ${main}\nruntime: nodejs\n` });
      const project = findProject(folder);
      assert.deepEqual([project?.programFolder, project?.missingMain], [join(folder, programFolder), main]);
    }
  });

  it("may be described in any style of YAML", () => {
    const block = 'name: "shop"\nmain: infra\nruntime:\n  options: {typescript: false}\n  name: python\n';
    const flow = "{name: shop, main: 'infra', runtime: {options: {typescript: false}, name: python}}\n";
    const texts = [
      flow,
      block,
      `# ours\n\n---\n${flow}`,
      `%YAML 1.2\n--- # ours\n${flow}---\nname: other\n`,
      `---\n${block}...\n---\nplugins: metered\n`,
      `\uFEFF${block}`.replaceAll("\n", "\r\n"),
      '{\n  "name":"shop", # ours, {not yours}\n  description: it\'s\n    a shop,\n' +
        "  main: !!str infra,\n  author:,\n  runtime: &r {name: python},\n}\n",
      "'name' : &n shop\n\"main\": infra # there\nruntime: # ours\n  name: 'python'\n",
      "name: !!str shop\nmain: infra\nruntime: &r\n  name: python\nconfig: {runtime: x, name: y}\n",
    ];
    for (const text of texts) {
      const folder = make({ "Pulumi.yaml": text, "infra/.keep": "" });
      const project = findProject(folder);
      const { name, programFolder, runtime, namesPlugin } = project ?? assert.fail();
      assert.deepEqual(
        [name, programFolder, runtime, namesPlugin],
        ["shop", join(folder, "infra"), "python", false],
        text,
      );
    }
    const plugin = "{name: shop, runtime: nodejs, plugins: {providers: [{name: metered, path: ./bin}]}}";
    assert.equal(findProject(make({ "Pulumi.yaml": plugin }))?.namesPlugin, true);
    for (const text of ["{name: shop", "{name: [a}", "{,}", "{name: shop runtime: nodejs}"]) {
      assert.throws(
        () => findProject(make({ "Pulumi.yaml": text })),
        /^Error: Can't read .*: it isn't valid YAML\.$/,
        text,
      );
    }
  });

  it("isn't where a folder has the name of its file", () => {
    const folder = make({ "Pulumi.yaml": "name: shop\nruntime: nodejs\n", "a/Pulumi.yaml/.keep": "" });
    assert.equal(findProject(join(folder, "a"))?.folder, folder);
  });

  it("may be described in JSON, and run by something else", () => {
    const json = make({ "Pulumi.json": '{"name":"shop","main":"src","runtime":{"name":"bun"}}' });
    const project = findProject(json);
    assert.deepEqual([project?.runtime, project?.programFolder, project?.entry], ["bun", join(json, "src"), undefined]);
    assert.equal(findProject(make({ "Pulumi.yaml": "name: x\nruntime: {name: python}\n" }))?.runtime, "python");
    assert.equal(findProject(make({ "Pulumi.yml": "name: x\nruntime: yaml\n" }))?.runtime, "yaml");
  });

  const projectOf = (files: Record<string, string>): Project => {
    const project = findProject(make({ "Pulumi.yaml": "name: shop\nruntime: nodejs\n", ...files }));
    assert.ok(project);
    return project;
  };

  it("is in TypeScript or JavaScript, and loads the module of imported rooms in the way that works there", () => {
    const cases: [string, Record<string, string>, string, string][] = [
      ["TypeScript", { "index.ts": "" }, "rooms.ts", 'import "./rooms";'],
      [
        "TypeScript as ES modules",
        { "index.ts": "", "package.json": '{"type":"module"}' },
        "rooms.ts",
        'import "./rooms.js";',
      ],
      ["TypeScript in .mts", { "index.mts": "" }, "rooms.ts", 'import "./rooms.js";'],
      ["no program yet", {}, "rooms.ts", 'import "./rooms";'],
      [
        "TypeScript that is compiled before",
        { "bin/index.js": "", "index.ts": "", "package.json": '{"main":"bin/index.js"}' },
        "rooms.ts",
        'import "./rooms";',
      ],
      ["JavaScript", { "index.js": "" }, "rooms.js", 'require("./rooms");'],
      [
        "JavaScript as ES modules",
        { "index.js": "", "package.json": '{"type":"module"}' },
        "rooms.js",
        'import "./rooms.js";',
      ],
      ["one ES module", { "index.mjs": "" }, "rooms.mjs", 'import "./rooms.mjs";'],
      [
        "CommonJS among ES modules",
        { "index.cjs": "", "package.json": '{"type":"module"}' },
        "rooms.cjs",
        'require("./rooms.cjs");',
      ],
    ];
    for (const [title, files, file, line] of cases) {
      const project = projectOf(files);
      assert.equal(moduleNameFor(project), file, title);
      const specifier = specifierOf(project, join(project.programFolder, file));
      assert.deepEqual(loadingLines(specifier, { hasProvider: false, dialect: dialectOf(project) }), [line], title);
    }
    const compiled = projectOf({ "bin/main.js": "", "src/main.ts": "", "package.json": '{"main":"bin/main.js"}' });
    assert.equal(compiled.entry, join(compiled.folder, "src", "main.ts"), "where a line can be added");
  });

  it("loads it with its provider, where it has one", () => {
    const linesFor = (dialect: Dialect, hasProvider: boolean) => loadingLines("./rooms", { dialect, hasProvider });
    for (const dialect of ["TypeScript", "ES module"] as const) {
      assert.deepEqual(linesFor(dialect, false), ['import "./rooms";']);
      assert.deepEqual(linesFor(dialect, true), ['import { declareRooms } from "./rooms";', "declareRooms(PROVIDER);"]);
    }
    assert.deepEqual(linesFor("CommonJS", false), ['require("./rooms");']);
    assert.deepEqual(linesFor("CommonJS", true), ['require("./rooms").declareRooms(PROVIDER);']);
  });

  it("uses the plugin in every language, and in TypeScript where its files say so", () => {
    const yaml = (more: string) => ({ "Pulumi.yaml": `name: shop\n${more}` });
    const ours = { "package.json": '{"dependencies":{"pulumi-metered":"1"}}' };
    const plugin: Record<string, string>[] = [
      ...["python", "go", "yaml", "dotnet", "java"].map((runtime) => yaml(`runtime: ${runtime}\n`)),
      yaml("runtime:\n  name: python\n  options:\n    virtualenv: venv\n"),
      yaml(
        "runtime: nodejs\npackages:\n  # ours\n  random: terraform-provider@1\n\n  metered: /opt/pulumi-resource-metered\n",
      ),
      yaml("packages: {metered: x}\nruntime: nodejs\n"),
      { "sdks/metered/package.json": "{}" },
      { "sdks/metered/package.json": "{}", ...ours },
      { "sdks/nodejs/package.json": "{}" },
      { "package.json": '{"dependencies":{"pulumi-metered-plugin":"1"}}' },
    ];
    const dynamic: Record<string, string>[] = [
      {},
      ours,
      { ...ours, "sdks/random/package.json": "{}" },
      { ...ours, ...yaml("runtime: nodejs\npackages:\n  random: x\nconfig:\n  metered:appName: demo\n") },
      yaml("runtime: bun\n"),
    ];
    for (const files of plugin) assert.equal(projectOf(files).hasPlugin, true, JSON.stringify(files));
    for (const files of dynamic) assert.equal(projectOf(files).hasPlugin, false, JSON.stringify(files));
    const json = make({ "Pulumi.json": '{"name":"shop","runtime":"nodejs","packages":{"metered":"x"}}' });
    assert.equal(findProject(json)?.hasPlugin, true);
    assert.throws(
      () => findProject(make({ "Pulumi.json": "{ name: x" })),
      /^Error: Can't read .*: it isn't valid JSON\.$/,
    );
    const named = projectOf(yaml("runtime: yaml\nplugins:\n  providers:\n    - name: metered\n      path: x\n"));
    assert.equal(named.namesPlugin, true);
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
