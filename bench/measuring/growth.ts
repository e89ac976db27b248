import { startSimulator } from "metered-simulator";
import { argumentsOf, changedSetProgram, oursProgram, setProgram } from "../contestants/pulumi";
import { type Command, type Further, type GrowthRow, growthCommands, type Taken } from "../recorded";
import { prepareFleet, roomsPerStack } from "./fleet";
import { measure } from "./meter";
import { BenchStack } from "./stack";

/** By so many rooms a large stack is made larger and smaller again. */
const FURTHER = 100;

interface GrowthOptions {
  readonly project: string;
  readonly latencyMs: number;
}

/** What is measured; the key of its circumstances is the caller's. */
type Measured = Omit<GrowthRow, "run">;

/** This provider with so many rooms in stacks of 250, some of them at a time. */
export async function measureFleet(
  rooms: number,
  { project, latencyMs, parallel: most }: GrowthOptions & { readonly parallel: number },
): Promise<Measured> {
  const stacks = Math.ceil(rooms / roomsPerStack);
  const parallel = Math.min(stacks, most);
  const simulator = await startSimulator({ latencyMs });
  const prepared = await prepareFleet(rooms, { parallel }, { project, simulator });
  try {
    const taken: Partial<Record<Command, Taken>> = {};
    let stateBytes = 0;
    for (const command of growthCommands) {
      taken[command] = tell(rooms, command, await measure(simulator, () => prepared.run(command)));
      if (command === "up") stateBytes = prepared.stateBytes() ?? 0;
    }
    return { shape: "micro", rooms, stacks, parallel, taken, stateBytes };
  } finally {
    prepared.dispose();
    await simulator.close();
  }
}

/** This provider with so many rooms in one set. */
export async function measureSet(rooms: number, { project, latencyMs }: GrowthOptions): Promise<Measured> {
  const simulator = await startSimulator({ latencyMs });
  const stack = await BenchStack.create(project, setProgram(rooms, simulator), simulator);
  const timed = async (command: Command) =>
    tell(rooms, command, await measure(simulator, () => stack.pulumi(...argumentsOf(command))));
  try {
    const taken: Partial<Record<Command, Taken>> = { up: await timed("up") };
    const stateBytes = stack.stateBytes();
    taken["no-op up"] = await timed("no-op up");
    stack.program(changedSetProgram(rooms, simulator));
    taken.preview = await timed("preview");
    taken.refresh = await timed("refresh");
    taken.destroy = await timed("destroy");
    return { shape: "set", rooms, stacks: 1, parallel: 1, taken, stateBytes };
  } finally {
    stack.dispose();
    await simulator.close();
  }
}

/**
 * This provider with so many rooms in one stack. They are made and deleted without checkpoints, since with them that
 * takes hours; with checkpoints, further rooms are made and deleted. Runs that change nothing, and refreshes, have no
 * checkpoints in between, so that they stand for both.
 */
export async function measureOneStack(rooms: number, { project, latencyMs }: GrowthOptions): Promise<Measured[]> {
  const simulator = await startSimulator({ latencyMs });
  const stack = await BenchStack.create(project, oursProgram(rooms, simulator), simulator);
  const timed = async (what: string, work: () => Promise<void>) => tell(rooms, what, await measure(simulator, work));
  const whole = (command: Command) => timed(command, () => stack.pulumi(...argumentsOf(command)));
  const unsaved = (command: Command) =>
    timed(`${command} without checkpoints`, () => stack.pulumiWithoutCheckpoints(...argumentsOf(command)));
  const upTo = async (size: number, operation: "create" | "delete"): Promise<Further> => {
    stack.program(oursProgram(size, simulator));
    const moments: number[] = [];
    const { memory } = await measure(
      simulator,
      () => stack.pulumi(...argumentsOf("up")),
      (request) => {
        if (request.operation === operation) moments.push(request.at);
      },
    );
    return { secondsEach: secondsEach(moments), ...(memory ? { memory } : {}) };
  };
  try {
    const up = await unsaved("up");
    const stateBytes = stack.stateBytes();
    const quiet = { "no-op up": await whole("no-op up"), refresh: await whole("refresh") };
    const further = { up: await upTo(rooms + FURTHER, "create"), destroy: await upTo(rooms, "delete") };
    console.log(
      `${rooms} rooms, a further one: ${further.up.secondsEach} s, and ${further.destroy.secondsEach} s to go`,
    );
    const both = { rooms, stacks: 1, parallel: 1, stateBytes };
    return [
      { ...both, shape: "one", taken: quiet, further },
      { ...both, shape: "unsaved", taken: { up, ...quiet, destroy: await unsaved("destroy") } },
    ];
  } finally {
    stack.dispose();
    await simulator.close();
  }
}

/** Between the first call and the last one, for each of them. */
function secondsEach(moments: readonly number[]): number {
  if (moments.length !== FURTHER) throw new Error(`${moments.length} rooms were seen in place of ${FURTHER}`);
  const milliseconds = Math.max(...moments) - Math.min(...moments);
  return Math.round(milliseconds / (FURTHER - 1)) / 1000;
}

function tell(rooms: number, command: string, taken: Taken): Taken {
  console.log(`${rooms} rooms, ${command}: ${taken.seconds} s`);
  return taken;
}
