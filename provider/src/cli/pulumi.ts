import { spawn } from "node:child_process";
import { hideKeys } from "../metered/redact";
import { shellWord } from "../pulumi/words/ways";
import { CommandError, Interrupted } from "./exit";
import { problemIn } from "./problems";
import type { Terminal } from "./terminal";

/** How a run of Pulumi's command line ended. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** What the command reads from its standard input. */
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Runs even after Ctrl-C, which does not reach it either: for taking back. */
  readonly shielded?: boolean;
}

/** How many lines of Pulumi's words an error repeats. */
const LINES_SHOWN = 20;

/**
 * Pulumi's command line, for one stack. It never asks anything, and inherits the environment. It runs in the user's
 * folder, as the user would run it: relative backends and passphrase files are found from there.
 */
export class Pulumi {
  /** @param stack the stack's name, or undefined for the current one */
  constructor(
    private readonly terminal: Terminal,
    private readonly stack?: string,
  ) {}

  /** The version without the `v`: `3.259.0`. */
  async version(): Promise<string> {
    return (await this.expect(["version"])).stdout.trim().replace(/^v/, "");
  }

  /** Runs a command on the stack. */
  onStack(args: readonly string[], options: RunOptions = {}): Promise<Run> {
    return this.run([...args, ...this.selection], options);
  }

  /** @throws CommandError with Pulumi's own words when the command fails */
  async expectOnStack(args: readonly string[], options: RunOptions = {}): Promise<Run> {
    return this.expect([...args, ...this.selection], options);
  }

  /** A command as a user would type it. */
  shown(...args: readonly string[]): string {
    const words = args.map((arg) => (arg.startsWith("-") ? arg : shellWord(arg)));
    return `${["pulumi", ...words].join(" ")}${this.flags}`;
  }

  /** What has to follow a command, so that it is about this stack: ` --stack prod`, or nothing. */
  get flags(): string {
    return this.selection.map((word) => ` ${shellWord(word)}`).join("");
  }

  /** An error that says which command failed, in Pulumi's own words. */
  failed(args: readonly string[], run: Run): CommandError {
    return new CommandError(`pulumi ${args.join(" ")} failed:\n${wordsOf(run)}`);
  }

  private get selection(): string[] {
    return this.stack === undefined ? [] : ["--stack", this.stack];
  }

  private async expect(args: readonly string[], options: RunOptions = {}): Promise<Run> {
    const run = await this.run(args, options);
    if (run.code !== 0) throw this.failed(args, run);
    return run;
  }

  private run(args: readonly string[], options: RunOptions): Promise<Run> {
    const { interrupted, env } = this.terminal;
    if (interrupted.aborted && !options.shielded) throw new Interrupted();
    const child = spawn("pulumi", [...args, "--non-interactive", "--color", "never"], {
      cwd: this.terminal.cwd,
      env: {
        ...env,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_ENABLE_STREAMING_JSON_PREVIEW: undefined,
        ...options.env,
      },
      // In a group of its own the terminal's Ctrl-C does not reach it: Pulumi takes a second one for "stop at once".
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    const interrupt = () => void child.kill("SIGINT");
    if (!options.shielded) interrupted.addEventListener("abort", interrupt);
    return new Promise((resolve, reject) => {
      const [stdout, stderr] = [textOf(child.stdout), textOf(child.stderr)];
      child.stdin.on("error", () => {}).end(options.input ?? "");
      child.on("error", (error: NodeJS.ErrnoException) => reject(notStarted(error)));
      child.on("close", (code) => {
        interrupted.removeEventListener("abort", interrupt);
        if (interrupted.aborted && !options.shielded) reject(new Interrupted());
        else resolve({ code: code ?? 1, stdout: stdout(), stderr: stderr() });
      });
    });
  }
}

function textOf(stream: NodeJS.ReadableStream): () => string {
  const chunks: string[] = [];
  stream.setEncoding("utf8").on("data", (chunk: string) => chunks.push(chunk));
  return () => chunks.join("");
}

function notStarted(error: NodeJS.ErrnoException): CommandError {
  return new CommandError(
    error.code === "ENOENT"
      ? "The pulumi command isn't on PATH. Install Pulumi: https://www.pulumi.com/docs/install/"
      : `Can't start pulumi: ${problemIn(error)}.`,
  );
}

/** What a command printed as JSON. The error doesn't quote it: it may hold secrets. */
export function parseJson<T>(text: string, command: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new CommandError(`${command} didn't print JSON.`);
  }
}

/** What Pulumi said last: its errors, or else its output. */
export function wordsOf({ stdout, stderr }: Run): string {
  const lines = hideKeys(stderr.trim() || stdout.trim()).split("\n");
  return lines
    .slice(-LINES_SHOWN)
    .map((line) => `  ${line}`)
    .join("\n");
}
