import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { modules, ProviderClient, type RoomCode, sdk, textOf } from "./providerClient";

export type { Bag } from "./providerClient";

/** Pulumi's own dynamic-provider process. Its working folder is that of a program which depends on pulumi-metered. */
export class ProviderProcess extends ProviderClient {
  /** All that the process printed. */
  printed = "";

  private constructor(
    private readonly folder: string,
    private readonly child: ChildProcess,
    readonly port: number,
    text: string,
  ) {
    super(port, text);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (part: string) => {
        this.printed += part;
      });
    }
  }

  /** @param stdin a pipe is what the engine gives it */
  static async start(
    config: Readonly<Record<string, string>>,
    type: RoomCode = "meetingRoom",
    env: NodeJS.ProcessEnv = {},
    stdin: "pipe" | "ignore" = "pipe",
  ): Promise<ProviderProcess> {
    const folder = makeProgramFolder();
    const child = spawn(process.execPath, [join(sdk, "cmd", "dynamic-provider"), "127.0.0.1:1"], {
      cwd: folder,
      env: { ...providerEnvironment(), ...env },
      stdio: [stdin, "pipe", "pipe"],
    });
    const port = Number(await firstLine(child));
    const started = new ProviderProcess(folder, child, port, textOf(type));
    await started.configure(config);
    return started;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** The next line that the process prints and that begins so. */
  nextLine(beginning: string): Promise<string> {
    let text = "";
    return new Promise((resolve) => {
      const look = (part: string) => {
        text += part;
        const line = text.split("\n").find((each, i, all) => i < all.length - 1 && each.startsWith(beginning));
        if (line === undefined) return;
        this.child.stdout?.off("data", look);
        resolve(line);
      };
      this.child.stdout?.on("data", look);
    });
  }

  /** Resolves when the process has ended, for whatever reason. */
  get ended(): Promise<void> {
    if (this.hasEnded) return Promise.resolve();
    return new Promise((resolve) => this.child.once("close", () => resolve()));
  }

  private get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** What the process sees of an engine that was killed; waits for its own end. */
  async loseEngine(): Promise<void> {
    this.child.stdin?.destroy();
    await this.ended;
  }

  /** Done when the process has ended. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    this.close();
    const { ended } = this;
    if (!this.hasEnded) this.child.kill(signal);
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** An empty folder from which Node finds pulumi-metered and Pulumi's SDK, as from that of a program. */
export function makeProgramFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "metered-provider-"));
  mkdirSync(join(folder, "node_modules", "@pulumi"), { recursive: true });
  symlinkSync(sdk, join(folder, "node_modules", "@pulumi", "pulumi"));
  symlinkSync(join(modules, "pulumi-metered"), join(folder, "node_modules", "pulumi-metered"));
  return folder;
}

/** This process's environment as the engine would hand it on, without the credentials of whoever runs the tests. */
export function providerEnvironment(): NodeJS.ProcessEnv {
  const { METERED_APP_NAME: _app, METERED_SECRET_KEY: _key, ...inherited } = process.env;
  return { ...inherited, PULUMI_NODEJS_PROJECT: "rooms", PULUMI_NODEJS_STACK: "dev" };
}

export function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.once("data", (data: Buffer) => resolve(data.toString().trim()));
    child.once("exit", (code) => reject(new Error(`the provider process ended with ${code}`)));
  });
}
