import { startSimulator } from "metered-simulator";
import type { Place, Prepared } from "../contestants/contestant";
import { argumentsOf, oursProgram } from "../contestants/pulumi";
import { type Command, type GrowthRow, growthCommands, type Shape, type Taken } from "../recorded";
import { prepareFleet, roomsPerStack } from "./fleet";
import { measure } from "./meter";
import { BenchStack } from "./stack";

export interface GrowthOptions {
  readonly project: string;
  readonly latencyMs: number;
  /** Stacks at a time, where there are several. */
  readonly parallel: number;
  /** When the time is up, on the clock of `performance.now()`. */
  readonly until: number;
}

/**
 * This provider with so many rooms in one of the shapes. When the time is up, the command that runs is stopped, and
 * says how far it came; those after it are left out.
 */
export async function measureGrowth(
  shape: Shape,
  rooms: number,
  options: GrowthOptions,
): Promise<Omit<GrowthRow, "run">> {
  const { project, latencyMs, until } = options;
  const stacks = shape === "micro" ? Math.ceil(rooms / roomsPerStack) : 1;
  const parallel = Math.min(stacks, options.parallel);
  const simulator = await startSimulator({ latencyMs });
  const prepared = await prepare(shape, rooms, parallel, { project, simulator });
  const taken: Partial<Record<Command, Taken>> = {};
  let progress: GrowthRow["progress"] = [];
  let stateBytes = 0;
  try {
    for (const command of growthCommands) {
      if (performance.now() > until) break;
      const work = (signal: AbortSignal) => prepared.run(command, signal);
      const { progress: curve, ...rest } = await measure(command, simulator, work, until);
      taken[command] = rest;
      console.log(
        `  ${command}: ${rest.seconds} s${rest.cutOffAt === undefined ? "" : `, stopped at ${rest.cutOffAt} rooms`}`,
      );
      if (command === "up") progress = curve;
      if (command === "up" && rest.cutOffAt === undefined) stateBytes = prepared.stateBytes() ?? 0;
    }
    return { shape, rooms, stacks, parallel, taken, progress, ...(stateBytes === 0 ? {} : { stateBytes }) };
  } finally {
    prepared.dispose();
    await simulator.close();
  }
}

async function prepare(shape: Shape, rooms: number, parallel: number, at: Place): Promise<Prepared> {
  if (shape === "micro") return prepareFleet(rooms, { parallel }, at);
  const env = shape === "unsaved" ? { PULUMI_SKIP_CHECKPOINTS: "true" } : {};
  const stack = await BenchStack.create(at.project, oursProgram(rooms, at.simulator), at.simulator, env);
  return {
    run: (command, signal) => stack.run(argumentsOf(command), signal),
    stateBytes: () => stack.stateBytes(),
    dispose: () => stack.dispose(),
  };
}
