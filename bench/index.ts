/**
 * Side-by-side measurements on the real engine. `npm run bench` makes all parts but the growth in one run, so that ratios
 * mean something on a noisy machine; names of parts choose some of them. What comes out is recorded in results.json,
 * and docs/ is made from there; `report` makes it anew without measuring.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { type BenchArguments, type Part, readArguments } from "./arguments";
import { contestants } from "./contestants";
import { circumstances } from "./measuring/circumstances";
import { measureGrowth } from "./measuring/growth";
import { measureImport } from "./measuring/imports";
import { profiled, profileOfUp } from "./measuring/profile";
import { measureContestant } from "./measuring/sideBySide";
import { makeProject } from "./measuring/stack";
import { stateBytesPerRoom } from "./measuring/stateBytes";
import { timelineOfOneRoom } from "./measuring/timeline";
import { type Circumstances, type ProfileRow, ResultsFile } from "./recorded";
import { pages } from "./reporting";

const LATENCY_MS = 50;
const root = join(__dirname, "..");

interface Run {
  readonly project: string;
  readonly file: ResultsFile;
  readonly began: string;
  readonly on: Circumstances;
  readonly options: BenchArguments;
}

const parts: Readonly<Record<Part, (run: Run) => Promise<void>>> = {
  times: async ({ project, file, began, on, options }) => {
    for (const rooms of options.rooms ?? [1, 10, 100, 300, 1000]) {
      for (const contestant of await contestants()) {
        if (options.programs && !options.programs.includes(contestant.name)) continue;
        await goOnAfterwards(async () => {
          const row = await measureContestant(contestant, rooms, project, LATENCY_MS);
          const seconds = Object.entries(row.taken).map(([command, taken]) => `${command} ${taken.seconds} s`);
          console.log(`${rooms} rooms, ${contestant.name}: ${seconds.join(", ")}`);
          file.addTimes({ ...row, run: began }, on);
        });
      }
    }
  },
  profile: async ({ project, file, options }) => {
    const profile: ProfileRow[] = [];
    for (const each of profiled) {
      if (options.programs && !options.programs.includes(each.name)) continue;
      await goOnAfterwards(async () => {
        profile.push(await profileOfUp(each, options.rooms?.at(-1) ?? 1000, project));
        file.write({ profile });
      });
    }
  },
  timeline: async ({ project, file }) => file.write({ timeline: await timelineOfOneRoom(project) }),
  state: async ({ project, file }) => file.write({ state: await stateBytesPerRoom(project) }),
  imports: async ({ project, file }) => file.write({ imports: measureImport(project) }),
  growth: async ({ project, file, began, on, options }) => {
    const until = performance.now() + (options.minutes ?? Number.POSITIVE_INFINITY) * 60_000;
    const parallel = options.parallel ?? cpus().length;
    // What takes longest comes last.
    for (const shape of ["micro", "unsaved", "one"] as const) {
      if (options.shapes && !options.shapes.includes(shape)) continue;
      // One stack of 1,000 is measured beside the others.
      for (const rooms of options.rooms ?? [...(shape === "one" ? [] : [1000]), 2000, 5000, 10_000]) {
        console.log(`${rooms} rooms, ${shape}`);
        if (performance.now() > until) console.log("  left out, the time is up");
        else {
          await goOnAfterwards(async () => {
            const row = await measureGrowth(shape, rooms, { project, latencyMs: LATENCY_MS, parallel, until });
            file.addGrowth({ ...row, run: began }, on);
          });
        }
      }
    }
  },
};

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
