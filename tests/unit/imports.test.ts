import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sourceFiles } from "../support/sourceGraph";

const root = join(__dirname, "..", "..");
const files = sourceFiles(join(root, "provider", "src"));
const imports = [...files.values()].flatMap(({ module, imports }) => imports.map((target) => ({ module, target })));

/** The part of the provider that a module belongs to, or the package that it is. */
function partOf(module: string): string {
  if (!files.has(module))
    return module
      .split("/")
      .slice(0, module.startsWith("@") ? 2 : 1)
      .join("/");
  const [folder = "", inner = ""] = module.split("/");
  return folder === "pulumi" && ["dynamic", "plugin", "words"].includes(inner) ? `${folder}/${inner}` : folder;
}

/** What the modules of a part import from outside it, but for what Node brings along; each with who does. */
function outsideOf(part: string): Record<string, string[]> {
  const outside: Record<string, string[]> = {};
  for (const { module, target } of imports) {
    const other = partOf(target);
    if (partOf(module) !== part || other === part || other.startsWith("node:")) continue;
    outside[other] = [...new Set([...(outside[other] ?? []), module])];
  }
  return outside;
}

const partsOutside = (part: string) => Object.keys(outsideOf(part)).sort();

describe("imports of the provider point inwards", () => {
  it("from the errors to nothing, and from the notes to the errors", () => {
    assert.deepEqual([outsideOf("errors"), partsOutside("notes")], [{}, ["errors"]]);
  });

  it("from the schema to nothing", () => {
    assert.deepEqual(outsideOf("schema"), {});
  });

  it("from the rooms to the schema, errors and notes: the client is handed in", () => {
    assert.deepEqual(partsOutside("rooms"), ["errors", "notes", "schema"]);
    const ofNode = imports.filter(({ module, target }) => module.startsWith("rooms/") && target.startsWith("node:"));
    assert.deepEqual(ofNode, [{ module: "rooms/name", target: "node:crypto" }]);
  });

  it("from the client to what it answers with, and to axios", () => {
    assert.deepEqual(partsOutside("metered"), ["axios", "errors", "notes", "rooms", "schema", "tokens", "turn"]);
    const ofRooms = imports.filter(
      ({ module, target }) => module.startsWith("metered/") && target.startsWith("rooms/"),
    );
    assert.deepEqual([...new Set(ofRooms.map(({ target }) => target))].sort(), ["rooms/api", "rooms/roomType"]);
  });

  it("to the client from where it is handed in, and from the command line", () => {
    const users = imports.filter(({ module, target }) => partOf(target) === "metered" && partOf(module) !== "metered");
    const modules = [...new Set(users.map(({ module }) => (module.startsWith("cli/") ? "cli" : module)))];
    // The package and one function show types of what the client answers with.
    const ofTypes = ["index", "pulumi/dynamic/functions/getTurnUsage"];
    const handedIn = ["pulumi/lookups", "pulumi/objectLookups", "pulumi/process"];
    assert.deepEqual(modules.sort(), ["cli", "pulumi/configuration", ...ofTypes, ...handedIn].sort());
  });

  it("from what both faces share to the rooms, never to a face, to Pulumi or to words", () => {
    const outside = outsideOf("pulumi");
    const inner = ["objects", "rooms", "schema", "tokens", "turn"];
    assert.deepEqual(Object.keys(outside).sort(), ["errors", "metered", "notes", "pulumi/words", ...inner].sort());
    // It knows where the account comes from, and for whoever writes a sentence it says so: a type, no words.
    const ofWords = imports.filter(
      ({ module, target }) => partOf(module) === "pulumi" && partOf(target) === "pulumi/words",
    );
    assert.deepEqual(ofWords, [{ module: "pulumi/process", target: "pulumi/words/viewpoint" }]);
    assert.match(
      files.get("pulumi/process")?.code ?? "",
      /import type \{ AccountSource \} from "\.\/words\/viewpoint"/,
    );
  });

  it("to words from the faces and the command line only, and from words to what they speak of", () => {
    const users = imports.filter(({ target }) => partOf(target) === "pulumi/words").map(({ module }) => partOf(module));
    assert.deepEqual([...new Set(users)].sort(), ["cli", "pulumi", "pulumi/dynamic", "pulumi/plugin", "pulumi/words"]);
    assert.deepEqual(partsOutside("pulumi/words"), ["errors", "notes", "pulumi", "rooms", "schema"]);
    const ofRooms = imports.filter(
      ({ module, target }) => partOf(module) === "pulumi/words" && partOf(target) === "rooms",
    );
    assert.deepEqual(ofRooms, [{ module: "pulumi/words/sets", target: "rooms/set/failures" }]);
    assert.deepEqual(outsideOf("pulumi/words").schema, ["pulumi/words/sentence"]);
  });

  it("from dynamic resources to Pulumi and inwards, never to the client or the plugin", () => {
    const inner = ["metered", "objects", "rooms", "schema", "tokens", "turn"];
    assert.deepEqual(
      partsOutside("pulumi/dynamic"),
      ["@pulumi/pulumi", "errors", "pulumi", "pulumi/words", ...inner].sort(),
    );
  });

  it("from the plugin to Pulumi's protocol and inwards, never to the client or to dynamic resources", () => {
    const libraries = ["@grpc/grpc-js", "@pulumi/pulumi", "google-protobuf"];
    const outside = [...libraries, "errors", "objects", "pulumi", "pulumi/words", "rooms", "schema"];
    assert.deepEqual(partsOutside("pulumi/plugin"), outside.sort());
    const ofPulumi = imports
      .filter(({ module }) => partOf(module) === "pulumi/plugin")
      .map(({ target }) => target)
      .filter((target) => target.startsWith("@pulumi/pulumi") && !target.startsWith("@pulumi/pulumi/proto/"));
    assert.deepEqual(ofPulumi, []);
  });

  it("to gRPC's libraries as types only: there is one copy of them, the SDK's", () => {
    const compiled = join(root, "provider", "dist", "pulumi", "plugin");
    const required = readdirSync(compiled)
      .filter((file) => file.endsWith(".js"))
      .flatMap((file) => readFileSync(join(compiled, file), "utf8").match(/\brequire\("(@grpc|google)[^"]*"\)/g) ?? []);
    assert.deepEqual(required, []);
  });

  it("from the command line inwards, never to a face or to Pulumi", () => {
    const objects = ["objects", "tokens", "turn"];
    const outside = ["errors", "metered", "notes", ...objects, "pulumi", "pulumi/words", "rooms", "schema"];
    // For Pulumi.yaml.
    assert.deepEqual(partsOutside("cli"), [...outside, "js-yaml"].sort());
  });

  it("to the faces from nowhere but the package", () => {
    assert.deepEqual(
      partsOutside("index"),
      ["metered", "pulumi/dynamic", "turn"],
      "the first and last for their types",
    );
    for (const face of ["pulumi/dynamic", "pulumi/plugin", "cli"]) {
      const users = imports.filter(({ target }) => files.has(target) && partOf(target) === face);
      const others = new Set(users.map(({ module }) => partOf(module)).filter((part) => part !== face));
      assert.deepEqual([...others], face === "pulumi/dynamic" ? ["index"] : [], face);
    }
  });

  it("never in a circle", () => {
    const done = new Set<string>();
    const walk = (module: string, path: readonly string[]): void => {
      assert.ok(!path.includes(module), `${[...path, module].join(" > ")}`);
      if (done.has(module)) return;
      for (const target of files.get(module)?.imports ?? []) walk(target, [...path, module]);
      done.add(module);
    };
    for (const module of files.keys()) walk(module, []);
    assert.ok(done.size >= files.size);
  });

  it("in a graph that sees imports of every form, and no text", () => {
    const of = (module: string) => files.get(module)?.imports ?? [];
    assert.ok(of("rooms/create").includes("rooms/claims"));
    assert.ok(of("rooms/create").includes("rooms/api"), "types");
    assert.ok(of("pulumi/dynamic/functions/lookup").includes("pulumi/lookups"), "lazy ones");
    assert.deepEqual(
      imports.filter(({ target }) => target.startsWith("pulumi-metered")),
      [],
    );
  });
});
