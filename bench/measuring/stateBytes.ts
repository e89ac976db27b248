import { readFileSync } from "node:fs";
import { startSimulator } from "metered-simulator";
import { settings } from "../contestants/rooms";
import type { StateBytes } from "../recorded";
import { BenchStack } from "./stack";

const ROOMS = 1000;

/** As the goal defines it: rooms `room-0000` to `room-0999` with made names, app `demo`, no parent, plain JavaScript. */
export async function stateBytesPerRoom(project: string): Promise<StateBytes> {
  const simulator = await startSimulator();
  const program = (rooms: number) => `
const metered = require("pulumi-metered");
metered.MeetingRoom.get("looked-up", "lobby");
for (let i = 0; i < ${rooms}; i++) new metered.MeetingRoom("room-" + String(i).padStart(4, "0"), { ${settings} });
`;
  simulator.addRoom("meeting", "lobby");
  const stack = await BenchStack.create(project, program(0), simulator);
  try {
    await stack.pulumi("up", "--yes", "--skip-preview");
    const empty = stack.stateBytes();
    stack.program(program(ROOMS));
    await stack.pulumi("up", "--yes", "--skip-preview");
    const total = Math.round((stack.stateBytes() - empty) / ROOMS);
    return { total, parts: partsOf(stack.stateFile) };
  } finally {
    stack.dispose();
    await simulator.close();
  }
}

function partsOf(file: string): (readonly [string, number])[] {
  const state = JSON.parse(readFileSync(file, "utf8")) as {
    checkpoint: { latest: { resources: Record<string, unknown>[] } };
  };
  const room = state.checkpoint.latest.resources.find(({ id }) => String(id).startsWith("room-0500")) ?? {};
  return Object.entries(room)
    .map(([key, value]) => [key, JSON.stringify(key).length + JSON.stringify(value).length + 2] as const)
    .sort(([, a], [, b]) => b - a);
}
