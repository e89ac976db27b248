import type { Memory } from "../recorded";
import { areTold, startedProcesses, toldOf } from "./processes";

/**
 * The resident memory of what this process has started, in MB, right now: of its own children, and of all their
 * descendants with them. Pages that processes share are counted for each. Undefined where the system does not tell.
 */
export function residentMemory(): Memory | undefined {
  if (!areTold) return undefined;
  const { children, all } = startedProcesses();
  return { engine: sum(children), all: sum(all) };
}

/** Of each the larger one. */
export function larger(a: Memory | undefined, b: Memory | undefined): Memory | undefined {
  if (!a || !b) return a ?? b;
  return { engine: Math.max(a.engine, b.engine), all: Math.max(a.all, b.all) };
}

function sum(pids: readonly string[]): number {
  const kilobytes = pids.map((pid) => Number(/^VmRSS:\s+(\d+)/m.exec(toldOf(pid, "status"))?.[1] ?? 0));
  return Math.round(kilobytes.reduce((total, each) => total + each, 0) / 1024);
}
