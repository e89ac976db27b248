import { spawn } from "node:child_process";
import { hideKeys } from "../api/redact";
import { CommandError, Interrupted } from "./exit";
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

/** Pulumi's command line, for one stack. It never asks anything, and inherits the environment. */
export class Pulumi {
  /**
   * @param cwd where to run it: in the project
   * @param stack the stack's name, or undefined for the current one
   */
  constructor(
    private readonly terminal: Terminal,
    private readonly cwd: string,
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
    return ["pulumi", ...args, ...this.selection].join(" ");
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
      cwd: this.cwd,
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

function notStarted({ code, message }: NodeJS.ErrnoException): CommandError {
  return new CommandError(
    code === "ENOENT"
      ? "The command pulumi is not on PATH. Install it (https://www.pulumi.com/docs/install/) and run this again."
      : `pulumi could not be started: ${message}.`,
  );
}

/** What a command printed as JSON. The error does not quote it: it may hold secrets. */
export function parseJson<T>(text: string, command: string): T {
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new CommandError(`${command} did not print the JSON that it was asked for.`);
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
