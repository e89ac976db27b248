import { startSimulator } from "metered-simulator";
import type { Contestant, Place } from "../contestants/contestant";
import type { Command, Taken, TimesRow } from "../recorded";
import { measure } from "./meter";

/** How often one room is measured: of so little, a single run would tell of the noise. */
const RUNS_OF_ONE_ROOM = 5;

/** A contestant at one size; of several runs the median of each command. */
export async function measureContestant(
  contestant: Contestant,
  rooms: number,
  project: string,
  latencyMs: number,
): Promise<Omit<TimesRow, "run">> {
  const rows: Omit<TimesRow, "run">[] = [];
  const runs = rooms === 1 ? RUNS_OF_ONE_ROOM : 1;
  for (let run = 0; run < runs; run++) {
    rows.push(await measureOnce(contestant, rooms, project, latencyMs));
  }
  const [first] = rows;
  if (!first) throw new Error("nothing was measured");
  const medians = contestant.commands.flatMap((command) => {
    const taken = rows.flatMap((row) => row.taken[command] ?? []).sort((a, b) => a.seconds - b.seconds);
    const median = taken[Math.floor(taken.length / 2)];
    return median ? [[command, median] as const] : [];
  });
  return { ...first, taken: Object.fromEntries(medians), ...(runs > 1 ? { medianOf: runs } : {}) };
}

/** Against a server of its own that waits before each call. */
async function measureOnce(
  contestant: Contestant,
  rooms: number,
  project: string,
  latencyMs: number,
): Promise<Omit<TimesRow, "run">> {
  const simulator = await startSimulator({ latencyMs });
  try {
    return await commandByCommand(contestant, rooms, { project, simulator });
  } finally {
    await simulator.close();
  }
}

async function commandByCommand(contestant: Contestant, rooms: number, at: Place): Promise<Omit<TimesRow, "run">> {
  const { name, commands } = contestant;
  const prepared = await contestant.prepare(rooms, at);
  const taken: Partial<Record<Command, Taken>> = {};
  let stateBytes: number | undefined;
  try {
    for (const command of commands) {
      const { progress: _, ...rest } = await measure(command, at.simulator, (signal) => prepared.run(command, signal));
      taken[command] = rest;
      if (command === "up") stateBytes = prepared.stateBytes();
    }
    assertAllGone(name, at);
    return { name, rooms, taken, ...(stateBytes === undefined ? {} : { stateBytes }) };
  } finally {
    prepared.dispose();
  }
}

/** A contestant that has not done its work has measured nothing. */
function assertAllGone(name: string, { simulator }: Place): void {
  const left = simulator.rooms.filter(({ archived }) => !archived).length;
  if (left > 0) throw new Error(`${name} left ${left} rooms behind`);
}
