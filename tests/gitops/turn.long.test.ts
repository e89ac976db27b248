import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { parse } from "yaml";
import { canaryKey } from "../support/canary";
import { TestStack } from "../support/stack";
import { SecretWatch } from "../support/turnSecrets";

const example = join("examples", "turn");
const file = readFileSync(join(__dirname, "..", "..", example, "kubernetes", "stack.yaml"), "utf8");
const DAY_MS = 86_400_000;

describe("the operator's rounds with the example about TURN, on the real engine", function () {
  this.timeout(600_000);
  const { spec } = parse(file) as { spec: { refresh: boolean; resyncFrequencySeconds: number } };
  let simulator: Simulator;
  let stack: TestStack;

  before(async () => {
    simulator = await startSimulator({ secretKey: canaryKey });
    stack = await TestStack.create({ simulator, folder: example });
  });
  after(async () => {
    await simulator.close();
    stack.dispose();
  });

  it("rotate the credential before its end, by Metered's clock, and otherwise only look", async () => {
    const watch = new SecretWatch(simulator, stack);
    /** One round, as the operator's agent makes it. Answers the calls that it cost, but for GETs. */
    const round = async (): Promise<string[]> => {
      simulator.requests.clear();
      const options = ["--diff", "--suppress-progress", ...(spec.refresh ? ["--refresh"] : [])];
      const run = await stack.run(["up", ...options], { PULUMI_NODEJS_TRANSPILE_ONLY: "true" });
      assert.equal(run.code, 0, run.text);
      watch.assertNone(run);
      return simulator.requests.map(({ method }) => method).filter((method) => method !== "GET");
    };
    const pass = (days: number) => simulator.setClock(simulator.now() + days * DAY_MS);
    const frequency = spec.resyncFrequencySeconds / 86_400;

    assert.deepEqual(await round(), ["POST", "POST"]);
    const [first] = simulator.turnCredentials;
    pass(20 - frequency);
    assert.deepEqual(await round(), []);
    pass(2 * frequency);
    assert.deepEqual(await round(), ["POST", "DELETE"]);
    const [second, ...more] = simulator.turnCredentials;
    assert.notEqual(second?.username, first?.username);
    assert.deepEqual(more, []);
    pass(frequency);
    assert.deepEqual(await round(), []);
  });
});
