import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inParallel } from "../../examples/fleet/pool";
import type { Place, Prepared } from "../contestants/contestant";
import { argumentsOf } from "../contestants/pulumi";
import { names, settings } from "../contestants/rooms";
import { runProgram } from "./meter";
import { environmentIn, writeProject } from "./stack";

/** Rooms in each stack. */
export const roomsPerStack = 250;

interface FleetOptions {
  /** Stacks at a time. */
  readonly parallel: number;
  readonly perStack?: number;
}

/**
 * Rooms in stacks of 250, as examples/fleet has them: one program, whose stacks have names that tell it what to declare,
 * the key in the environment, some stacks at a time. Making the stacks is part of `up`.
 */
export async function prepareFleet(
  rooms: number,
  { parallel, perStack = roomsPerStack }: FleetOptions,
  { project, simulator }: Place,
): Promise<Prepared> {
  const stacks = Array.from({ length: Math.ceil(rooms / perStack) }, (_, index) => `s${index}`);
  const folder = join(project, "fleet");
  const state = mkdtempSync(join(tmpdir(), "metered-bench-fleet-"));
  mkdirSync(folder);
  const account = `config:\n  metered:endpoint:\n    value: ${simulator.url}\n  metered:appName:\n    value: ${simulator.app}\n`;
  writeProject(folder, "fleet", { typescript: false, more: account });
  writeFileSync(join(folder, "package.json"), '{"main":"index.js"}');
  writeFileSync(join(folder, "index.js"), program(rooms, perStack));
  const env = { ...(await environmentIn(state)), METERED_SECRET_KEY: simulator.secretKey };
  const pulumi = (...args: string[]) => runProgram("pulumi", [...args, "--non-interactive"], { cwd: folder, env });
  return {
    run: async (command) => {
      const failures: unknown[] = [];
      await inParallel(stacks, parallel, async (stack) => {
        // None may run on when this ends.
        if (failures.length > 0) return;
        try {
          if (command === "up") await pulumi("stack", "init", stack, "--no-select");
          await pulumi(...argumentsOf(command), "--stack", stack);
        } catch (error) {
          failures.push(error);
        }
      });
      if (failures.length > 0) throw failures[0];
    },
    stateBytes: () => bytesIn(join(state, ".pulumi", "stacks", "fleet")),
    dispose: () => {
      rmSync(folder, { recursive: true, force: true });
      rmSync(state, { recursive: true, force: true });
    },
  };
}

function program(rooms: number, perStack: number): string {
  return `
const { getStack } = require("@pulumi/pulumi/metadata");
const metered = require("pulumi-metered");
const first = Number(getStack().slice(1)) * ${perStack};
for (const name of ${names(`Math.min(${perStack}, ${rooms} - first)`, "first")}) {
  new metered.MeetingRoom(name, { roomName: name, ${settings} });
}
`;
}

/** The states themselves, without the copies that Pulumi keeps beside them. */
function bytesIn(folder: string): number {
  const states = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return states.reduce((total, name) => total + statSync(join(folder, name)).size, 0);
}
