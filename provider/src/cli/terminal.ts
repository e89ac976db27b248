import type { Account } from "../metered/account";
import { MeteredClient } from "../metered/client";
import { hide } from "../metered/redact";

/** Everything of the outside that a command touches, other than files. */
export interface Terminal {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Aborted by Ctrl-C. */
  readonly interrupted: AbortSignal;
  /** Results, on standard output. */
  out(text: string): void;
  /** What is wrong and what is worth knowing, on standard error. */
  err(text: string): void;
  /** Shows how far a long operation has got, if standard error is a terminal. */
  progress(line: string): void;
  /** From now on this text is never printed. */
  keepSecret(secret: string): void;
  connect(account: Account): MeteredClient;
}

/** The terminal of this process. */
export function processTerminal(interrupted: AbortSignal): Terminal {
  const secrets: string[] = [];
  const { stdout, stderr } = process;
  return {
    cwd: process.cwd(),
    env: process.env,
    interrupted,
    out: (text) => void stdout.write(`${hide(text, secrets)}\n`),
    err: (text) => void stderr.write(`${hide(text, secrets)}\n`),
    progress: (line) => void (stderr.isTTY && stderr.write(`\r\x1b[K${hide(line, secrets)}`)),
    keepSecret: (secret) => void secrets.push(secret),
    connect: (account) => new MeteredClient(account),
  };
}
