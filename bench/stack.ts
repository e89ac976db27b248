import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { type Simulator, startSimulator } from "metered-simulator";
import { findEngine } from "../tools/engine";
import { type Contestant, contestants } from "./programs";

const root = join(__dirname, "..");
const { version: sdkVersion } = require("@pulumi/pulumi/package.json") as { version: string };

/** What is measured, in this order. */
export const commands = ["preview", "up", "no-op up", "refresh", "destroy"] as const;
type Command = (typeof commands)[number];

export interface Measured {
  readonly name: string;
  readonly rooms: number;
  readonly seconds: Readonly<Record<Command, number>>;
  /** HTTP requests to the server. */
  readonly calls: Readonly<Record<Command, number>>;
  /** The size of the state file after `up`. */
  readonly stateBytes: number;
}

/**
 * A program folder as a user has it, with the packed provider installed into it: links into this repository would make
 * the paths in the state longer.
 */
export async function makeProject(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "metered-bench-"));
  const run = (...args: string[]) => promisify(execFile)("npm", args, { cwd: folder });
  await run("pack", join(root, "provider"), "--pack-destination", folder);
  const packed = readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "";
  writeFileSync(join(folder, "package.json"), '{"main":"index.js"}');
  await run("install", `./${packed}`, `@pulumi/pulumi@${sdkVersion}`, "axios", "--no-audit", "--no-fund");
  writeFileSync(
    join(folder, "Pulumi.yaml"),
    "name: bench\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
  );
  return folder;
}

/** A stack on a file backend; one CLI run for each command, without previews. */
export class BenchStack {
  private constructor(
    private readonly project: string,
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  static async create(project: string, program: string, simulator: Simulator): Promise<BenchStack> {
    const folder = mkdtempSync(join(tmpdir(), "metered-bench-state-"));
    const env = {
      ...process.env,
      PATH: `${await findEngine()}${delimiter}${process.env.PATH}`,
      PULUMI_HOME: join(folder, "home"),
      PULUMI_BACKEND_URL: `file://${folder}`,
      PULUMI_CONFIG_PASSPHRASE: "bench",
      PULUMI_SKIP_UPDATE_CHECK: "true",
    };
    mkdirSync(join(folder, "home"));
    const stack = new BenchStack(project, folder, env);
    stack.program(program);
    await stack.pulumi("stack", "init", "dev");
    await stack.pulumi("config", "set", "metered:endpoint", simulator.url);
    await stack.pulumi("config", "set", "metered:appName", simulator.app);
    await stack.pulumi("config", "set", "--secret", "metered:secretKey", simulator.secretKey);
    return stack;
  }

  program(text: string): void {
    writeFileSync(join(this.project, "index.js"), text);
  }

  /** Wall-clock seconds. */
  async pulumi(...args: string[]): Promise<number> {
    const began = performance.now();
    const options = { cwd: this.project, env: this.env, maxBuffer: 256 * 1024 * 1024 };
    // Not a blocking call: the simulator lives in this process.
    await promisify(execFile)("pulumi", [...args, "--non-interactive"], options);
    return Math.round((performance.now() - began) / 100) / 10;
  }

  get stateFile(): string {
    return join(this.folder, ".pulumi", "stacks", "bench", "dev.json");
  }

  stateBytes(): number {
    return statSync(this.stateFile).size;
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
    rmSync(join(this.project, "Pulumi.dev.yaml"), { force: true });
  }
}

/** Every contestant at every size, one after the other, each against a server of its own that waits before each call. */
export async function measureSideBySide(project: string, sizes: number[], latencyMs: number): Promise<Measured[]> {
  const results: Measured[] = [];
  for (const rooms of sizes) {
    for (const contestant of contestants) {
      const simulator = await startSimulator({ latencyMs });
      try {
        const measured = await measureStack(project, contestant, rooms, simulator);
        const seconds = commands.map((command) => `${command} ${measured.seconds[command]} s`);
        console.log(`${rooms} rooms, ${contestant.name}: ${seconds.join(", ")}`);
        results.push(measured);
      } finally {
        await simulator.close();
      }
    }
  }
  return results;
}

async function measureStack(
  project: string,
  contestant: Contestant,
  rooms: number,
  simulator: Simulator,
): Promise<Measured> {
  const stack = await BenchStack.create(project, contestant.program(rooms, simulator), simulator);
  const seconds = {} as Record<Command, number>;
  const calls = {} as Record<Command, number>;
  let stateBytes = 0;
  try {
    for (const command of commands) {
      simulator.requests.clear();
      seconds[command] = await stack.pulumi(...(command === "preview" ? ["preview"] : unattended(command)));
      calls[command] = simulator.requests.length;
      if (command === "up") stateBytes = stack.stateBytes();
    }
    return { name: contestant.name, rooms, seconds, calls, stateBytes };
  } finally {
    stack.dispose();
  }
}

function unattended(command: Exclude<Command, "preview">): string[] {
  return [command === "no-op up" ? "up" : command, "--yes", "--skip-preview"];
}
