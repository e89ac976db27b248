import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";
import { findEngine } from "../engine";

const root = join(__dirname, "..", "..");
/** The simulator's own key, which guards nothing. */
const secretKey = "simulator-secret";

type Environment = Record<string, string>;

/** A stack of the repository's quickstart in a temporary folder, with a simulator of its own. */
export class Demo {
  /** A name of its own, so that Pulumi.<stack>.yaml disturbs nobody. */
  private get stack(): string {
    return basename(this.folder).replace("metered-", "").toLowerCase();
  }

  private get configFile(): string {
    return join(root, `Pulumi.${this.stack}.yaml`);
  }

  private constructor(
    private readonly folder: string,
    private readonly simulator: ChildProcess,
    private readonly url: string,
    private readonly env: Environment,
  ) {}

  static async start(detached: boolean): Promise<Demo> {
    const engine = await findEngine();
    const folder = mkdtempSync(join(tmpdir(), "metered-demo-"));
    const { simulator, url } = await startSimulator(folder, detached);
    mkdirSync(join(folder, "state"));
    const demo = new Demo(folder, simulator, url, {
      PATH: `${engine}${delimiter}${process.env.PATH}`,
      PULUMI_HOME: join(folder, "home"),
      PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "demo",
      PULUMI_SKIP_UPDATE_CHECK: "true",
    });
    demo.step("A stack that points to the mock server");
    await demo.pulumi("stack", "init", demo.stack);
    await demo.pulumi("config", "set", "metered:endpoint", url);
    await demo.pulumi("config", "set", "metered:appName", "demo");
    await demo.pulumi("config", "set", "--secret", "metered:secretKey", secretKey);
    return demo;
  }

  /** Runs the CLI with its own display. */
  async pulumi(...args: string[]): Promise<void> {
    console.log(`$ pulumi ${args.join(" ").replace(secretKey, "…")}`);
    const code = await this.run(args, "inherit").ended;
    assert.equal(code, 0, `pulumi ${args[0]} ended with exit code ${code}`);
  }

  async outputs(): Promise<Record<"join" | "watch" | "broadcast" | "standupName", string>> {
    const { child, ended } = this.run(["stack", "output", "--json"], "pipe");
    let text = "";
    child.stdout?.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
    assert.equal(await ended, 0, "pulumi stack output failed");
    return JSON.parse(text) as Record<"join" | "watch" | "broadcast" | "standupName", string>;
  }

  /** What Metered's API says of a room. */
  async room(name: string): Promise<Record<string, unknown>> {
    return (await this.call("GET", name)).json() as Promise<Record<string, unknown>>;
  }

  async deleteOutside(name: string): Promise<void> {
    assert.equal((await this.call("DELETE", name)).status, 200, "the room should be deletable");
  }

  step(title: string): void {
    console.log(`\n== ${title}\n`);
  }

  say(...lines: string[]): void {
    console.log(`\n${lines.join("\n")}`);
  }

  goOnByHand(): void {
    const { PATH: _, ...env } = this.env;
    const exports = Object.entries(env).map(([name, value]) => `  export ${name}=${value}`);
    this.say(
      "Everything keeps running. To continue yourself, run this here:",
      "",
      '  export PATH="$(npm run --silent engine):$PATH"',
      ...exports,
      "",
      "Then try: pulumi preview, pulumi config set maxParticipants 20, pulumi up, pulumi destroy.",
      `Open ${this.url} to see the rooms. When you're done: kill ${this.simulator.pid}; rm -r ${this.folder} ${this.configFile}`,
    );
    this.simulator.unref();
    this.simulator.stdout?.destroy();
  }

  async cleanUp(): Promise<void> {
    this.simulator.kill();
    rmSync(this.folder, { recursive: true, force: true });
    rmSync(this.configFile, { force: true });
  }

  private call(method: string, name: string): Promise<Response> {
    return fetch(`${this.url}/api/v1/room/${name}?secretKey=${secretKey}`, { method });
  }

  private run(args: string[], stdout: "inherit" | "pipe") {
    const child = spawn("pulumi", args, {
      cwd: root,
      env: { ...process.env, ...this.env },
      stdio: ["ignore", stdout, "inherit"],
    });
    return { child, ended: new Promise<number | null>((resolve) => child.once("close", resolve)) };
  }
}

/** The simulator's command, as a user would start it; its first line holds its address. */
async function startSimulator(folder: string, detached: boolean) {
  const command = join(root, "node_modules", ".bin", "metered-simulator");
  const simulator = spawn(command, ["--data", join(folder, "rooms.json")], {
    detached,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    simulator.stdout.setEncoding("utf8").on("data", (text: string) => {
      const found = /http:\/\/\S+/.exec(text)?.[0];
      if (found) resolve(found);
    });
    simulator.once("exit", (code) => reject(new Error(`the mock server ended with exit code ${code}`)));
  });
  return { simulator, url };
}
