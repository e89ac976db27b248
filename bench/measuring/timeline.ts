import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { settings } from "../contestants/rooms";
import type { Stretch } from "../recorded";
import { median } from "./median";
import { BenchStack } from "./stack";

const RUNS = 5;
const LATENCY_MS = 50;

/** Where the time of one room goes: `pulumi up --skip-preview` of a first room, the median run of five by its whole length. */
export async function timelineOfOneRoom(project: string): Promise<Stretch[]> {
  const runs: { stretches: Stretch[]; whole: number }[] = [];
  for (let run = 0; run < RUNS; run++) {
    const simulator = await startSimulator({ latencyMs: LATENCY_MS });
    try {
      const stretches = await oneRun(project, simulator);
      runs.push({ stretches, whole: stretches.reduce((sum, [, ms]) => sum + ms, 0) });
    } finally {
      await simulator.close();
    }
  }
  return median(runs, ({ whole }) => whole)?.stretches ?? [];
}

async function oneRun(project: string, simulator: Simulator): Promise<Stretch[]> {
  const marks = join(project, "marks.json");
  const program = `
const marks = { began: Date.now() };
const metered = require("pulumi-metered");
marks.imported = Date.now();
const room = new metered.MeetingRoom("room-0000", { ${settings} });
marks.registered = Date.now();
room.id.apply(() => {
  marks.known = Date.now();
  require("fs").writeFileSync(${JSON.stringify(marks)}, JSON.stringify(marks));
});
`;
  const stack = await BenchStack.create(project, program, simulator);
  try {
    const began = Date.now();
    await stack.pulumi("up", "--yes", "--skip-preview");
    const ended = Date.now();
    const at = JSON.parse(readFileSync(marks, "utf8")) as Record<string, number>;
    const post = simulator.requests[0]?.at ?? 0;
    return [
      [
        "The CLI starts, reads the configuration and starts the language host, which loads the SDK",
        between(began, at.began),
      ],
      ['`require("pulumi-metered")`', between(at.began, at.imported)],
      [
        "`new MeetingRoom(…)`, including the check of the package and the environment",
        between(at.imported, at.registered),
      ],
      [
        "The engine starts Pulumi's dynamic provider process, which loads the SDK and `pulumi-metered/runtime`, checks the inputs and sends the request",
        between(at.registered, post),
      ],
      [`The server waits ${LATENCY_MS} ms and responds, and the engine writes the state`, between(post, at.known)],
      ["The engine ends its processes and writes the state", between(at.known, ended)],
    ];
  } finally {
    stack.dispose();
    rmSync(marks, { force: true });
  }
}

function between(from: number | undefined, to: number | undefined): number {
  return Math.round((to ?? 0) - (from ?? 0));
}
