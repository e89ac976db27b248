import assert from "node:assert/strict";
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Simulator, startSimulator } from "metered-simulator";
import { canaryKey } from "../support/canary";
import { slowTest } from "../support/exhaustive";
import { type Run, type StartedRun, startRun } from "../support/run";
import { TestStack } from "../support/stack";

describe("examples/fleet: a stack for each tenant, on the real engine", function () {
  this.timeout(600_000);
  let simulator: Simulator;
  let stack: TestStack;

  beforeEach(async () => {
    simulator = await startSimulator({ secretKey: canaryKey });
    stack = await TestStack.create({ simulator, folder: join("examples", "fleet"), configuration: "{}\n" });
    appendFileSync(join(stack.folder, "Pulumi.yaml"), `  metered:endpoint:\n    value: ${simulator.url}\n`);
  });
  afterEach(async () => {
    await simulator.close();
    stack.dispose();
  });

  const living = () => simulator.rooms.filter(({ archived }) => !archived).map(({ roomName }) => roomName);
  const journal = (name: string) => join(stack.folder, name);

  /** Tenants with two rooms each: tenant-1-board, tenant-1-support, … */
  function orderFor(count: number): string[] {
    const names = Array.from({ length: count }, (_, index) => `tenant-${index + 1}`);
    const orders = names.map((name) => [name, { seats: 5, rooms: ["board", "support"] }]);
    writeFileSync(join(stack.folder, "tenants.json"), JSON.stringify(Object.fromEntries(orders)));
    return names;
  }
  const roomsOf = (names: readonly string[]) => names.flatMap((name) => [`${name}-board`, `${name}-support`]).sort();

  /** In a process group of its own, which can be killed as a whole. */
  function start(...args: string[]): StartedRun {
    const node = ["node", "-r", "ts-node/register/transpile-only", "rollout.ts"];
    return startRun("setsid", [...node, ...args, "--secrets-provider", "hashivault://tests"], stack.folder, {
      ...stack.env,
      PULUMI_STACK: undefined,
      METERED_APP_NAME: simulator.app,
      METERED_SECRET_KEY: simulator.secretKey,
    });
  }
  async function succeeds(...args: string[]): Promise<Run> {
    const run = await start(...args).ended;
    assert.equal(run.code, 0, run.text);
    return run;
  }

  it("one tenant that cannot be served does not hold up the others, and is all that is left to do", async () => {
    orderFor(2);
    const taken = simulator.faults.inject({
      fault: "status",
      status: 403,
      roomName: "tenant-1-board",
      times: "always",
    });
    const { code, text } = await start("up", "--journal", journal("first"), "--parallel", "2").ended;
    assert.equal(code, 1, text);
    assert.ok(taken.fired > 0);
    assert.match(text, /^\[\d\/2\] tenant-1: FAILED: .*\(\d+ s\)$/m);
    assert.match(text, /^\[\d\/2\] tenant-2: 3 create \(\d+ s\)$/m);
    assert.match(text, /^1 of 2 done\.\nFailed: tenant-1\. /m);
    assert.equal(readFileSync(journal("first"), "utf8"), "tenant-2\n");
    assert.equal(text.includes(canaryKey), false);
  });

  slowTest("20 tenants: killed in the middle, a rollout goes on where it was, and doubles nothing", async () => {
    const names = orderFor(20);
    const killed = start("up", "--journal", journal("first"));
    while (!existsSync(journal("first")) || readFileSync(journal("first"), "utf8").split("\n").length <= 5)
      await sleep(50);
    process.kill(-(killed.child.pid ?? 0), "SIGKILL");
    await killed.ended;
    const done = readFileSync(journal("first"), "utf8").trim().split("\n");
    assert.ok(done.length >= 5 && done.length < 20);

    const calls = simulator.requests.length;
    const { text } = await succeeds("up", "--journal", journal("first"), "--cancel-locks");
    assert.match(text, new RegExp(`^${done.length} of 20 were done before\\.`));
    assert.match(text, /^\[20\/20\] .*\n20 of 20 done\.$/m);
    assert.deepEqual(living().sort(), roomsOf(names));
    assert.equal(simulator.rooms.length, 40, "no room was made twice");
    const touched = simulator.requests.slice(calls).map(({ path }) => path);
    for (const name of done) assert.ok(!touched.some((path) => path.includes(`${name}-`)), `${name} was left alone`);

    // A new rollout looks at all that it is given.
    const [first = "", second = ""] = names;
    assert.match((await succeeds("up", "--journal", journal("second"), first)).text, /tenant-1: unchanged/);
    await succeeds("destroy", "--journal", journal("leaving"), first, second);
    assert.deepEqual(living().sort(), roomsOf(names.slice(2)));
  });
});
