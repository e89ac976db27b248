import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { type Simulator, type SimulatorOptions, startSimulator } from "metered-simulator";
import { canaryKey } from "./canary";
import { CommandLine, type CommandRun } from "./commandLine";
import { FakePulumi, type FakeStack } from "./fakePulumi";

/** A stack's configuration for a simulator that was started with the canary as its key. */
export function configFor(simulator: Simulator): NonNullable<FakeStack["config"]> {
  return {
    "metered:appName": { value: simulator.app, secret: false },
    "metered:secretKey": { value: canaryKey, secret: true },
    "metered:endpoint": { value: simulator.url, secret: false },
  };
}

/** The command line beside a project whose stack is configured for a simulator. */
class OnAccount {
  simulator!: Simulator;
  pulumi!: FakePulumi;
  cli!: CommandLine;

  /** Runs `pulumi-metered import`, and expects it to end with this code. */
  async imports(code: number, ...args: string[]): Promise<CommandRun> {
    const run = await this.cli.run("import", ...args);
    assert.equal(run.code, code, run.out + run.err);
    return run;
  }

  text(name: string): string {
    return readFileSync(this.pulumi.path(name), "utf8");
  }

  isThere(name: string): boolean {
    return existsSync(this.pulumi.path(name));
  }
}

/** Gives each test of a suite an account and a project of its own; none may write to the account. */
export function onAccount(options: SimulatorOptions): OnAccount {
  const on = new OnAccount();
  beforeEach(async () => {
    on.simulator = await startSimulator({ secretKey: canaryKey, ...options });
    on.pulumi = new FakePulumi({ config: configFor(on.simulator) });
    on.cli = new CommandLine(on.pulumi, { simulator: on.simulator });
  });
  afterEach(async () => {
    try {
      const writes = on.simulator.requests.filter(({ method }) => method !== "GET");
      assert.deepEqual(writes, [], "nothing is ever written to the account");
    } finally {
      on.pulumi.dispose();
      await on.simulator.close();
    }
  });
  return on;
}
