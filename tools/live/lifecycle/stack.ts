import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Interrupted } from "../time";
import type { Gateway } from "./gateway";

const root = join(__dirname, "..", "..", "..");
/** How long an interrupted engine has to end by itself, in milliseconds. */
const GRACE_MS = 10_000;

/** What one run of the CLI printed, and how it ended. */
export interface Run {
  readonly code: number;
  readonly text: string;
}

/** A stack in a temporary folder, with the provider of this repository, that reaches Metered through the gateway. */
export class Stack {
  private child: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly stop: AbortSignal,
  ) {}

  /** @param engine the folder that holds `pulumi` */
  static create(engine: string, gateway: Gateway, appName: string, stop: AbortSignal): Stack {
    const folder = mkdtempSync(join(tmpdir(), "metered-check-"));
    for (const name of ["state", "home"]) mkdirSync(join(folder, name));
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "package.json"), '{"main":"index.js"}');
    writeFileSync(join(folder, "Pulumi.yaml"), projectFile);
    const config = { appName, endpoint: gateway.url, maxConcurrentRequests: "1", retrySeconds: "5" };
    const lines = Object.entries(config).map(([key, value]) => `  metered:${key}: ${JSON.stringify(value)}\n`);
    writeFileSync(join(folder, "Pulumi.check.yaml"), `config:\n${lines.join("")}`);
    return new Stack(
      folder,
      {
        ...process.env,
        PATH: `${engine}${delimiter}${process.env.PATH}`,
        METERED_APP_NAME: appName,
        METERED_SECRET_KEY: gateway.key,
        PULUMI_HOME: join(folder, "home"),
        PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
        PULUMI_CONFIG_PASSPHRASE: "check",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        NO_COLOR: "1",
      },
      stop,
    );
  }

  /** Sets the program: a JavaScript module in which `metered` is at hand. */
  program(body: string): void {
    writeFileSync(join(this.folder, "index.js"), `const metered = require("pulumi-metered");\n${body}`);
  }

  /** Runs the CLI. @throws Interrupted */
  async pulumi(...args: string[]): Promise<Run> {
    if (this.stop.aborted) throw new Interrupted();
    const unasked = ["up", "refresh", "destroy"].includes(args[0] ?? "") ? ["--yes", "--skip-preview"] : [];
    // A group of its own: Ctrl-C in a terminal reaches this program only, which then ends the engine in order.
    const child = spawn("pulumi", [...args, ...unasked, "--non-interactive"], {
      cwd: this.folder,
      env: this.env,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child = child;
    const end = () => this.end();
    this.stop.addEventListener("abort", end, { once: true });
    try {
      const run = await ended(child);
      if (this.stop.aborted) throw new Interrupted();
      return run;
    } finally {
      this.stop.removeEventListener("abort", end);
      this.child = undefined;
      if (this.stop.aborted) signalGroup(child, "SIGKILL");
    }
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }

  private end(): void {
    const { child } = this;
    if (child === undefined) return;
    signalGroup(child, "SIGINT");
    setTimeout(() => signalGroup(child, "SIGKILL"), GRACE_MS).unref();
  }
}

const projectFile = "name: metered-check\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n";

function ended(child: ChildProcess): Promise<Run> {
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 1, text }));
  });
}

/** The engine with its language host and the provider. */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // It has ended already.
  }
}
