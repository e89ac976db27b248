import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
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

/** Modules of our own whose code has what is looked for. */
function modulesWith(pattern: RegExp): string[] {
  return [...files.values()].filter(({ code }) => pattern.test(code)).map(({ module }) => module);
}

/** Modules that a program loads, in a process of its own, by their path below the repository. */
function loadedBy(statement: string): string[] {
  const script = `process.on("exit", () => require("node:fs").writeSync(1, JSON.stringify(Object.keys(require.cache)))); ${statement}`;
  const paths = JSON.parse(execFileSync(process.execPath, ["-e", script], { cwd: root, encoding: "utf8" })) as string[];
  return paths.map((path) => relative(root, path).split(sep).join("/"));
}

describe("a program that imports pulumi-metered", () => {
  let loaded: string[];
  let ours: string[];
  before(() => {
    loaded = loadedBy('require("pulumi-metered").MeetingRoom');
    ours = loaded.filter((path) => path.startsWith("provider/"));
  });

  it("loads the classes, and Pulumi's parts", () => {
    assert.ok(ours.includes("provider/dist/pulumi/dynamic/meetingRoom.js"));
    assert.ok(loaded.includes("node_modules/@pulumi/pulumi/resource.js"));
  });

  it("loads no HTTP client", () => {
    assert.deepEqual(
      loaded.filter((path) => path.includes("axios")),
      [],
    );
  });

  it("loads neither the client, nor operations on rooms, nor words", () => {
    const needed =
      /^provider\/(index|dist\/(pulumi\/(dynamic\/(meetingRoom|registration|program)|state|tokens)|rooms\/(meetingRoom|room|name)|schema\/(kinds|names|rules)))\.js$/;
    assert.deepEqual(
      ours.filter((path) => !needed.test(path)),
      [],
    );
  });

  it("loads few modules: each takes time in every run of a program", () => {
    assert.ok(ours.length <= 13, `${ours.length}: ${ours.join(", ")}`);
    const all = loadedBy(
      'const { MeetingRoom, LiveStreamingRoom, Provider, getMeetingRoom } = require("pulumi-metered")',
    );
    const more = all.filter((path) => path.startsWith("provider/"));
    assert.ok(more.length > ours.length && more.length <= 20, `${more.length}: ${more.join(", ")}`);
  });

  it("finds every export, also as an ES module", () => {
    const statement = 'import * as all from "pulumi-metered"; process.stdout.write(JSON.stringify(Object.keys(all)))';
    const found = execFileSync(process.execPath, ["--input-type=module", "-e", statement], {
      cwd: root,
      encoding: "utf8",
    });
    const compiled = Object.keys(require("../../provider/dist/index.js") as object);
    const main = require("../../provider/index.js") as Record<string, unknown>;
    assert.deepEqual(Object.keys(main).sort(), compiled.sort());
    assert.deepEqual(
      (JSON.parse(found) as string[])
        .filter((name) => !["default", "module.exports", "__esModule"].includes(name))
        .sort(),
      compiled,
    );
    for (const name of compiled) assert.equal(typeof main[name], "function", name);
  });

  it("loads not all of Pulumi, which would take a third of a second", () => {
    assert.ok(!loaded.includes("node_modules/@pulumi/pulumi/index.js"));
  });

  it("would be found out, if it loaded them", () => {
    const all = loadedBy('require("pulumi-metered/runtime")');
    assert.deepEqual(
      all.filter((path) => /grpc|protobuf|dist\/pulumi\/plugin/.test(path)),
      [],
    );
    for (const module of ["pulumi/operations", "pulumi/words/errors", "rooms/create", "metered/client"]) {
      assert.ok(all.includes(`provider/dist/${module}.js`), module);
    }
  });

  it("and the provider itself loads the HTTP client with the first request: most runs make none", () => {
    const create =
      'const { Http } = require("./provider/dist/metered/http"); const http = new Http({ origin: "http://127.0.0.1:1", maxConcurrentRequests: 1, patienceMs: 0, timeoutMs: 9 })';
    const isLoaded = (statement: string) => loadedBy(statement).some((path) => path.includes("/axios/"));
    assert.equal(isLoaded('require("pulumi-metered/runtime")'), false);
    assert.equal(isLoaded(create), false);
    assert.equal(isLoaded(`${create}; void http.send({ method: "GET", path: "/" }, http.attempts())`), true);
  });
});

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
    assert.deepEqual(partsOutside("pulumi/words"), ["errors", "notes", "pulumi", "rooms"]);
    const ofRooms = imports.filter(
      ({ module, target }) => partOf(module) === "pulumi/words" && partOf(target) === "rooms",
    );
    assert.deepEqual(ofRooms, [{ module: "pulumi/words/sets", target: "rooms/set/failures" }]);
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
    const outside = ["errors", "metered", "notes", ...objects, "pulumi", "pulumi/words", "rooms", "schema"].sort();
    assert.deepEqual(partsOutside("cli"), outside);
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

