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

export interface Measured {
  readonly name: string;
  readonly rooms: number;
  readonly seconds: { readonly up: number; readonly noop: number; readonly destroy: number };
  readonly calls: { readonly up: number; readonly preview: number; readonly noop: number; readonly destroy: number };
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
        const { up, noop, destroy } = measured.seconds;
        console.log(`${rooms} rooms, ${contestant.name}: up ${up} s, no-op up ${noop} s, destroy ${destroy} s`);
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
