import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join, relative, sep } from "node:path";

const root = join(__dirname, "..", "..");

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
      /^provider\/(index|dist\/(pulumi\/(configurationKeys|dynamic\/(meetingRoom|registration|program)|state|tokens)|rooms\/(meetingRoom|room|name)|schema\/(given|kinds|names|rules)))\.js$/;
    assert.deepEqual(
      ours.filter((path) => !needed.test(path)),
      [],
    );
  });

  it("loads few modules: each takes time in every run of a program", () => {
    assert.ok(ours.length <= 14, `${ours.length}: ${ours.join(", ")}`);
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
