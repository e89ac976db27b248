import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { Memory } from "../recorded";

/** Linux tells it; reading all of `/proc` instead would cost as much time as a small program that is measured. */
const isTold = existsSync("/proc/thread-self/children");

/**
 * The resident memory of what this process has started, in MB, right now: of its own children, and of all their
 * descendants with them. Pages that processes share are counted for each. Undefined where the system does not tell.
 */
export function residentMemory(): Memory | undefined {
  if (!isTold) return undefined;
  const children = childrenOf("self");
  const tree = [...children];
  for (const pid of tree) tree.push(...childrenOf(pid));
  return { engine: sum(children), all: sum(tree) };
}

/** Of each the larger one. */
export function larger(a: Memory | undefined, b: Memory | undefined): Memory | undefined {
  if (!a || !b) return a ?? b;
  return { engine: Math.max(a.engine, b.engine), all: Math.max(a.all, b.all) };
}

/** Each thread has the processes that it started. */
function childrenOf(pid: string): string[] {
  return orNothing([], () =>
    readdirSync(`/proc/${pid}/task`).flatMap(
      (thread) => textOf(`/proc/${pid}/task/${thread}/children`).match(/\d+/g) ?? [],
    ),
  );
}

function sum(pids: readonly string[]): number {
  const kilobytes = pids.map((pid) => Number(/^VmRSS:\s+(\d+)/m.exec(textOf(`/proc/${pid}/status`))?.[1] ?? 0));
  return Math.round(kilobytes.reduce((total, each) => total + each, 0) / 1024);
}

function textOf(file: string): string {
  return orNothing("", () => readFileSync(file, "utf8"));
}

/** The process may have ended meanwhile. */
function orNothing<T>(nothing: T, read: () => T): T {
  try {
    return read();
  } catch {
    return nothing;
  }
}
