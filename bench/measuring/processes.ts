import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Linux tells it; reading all of `/proc` instead would cost as much time as a small program that is measured. */
export const areTold = existsSync("/proc/thread-self/children");

/** The processes that this one has started, and these with all that they started in turn. */
export function startedProcesses(): { readonly children: readonly string[]; readonly all: readonly string[] } {
  const children = childrenOf("self");
  const all = [...children];
  for (const pid of all) all.push(...childrenOf(pid));
  return { children, all };
}

/** What the system tells of a process in one of its files; nothing if it has ended meanwhile. */
export function toldOf(pid: string, file: "status" | "stat" | "cmdline"): string {
  return textOf(`/proc/${pid}/${file}`);
}

/** Each thread has the processes that it started. */
function childrenOf(pid: string): string[] {
  return orNothing([], () =>
    readdirSync(`/proc/${pid}/task`).flatMap(
      (thread) => textOf(`/proc/${pid}/task/${thread}/children`).match(/\d+/g) ?? [],
    ),
  );
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
