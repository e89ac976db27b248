import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { assertNoneOf, canaryKey, tracesOf } from "../support/canary";
import { TestStack } from "../support/stack";
import { turnSecretsOf } from "../support/turnSecrets";
import { TurnStory, WEEK } from "../support/turnStory";

describe("TURN credentials and access tokens in what Pulumi itself writes, at its chattiest", function () {
  this.timeout(600_000);
  let simulator: Simulator;
  let stack: TestStack;
  let outside: string;
  const secrets = new Set<string>();
  const place = (name: string) => join(outside, name);

  before(async () => {
    simulator = await startSimulator({ secretKey: canaryKey });
    stack = await TestStack.create({ simulator });
    outside = mkdtempSync(join(tmpdir(), "metered-turn-secrets-"));
    for (const name of ["logs", "home"]) mkdirSync(place(name));
    const story = new TurnStory(simulator, stack, {
      TMPDIR: place("logs"),
      PULUMI_HOME: place("home"),
      PULUMI_DEBUG_GRPC: place("grpc.json"),
    });
    const run = async (...args: string[]) => {
      await story.run(...args, "-v=9", "--logflow");
      for (const secret of turnSecretsOf(simulator)) secrets.add(secret);
    };
    await run("up");
    await run("refresh");
    story.pass(3 * WEEK);
    await run("up");
    await run("destroy");
  });
  after(async () => {
    await simulator.close();
    stack.dispose();
    rmSync(outside, { recursive: true, force: true });
  });

  const hasSecret = (text: string) =>
    [...secrets].some((secret) => tracesOf(secret).some((trace) => text.includes(trace)));

  it("are in none of Pulumi's own folders", () => {
    for (const path of readdirSync(place("home"), { recursive: true, encoding: "utf8" })) {
      if (path.endsWith(".json")) assertNoneOf([...secrets], path, readFileSync(join(place("home"), path), "utf8"));
    }
  });

  it("are in the log of calls only as the secret property itself", () => {
    const entries = readFileSync(place("grpc.json"), "utf8").split("\n").filter(Boolean);
    const places = new Set(
      entries.flatMap((line) => {
        const { method, ...rest } = JSON.parse(line) as { method: string };
        return pathsTo(hasSecret, rest).map((path) => `${method.replace(/.*\./, "")} ${path}`);
      }),
    );
    assert.ok(places.size > 0, "the log holds what is passed on");
    const own = /\.(password|apiKey|username|credential|token|projectKey)(\.value)?$/;
    assert.deepEqual(
      [...places].filter((path) => !own.test(path)),
      [],
    );
    // What a program gets or exports is marked as a secret: its value is wrapped.
    const ofProgram = [...places].filter((path) => path.startsWith("ResourceMonitor/"));
    assert.ok(ofProgram.length > 0 && ofProgram.every((path) => path.includes(".value")), ofProgram.join("\n"));
  });

  it("are in the engine's log only where it logs the properties that it passes on", () => {
    const lines = readdirSync(place("logs"))
      .filter((name) => name.includes(".log."))
      .flatMap((name) => readFileSync(join(place("logs"), name), "utf8").split("\n"));
    assert.ok(lines.some((line) => line.includes("TurnCredential") || line.includes("metered")));
    // The program's SDK also logs the whole response of a registration, when asked for this much.
    const passedOn = /arshaling property for RPC\[|RegisterResource RPC finished/;
    const others = lines.filter((line) => hasSecret(line) && !passedOn.test(line));
    assert.deepEqual(others, []);
  });
});

/** Where in an entry of the log of calls a string is found: `response.properties.password`. */
function pathsTo(isWanted: (text: string) => boolean, value: unknown, path = ""): string[] {
  if (typeof value === "string") return isWanted(value) ? [path] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => pathsTo(isWanted, item, path === "" ? key : `${path}.${key}`));
}
