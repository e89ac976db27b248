import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

/** A server of somebody else, started by a test for Pulumi to keep its state in. */
export interface StateServer {
  /** What PULUMI_BACKEND_URL is set to. */
  readonly url: string;
  /** What else the engine needs in its environment. */
  readonly env: NodeJS.ProcessEnv;
  /** Everything that is stored, as text: for secrets to be looked for. */
  contents(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a server and waits until it answers; what it says is part of the error if it never does. */
export async function startServer(
  command: string,
  args: readonly string[],
  options: SpawnOptions,
  answers: () => Promise<boolean>,
): Promise<ChildProcess> {
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-2000);
    });
  }
  const failed = once(child, "error").then(([error]: Error[]) => {
    said += error?.message;
  });
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null || child.pid === undefined) break;
    if (await answers().catch(() => false)) return child;
    await Promise.race([sleep(100), failed]);
  }
  child.kill("SIGKILL");
  throw new Error(`${command} does not answer: ${said}`);
}

export async function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGINT");
  await ended;
}
