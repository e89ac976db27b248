import { type ChildProcess, fork } from "node:child_process";
import { realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { AddressTrouble } from "../addresses";
import { PluginRooms } from "../pluginRooms";
import { ProviderClient, type RoomCode, type RoomsClient, sdk, textOf } from "../providerClient";
import { makeProgramFolder, providerEnvironment } from "../providerProcess";
import type { Answer, Request } from "./messages";

const root = join(__dirname, "..", "..", "..");

/** The two ways to the same lifecycle. */
export const faces = ["dynamic", "plugin"] as const;
export type Face = (typeof faces)[number];

/**
 * One process that is Pulumi's dynamic-provider process, or the plugin, any number of times, one after another: each begins without
 * what the one before it knew, as a process of its own would, but in some milliseconds. Time is skipped in it, and it
 * can be cut off from the simulator.
 */
export class ProviderHost {
  /** All that it printed. */
  printed = "";
  /** Is told when its clock has gone on, so that the server's can follow. */
  onSkip: (now: number) => void = () => {};
  private readonly clients = new Map<string, RoomsClient>();
  private onAnswer: (answer: Answer) => void = () => {};
  private port = 0;
  /** How far its clock is ahead of this process's. */
  private ahead = 0;

  private constructor(
    private readonly folder: string,
    private readonly child: ChildProcess,
    readonly face: Face,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (part: string) => {
        this.printed += part;
      });
    }
    child.on("message", (answer: Answer) => {
      if (answer.said === "skipped") this.hasSkipped(answer.now);
      else this.onAnswer(answer);
    });
  }

  static start(face: Face = "dynamic"): ProviderHost {
    const folder = makeProgramFolder();
    const provider = realpathSync(join(root, "provider"));
    const script = {
      dynamic: require.resolve(join(sdk, "cmd", "dynamic-provider")),
      plugin: join(provider, "bin", "pulumi-resource-metered.js"),
    }[face];
    const code = ["dynamic", "plugin"].map((part) => join(provider, "dist", "pulumi", part));
    const child = fork(join(__dirname, "child.ts"), [script, folder, ...code], {
      cwd: root,
      env: providerEnvironment(),
      execArgv: ["-r", "ts-node/register/transpile-only"],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    return new ProviderHost(folder, child, face);
  }

  /** A provider that knows nothing yet. The one before it is over. */
  async begin(config: Readonly<Record<string, string>>): Promise<void> {
    const answer = await this.ask({ ask: "begin" });
    if (answer.said !== "began") throw new Error(`the process said ${answer.said}`);
    this.port = answer.port;
    this.hasSkipped(answer.now);
    await this.rooms("meetingRoom").configure(config);
  }

  /** @param name of the resource, by which the plugin tells apart what it serves */
  rooms(code: RoomCode, name = "room"): RoomsClient {
    const { port } = this;
    const key = `${code} ${name}`;
    const known = this.clients.get(key);
    if (known) return known;
    const client = this.face === "plugin" ? new PluginRooms(port, code, name) : new ProviderClient(port, textOf(code));
    this.clients.set(key, client);
    return client;
  }

  /** Its time, in unix milliseconds. */
  now(): number {
    return Date.now() + this.ahead;
  }

  /** Lets so many milliseconds pass in it. */
  async skip(ms: number): Promise<void> {
    await this.ask({ ask: "skip", ms });
  }

  private hasSkipped(now: number): void {
    this.ahead = now - Date.now();
    this.onSkip(now);
  }

  /** Has the next connections to the simulator fail so, and all others `always`. */
  async strike(next: readonly AddressTrouble[], always: AddressTrouble | undefined): Promise<void> {
    await this.ask({ ask: "strike", next, always });
  }

  async close(): Promise<void> {
    for (const client of this.clients.values()) client.close();
    const { exitCode, signalCode } = this.child;
    if (exitCode === null && signalCode === null) {
      await new Promise((resolve) => this.child.once("close", resolve).kill("SIGKILL"));
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private ask(request: Request): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const onExit = (code: number | null) => reject(new Error(`the process ended with ${code}: ${this.printed}`));
      this.child.once("exit", onExit);
      this.onAnswer = (answer) => {
        this.child.off("exit", onExit);
        resolve(answer);
      };
      this.child.send(request);
    });
  }
}
