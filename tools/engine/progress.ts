import type { Component } from "./components";
import type { Log } from "./prepare";

/** How often a long build says that it is alive. */
const EVERY_MS = 30_000;

/** What `go build -v` is at, told from what it prints. */
interface Progress {
  /** Takes a line of Go's standard error; answers whether it was about progress, rather than a problem. */
  readonly takes: (line: string) => boolean;
  /** What is being done now: `package 812, compiling github.com/…`. */
  readonly state: () => string;
}

/** Follows the build of one package, whose name is the last that Go prints: from then on it only links. */
export function progressOf(wanted: string): Progress {
  let packages = 0;
  let state = "starting";
  const takes = (line: string): boolean => {
    const [, download] = /^go: downloading (\S+ \S+)$/.exec(line) ?? [];
    // An import path has no spaces; what the compiler complains of has, and its heading begins with "# ".
    const compiles = /^[\w.-]+(\/[\w.~+-]+)*$/.test(line);
    if (download) state = `downloading ${download}`;
    if (compiles) {
      packages += 1;
      state = line === wanted ? "linking" : `compiling ${line}`;
    }
    return download !== undefined || compiles;
  };
  return { takes, state: () => (packages === 0 ? state : `package ${packages}, ${state}`) };
}

/** Logs what a build is at, twice a minute, until `work` is over. */
export async function reporting<T>(name: string, { state }: Progress, log: Log, work: () => Promise<T>): Promise<T> {
  const began = Date.now();
  const timer = setInterval(() => log(`    ${name}: ${elapsed(Date.now() - began)}, ${state()}`), EVERY_MS);
  try {
    const result = await work();
    log(`    ${name}: done in ${elapsed(Date.now() - began)}`);
    return result;
  } finally {
    clearInterval(timer);
  }
}

/** `45 s` or `3 min 05 s`. */
export function elapsed(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}

/** What a build will take, said before it begins. */
export function announcement(components: readonly Component[], goDisk: string): string[] {
  const total = components.reduce((sum, { minutes }) => sum + minutes, 0);
  return [
    `Building from Go modules, once, in ${about(total)} on two idle cores; Go's caches grow by ${goDisk}:`,
    ...components.map(({ name, version, minutes }) => `  ${name} ${version}, ${about(minutes)}`),
  ];
}

function about(minutes: number): string {
  if (minutes < 1) return "about half a minute";
  const whole = Math.ceil(minutes);
  return whole === 1 ? "about a minute" : `about ${whole} minutes`;
}
