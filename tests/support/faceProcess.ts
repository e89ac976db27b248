import { PluginProcess } from "./pluginProcess";
import { PluginRooms } from "./pluginRooms";
import { ProviderClient, type RoomCode, type RoomsClient, textOf } from "./providerClient";
import type { Face } from "./providerHost";
import { ProviderProcess } from "./providerProcess";

interface Start {
  readonly env?: NodeJS.ProcessEnv;
  /** A pipe is what the engine gives it. */
  readonly stdin?: "pipe" | "ignore";
}

/** One of the faces as a process of its own, as the engine starts it. */
export class FaceProcess {
  private readonly clients: RoomsClient[] = [];

  private constructor(
    private readonly face: Face,
    private readonly process: ProviderProcess | PluginProcess,
  ) {}

  static async start(
    face: Face,
    config: Readonly<Record<string, string>>,
    { env = {}, stdin = "pipe" }: Start = {},
  ): Promise<FaceProcess> {
    if (face === "dynamic") {
      return new FaceProcess(face, await ProviderProcess.start(config, "meetingRoom", env, stdin));
    }
    const started = new FaceProcess(face, await PluginProcess.start("", env, stdin));
    await started.rooms("meetingRoom").configure(config);
    return started;
  }

  /** What the engine would say to it about rooms of one kind. */
  rooms(code: RoomCode): RoomsClient {
    const { port } = this.process;
    const client = this.face === "plugin" ? new PluginRooms(port, code) : new ProviderClient(port, textOf(code));
    this.clients.push(client);
    return client;
  }

  /** All that it printed after it had begun. */
  get printed(): string {
    return this.process.printed;
  }

  /** What it sees of an engine that was killed; waits for its own end. */
  loseEngine(): Promise<void> {
    return this.process.loseEngine();
  }

  /** Done when it has ended. */
  async stop(): Promise<void> {
    for (const client of this.clients) client.close();
    await this.process.stop();
  }
}
