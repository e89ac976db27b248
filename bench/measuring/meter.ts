import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import type { LoggedRequest, Simulator } from "metered-simulator";
import type { Memory, Taken } from "../recorded";
import { larger, residentMemory } from "./memory";

/** Between two looks at memory and server: more often in the beginning, since a short run needs some, too. */
const OFTEN_MS = 50;
const SELDOM_MS = 250;
const BEGINNING_MS = 2000;

/**
 * Measures a piece of work: wall-clock time, requests, memory.
 *
 * @param told is called with each request
 */
export async function measure(
  simulator: Simulator,
  work: () => Promise<unknown>,
  told: (request: LoggedRequest) => void = () => {},
): Promise<Taken> {
  simulator.requests.clear();
  const began = performance.now();
  let calls = 0;
  let memory: Memory | undefined;
  const look = () => {
    memory = larger(memory, residentMemory());
    calls += simulator.requests.length;
    simulator.requests.forEach(told);
    // The server keeps a limited number of them.
    simulator.requests.clear();
  };

  const working = { on: true };
  const looking = (async () => {
    while (working.on) {
      look();
      await sleep(performance.now() - began < BEGINNING_MS ? OFTEN_MS : SELDOM_MS);
    }
  })();
  try {
    await work();
  } finally {
    working.on = false;
  }
  const seconds = Math.round((performance.now() - began) / 10) / 100;
  look();
  await looking;
  return { seconds, calls, ...(memory ? { memory } : {}) };
}

export interface ProgramOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Runs a program to its end. */
export function runProgram(command: string, args: readonly string[], options: ProgramOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    // Not a blocking call: the simulator lives in this process.
    execFile(command, args, { ...options, maxBuffer: 1024 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else reject(new Error(`${command} ${args.join(" ")} failed:\n${(stdout + stderr).slice(-4000)}`));
    });
  });
}