describe("what one place knows", () => {
  it("is the keys that only the provider uses: pulumi/state", () => {
    assert.deepEqual(modulesWith(/__(generated|lookup|provider|auto)\b/), ["pulumi/state"]);
    // The preview of an import leaves out whatever key starts so.
    assert.deepEqual(modulesWith(/["'`]__/).sort(), ["cli/preview", "pulumi/state"]);
  });

  it("is how the API is called: one file to look, one to create and update, one to delete", () => {
    // A set answers the first look at a room from its list, and passes on all else.
    const passesOn = "rooms/set/observed";
    const callers = (method: string) =>
      modulesWith(new RegExp(`\\bapi \\. ${method} \\(`)).filter((module) => module !== passesOn);
    assert.deepEqual(callers("get"), ["rooms/look"]);
    assert.deepEqual(callers("proveAccount"), ["rooms/look"]);
    assert.deepEqual(callers("create"), ["rooms/reconcile"]);
    assert.deepEqual(callers("update"), ["rooms/reconcile"]);
    assert.deepEqual(callers("delete"), ["rooms/remove"]);
  });

  it("is the name of a setting: the table, and one file for the end of a room", () => {
    const names = [meetingRoom, liveStreamingRoom].flatMap(({ fields }) => Object.keys(fields));
    const settings = [...new Set(names)].filter((name) => name !== "roomName");
    const known = new Map<string, readonly string[]>();
    for (const { module, code } of files.values()) {
      const found = settings.filter((name) => new RegExp(`\\b${name}\\b`).test(code));
      if (found.length > 0) known.set(module, found.sort());
    }
    for (const table of ["rooms/meetingRoom", "rooms/liveStreamingRoom"]) assert.ok(known.delete(table), table);
    // Made from the tables, and from docs/errors.md.
    for (const { name } of [meetingRoom, liveStreamingRoom]) {
      known.delete(`pulumi/dynamic/${name[0]?.toLowerCase()}${name.slice(1)}`);
      known.delete(`pulumi/dynamic/functions/get${name}`);
    }
    known.delete("pulumi/words/explanations");
    // Tokens have settings of the same names, in a table of their own.
    for (const module of known.keys()) if (/(^|\/)accessTokens?$/.test(module)) known.delete(module);
    assert.deepEqual(Object.fromEntries(known), {
      "rooms/expiry": ["deleteOnExp", "expireUnixSec"],
      // The way out for a token whose end the program has set.
      "cli/doctor/turn": ["expireUnixSec"],
      // The way out of an error that only the end of a room has.
      "pulumi/words/missing": ["deleteOnExp", "expireUnixSec"],
      // What getMeetingRooms filters by.
      "pulumi/lookups": ["privacy"],
      "pulumi/plugin/invokes": ["privacy"],
      "pulumi/dynamic/functions/getMeetingRooms": ["privacy"],
      // In the types of sets, whose secret settings are apart.
      "pulumi/dynamic/roomSets": ["rtmpOutURL"],
      // The columns of the list.
      "cli/list": ["deleteOnExp", "expireUnixSec", "privacy"],
    });
  });

  it("is how Pulumi spells what is not known yet: schema/kinds", () => {
    assert.deepEqual(modulesWith(/04da6b54-80e4-46f7-96ec-b56ff0331ba9/), ["schema/kinds"]);
  });

  it("is how Pulumi marks a secret: pulumi/plugin/values", () => {
    assert.deepEqual(modulesWith(/4dabf18193072939515e22adb298388d/), ["pulumi/secrets"]);
  });
});
