import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Simulator } from "metered-simulator";
import { assertNoKey, assertNoSecrets, assertNoSecretsBelow } from "./canary";
import { type Run, type StartedRun, startRun } from "./run";
import { BACKEND, CONFIGURATION, copyProgram, emptyStack, environment, INIT, writeProject } from "./stackFolder";

/** A resource in the stack's state. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id: string;
  /** The resource of the provider, and its id: `urn:…::default_1_2_3::3f…`. */
  readonly provider?: string;
  readonly inputs: Record<string, unknown>;
  readonly outputs: Record<string, unknown>;
  readonly initErrors?: string[];
  /** It was deleted, to be replaced, and the new one could not be created yet. */
  readonly pendingReplacement?: true;
}

interface Checkpoint {
  readonly resources?: StateResource[];
  readonly pending_operations?: { readonly type: string; readonly resource: StateResource }[];
}

export interface StackOptions {
  /** The server that the stack's configuration points to. */
  readonly simulator: Simulator;
  /** The program, as a folder to be copied, relative to the repository; else the test writes it with `program`. */
  readonly folder?: string;
  /** The program, as a folder outside the repository that has all it needs and stays: a plain project called `rooms`. */
  readonly installed?: string;
  readonly secretKey?: string;
  /** More configuration; a key without a colon is one of `metered:`; undefined takes a setting away. */
  readonly config?: Readonly<Record<string, string | undefined>>;
  /** The text of the configuration file, where there is one already. */
  readonly configuration?: string;
}

/** A stack of its own on the real engine: a program folder, a file backend, the configuration. */
export class TestStack {
  private readonly seen: Run[] = [];

  private constructor(
    readonly folder: string,
    private readonly options: StackOptions,
    readonly env: NodeJS.ProcessEnv,
  ) {}

  static async create(options: StackOptions): Promise<TestStack> {
    const folder = options.installed ?? mkdtempSync(join(tmpdir(), "metered-stack-"));
    const stack = new TestStack(folder, options, await environment(folder));
    if (options.folder) copyProgram(options.folder, folder);
    else if (!options.installed) writeProject(folder);
    if (options.configuration !== undefined) {
      await stack.initialise("stack", "init", "dev");
      // Last: some versions of Pulumi take a key out that they have not made themselves.
      writeFileSync(join(folder, CONFIGURATION), options.configuration);
      return stack;
    }
    if (options.folder) await stack.initialise(...INIT);
    else cpSync(join(await emptyStack(stack.secretKey()), BACKEND), join(folder, BACKEND), { recursive: true });
    await stack.configure();
    return stack;
  }

  /** Writes the stack's configuration; the key is encrypted by Pulumi, once per process. */
  async configure(changes: Partial<StackOptions> = {}): Promise<void> {
    const { simulator, config = {} } = { ...this.options, ...changes };
    const encrypted = join(await emptyStack(this.secretKey(changes)), CONFIGURATION);
    const settings = { appName: simulator.app, endpoint: simulator.url, retrySeconds: "1", ...config };
    const lines = Object.entries(settings).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const text = lines
      .map(([key, value]) => `  ${key.includes(":") ? key : `metered:${key}`}: ${JSON.stringify(value)}\n`)
      .join("");
    const configuration = readFileSync(encrypted, "utf8").replace("config:\n", `config:\n${text}`);
    writeFileSync(join(this.folder, CONFIGURATION), configuration);
  }

  private secretKey(changes: Partial<StackOptions> = {}): string {
    const { simulator, secretKey = simulator.secretKey } = { ...this.options, ...changes };
    return secretKey;
  }

  private async initialise(...args: string[]): Promise<void> {
    mkdirSync(join(this.folder, BACKEND));
    await this.pulumi(...args);
  }

  /** Where commands are found: the engine's folder first. */
  get path(): string {
    return this.env.PATH ?? "";
  }

  /** Sets the program: the body of a JavaScript module in which `pulumi` and `metered` are at hand. */
  program(body: string): this {
    const sdk = body.includes("pulumi.") ? 'const pulumi = require("@pulumi/pulumi");\n' : "";
    const head = `${sdk}const metered = require("pulumi-metered");\n`;
    writeFileSync(join(this.folder, "index.js"), head + body);
    return this;
  }

