import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { startSimulator } from "metered-simulator";
import { argumentsOf, oursProgram, type Program, pulumiPrograms } from "../contestants/pulumi";
import type { ProfileRow } from "../recorded";
import { areTold, startedProcesses, toldOf } from "./processes";
import { BenchStack } from "./stack";

const LOOK_EVERY_MS = 100;

/** `/proc` counts in hundredths of a second on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** The function of the engine below which all work for the state happens: making it, checking it, writing it. */
const WRITING_THE_STATE = "backend.(*SnapshotManager).saveSnapshot";

type Kind = "engine" | "program" | "provider" | "other";

export interface Profiled {
  readonly name: string;
  readonly program: Program;
  /** Settings of Pulumi that its run gets besides. */
  readonly env?: NodeJS.ProcessEnv;
}

/** What is profiled: the programs, and what Pulumi offers to make the state smaller on its way. */
export const profiled: readonly Profiled[] = [
  ...Object.entries(pulumiPrograms).map(([name, program]) => ({ name, program })),
  { name: "pulumi-metered, gzip", program: oursProgram, env: { PULUMI_DIY_BACKEND_GZIP: "true" } },
  { name: "pulumi-metered, zstd", program: oursProgram, env: { PULUMI_DIY_BACKEND_ZSTD: "true" } },
  { name: "pulumi-metered, GOGC=400", program: oursProgram, env: { GOGC: "400" } },
];

/** Where the processors' time goes in an `up` of so many rooms: by process, and in the engine by what it is for. */
export async function profileOfUp(
  { name, program, env }: Profiled,
  rooms: number,
  project: string,
  latencyMs: number,
): Promise<Omit<ProfileRow, "run">> {
  if (!areTold) throw new Error("What processes take of the processors is read from /proc, which only Linux has.");
  const simulator = await startSimulator({ latencyMs });
  const stack = await BenchStack.create(project, program(rooms, simulator), simulator, env);
  const folder = mkdtempSync(join(tmpdir(), "metered-bench-profile-"));
  try {
    const began = performance.now();
    const working = stack.pulumi(...argumentsOf("up"), "--profiling", join(folder, "up"));
    const took = await processorSeconds(working);
    const seconds = rounded((performance.now() - began) / 1000);
    const writing = await secondsWriting(folder);
    const stateBytes = stack.stateBytes();
    return { name, rooms, seconds, ...took, writing, stateBytes };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    stack.dispose();
    await simulator.close();
  }
}

/** The processor seconds of each kind of process while some work is done. */
export async function processorSeconds(work: Promise<unknown>): Promise<Record<Kind, number>> {
  const seen = new Map<string, { kind: Kind; seconds: number }>();
  const working = { on: true };
  const ended = work.finally(() => {
    working.on = false;
  });
  while (working.on) {
    for (const pid of startedProcesses().all) {
      const seconds = secondsOf(toldOf(pid, "stat"));
      // One that has ended has no command line any more.
      const kind = kindOf(toldOf(pid, "cmdline")) ?? seen.get(pid)?.kind ?? "other";
      if (seconds !== undefined) seen.set(pid, { kind, seconds });
    }
    await Promise.race([sleep(LOOK_EVERY_MS), ended]);
  }
  await ended;
  const sum: Record<Kind, number> = { engine: 0, program: 0, provider: 0, other: 0 };
  for (const { kind, seconds } of seen.values()) sum[kind] = rounded(sum[kind] + seconds);
  return sum;
}

/** User and system time; what comes after the name of the program, which may hold spaces. */
function secondsOf(stat: string): number | undefined {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  return fields.length > 12 ? (user + system) / TICKS_PER_SECOND : undefined;
}

function kindOf(commandLine: string): Kind | undefined {
  if (commandLine === "") return undefined;
  if (commandLine.includes("cmd/dynamic-provider")) return "provider";
  if (commandLine.includes("cmd/run")) return "program";
  return /(^|\/)pulumi\0/.test(commandLine) ? "engine" : "other";
}

/** What the engine's own profile says, in processor seconds. */
async function secondsWriting(folder: string): Promise<number> {
  const profile = readdirSync(folder).find((name) => name.endsWith(".cpu")) ?? "";
  const { stdout } = await promisify(execFile)(
    "go",
    ["tool", "pprof", "-top", "-cum", "-unit=s", "-nodecount=1000", "-nodefraction=0", join(folder, profile)],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  const line = stdout.split("\n").find((each) => each.endsWith(WRITING_THE_STATE));
  // flat, flat%, sum%, cum, cum%, function
  const cumulated = line?.trim().split(/\s+/)[3];
  if (!cumulated) throw new Error(`the engine's profile has no ${WRITING_THE_STATE}`);
  return rounded(Number.parseFloat(cumulated));
}

function rounded(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
