import type { Simulator } from "metered-simulator";
import { runCommand } from "../../provider/src/cli";
import type { Terminal } from "../../provider/src/cli/terminal";
import type { Account } from "../../provider/src/metered/account";
import type { Time } from "../../provider/src/metered/attempts";
import { MeteredClient } from "../../provider/src/metered/client";
import { hide } from "../../provider/src/metered/redact";
import { assertNoSecrets } from "./canary";
import type { FakePulumi } from "./fakePulumi";
import { assertNoTurnSecrets } from "./turnSecrets";

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
  /** The accounts that commands connected to, as they asked for them. */
  readonly accounts: Account[] = [];

  constructor(
    private readonly pulumi: FakePulumi,
    private readonly options: {
      readonly cwd?: string;
      readonly env?: NodeJS.ProcessEnv;
      /** The clock that waits go by. Without one, nothing is tried a second time. */
      readonly time?: Time;
      /** The server whose TURN credentials and tokens no run may print. */
      readonly simulator?: Simulator;
    } = {},
  ) {}

  async run(...args: string[]): Promise<CommandRun> {
    const [out, err, secrets]: [string[], string[], string[]] = [[], [], []];
    const { METERED_APP_NAME: _app, METERED_SECRET_KEY: _key, METERED_ENDPOINT: _url, ...inherited } = process.env;
    const { cwd = this.pulumi.folder, env, time } = this.options;
    const terminal: Terminal = {
      cwd,
      env: { ...inherited, ...this.pulumi.env, ...env },
      interrupted: this.interruption.signal,
      out: (text) => void out.push(hide(text, secrets)),
      err: (text) => void err.push(hide(text, secrets)),
      progress: (line) => void this.progress.push(line),
      keepSecret: (secret) => void secrets.push(secret),
      connect: (account) => {
        this.accounts.push(account);
        return new MeteredClient(time ? account : { ...account, patienceMs: -1 }, time);
      },
    };
    const code = await runCommand(args, terminal);
    const run = { code, out: out.join("\n"), err: err.join("\n") };
    const printed = [run.out, run.err, ...this.progress].join("\n");
    assertNoSecrets("what the command printed", printed);
    if (this.options.simulator) assertNoTurnSecrets("what the command printed", printed, this.options.simulator);
    return run;
  }
}