  /** Runs the CLI and expects it to succeed. */
  async pulumi(...args: string[]): Promise<Run> {
    const run = await this.run(args);
    assert.equal(run.code, 0, `pulumi ${args.join(" ")} failed:\n${run.text}`);
    return run;
  }

  /** Runs the CLI and expects it to fail. */
  async failing(...args: string[]): Promise<Run> {
    const run = await this.run(args);
    assert.notEqual(run.code, 0, `pulumi ${args.join(" ")} should have failed:\n${run.text}`);
    return run;
  }

  run(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
    const all = ["up", "refresh", "destroy"].includes(args[0] ?? "") ? ["--yes", "--skip-preview"] : [];
    return this.start([...args, ...all, "--non-interactive"], env).ended;
  }

  /** Runs exactly these arguments, and does not wait for the end. */
  start(args: string[], env: NodeJS.ProcessEnv = {}): StartedRun {
    const { child, ended } = startRun("pulumi", args, this.folder, { ...this.env, ...env });
    const seen = ended.then((run) => {
      this.seen.push(run);
      return run;
    });
    return { child, ended: seen };
  }

  /**
   * Runs a script as a user would type it, in the program's folder; prompts are answered with yes.
   *
   * @param input what it asks for: the value of a secret
   */
  async shell(script: string, env: NodeJS.ProcessEnv = {}, input?: string): Promise<Run> {
    const answers = { PULUMI_SKIP_CONFIRMATIONS: "true" };
    const run = await startRun("sh", ["-euc", script], this.folder, { ...this.env, ...answers, ...env }, input).ended;
    this.seen.push(run);
    assert.equal(run.code, 0, `${script} failed:\n${run.text}`);
    return run;
  }

  /** `up`, then proof that there is nothing more to do, also after a look at the server. */
  async upAndSettle(...args: string[]): Promise<Run> {
    const run = await this.pulumi("up", ...args);
    await this.assertSettled();
    return run;
  }

  /** Refreshes in memory only: every GET is made, the state stays as it is. */
  async assertSettled(): Promise<void> {
    await this.pulumi("preview", "--refresh", "--expect-no-changes");
  }

  state(): StateResource[] {
    return this.checkpoint().resources ?? [];
  }

  /** What was under way when a run was killed: `creating`, `updating`, `deleting`, and the name of the resource. */
  pending(): string[] {
    return (this.checkpoint().pending_operations ?? []).map(
      ({ type, resource }) => `${type} ${resource.urn.split("::").pop()}`,
    );
  }

  private checkpoint(): Checkpoint {
    const project = /^name: (.+)$/m.exec(readFileSync(join(this.folder, "Pulumi.yaml"), "utf8"))?.[1] ?? "";
    const path = join(this.folder, BACKEND, ".pulumi", "stacks", project, "dev.json");
    const stored = JSON.parse(readFileSync(path, "utf8")) as { checkpoint: { latest?: Checkpoint } };
    return stored.checkpoint.latest ?? {};
  }

  /** The program's outputs as they are stored, secrets encrypted. */
  outputs(): Record<string, unknown> {
    return this.state().find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
  }

  /** Room resources in the state. */
  rooms(): StateResource[] {
    return this.state().filter(({ type }) => /^(pulumi-nodejs:dynamic\/metered:|metered:index:)/.test(type));
  }

  room(name: string): StateResource {
    const room = this.rooms().find((resource) => resource.urn.endsWith(`::${name}`));
    assert.ok(room, `no room ${name} in the state`);
    return room;
  }

  /** Looks for leaked secrets in all that was printed and stored, then removes the stack from the disk. */
  dispose(): void {
    try {
      for (const { text } of this.seen) assertNoSecrets("what pulumi printed", text);
      assertNoSecretsBelow(this.folder);
      assertNoKey("the simulator's log", JSON.stringify(this.options.simulator.requests));
    } finally {
      if (!this.options.installed) rmSync(this.folder, { recursive: true, force: true });
    }
  }
}
