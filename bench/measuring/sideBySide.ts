import { startSimulator } from "metered-simulator";
import type { Contestant, Place } from "../contestants/contestant";
import { type Command, commands, type Taken, type TimesRow } from "../recorded";
import { median } from "./median";
import { measure } from "./meter";

/** What is measured; the key of its circumstances is the caller's. */
export type Measured = Omit<TimesRow, "run">;

/** A contestant at one size, against a server of its own that waits before each call. */
export async function measureContestant(
  contestant: Contestant,
  rooms: number,
  project: string,
  latencyMs: number,
): Promise<Measured> {
  const simulator = await startSimulator({ latencyMs });
  try {
    return await commandByCommand(contestant, rooms, { project, simulator });
  } finally {
    await simulator.close();
  }
}

/** Of several runs of one contestant the median of each command. */
export function medianRow(runs: readonly Measured[]): Measured {
  const [first] = runs;
  if (!first) throw new Error("nothing was measured");
  if (runs.length === 1) return first;
  const medians = commands.flatMap((command) => {
    const taken = runs.flatMap((row) => row.taken[command] ?? []);
    const middle = median(taken, ({ seconds }) => seconds);
    return middle ? [[command, middle] as const] : [];
  });
  return { ...first, taken: Object.fromEntries(medians), medianOf: runs.length };
}

async function commandByCommand(contestant: Contestant, rooms: number, at: Place): Promise<Measured> {
  const { name } = contestant;
  const prepared = await contestant.prepare(rooms, at);
  const taken: Partial<Record<Command, Taken>> = {};
  let stateBytes: number | undefined;
  try {
    for (const command of contestant.commands) {
      taken[command] = await measure(at.simulator, () => prepared.run(command));
      if (command === "up") stateBytes = prepared.stateBytes();
    }
    if (contestant.commands.includes("destroy")) assertAllGone(name, at);
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
