import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import type { Simulator } from "metered-simulator";
import { findEngine } from "../tools/engine";
import type { Contestant } from "./programs";

const root = join(__dirname, "..");

export interface Measured {
  readonly name: string;
  readonly rooms: number;
  readonly seconds: { readonly up: number; readonly noop: number; readonly destroy: number };
  readonly calls: { readonly up: number; readonly preview: number; readonly noop: number; readonly destroy: number };
}

/** A stack on a file backend in a temporary folder; one CLI run for each command, without previews. */
export class BenchStack {
  private constructor(
    readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  static async create(program: string, simulator: Simulator): Promise<BenchStack> {
    const folder = mkdtempSync(join(tmpdir(), "metered-bench-"));
    const env = {
      ...process.env,
      PATH: `${await findEngine()}${delimiter}${process.env.PATH}`,
      PULUMI_HOME: join(folder, "home"),
      PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "bench",
      PULUMI_SKIP_UPDATE_CHECK: "true",
    };
    mkdirSync(join(folder, "state"));
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    writeFileSync(
      join(folder, "Pulumi.yaml"),
      "name: bench\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
    );
    writeFileSync(join(folder, "package.json"), '{"main":"index.js"}');
    writeFileSync(join(folder, "index.js"), program);
    const stack = new BenchStack(folder, env);
    await stack.pulumi("stack", "init", "dev");
    await stack.pulumi("config", "set", "metered:endpoint", simulator.url);
    await stack.pulumi("config", "set", "metered:appName", simulator.app);
    await stack.pulumi("config", "set", "--secret", "metered:secretKey", simulator.secretKey);
    return stack;
  }

  program(text: string): void {
    writeFileSync(join(this.folder, "index.js"), text);
  }

  /** Wall-clock seconds. */
  async pulumi(...args: string[]): Promise<number> {
    const began = performance.now();
    const options = { cwd: this.folder, env: this.env, maxBuffer: 256 * 1024 * 1024 };
    // Not a blocking call: the simulator lives in this process.
    await promisify(execFile)("pulumi", [...args, "--non-interactive"], options);
    return Math.round((performance.now() - began) / 100) / 10;
  }

  get stateFile(): string {
    return join(this.folder, "state", ".pulumi", "stacks", "bench", "dev.json");
  }

  stateBytes(): number {
    return statSync(this.stateFile).size;
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export async function measureStack(contestant: Contestant, rooms: number, simulator: Simulator): Promise<Measured> {
  const stack = await BenchStack.create(contestant.program(rooms, simulator), simulator);
  const counted = async (...args: string[]) => {
    simulator.requests.clear();
    const seconds = await stack.pulumi(...args);
    return { seconds, calls: simulator.requests.length };
  };
  try {
    const preview = await counted("preview");
    const up = await counted("up", "--yes", "--skip-preview");
    const noop = await counted("up", "--yes", "--skip-preview");
    const destroy = await counted("destroy", "--yes", "--skip-preview");
    return {
      name: contestant.name,
      rooms,
      seconds: { up: up.seconds, noop: noop.seconds, destroy: destroy.seconds },
      calls: { up: up.calls, preview: preview.calls, noop: noop.calls, destroy: destroy.calls },
    };
  } finally {
    stack.dispose();
  }
}
