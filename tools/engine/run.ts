import { execFile } from "node:child_process";
import { createInterface } from "node:readline";

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  /** Sees each line of standard error as it comes; those that it answers yes to are no part of an error. */
  readonly isProgress?: (line: string) => boolean;
}

/** Runs a program to its end and returns its standard output; the error of a failed one is a single line. */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<string> {
  const { timeoutMs, isProgress = () => false, ...rest } = options;
  return new Promise((resolve, reject) => {
    const problems: string[] = [];
    const child = execFile(
      command,
      args,
      // A program that hangs may well ignore a polite signal.
      { ...rest, timeout: timeoutMs, killSignal: "SIGKILL", maxBuffer: 64 * 1024 * 1024 },
      (error, stdout) => {
        if (!error) resolve(stdout);
        else if (error.killed) reject(new Error(`no answer within ${timeoutMs / 1000} s`));
        else reject(new Error(oneLine(problems.join("\n")) || oneLine(stdout) || oneLine(error.message)));
      },
    );
    if (child.stderr) {
      createInterface({ input: child.stderr }).on("line", (line) => {
        if (!isProgress(line)) problems.push(line);
      });
    }
  });
}

/** Squeezes a program's output into one line that still holds its beginning and its end, where causes are named. */
export function oneLine(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  const line = lines.filter((each) => each !== "" && !each.startsWith("go: downloading ")).join("; ");
  return line.length <= 400 ? line : `${line.slice(0, 150)} … ${line.slice(-240)}`;
}

export function reasonOf(error: unknown): string {
  return oneLine(error instanceof Error ? error.message : String(error));
}
