import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Simulator } from "metered-simulator";
import type { Run } from "./run";
import type { TestStack } from "./stack";
import { SecretWatch } from "./turnSecrets";

export const DAY = 86_400;
export const WEEK = 7 * DAY * 1000;

/** Everything about TURN and tokens in one program. Credential and token rotate, ten days before their end. */
const PROGRAM = `
  const project = new metered.TurnProject("calls", { projectName: "calls", quotaInBytes: 2000000 });
  const rotating = { expiryInSeconds: ${30 * DAY}, rotateBeforeSeconds: ${10 * DAY} };
  const app = new metered.TurnCredential("app", { label: "app", ...rotating });
  const inProject = new metered.TurnCredential("in-project", { projectId: project.id, label: "web" });
  const room = new metered.MeetingRoom("standup", { privacy: "private", roomName: "standup" });
  const guest = new metered.AccessToken("guest", { roomName: room.roomName, ...rotating });
  exports.iceServers = app.iceServers;
  exports.token = guest.token;
  exports.expiresAt = app.expiresAt;
  exports.projectKey = project.apiKey;
  exports.lookedUp = metered.getIceServersOutput({ apiKey: app.apiKey }).iceServers;
  exports.credentials = metered.getTurnCredentialsOutput({ projectId: project.id }).credentials;
  exports.valid = metered.validateAccessTokenOutput({ token: guest.token }).valid;
  exports.usage = metered.getTurnUsageOutput({ projectId: project.id }).quotaInBytes;
  exports.projects = metered.getTurnProjectsOutput().projects.length;
`;

/** A stack with TURN credentials and tokens, whose clocks a test can move. No secret shows in any of its runs. */
export class TurnStory {
  private readonly watch: SecretWatch;
  private aheadMs = 0;

  constructor(
    private readonly simulator: Simulator,
    private readonly stack: TestStack,
    private readonly environment: NodeJS.ProcessEnv = {},
  ) {
    this.watch = new SecretWatch(simulator, stack);
    stack.program(PROGRAM);
  }

  async run(...args: string[]): Promise<Run> {
    const run = await this.stack.run(args, this.env());
    assert.equal(run.code, 0, `pulumi ${args.join(" ")} failed:\n${run.text}`);
    this.watch.assertNone(run);
    return run;
  }

  /** Lets time pass: for the server, and for every Node process of the next runs. */
  pass(ms: number): void {
    this.simulator.setClock(this.simulator.now() + ms);
    this.aheadMs += ms;
  }

  /** The credential that rotates. */
  get app() {
    return this.simulator.turnCredentials.find(({ label }) => label === "app");
  }

  private env(): NodeJS.ProcessEnv {
    if (this.aheadMs === 0) return this.environment;
    const shift = join(this.stack.folder, "shift.cjs");
    writeFileSync(shift, `const now = Date.now; Date.now = () => now() + ${this.aheadMs};\n`);
    return { ...this.environment, NODE_OPTIONS: `--require ${shift}` };
  }
}
