import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RoomKind, Settings, Simulator } from "metered-simulator";
import ts from "typescript";
import { assertNoSecrets, canaryRtmpURL } from "./canary";
import { allSettings, types } from "./rooms";
import type { Run } from "./run";
import { type StackOptions, TestStack } from "./stack";

const root = join(__dirname, "..", "..");

type Printed = Pick<Run, "code" | "text">;

/**
 * A stack whose program loads modules in TypeScript, and the command line in its folder. Compiled in advance they run
 * in half the time; with `isCompiling` Pulumi compiles them, as users have it, but for their types.
 */
export class ImportStack {
  private constructor(
    readonly stack: TestStack,
    private readonly isCompiling: boolean,
  ) {}

  static async create(options: StackOptions, isCompiling = false): Promise<ImportStack> {
    const stack = await TestStack.create(options);
    stack.env.PULUMI_NODEJS_TRANSPILE_ONLY = "true";
    const created = new ImportStack(stack, isCompiling);
    if (isCompiling) {
      writeFileSync(created.path("Pulumi.yaml"), "name: rooms\nruntime: nodejs\n");
      writeFileSync(created.path("package.json"), '{"main":"index.ts","dependencies":{"pulumi-metered":"*"}}');
      const compilerOptions = { target: "ES2022", module: "commonjs", moduleResolution: "node" };
      writeFileSync(created.path("tsconfig.json"), JSON.stringify({ compilerOptions }));
    }
    created.program();
    return created;
  }

  /** Sets the program, and compiles it with the modules that it may load. */
  program(...lines: string[]): void {
    writeFileSync(this.path("index.ts"), [...lines, "export {};", ""].join("\n"));
    if (this.isCompiling) return;
    for (const folder of [".", "live", "eu"]) this.compile(folder);
    rmSync(this.path("index.ts"));
  }

  private compile(folder: string): void {
    if (!this.isThere(folder)) return;
    for (const name of readdirSync(this.path(folder)).filter((file) => file.endsWith(".ts"))) {
      const file = join(folder, name);
      const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS };
      const { outputText } = ts.transpileModule(this.read(file), { compilerOptions });
      writeFileSync(this.path(file.replace(/ts$/, "js")), outputText);
    }
  }

  /** Runs a line as it stands in a document: npx, pulumi, or rm. */
  run(line: string, input = ""): Promise<Printed> {
    const [command = "", ...args] = line
      .replace(/\s+#.*/, "")
      .split(/\s+/)
      .map(unquoted);
    if (command === "npx") {
      assert.equal(args[0], "pulumi-metered", line);
      const main = join(root, "provider", "bin", "pulumi-metered.js");
      return this.execute(process.execPath, [main, ...args.slice(1)], input);
    }
    if (command === "rm") rmSync(this.path(args[0] ?? ""));
    return command === "rm" ? Promise.resolve({ code: 0, text: "" }) : this.execute(command, args, input);
  }

  async expect(line: string, input?: string): Promise<Printed> {
    const run = await this.run(line, input);
    assert.equal(run.code, 0, `${line} failed:\n${run.text}`);
    return run;
  }

  path(name: string): string {
    return join(this.stack.folder, name);
  }

  isThere(name: string): boolean {
    return existsSync(this.path(name));
  }

  read(name: string): string {
    return readFileSync(this.path(name), "utf8");
  }

  private execute(command: string, args: readonly string[], input: string): Promise<Printed> {
    const child = spawn(command, args, { cwd: this.stack.folder, env: this.stack.env });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
    }
    child.stdin.end(input);
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (code) => {
        assertNoSecrets(`what ${command} ${args.join(" ")} printed`, text);
        resolve({ code: code ?? 1, text });
      });
    });
  }
}

function unquoted(arg: string): string {
  return arg.replace(/^'(.*)'$/, "$1");
}

/**
 * Rooms of both kinds that have, between them, every setting: each its value and, where that is possible, another one.
 *
 * @returns their names
 */
export function addEveryRoom(simulator: Simulator, prefix = ""): { meeting: string[]; live: string[] } {
  const now = Math.floor(simulator.now() / 1000);
  const names = { meeting: [] as string[], live: [] as string[] };
  for (const type of types) {
    const kind: RoomKind = type.name === "MeetingRoom" ? "meeting" : "live";
    const { roomName: _, rtmpOutURL: __, enableRTMPOut: ___, ...every } = allSettings(type);
    const moments = { expireUnixSec: now + 7200, notBeforeUnixSec: now + 3600, deleteOnExp: false };
    const hooks = Object.fromEntries(
      Object.keys(every)
        .filter((name) => name.endsWith("Webhook"))
        .map((name) => [name, `https://hooks.example.com/${name}?a=b&token=canary-token-Vb3&c="d"`]),
    );
    const settings: Settings = kind === "meeting" ? { ...every, ...hooks, ...moments } : every;
    const off = Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [name, value === true ? false : value]),
    );
    const stream: Settings = { ...settings, enableRTMPOut: true, rtmpOutURL: canaryRtmpURL };
    const past =
      kind === "meeting" ? { ...settings, expireUnixSec: now - 3600, notBeforeUnixSec: now - 7200 } : settings;
    const least: Settings = kind === "meeting" ? { privacy: "private" } : {};
    const rooms = { every: settings, off, stream, past, least, "2024-Review": { ...least, ...off }, delete: least };
    for (const [name, each] of Object.entries(rooms)) {
      const roomName = kind === "meeting" ? `${prefix}${name}` : `${prefix}live-${name}`;
      simulator.addRoom(kind, roomName, each);
      names[kind].push(roomName);
    }
  }
  return names;
}
