import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { pulumiVersion } from "../engine/executables";
import { isAtLeast } from "../engine/version";
import type { Face } from "./cells";
import type { Installed } from "./installed";
import { CellStack } from "./stack";

/** What a cell has to be able to do, in this order. */
export const STEPS = ["up", "no-op", "refresh", "import", "destroy"] as const;
export type Step = (typeof STEPS)[number];

/** From here on, an import file may hold a resource's inputs and outputs, without which a dynamic one is not imported. */
export const FIRST_TO_IMPORT_DYNAMIC = "3.254.0";

/** What can be asked of a way to use the provider on an engine. */
export function stepsOn(engineVersion: string, face: Face): readonly Step[] {
  const imports = face === "plugin" || isAtLeast(engineVersion, FIRST_TO_IMPORT_DYNAMIC);
  return STEPS.filter((step) => imports || step !== "import");
}

/** How far a cell came. */
export interface Outcome {
  /** The steps that worked, in the order of `STEPS`; without a problem these are all that can be asked. */
  readonly passed: readonly Step[];
  /** Why the next one did not. */
  readonly problem?: string;
}

interface Life {
  readonly face: Face;
  readonly stack: CellStack;
  readonly simulator: Simulator;
}

const standup = 'exports.join = new metered.MeetingRoom("standup", { privacy: "private", maxParticipants: 12 }).url;';

/** Leads a room through its life on a real engine; ends at the first step that does not work. */
export async function live(face: Face, installed: Installed, engine: string): Promise<Outcome> {
  const simulator = await startSimulator({ secretKey: "matrix-secret" });
  const life: Life = { face, simulator, stack: new CellStack(face, installed, engine, simulator) };
  const passed: Step[] = [];
  try {
    await life.stack.create();
    for (const step of stepsOn(await pulumiVersion(engine), face)) {
      await steps[step](life);
      passed.push(step);
    }
    return { passed };
  } catch (error) {
    return { passed, problem: error instanceof Error ? error.message : String(error) };
  } finally {
    await simulator.close();
  }
}

const steps: Readonly<Record<Step, (life: Life) => Promise<void>>> = {
  up: async ({ stack, simulator }) => {
    stack.program(standup);
    await stack.pulumi("up");
    const [room] = simulator.rooms;
    assert.deepEqual(room?.settings, { privacy: "private", maxParticipants: 12 });
    const { stdout } = await stack.pulumi("stack", "output", "join");
    assert.equal(stdout.trim(), `${simulator.url}/${room?.roomName}`);
  },

  "no-op": async ({ stack }) => {
    await stack.pulumi("up", "--expect-no-changes");
  },

  /** A look that finds nothing, then one that finds what a colleague changed, and the way back. */
  refresh: async ({ stack, simulator }) => {
    await stack.pulumi("refresh", "--expect-no-changes");
    const { roomName = "" } = simulator.rooms[0] ?? {};
    simulator.editRoom("meeting", roomName, { maxParticipants: 5 });
    const { text } = await stack.pulumi("refresh", "--diff");
    assert.match(text, /maxParticipants/);
    await stack.pulumi("up");
    assert.equal(simulator.rooms[0]?.settings.maxParticipants, 12);
  },

  import: async (life) => {
    const { face, stack, simulator } = life;
    simulator.addRoom("meeting", "lobby", { privacy: "public" });
    simulator.requests.clear();
    await (face === "package" ? importFile(stack) : importTwice(life));
    await stack.pulumi("preview", "--refresh", "--expect-no-changes");
    const writes = simulator.requests.filter(({ method }) => method !== "GET");
    assert.deepEqual(writes, [], "importing changes nothing on the server");
  },

  destroy: async ({ stack, simulator }) => {
    await stack.pulumi("destroy");
    assert.deepEqual(
      simulator.rooms.filter(({ archived }) => !archived),
      [],
    );
  },
};

/** The package's own command writes the file that `pulumi import` takes, and the module that declares the room. */
async function importFile(stack: CellStack): Promise<void> {
  await stack.metered("import", "lobby");
  const [file, module] = ["rooms.import.json", "rooms.js"].map((wanted) =>
    readdirSync(stack.folder).find((name) => name === wanted),
  );
  assert.ok(file && module, "pulumi-metered import writes a file for pulumi import and a module");
  await stack.pulumi("import", "--file", file, "--generate-code=false", "--protect=false");
  stack.program(`${standup}\nrequire("./${basename(module, ".js")}");`);
}

/** By the command line, and by the option in a program. */
async function importTwice({ stack, simulator }: Life): Promise<void> {
  const command = ["import", "metered:index:MeetingRoom", "lobby", "lobby"];
  await stack.pulumi(...command, "--generate-code=false", "--protect=false");
  simulator.addRoom("meeting", "retro", { privacy: "public" });
  const inputs = await stack.inputs("lobby");
  const lobby = `new metered.MeetingRoom("lobby", ${JSON.stringify(inputs)});`;
  const retro = `new metered.MeetingRoom("retro", ${JSON.stringify({ ...inputs, roomName: "retro" })}, { import: "retro" });`;
  stack.program([standup, lobby, retro].join("\n"));
  await stack.pulumi("up");
}
