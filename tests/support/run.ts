import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";

/** What one run of a command printed. */
export interface Run {
  /** -1 for one that was killed. */
  readonly code: number;
  /** Standard output and standard error, one behind the other. */
  readonly text: string;
  readonly stdout: string;
}

/** A run that may not have ended yet. */
export interface StartedRun {
  readonly child: ChildProcess;
  readonly ended: Promise<Run>;
}

/** @param input what the command reads; without it, it has nothing to read from */
export function startRun(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
  input?: string,
): StartedRun {
  const child = spawn(command, args, { cwd, env, stdio: ["pipe", "pipe", "pipe"] });
  // Who ends without having read it all may have good reasons, and tells them.
  child.stdin.on("error", () => undefined).end(input);
  const [out, err] = [gather(child.stdout), gather(child.stderr)];
  const ended = new Promise<Run>((resolve, reject) => {
    child
      .once("error", reject)
      .once("close", (code) => resolve({ code: code ?? -1, text: out() + err(), stdout: out() }));
  });
  return { child, ended };
}

/** Answers all that has come so far. */
function gather(stream: Readable): () => string {
  let all = "";
  stream.setEncoding("utf8").on("data", (part) => {
    all += part;
  });
  return () => all;
}
