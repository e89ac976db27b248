import assert from "node:assert/strict";
import { type Simulator, type SimulatorOptions, type StoredRoom, startSimulator } from "metered-simulator";
import { canaryKey } from "./canary";
import { pluginProgram, usePlugin } from "./pluginProgram";
import type { Face } from "./providerHost";
import { type StackOptions, TestStack } from "./stack";

/** What a program says of its rooms: arguments, and options as the program's text. */
export type Rooms = Readonly<Record<string, { readonly args?: object; readonly options?: string }>>;

/** A simulator, and a stack on the real engine that uses it. */
export class EngineWorld {
  private constructor(
    readonly simulator: Simulator,
    readonly stack: TestStack,
    private readonly face: Face,
  ) {}

  static async start(
    config: StackOptions["config"] = {},
    options: SimulatorOptions = {},
    face: Face = "dynamic",
  ): Promise<EngineWorld> {
    const simulator = await startSimulator({ secretKey: canaryKey, ...options });
    const stack = await TestStack.create({ simulator, config });
    if (face === "plugin") usePlugin(stack);
    return new EngineWorld(simulator, stack, face);
  }

  async close(): Promise<void> {
    await this.simulator.close();
    this.stack.dispose();
  }

  /** Sets the program: a public room of its own name for each entry, unless its arguments say otherwise. */
  program(rooms: Rooms): void {
    const lines = Object.entries(rooms).map(([name, { args, options = "{}" }]) => {
      const all = JSON.stringify({ privacy: "public", roomName: name, ...args });
      return `rooms[${JSON.stringify(name)}] = new metered.MeetingRoom(${JSON.stringify(name)}, ${all}, ${options});\n`;
    });
    this.write(`const rooms = {};\n${lines.join("")}`);
  }

  /** Sets the program as it is: the body of a module in which `pulumi` and `metered` are at hand. */
  write(body: string): void {
    if (this.face === "plugin") pluginProgram(this.stack, body);
    else this.stack.program(body);
  }

  /** Living rooms on the server. */
  get living(): StoredRoom[] {
    return this.simulator.rooms.filter(({ archived }) => !archived);
  }

  names(): string[] {
    return this.living.map(({ roomName }) => roomName).sort();
  }

  /**
   * The end of every story: one room on the server for each resource in the state, that very one, nothing under way,
   * and nothing to do, also after a look at the server.
   *
   * @param orphans names of rooms that are on the server only
   */
  async assertConverged(resources: readonly string[], orphans: readonly string[] = []): Promise<void> {
    const { stack } = this;
    assert.deepEqual(
      stack
        .rooms()
        .map(({ urn }) => urn.split("::").pop())
        .sort(),
      [...resources].sort(),
    );
    const ours = this.living.filter(({ roomName }) => !orphans.includes(roomName));
    assert.deepEqual(
      ours.map(({ _id }) => _id).sort(),
      stack
        .rooms()
        .map(({ outputs }) => outputs.roomId)
        .sort(),
    );
    assert.deepEqual(
      this.names().filter((name) => orphans.includes(name)),
      [...orphans].sort(),
    );
    assert.deepEqual(stack.pending(), []);
    await stack.assertSettled();
  }
}
