import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";
import { canaryKey } from "./canary";
import { packed } from "./packed";
import { type Run, startRun } from "./run";
import { TestStack } from "./stack";

const consumers = join(__dirname, "..", "package", "consumers");
const { devDependencies } = require("../../package.json") as { devDependencies: Record<string, string> };

/** Package managers, each as the command that starts it. */
const MANAGERS = {
  npm: ["npm"],
  pnpm: ["npx", "--yes", "pnpm@10.34.8"],
  "Yarn classic": ["npx", "--yes", "yarn@1.22.22"],
  Yarn: ["npx", "--yes", "--package", "@yarnpkg/cli-dist@4.18.1", "yarn"],
} as const;
export type Manager = keyof typeof MANAGERS;

/** On Node 20 the simulator's `cookie`, which fastify brings, asks for Node 22; all others only warn of that. */
const FORGIVING = ["--ignore-engines"];

export interface ConsumerOptions {
  readonly manager?: Manager;
  /** What is installed in place of `*`: `{ "@pulumi/pulumi": "3.216.0" }`; else what the repository uses. */
  readonly versions?: Readonly<Record<string, string>>;
  /** More packages that the project depends on, rather than having them as peers. */
  readonly dependencies?: readonly string[];
}

interface Manifest {
  dependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}

/** A project as a user has it: a fresh folder outside the repository, with the packed packages installed into it. */
export class Consumer {
  private constructor(
    readonly folder: string,
    private readonly manager: Manager,
    private readonly isLatest: boolean,
  ) {}

  /** Copies a project, without installing anything yet. */
  static async copy(from: string, options: ConsumerOptions = {}): Promise<Consumer> {
    const { manager = "npm", versions = {}, dependencies = [] } = options;
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "metered-consumer-")));
    cpSync(join(consumers, from), folder, { recursive: true });
    const ours = Object.entries(await packed()).map(([name, { tarball }]) => [name, `file:${tarball}`]);
    const specs = { ...devDependencies, ...Object.fromEntries(ours), ...versions };
    for (const file of manifestsBelow(folder)) {
      const manifest = JSON.parse(readFileSync(file, "utf8")) as Manifest;
      const more = file === join(folder, "package.json") ? dependencies : [];
      for (const name of more) {
        manifest.dependencies = { ...manifest.dependencies, [name]: "*" };
        delete manifest.peerDependencies?.[name];
      }
      writeFileSync(file, JSON.stringify(pointed(manifest, specs), undefined, 2));
    }
    return new Consumer(folder, manager, Object.values(versions).includes("latest"));
  }

  static async install(from: string, options: ConsumerOptions = {}): Promise<Consumer> {
    const { manager } = options;
    const consumer = await Consumer.copy(from, options);
    try {
      await consumer.succeeds("install", ...(manager === "Yarn classic" ? FORGIVING : []));
      return consumer;
    } catch (error) {
      consumer.dispose();
      throw error;
    }
  }

  /** Runs the package manager and expects it to succeed. */
  async succeeds(...args: string[]): Promise<Run> {
    const run = await this.run(...args);
    assert.equal(run.code, 0, `${this.manager} ${args.join(" ")} failed:\n${run.text}`);
    return run;
  }

  run(...args: string[]): Promise<Run> {
    const [command, ...first] = MANAGERS[this.manager];
    return startRun(command, [...first, ...args], this.folder, {
      ...process.env,
      npm_config_audit: "false",
      npm_config_fund: "false",
      npm_config_package_lock: "false",
      // What is in the cache needs no look at the registry, but for what is newest.
      npm_config_prefer_offline: String(!this.isLatest),
      // In a check of the repository's own, package managers would insist on a lock file.
      CI: "",
      YARN_ENABLE_TELEMETRY: "0",
      YARN_ENABLE_IMMUTABLE_INSTALLS: "0",
    }).ended;
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * Makes a room, finds nothing to do, and destroys it, on the real engine and the installed simulator.
 *
 * @param folder the program's, whose project is called `rooms`
 * @param node the folder of another Node than the one that runs this
 */
export async function liveThrough(folder: string, node?: string): Promise<void> {
  const { startSimulator } = installedSimulator(folder);
  const simulator = await startSimulator({ secretKey: canaryKey });
  const stack = await TestStack.create({ simulator, installed: folder });
  const env = node === undefined ? {} : { PATH: [node, stack.path].join(delimiter) };
  const pulumi = async (...args: string[]) => {
    const { code, text } = await stack.run(args, env);
    assert.equal(code, 0, `pulumi ${args.join(" ")} failed:\n${text}`);
  };
  try {
    await pulumi("up");
    assert.equal(simulator.rooms.length, 1);
    const [{ roomName, settings } = assert.fail()] = simulator.rooms;
    assert.deepEqual(settings, { privacy: "private", maxParticipants: 12 });
    assert.deepEqual(stack.outputs(), { join: `${simulator.url}/${roomName}` });
    await pulumi("up", "--expect-no-changes");
    await pulumi("destroy");
    assert.equal(simulator.rooms[0]?.archived, true);
  } finally {
    await simulator.close();
    stack.dispose();
  }
}

function installedSimulator(folder: string): typeof import("metered-simulator") {
  const path = require.resolve("metered-simulator", { paths: [folder] });
  assert.ok(path.includes(join("node_modules", "")), `${path} is not installed`);
  return require(path) as typeof import("metered-simulator");
}

function manifestsBelow(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files.filter((file) => basename(file) === "package.json").map((file) => join(folder, file));
}

/** A package.json whose dependencies say what is to be installed. */
function pointed(manifest: Manifest, specs: Readonly<Record<string, string>>): Manifest {
  const point = (asked: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(asked).map(([name, spec]) => [name, spec === "*" ? (specs[name] ?? spec) : spec]),
    );
  const { dependencies, devDependencies } = manifest;
  return {
    ...manifest,
    ...(dependencies && { dependencies: point(dependencies) }),
    ...(devDependencies && { devDependencies: point(devDependencies) }),
  };
}
