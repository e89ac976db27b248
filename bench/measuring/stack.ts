import { execFile } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import type { Simulator } from "metered-simulator";
import { findEngine } from "../../tools/engine";
import { runProgram } from "./meter";

const root = join(__dirname, "..", "..");
export const { version: sdkVersion } = require("@pulumi/pulumi/package.json") as { version: string };

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
  writeProject(folder, "bench", { typescript: false });
  return folder;
}

interface ProjectOptions {
  /** Pulumi's option of that name: whether it looks for TypeScript. Nothing is said of it where it is undefined. */
  readonly typescript?: boolean | undefined;
  /** Further lines of Pulumi.yaml. */
  readonly more?: string;
}

/** Makes a Pulumi project of a folder, whose package.json says where its program is. */
export function writeProject(folder: string, name: string, { typescript, more = "" }: ProjectOptions): void {
  const options = typescript === undefined ? "" : `  options:\n    typescript: ${typescript}\n`;
  writeFileSync(join(folder, "Pulumi.yaml"), `name: ${name}\nruntime:\n  name: nodejs\n${options}${more}`);
}

/** Where the CLI is found, and keeps its things: all of it below a folder of this stack. */
export async function environmentIn(folder: string): Promise<NodeJS.ProcessEnv> {
  mkdirSync(join(folder, "home"));
  return {
    ...process.env,
    PATH: `${await findEngine()}${delimiter}${process.env.PATH}`,
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_CONFIG_PASSPHRASE: "bench",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}

/** A stack on a file backend; one CLI run for each command. */
export class BenchStack {
  private constructor(
    private readonly project: string,
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  static async create(
    project: string,
    program: string,
    simulator: Simulator,
    env: NodeJS.ProcessEnv = {},
  ): Promise<BenchStack> {
    const folder = mkdtempSync(join(tmpdir(), "metered-bench-state-"));
    const stack = new BenchStack(project, folder, { ...(await environmentIn(folder)), ...env });
    stack.program(program);
    await stack.pulumi("stack", "init", "dev");
    await stack.pulumi("config", "set", "metered:endpoint", simulator.url);
    await stack.pulumi("config", "set", "metered:appName", simulator.app);
    await stack.pulumi("config", "set", "--secret", "metered:secretKey", simulator.secretKey);
    return stack;
  }

  program(text: string): void {
    const { main } = JSON.parse(readFileSync(join(this.project, "package.json"), "utf8")) as { main: string };
    writeFileSync(join(this.project, main), text);
  }

  async pulumi(...args: string[]): Promise<void> {
    await runProgram("pulumi", [...args, "--non-interactive"], { cwd: this.project, env: this.env });
  }

  /** Writes the state once, when the run ends. */
  async pulumiWithoutCheckpoints(...args: string[]): Promise<void> {
    const env = { ...this.env, PULUMI_SKIP_CHECKPOINTS: "true" };
    await runProgram("pulumi", [...args, "--non-interactive"], { cwd: this.project, env });
  }

  get stateFile(): string {
    return join(this.folder, ".pulumi", "stacks", "bench", "dev.json");
  }

  stateBytes(): number {
    const written = ["", ".gz", ".zst"].map((ending) => `${this.stateFile}${ending}`).find((file) => existsSync(file));
    return statSync(written ?? this.stateFile).size;
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
    rmSync(join(this.project, "Pulumi.dev.yaml"), { force: true });
  }
}
