import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { assertNoSecrets, assertNoSecretsBelow, canaryKey, canaryRtmpURL, hasKey, hasSecret } from "../support/canary";
import { TestStack } from "../support/stack";

describe("secrets on the real engine, through success and failure", function () {
  this.timeout(300_000);
  let simulator: Simulator;
  let stack: TestStack;
  /** Everything that is written outside of the program's folder. */
  let outside: string;
  const place = (name: string) => join(outside, name);

  before(async () => {
    simulator = await startSimulator({ secretKey: canaryKey });
    stack = await TestStack.create({ simulator });
    outside = mkdtempSync(join(tmpdir(), "metered-secrets-"));
    for (const name of ["logs", "home"]) mkdirSync(place(name));
    await stack.pulumi("config", "set", "--secret", "rtmpOutURL", canaryRtmpURL);

    program(5);
    assert.equal((await run("up")).code, 0);
    program(6);
    failing("fails", { status: 500, body: { message: `${canaryKey} ${canaryRtmpURL}` } });
    failing("wrong-key", { status: 401, body: { message: `invalid secretKey ${canaryKey}` } });
    failing("half", { status: 200, body: { _id: idOf("half"), roomName: "half", maxParticipants: 5 } });
    simulator.faults.inject({ fault: "cutAfterCommit", operation: "update", roomName: "cut", times: "always" });
    const { text } = await run("up", "--refresh", "--continue-on-error");
    for (const words of [/HTTP 500/, /\[InvalidSecretKey\]/, /\[NotAsDeclared\]/, /\[NoConnection\]/]) {
      assert.match(text, words);
    }
    simulator.faults.clear();
    assert.equal((await run("destroy")).code, 0);
  });
  after(async () => {
    await simulator.close();
    for (const folder of [outside, stack.folder]) rmSync(folder, { recursive: true, force: true });
  });

  /** As chatty as Pulumi can be, with every file where the test finds it. */
  const run = (...args: string[]) =>
    stack.run([...args, "--stack", "dev", "-v=9", "--logflow"], {
      TMPDIR: place("logs"),
      PULUMI_HOME: place("home"),
      PULUMI_DEBUG_GRPC: place("grpc.json"),
      NODE_V8_COVERAGE: place("coverage"),
    });
  const program = (participants: number) =>
    stack.program(`
      const rtmpOutURL = new pulumi.Config().requireSecret("rtmpOutURL");
      const stream = { enableComposition: true, enableRTMPOut: true, rtmpOutURL };
      for (const roomName of ["good", "fails", "wrong-key", "half", "cut"]) {
        new metered.MeetingRoom(roomName, { roomName, privacy: "public", maxParticipants: ${participants}, ...stream });
      }
      new metered.LiveStreamingRoom("live", { displayMessage: "${participants}", rtmpOutURL }, { retainOnDelete: true });
    `);
  const failing = (roomName: string, reply: { status: number; body: object }) =>
    simulator.faults.inject({ fault: "status", operation: "update", roomName, times: "always", ...reply });
  const idOf = (name: string) => simulator.rooms.find(({ roomName }) => roomName === name)?._id;

  it("are in no state, checkpoint, backup, history or configuration file, and in nothing that is printed", () => {
    const backend = readdirSync(join(stack.folder, "backend", ".pulumi"));
    for (const kept of ["stacks", "backups", "history"]) assert.ok(backend.includes(kept), `no ${kept} to look into`);
    stack.dispose();
  });

  it("are in no coverage report and in none of Pulumi's own folders", () => {
    assert.ok(readdirSync(place("coverage")).length > 0);
    assertNoSecretsBelow(place("coverage"));
    assertNoSecretsBelow(place("home"));
  });

  it("are in the engine's log only where it logs the inputs and outputs that it passes on", () => {
    const lines = readdirSync(place("logs"))
      .filter((name) => name.includes(".log."))
      .flatMap((name) => readFileSync(join(place("logs"), name), "utf8").split("\n"));
    // Of every room the engine logs what it does, so that there is something to look into.
    for (const name of ["good", "fails", "wrong-key", "half", "cut", "live"]) {
      assert.ok(
        lines.some((line) => /urn:pulumi:dev::[^"\s]*::/.test(line) && line.includes(`::${name}`)),
        name,
      );
    }
    const places = lines.filter(hasSecret).map((line) => {
      const [, rpc = "", property = "", value = ""] =
        /arshaling property for RPC\[(.*)\]: ([\w:]+)=\{(.*)\}"/.exec(line) ?? assert.fail(line);
      return [/\.\w+\(/.exec(rpc)?.[0], property, /^rtmp:/.test(value) ? "stream" : "key"].join(" ");
    });
    // What an engine logs depends on its version.
    const allowed = [
      ".Check( rtmpOutURL stream",
      ".Configure( value key",
      ".Configure( value stream",
      ".Create( rtmpOutURL stream",
      ".Read( rtmpOutURL stream",
      ".RegisterResource( value stream",
      ".Update( rtmpOutURL stream",
    ];
    assert.deepEqual(
      places.filter((each) => !allowed.includes(each)),
      [],
    );
  });

  it("are in the log of calls only as the configuration and as the property itself, the key in no answer of ours", () => {
    const entries = readFileSync(place("grpc.json"), "utf8").split("\n").filter(Boolean);
    const places = entries.flatMap((line) => {
      const { method, ...rest } = JSON.parse(line) as { method: string };
      return secretsIn(rest).map((path) => `${method.replace(/.*\./, "")} ${path}`);
    });
    const config = /^(LanguageRuntime\/Run|ResourceProvider\/(CheckConfig|DiffConfig|Configure)) request\./;
    const isOfConfig = (where: string) => config.test(where) && /(secretKey|rtmpOutURL)(\.value)?: /.test(where);
    const others = new Set(places.filter((where) => !isOfConfig(where)).map((where) => where.replace(/\.value:/, ":")));
    const requests = [...others].filter((where) => where.includes(" request."));
    for (const where of requests)
      assert.match(where, /\.(news|olds|oldInputs|oldOutputs|inputs|object|properties)\.rtmpOutURL: stream$/);
    assert.deepEqual([...others].filter((where) => !requests.includes(where)).sort(), [
      "ResourceMonitor/RegisterResource response.object.rtmpOutURL: stream",
      "ResourceProvider/Check response.inputs.rtmpOutURL: stream",
      "ResourceProvider/Create response.properties.rtmpOutURL: stream",
      "ResourceProvider/Read response.inputs.rtmpOutURL: stream",
      "ResourceProvider/Read response.properties.rtmpOutURL: stream",
      "ResourceProvider/Update response.properties.rtmpOutURL: stream",
    ]);
  });

  it("are in no other file of the run", () => {
    for (const name of readdirSync(place("logs")).filter(
      (file) => !/^pulumi\..*\.log\./.test(file) && file !== "pulumi.INFO",
    )) {
      assertNoSecrets(name, readFileSync(join(place("logs"), name), "utf8"));
    }
  });
});

/** Where in an entry of the log of calls there is a secret: `request.news.rtmpOutURL: stream`. */
function secretsIn(value: unknown, path = ""): string[] {
  if (typeof value === "string") return hasSecret(value) ? [`${path}: ${hasKey(value) ? "key" : "stream"}`] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => secretsIn(item, path === "" ? key : `${path}.${key}`));
}
