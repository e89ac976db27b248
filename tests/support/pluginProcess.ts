import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { PluginClient, secret } from "./pluginClient";
import { type Bag, firstLine, providerEnvironment } from "./providerProcess";

const script = join(__dirname, "..", "..", "provider", "bin", "pulumi-resource-metered");

/** The plugin as the engine starts it. */
export class PluginProcess extends PluginClient {
  /** All that it printed. */
  printed = "";

  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {
    super(port);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (part: string) => {
        this.printed += part;
      });
    }
  }

  /**
   * @param engine the address of the engine that is told what the user shall read
   * @param stdin a pipe is what the engine gives it
   */
  static async start(
    engine = "",
    env: NodeJS.ProcessEnv = {},
    stdin: "pipe" | "ignore" = "pipe",
  ): Promise<PluginProcess> {
    const child = spawn(script, engine ? [engine] : [], {
      env: { ...providerEnvironment(), ...env },
      stdio: [stdin, "pipe", "pipe"],
    });
    return new PluginProcess(child, Number(await firstLine(child)));
  }

  static async configured(config: Bag, engine?: string): Promise<PluginProcess> {
    const started = await PluginProcess.start(engine);
    await started.configure({ ...config, secretKey: secret(config.secretKey) });
    return started;
  }

  /** What the process sees of an engine that was killed; waits for its own end. */
  async loseEngine(): Promise<void> {
    this.child.stdin?.destroy();
    await this.ended;
  }

  async stop(): Promise<void> {
    this.close();
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill();
    await this.ended;
  }

  private get ended(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => this.child.once("close", () => resolve()));
  }
}
