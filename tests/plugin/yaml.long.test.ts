import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { canaryKey } from "../support/canary";
import { hostOf, languageStack, tellStory } from "../support/languageStory";
import type { TestStack } from "../support/stack";

describe("the plugin in a program in YAML, on the real engine", function () {
  this.timeout(300_000);
  let simulator: Simulator;
  let stack: TestStack;

  before(async function () {
    // The first time on a machine without a release of Pulumi, the language host is built.
    this.timeout(45 * 60_000);
    const host = await hostOf("yaml");
    simulator = await startSimulator({ secretKey: canaryKey });
    stack = await languageStack("yaml", simulator, host);
  });
  after(async () => {
    await simulator.close();
    stack.dispose();
  });

  it("makes rooms, looks one up, finds nothing left to do, imports one, and destroys them", async () => {
    await tellStory(stack, simulator, (printed) => {
      const resource = /^resources:\n((?: .*\n)+)/m.exec(printed)?.[1];
      assert.ok(resource, printed);
      const program = join(stack.folder, "Pulumi.yaml");
      writeFileSync(program, readFileSync(program, "utf8").replace("resources:\n", `resources:\n${resource}`));
    });
  });
});
