/**
 * Side-by-side measurements on the real engine. `npm run bench` makes all of them in one run (a quarter of an hour), so
 * that ratios mean something on a noisy machine; `-- --part state` makes one, `-- --rooms 1,100` a short one of the
 * times. Each writes its section of docs/benchmarks.md.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureImport } from "./imports";
import { reportImports, reportState, reportTimeline, reportTimes } from "./report";
import { makeProject, measureSideBySide } from "./stack";
import { stateBytesPerRoom } from "./stateBytes";
import { timelineOfOneRoom } from "./timeline";

const LATENCY_MS = 50;

/** The sections of docs/benchmarks.md, in the order in which they are measured. */
const parts: Readonly<Record<string, (project: string, sizes: number[]) => Promise<string>>> = {
  times: async (project, sizes) =>
    reportTimes(await measureSideBySide(project, sizes, LATENCY_MS), { latencyMs: LATENCY_MS, cores: cpus().length }),
  timeline: async (project) => reportTimeline(await timelineOfOneRoom(project)),
  state: async (project) => reportState(await stateBytesPerRoom(project)),
  imports: async (project) => reportImports(measureImport(project)),
};

async function main(): Promise<void> {
  const options = {
    rooms: { type: "string", default: "1,100,1000" },
    part: { type: "string", multiple: true },
  } as const;
  const { values } = parseArgs({ options });
  const project = await makeProject();
  try {
    for (const part of values.part ?? Object.keys(parts)) {
      const text = await parts[part]?.(project, values.rooms.split(",").map(Number));
      if (text === undefined) throw new Error(`--part is one of ${Object.keys(parts).join(", ")}`);
      console.log(`\n${text}`);
      writeSection(part, text);
    }
  } finally {
    rmSync(project, { recursive: true, force: true });
  }
}

function writeSection(part: string, text: string): void {
  const file = join(__dirname, "..", "docs", "benchmarks.md");
  const [begin, end] = [`<!-- measured: ${part} -->`, `<!-- end: ${part} -->`];
  const [head = "", rest = ""] = readFileSync(file, "utf8").split(begin);
  const [, tail = ""] = rest.split(end);
  writeFileSync(file, `${head}${begin}\n\n${text.trim()}\n\n${end}${tail}`);
  execFileSync(process.execPath, [require.resolve("@biomejs/biome/bin/biome"), "format", "--write", file]);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
