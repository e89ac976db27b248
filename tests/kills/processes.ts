import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

async function processes(): Promise<Process[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,args="]);
  return [...stdout.matchAll(/^ *(\d+) +(\d+) (.*)$/gm)].map(([, pid, parent, command = ""]) => ({
    pid: Number(pid),
    parent: Number(parent),
    command,
  }));
}

/** All processes that another one started, and those that these started, and so on. */
export async function below(pid: number): Promise<Process[]> {
  const all = await processes();
  const found = all.filter(({ parent }) => parent === pid);
  for (const each of found) found.push(...all.filter(({ parent }) => parent === each.pid));
  return found;
}

/** Provider processes among them: ours. */
export function providersIn(found: readonly Process[]): Process[] {
  return found.filter(({ command }) => /^\S*node .*(dynamic-provider|pulumi-resource-metered)/.test(command));
}

/** Far more than a process needs to end. */
const LONG = 30_000;

/** Waits until a process has ended. One that does not is killed, and is a failure. */
export async function gone({ pid, command }: Process): Promise<void> {
  const began = Date.now();
  while (isAlive(pid)) {
    if (Date.now() - began > LONG) {
      kill(pid);
      assert.fail(`still alive: ${command}`);
    }
    await sleep(50);
  }
}

/** One that has ended already is none of our business. */
export function kill(pid: number): void {
  if (isAlive(pid)) process.kill(pid, "SIGKILL");
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
