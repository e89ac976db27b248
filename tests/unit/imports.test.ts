import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

const root = join(__dirname, "..", "..");
const source = join(root, "provider", "src");

/** Modules that a program loads, in a process of its own, by their path below the repository. */
function loadedBy(statement: string): string[] {
  const script = `${statement}; process.stdout.write(JSON.stringify(Object.keys(require.cache)))`;
  const paths = JSON.parse(execFileSync(process.execPath, ["-e", script], { cwd: root, encoding: "utf8" })) as string[];
  return paths.map((path) => relative(root, path).split(sep).join("/"));
}

/**
 * The source files of the provider, each with what it imports: `core/check`, or a package. The text in state, an arrow
 * function with a `require`, imports nothing.
 */
function importGraph(): Map<string, string[]> {
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const names = new Set(files.map((file) => moduleName(file)));
  return new Map(files.map((file) => [moduleName(file), importsOf(file, names)]));
}

function moduleName(file: string): string {
  return file.split(sep).join("/").replace(/\.ts$/, "");
}

function importsOf(file: string, names: ReadonlySet<string>): string[] {
  const text = readFileSync(join(source, file), "utf8");
  const found = [
    ...text.matchAll(/^\s*(?:import|export)\b[^;"]*?from\s+"([^"]+)"/gm),
    ...text.matchAll(/^\s*import\s+"([^"]+)"/gm),
    ...text.matchAll(/(?<!=>)\b(?:import|require)\(\s*"([^"]+)"\s*\)/gm),
  ];
  // What is data runs nothing.
  const modules = found.map(([, target = ""]) => target).filter((target) => !target.endsWith(".json"));
  return modules.map((target) => {
    if (!target.startsWith(".")) return target;
    const path = moduleName(join(dirname(file), target));
    const known = [path, `${path}/index`].find((name) => names.has(name));
    assert.ok(known, `${file} imports ${target}, which is not there`);
    return known;
  });
}

/** The folder of a module below `src`, or the package that it is. */
function ringOf(module: string, graph: ReadonlyMap<string, string[]>): string {
  if (graph.has(module)) return module.includes("/") ? (module.split("/")[0] ?? "") : module;
  return module.startsWith("@") ? module.split("/").slice(0, 2).join("/") : (module.split("/")[0] ?? "");
}

describe("a program that imports pulumi-metered", () => {
  let loaded: string[];
  before(() => {
    loaded = loadedBy('require("pulumi-metered")');
  });

  it("loads the classes, and Pulumi's parts", () => {
    assert.ok(loaded.includes("provider/dist/resources/meetingRoom.js"));
    assert.ok(loaded.includes("node_modules/@pulumi/pulumi/resource.js"));
  });

  it("loads neither axios nor its retries", () => {
    assert.deepEqual(
      loaded.filter((path) => path.includes("axios")),
      [],
    );
  });

  it("loads neither what checks a room nor what makes one", () => {
    const unneeded = /^provider\/dist\/(api|runtime|plugin|core\/(check|kinds|diff|errors|outputs|state|lifecycle))\b/;
    assert.deepEqual(
      loaded.filter((path) => unneeded.test(path)),
      [],
    );
  });

  it("loads not all of Pulumi, which would take a third of a second", () => {
    assert.ok(!loaded.includes("node_modules/@pulumi/pulumi/index.js"));
  });

  it("would be found out, if it loaded them", () => {
    const all = loadedBy('require("pulumi-metered/runtime")');
    assert.deepEqual(
      all.filter((path) => /grpc|protobuf|dist\/plugin/.test(path)),
      [],
    );
    assert.ok(all.includes("provider/dist/core/kinds.js"));
    assert.ok(all.some((path) => path.includes("/axios/")));
    assert.ok(all.some((path) => path.includes("/axios-retry/")));
  });
});

describe("imports of the provider point inwards", () => {
  const graph = importGraph();
  const imports = [...graph].flatMap(([module, targets]) => targets.map((target) => ({ module, target })));

  /** What the modules of a ring import from outside it, each with who does. */
  function outsideOf(ring: string): Record<string, string[]> {
    const outside: Record<string, string[]> = {};
    for (const { module, target } of imports) {
      const other = ringOf(target, graph);
      if (ringOf(module, graph) !== ring || other === ring) continue;
      outside[other] = [...new Set([...(outside[other] ?? []), module])];
    }
    return outside;
  }

  it("from nowhere but the core into the core, but for the hash in names", () => {
    assert.deepEqual(outsideOf("core"), { "node:crypto": ["core/names"] });
  });

  it("from the API client to the core, axios and its retries", () => {
    assert.deepEqual(Object.keys(outsideOf("api")).sort(), ["axios", "axios-retry", "core"]);
  });

  it("from the resource classes to the core and Pulumi, never to the client", () => {
    const beside = Object.keys(outsideOf("resources")).filter((target) => !target.startsWith("node:"));
    assert.deepEqual(beside.sort(), ["@pulumi/pulumi", "core"]);
  });

  it("from the runtime to client and core", () => {
    const beside = Object.keys(outsideOf("runtime")).filter((target) => !target.startsWith("node:"));
    assert.deepEqual(beside.sort(), ["@pulumi/pulumi", "api", "core"]);
  });

  it("from the lookup functions to the resource classes, the core and Pulumi, and to the runtime at the first lookup", () => {
    const outside = outsideOf("functions");
    assert.deepEqual(Object.keys(outside).sort(), ["@pulumi/pulumi", "core", "resources", "runtime"]);
    assert.deepEqual(outside.runtime, ["functions/lookup"]);
  });

  it("from the command line to core, client and configuration, never to Pulumi", () => {
    const beside = Object.keys(outsideOf("cli")).filter((target) => !target.startsWith("node:"));
    assert.deepEqual(beside.sort(), ["api", "core", "runtime"]);
    const ofRuntime = imports.filter(
      ({ module, target }) => module.startsWith("cli/") && target.startsWith("runtime/"),
    );
    assert.deepEqual([...new Set(ofRuntime.map(({ target }) => target))], ["runtime/configuration"]);
  });

  it("from the plugin to the core, the shared parts of the runtime and Pulumi's protocol, never to the client", () => {
    const outside = outsideOf("plugin");
    const beside = Object.keys(outside).filter((target) => !target.startsWith("node:"));
    assert.deepEqual(beside.sort(), ["@grpc/grpc-js", "@pulumi/pulumi", "core", "google-protobuf", "runtime"]);
    const targets = imports.filter(({ module }) => module.startsWith("plugin/")).map(({ target }) => target);
    const ofRuntime = new Set(targets.filter((target) => target.startsWith("runtime/")));
    const shared = ["configuration", "deployment", "endWithEngine", "lookups"].map((name) => `runtime/${name}`);
    assert.deepEqual([...ofRuntime].sort(), shared);
    const ofPulumi = targets.filter((target) => target.startsWith("@pulumi/pulumi"));
    assert.deepEqual(
      ofPulumi.filter((target) => !target.startsWith("@pulumi/pulumi/proto/")),
      [],
    );
  });

  it("to gRPC's libraries as types only: there is one copy of them, the SDK's", () => {
    const compiled = join(root, "provider", "dist", "plugin");
    const required = readdirSync(compiled)
      .filter((file) => file.endsWith(".js"))
      .flatMap((file) => readFileSync(join(compiled, file), "utf8").match(/\brequire\("(@grpc|google)[^"]*"\)/g) ?? []);
    assert.deepEqual(required, []);
  });

  it("to the plugin from nowhere", () => {
    assert.deepEqual(
      imports.filter(({ module, target }) => target.startsWith("plugin/") && !module.startsWith("plugin/")),
      [],
    );
  });

  it("from the package to the lookup functions and the resource classes only", () => {
    assert.deepEqual(Object.keys(outsideOf("index")), ["functions", "resources"]);
  });

  it("never in a circle", () => {
    const done = new Set<string>();
    const walk = (module: string, path: readonly string[]): void => {
      assert.ok(!path.includes(module), `${[...path, module].join(" > ")}`);
      if (done.has(module)) return;
      for (const target of graph.get(module) ?? []) walk(target, [...path, module]);
      done.add(module);
    };
    for (const module of graph.keys()) walk(module, []);
    assert.ok(done.size >= graph.size);
  });

  it("in a graph that misses no file and no import", () => {
    assert.ok(graph.has("core/lifecycle/index") && graph.has("index"));
    for (const [module, targets] of graph) {
      const text = readFileSync(join(source, `${module}.ts`), "utf8").replace(/^ +\*.*$/gm, "");
      assert.equal(
        targets.length,
        (text.match(/\b(from|import) "|(?<!=>)\b(require|import)\("(?!\S*\.json")/g) ?? []).length,
        module,
      );
    }
  });
});
