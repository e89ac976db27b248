import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import { canaryKey } from "../support/canary";
import { CommandLine } from "../support/commandLine";
import { FakePulumi, type FakeStack, URN } from "../support/fakePulumi";
import { configFor } from "../support/onAccount";

/** A line of what the doctor says. */
export interface Finding {
  readonly status: string;
  readonly subject: string;
  readonly message: string;
  readonly commands: readonly string[];
}

/** The doctor at a project in which everything is right. */
class OnDoctor {
  simulator!: Simulator;
  pulumi!: FakePulumi;

  withConfig(changes: NonNullable<FakeStack["config"]>): void {
    this.pulumi.set({ config: { ...this.pulumi.stack.config, ...changes } });
  }

  async examine(env: NodeJS.ProcessEnv = {}, cwd = this.pulumi.folder): Promise<Finding[]> {
    const { requests } = this.simulator;
    requests.clear();
    const { simulator } = this;
    const { code, out } = await new CommandLine(this.pulumi, { env, cwd, simulator }).run("doctor", "--json");
    const calls = requests.map(({ method, path }) => `${method} ${path}`);
    const lists = new Set(["GET /api/v1/rooms", "GET /api/v2/turn/projects", "GET /api/v2/turn/credentials"]);
    const isList = (call: string) => lists.has(call.replace(/project\/\w+\/credentials/, "credentials"));
    assert.ok(
      calls.every(isList) && new Set(calls).size === calls.length,
      "it reads each list once, and changes nothing",
    );
    const findings = JSON.parse(out) as Finding[];
    assert.equal(code, findings.some(({ status }) => status === "fail") ? 1 : 0);
    return findings;
  }

  /** The one finding that is not in order. */
  async trouble(env: NodeJS.ProcessEnv = {}): Promise<Finding> {
    const [found, ...more] = (await this.examine(env)).filter(({ status }) => status !== "ok");
    assert.ok(found && more.length === 0, JSON.stringify([found, ...more]));
    return found;
  }
}

/** Gives each test of a suite an account and a project of its own. */
export function onDoctor(): OnDoctor {
  const on = new OnDoctor();
  beforeEach(async () => {
    on.simulator = await startSimulator({ secretKey: canaryKey });
    on.simulator.addRoom("meeting", "lobby", { privacy: "public" });
    on.pulumi = new FakePulumi({
      config: configFor(on.simulator),
      resources: [{ urn: `${URN}pulumi:pulumi:Stack::rooms-dev`, type: "pulumi:pulumi:Stack" }],
    });
    on.pulumi.installPackages();
  });
  afterEach(async () => {
    on.pulumi.dispose();
    await on.simulator.close();
  });
  return on;
}
