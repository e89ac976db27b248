/**
 * Side-by-side measurements on the real engine, all in one run, so that ratios mean something on a noisy machine:
 * `npm run bench` (some ten minutes), `npm run bench -- --rooms 1,100` for a short one. Writes docs/benchmarks.md.
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startSimulator } from "metered-simulator";
import { measureImport } from "./imports";
import { contestants } from "./programs";
import { report } from "./report";
import { type Measured, makeProject, measureStack } from "./stack";
import { stateBytesPerRoom } from "./stateBytes";

const LATENCY_MS = 50;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { rooms: { type: "string", default: "1,100,1000" } } });
  const sizes = values.rooms.split(",").map(Number);
  const results: Measured[] = [];
  const project = await makeProject();
  for (const rooms of sizes) {
    for (const contestant of contestants) {
      const simulator = await startSimulator({ latencyMs: LATENCY_MS });
      try {
        results.push(await measureStack(project, contestant, rooms, simulator));
      } finally {
        await simulator.close();
      }
      const { name, seconds } = results.at(-1) as Measured;
      console.log(
        `${rooms} rooms, ${name}: up ${seconds.up} s, no-op up ${seconds.noop} s, destroy ${seconds.destroy} s`,
      );
    }
  }
  const bytes = await stateBytesPerRoom(project);
  console.log(`state: ${bytes.total} bytes per room`);
  const text = report({ results, bytes, imports: measureImport(project), latencyMs: LATENCY_MS, cores: cpus().length });
  const file = join(__dirname, "..", "docs", "benchmarks.md");
  rmSync(project, { recursive: true, force: true });
  const [head = ""] = readFileSync(file, "utf8").split("<!-- measured -->");
  writeFileSync(file, `${head}<!-- measured -->\n\n${text}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
