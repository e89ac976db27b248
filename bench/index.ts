/**
 * Side-by-side measurements on the real engine. `npm run bench` makes all parts but the growth in one run, so that ratios
 * mean something on a noisy machine; names of parts choose some of them. What comes out is recorded in results.json,
 * and docs/ is made from there; `report` writes it again without measuring.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { type BenchArguments, type Part, readArguments } from "./arguments";
import { contestants } from "./contestants";
import type { Contestant } from "./contestants/contestant";
import { pulumiContestants } from "./contestants/pulumi";
import { circumstances } from "./measuring/circumstances";
import { measureFleet, measureOneStack, measureSet } from "./measuring/growth";
import { measureImport } from "./measuring/imports";
import { measureLanguages } from "./measuring/languages";
import { profiled, profileOfUp } from "./measuring/profile";
import { type Measured, measureContestant, medianRow } from "./measuring/sideBySide";
import { makeProject } from "./measuring/stack";
import { stateBytesPerRoom } from "./measuring/stateBytes";
import { timelineOfOneRoom } from "./measuring/timeline";
import { type Circumstances, type GrowthRow, ResultsFile, type TimesRow } from "./recorded";
import { pages } from "./reporting";

const LATENCY_MS = 50;

/** How often one room is measured: of so little, a single run would tell of the noise. */
const TURNS_OF_ONE_ROOM = 7;

/** How often the comparison with the engine's baseline is measured: the machine's noise is as large as the difference. */
const TURNS_WITH_THE_BASELINE = 3;
const comparedWithBaseline = {
  baseline: ["pulumi-metered", "engine baseline", "engine baseline with settings"],
  sets: ["pulumi-metered, set", "engine baseline, set", "empty program"],
} as const;
const root = join(__dirname, "..");

interface Run {
  readonly project: string;
  readonly file: ResultsFile;
  readonly began: string;
  readonly on: Circumstances;
  readonly options: BenchArguments;
}

const parts: Readonly<Record<Part, (run: Run) => Promise<void>>> = {
  times: async (run) => {
    const { file, on, options } = run;
    for (const rooms of options.rooms ?? [1, 10, 100, 300, 1000]) {
      const turns = rooms === 1 ? TURNS_OF_ONE_ROOM : 1;
      await measureInTurns(await contestants(), { rooms, turns, record: (row) => file.addTimes(row, on) }, run);
    }
  },
  baseline: async (run) => {
    const upOnly = among("baseline").map((each) => ({ ...each, commands: ["up"] as const }));
    await compareInTurns("baseline", upOnly, run.options.rooms?.at(-1) ?? 1000, run);
  },
  sets: async (run) => {
    for (const rooms of run.options.rooms ?? [1000, 10_000]) {
      await compareInTurns("sets", among("sets"), rooms, run);
    }
  },
  profile: async ({ project, file, began, on, options }) => {
    for (const each of profiled) {
      if (options.programs && !options.programs.includes(each.name)) continue;
      await goOnAfterwards(async () => {
        const row = await profileOfUp(each, options.rooms?.at(-1) ?? 1000, project, LATENCY_MS);
        console.log(`${row.rooms} rooms, ${row.name}: ${row.seconds} s, ${row.writing} of them for the state`);
        file.addProfile({ ...row, run: began }, on);
      });
    }
  },
  timeline: async ({ project, file }) => file.write({ timeline: await timelineOfOneRoom(project) }),
  state: async ({ project, file }) => file.write({ state: await stateBytesPerRoom(project) }),
  imports: async ({ project, file }) => file.write({ imports: measureImport(project) }),
  languages: async ({ file }) => file.write({ languages: await measureLanguages() }),
  growth: async ({ project, file, began, on, options }) => {
    const parallel = options.parallel ?? cpus().length;
    const sizes = options.rooms ?? [1000, 2000, 5000, 10_000];
    const add = (row: Omit<GrowthRow, "run">) => file.addGrowth({ ...row, run: began }, on);
    const isWanted = (shape: BenchArguments["shape"]) => (options.shape ?? shape) === shape;
    if (isWanted("set")) {
      for (const rooms of sizes) {
        await goOnAfterwards(async () => add(await measureSet(rooms, { project, latencyMs: LATENCY_MS })));
      }
    }
    if (isWanted("micro")) {
      for (const rooms of sizes) {
        await goOnAfterwards(async () => add(await measureFleet(rooms, { project, latencyMs: LATENCY_MS, parallel })));
      }
    }
    if (isWanted("one")) {
      // 300 and 1,000 are also measured as a whole: they tell how good the sums of further rooms are.
      for (const rooms of options.rooms ?? [300, ...sizes]) {
        await goOnAfterwards(async () => {
          for (const row of await measureOneStack(rooms, { project, latencyMs: LATENCY_MS })) add(row);
        });
      }
    }
  },
};

type InTurns = keyof typeof comparedWithBaseline;

function among(kind: InTurns): readonly Contestant[] {
  const names: readonly string[] = comparedWithBaseline[kind];
  return pulumiContestants.filter(({ name }) => names.includes(name));
}

async function compareInTurns(kind: InTurns, which: readonly Contestant[], rooms: number, run: Run): Promise<void> {
  const record = (row: TimesRow) => run.file.addInTurns(kind, row, run.on);
  await measureInTurns(which, { rooms, turns: TURNS_WITH_THE_BASELINE, record }, run);
}

interface Turns {
  readonly rooms: number;
  readonly turns: number;
  /** The median of what there is so far. */
  readonly record: (row: TimesRow) => void;
}

/** Each program once in each turn, which spreads a slow minute of the machine over all of them. */
async function measureInTurns(which: readonly Contestant[], { rooms, turns, record }: Turns, run: Run): Promise<void> {
  const { project, began, options } = run;
  const before = new Map<string, Measured[]>();
  for (let turn = 0; turn < turns; turn++) {
    for (const contestant of which) {
      const { name } = contestant;
      if (options.programs && !options.programs.includes(name)) continue;
      await goOnAfterwards(async () => {
        const row = await measureContestant(contestant, rooms, project, LATENCY_MS);
        const seconds = Object.entries(row.taken).map(([command, taken]) => `${command} ${taken.seconds} s`);
        console.log(`${rooms} rooms, ${name}: ${seconds.join(", ")}`);
        const rows = [...(before.get(name) ?? []), row];
        before.set(name, rows);
        record({ ...medianRow(rows), run: began });
      });
    }
  }
}

/** One that fails has nothing to be recorded; the others are measured all the same. */
async function goOnAfterwards(measure: () => Promise<void>): Promise<void> {
  try {
    await measure();
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
}

async function main(): Promise<void> {
  const options = readArguments();
  const file = new ResultsFile(options.results ?? join(root, "bench", "results.json"));
  if (options.parts.length > 0) await measureParts(file, options);
  const made = Object.entries(pages(file.read()));
  if (options.results) for (const [, text] of made.filter(([path]) => path.endsWith(".md"))) console.log(text);
  else for (const [path, text] of made) write(join(root, path), text);
}

async function measureParts(file: ResultsFile, options: BenchArguments): Promise<void> {
  const on = await circumstances(LATENCY_MS);
  console.log(
    Object.entries(on)
      .map(([what, value]) => `${what} ${value}`)
      .join(", "),
  );
  const project = await makeProject();
  try {
    const run = { project, file, began: new Date().toISOString(), on, options };
    for (const part of options.parts) await parts[part](run);
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
