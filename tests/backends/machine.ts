import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Simulator } from "metered-simulator";
import { findEngine } from "../../tools/engine";
import { assertNoSecrets, assertNoSecretsBelow } from "../support/canary";
import { type Run, type StartedRun, startRun } from "../support/run";
import type { StateServer } from "./server";

const PROJECT = "name: rooms\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n";

/** A machine with a home and a working copy of its own; all that it shares with others is the server of the state. */
export class Machine {
  readonly folder = mkdtempSync(join(tmpdir(), "metered-machine-"));

  private constructor(
    private readonly engine: string,
    private readonly server: StateServer,
  ) {}

  /** The first one: it makes the stack, with the key and the program's secrets in its configuration. */
  static async first(
    server: StateServer,
    simulator: Simulator,
    program: string,
    secrets: Readonly<Record<string, string>>,
  ): Promise<Machine> {
    const machine = new Machine(await findEngine({ log: () => undefined }), server);
    machine.prepare();
    writeFileSync(join(machine.copy, "Pulumi.yaml"), PROJECT);
    writeFileSync(join(machine.copy, "package.json"), '{"main":"index.js"}');
    const head = 'const pulumi = require("@pulumi/pulumi");\nconst metered = require("pulumi-metered");\n';
    writeFileSync(join(machine.copy, "index.js"), head + program);
    await machine.pulumi("stack", "init", "dev", "--secrets-provider", "passphrase");
    const settings = { appName: simulator.app, endpoint: simulator.url, retrySeconds: "1" };
    const plain = Object.entries(settings).flatMap(([key, value]) => ["--plaintext", `metered:${key}=${value}`]);
    const hidden = Object.entries({ "metered:secretKey": simulator.secretKey, ...secrets });
    const secret = hidden.flatMap(([key, value]) => ["--secret", `${key}=${value}`]);
    await machine.pulumi("config", "set-all", ...plain, ...secret);
    return machine;
  }

  /** Another one, with a clone of the working copy. */
  async another(): Promise<Machine> {
    const machine = new Machine(this.engine, this.server);
    machine.prepare();
    const isWritten = (path: string) => !path.endsWith("node_modules");
    cpSync(this.copy, machine.copy, { recursive: true, filter: isWritten });
    return machine;
  }

  /** Changes the program in this working copy. */
  edit(from: string, to: string): void {
    const file = join(this.copy, "index.js");
    const program = readFileSync(file, "utf8");
    assert.ok(program.includes(from));
    writeFileSync(file, program.replace(from, to));
  }

  private get copy(): string {
    return join(this.folder, "rooms");
  }

  private prepare(): void {
    for (const name of ["home", "rooms"]) mkdirSync(join(this.folder, name));
    symlinkSync(join(__dirname, "../../node_modules"), join(this.copy, "node_modules"));
  }

  /** Runs the CLI and expects it to succeed. */
  async pulumi(...args: string[]): Promise<Run> {
    const run = await this.start(...args).ended;
    assert.equal(run.code, 0, `pulumi ${args.join(" ")} failed:\n${run.text}`);
    return run;
  }

  start(...args: string[]): StartedRun {
    const changes = ["up", "destroy"].includes(args[0] ?? "") ? ["--yes", "--skip-preview"] : [];
    // No machine has selected a stack, as in a pipeline; `cancel` names it without an option.
    const stack = ["stack", "cancel"].includes(args[0] ?? "") ? [] : ["--stack", "dev"];
    const { child, ended } = startRun("pulumi", [...args, ...changes, ...stack, "--non-interactive"], this.copy, {
      ...process.env,
      PATH: `${this.engine}${delimiter}${process.env.PATH}`,
      HOME: this.folder,
      PULUMI_HOME: join(this.folder, "home"),
      PULUMI_BACKEND_URL: this.server.url,
      PULUMI_CONFIG_PASSPHRASE: "correct horse battery staple",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      NO_COLOR: "1",
      ...this.server.env,
    });
    const checked = ended.then((run) => {
      assertNoSecrets(`what pulumi ${args[0]} printed`, run.text);
      return run;
    });
    return { child, ended: checked };
  }

  /** Looks for secrets in all that was left on the disk, then removes it. */
  dispose(): void {
    try {
      assertNoSecretsBelow(this.folder);
    } finally {
      rmSync(this.folder, { recursive: true, force: true });
    }
  }
}
