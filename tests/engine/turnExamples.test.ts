import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { parse } from "yaml";
import { canaryKey } from "../support/canary";
import { slowTest } from "../support/exhaustive";
import { TestStack } from "../support/stack";
import { SecretWatch } from "../support/turnSecrets";

const root = join(__dirname, "..", "..");
const transpileOnly = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };

describe("the example about TURN on the real engine", function () {
  this.timeout(300_000);
  let simulator: Simulator;
  let stack: TestStack;
  const run = async (...args: string[]) => {
    const done = await stack.run(args, transpileOnly);
    assert.equal(done.code, 0, done.text);
    return done;
  };
  const open = async (example: string) => {
    simulator = await startSimulator({ secretKey: canaryKey });
    stack = await TestStack.create({ simulator, folder: join("examples", example) });
  };
  afterEach(async () => {
    await simulator.close();
    stack.dispose();
  });

  slowTest("turn: a credential in a project with a quota", async () => {
    await open("turn");
    const watch = new SecretWatch(simulator, stack);
    watch.assertNone(await run("up"));
    await run("preview", "--refresh", "--expect-no-changes");
    assert.equal(simulator.turnCredentials[0]?.project, simulator.turnProjects[0]?._id);
    watch.assertNone(await run("destroy"));
    assert.deepEqual([simulator.turnCredentials.length, simulator.turnProjects.length], [0, 0]);
  });
});

describe("the workflow of the example about TURN", () => {
  it("runs more often than the credential must be replaced, and pins every action to a commit", () => {
    const file = readFileSync(join(root, "examples", "turn", ".github", "workflows", "rotate.yml"), "utf8");
    const { on } = parse(file) as { on: { schedule: { cron: string }[] } };
    assert.match(on.schedule[0]?.cron ?? "", /^\d+ \d+ \* \* [0-6]$/);
    const uses = [...file.matchAll(/uses: (.+)$/gm)].map(([, action]) => action ?? "");
    for (const action of uses) assert.match(action, /^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });
});
