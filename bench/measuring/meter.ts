import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import type { Operation, Simulator } from "metered-simulator";
import type { Command, Memory, Taken } from "../recorded";
import { larger, residentMemory } from "./memory";

/** Between two looks at memory and server: more often in the beginning, since a short run needs some, too. */
const OFTEN_MS = 50;
const SELDOM_MS = 250;
const BEGINNING_MS = 2000;

/** Given to a program that was told to stop, until it is ended. */
const GRACE_MS = 60_000;

/** The call of each command that finishes a room. */
const finishing: Readonly<Record<Command, Operation>> = {
  preview: "get",
  up: "create",
  "no-op up": "get",
  refresh: "get",
  destroy: "delete",
};

export interface Measured extends Taken {
  /** How many rooms were done after so many seconds. */
  readonly progress: [rooms: number, seconds: number][];
}

/**
 * Measures a piece of work: wall-clock time, requests, memory.
 *
 * @param until when it is told to stop, on the clock of `performance.now()`
 */
export async function measure(
  command: Command,
  simulator: Simulator,
  work: (signal: AbortSignal) => Promise<unknown>,
  until = Number.POSITIVE_INFINITY,
): Promise<Measured> {
  simulator.requests.clear();
  const began = performance.now();
  const seconds = () => Math.round((performance.now() - began) / 10) / 100;
  const stop = new AbortController();
  let [calls, done] = [0, 0];
  let memory: Memory | undefined;
  const progress: [number, number][] = [];
  const look = () => {
    if (performance.now() > until) stop.abort();
    memory = larger(memory, residentMemory());
    const before = done;
    // The server keeps a limited number of them.
    for (const { operation } of simulator.requests) {
      calls++;
      if (operation === finishing[command]) done++;
    }
    simulator.requests.clear();
    if (done > before) progress.push([done, seconds()]);
  };

  const working = { on: true };
  const looking = (async () => {
    while (working.on) {
      look();
      await sleep(performance.now() - began < BEGINNING_MS ? OFTEN_MS : SELDOM_MS);
    }
  })();
  try {
    await work(stop.signal);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    working.on = false;
  }
  const took = seconds();
  look();
  await looking;
  const cutOff = stop.signal.aborted ? { cutOffAt: done } : {};
  return { seconds: took, calls, ...(memory ? { memory } : {}), ...cutOff, progress: thinned(progress) };
}

/** Twenty points tell a curve. */
function thinned<T>(points: readonly T[]): T[] {
  const step = Math.max(1, points.length / 20);
  const kept = new Set(Array.from({ length: 21 }, (_, i) => Math.min(points.length - 1, Math.floor(i * step))));
  return points.filter((_, index) => kept.has(index));
}

export interface ProgramOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
}

/** Runs a program to its end. One that is told to stop gets an interrupt, as from Ctrl-C, and some time to heed it. */
export function runProgram(command: string, args: readonly string[], options: ProgramOptions): Promise<string> {
  const { cwd, env, signal } = options;
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    // Not a blocking call: the simulator lives in this process.
    const child = execFile(command, args, { cwd, env, maxBuffer: 1024 * 1024 * 1024 }, (error, stdout, stderr) => {
      clearTimeout(ending);
      signal?.removeEventListener("abort", stop);
      if (!error) resolve(stdout);
      else reject(new Error(`${command} ${args.join(" ")} failed:\n${(stdout + stderr).slice(-4000)}`));
    });
    let ending: NodeJS.Timeout | undefined;
    const stop = () => {
      child.kill("SIGINT");
      ending = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
    };
    signal?.addEventListener("abort", stop);
  });
}
