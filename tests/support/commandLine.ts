import type { Simulator } from "metered-simulator";
import { MeteredClient } from "../../provider/src/api/client";
import { hide } from "../../provider/src/api/redact";
import { runCommand } from "../../provider/src/cli";
import type { Terminal } from "../../provider/src/cli/terminal";
import { assertNoSecrets } from "./canary";
import type { FakePulumi } from "./fakePulumi";

/** How a command ended, and what it printed. */
export interface CommandRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The command line in this process, with a fake Pulumi; no run of it may print a secret. */
export class CommandLine {
  readonly interruption = new AbortController();
  /** How far the last run said that it had got. */
  readonly progress: string[] = [];

  constructor(
    private readonly pulumi: FakePulumi,
    private readonly options: {
      readonly cwd?: string;
      readonly env?: NodeJS.ProcessEnv;
      /** A server in place of Metered's own, where no configuration can name one. */
      readonly server?: Simulator;
    } = {},
  ) {}

  async run(...args: string[]): Promise<CommandRun> {
    const [out, err, secrets]: [string[], string[], string[]] = [[], [], []];
    const { METERED_APP_NAME: _app, METERED_SECRET_KEY: _key, ...inherited } = process.env;
    const { cwd = this.pulumi.folder, env, server } = this.options;
    const terminal: Terminal = {
      cwd,
      env: { ...inherited, ...this.pulumi.env, ...env },
      interrupted: this.interruption.signal,
      out: (text) => void out.push(hide(text, secrets)),
      err: (text) => void err.push(hide(text, secrets)),
      progress: (line) => void this.progress.push(line),
      keepSecret: (secret) => void secrets.push(secret),
      connect: (account) => new MeteredClient({ ...account, origin: server?.url ?? account.origin, patienceMs: -1 }),
    };
    const code = await runCommand(args, terminal);
    const run = { code, out: out.join("\n"), err: err.join("\n") };
    assertNoSecrets("what the command printed", run.out + run.err);
    return run;
  }
}
