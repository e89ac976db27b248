import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

/** What the command that plays Pulumi's knows and does. */
export interface FakeStack {
  version?: string;
  config?: Record<string, { value: string; secret: boolean }>;
  resources?: Record<string, unknown>[];
  pending?: Record<string, unknown>[];
  /** Rooms that the program declares, as URNs. */
  declares?: string[];
  /** Changes that a preview shows beside the rooms' own, before and after the import. */
  waiting?: { op: string; urn: string }[];
  /** Rooms that a preview shows as changed once they are imported, by URN. */
  differs?: string[];
  /** A command that fails, by its beginning, and what it says. */
  fails?: Record<string, string>;
  /** A command that does not end before it is interrupted, by its beginning. */
  hangs?: string;
}

export interface FakeCall {
  readonly args: readonly string[];
  readonly input: string;
  /** Where it was run. */
  readonly cwd: string;
}

/** The beginning of every URN in a fake stack. */
export const URN = "urn:pulumi:dev::rooms::";

/**
 * A program folder, and a command `pulumi` that plays Pulumi's for it where the real engine would be too slow. What it
 * does was seen on the real one, on which tests/engine runs the main paths.
 */
export class FakePulumi {
  readonly folder = mkdtempSync(join(tmpdir(), "metered-cli-"));
  private readonly bin = join(this.folder, "bin");
  private readonly file = join(this.bin, "stack.json");
  private readonly log = join(this.bin, "calls.jsonl");

  constructor(stack: FakeStack = {}) {
    mkdirSync(this.bin);
    this.set(stack);
    this.write("Pulumi.yaml", "name: rooms\nruntime: nodejs\n");
    this.write("index.ts", "");
    const script = `#!${process.execPath}\n(${play.toString()})(${JSON.stringify(this.file)}, ${JSON.stringify(this.log)})\n`;
    writeFileSync(join(this.bin, "pulumi"), script);
    // Whatever kind of module the program is.
    writeFileSync(join(this.bin, "package.json"), '{"type":"commonjs"}');
    chmodSync(join(this.bin, "pulumi"), 0o755);
  }

  /** The environment in which the fake is the first `pulumi` on PATH. */
  get env(): NodeJS.ProcessEnv {
    return { PATH: `${this.bin}${delimiter}${process.env.PATH}` };
  }

  get stack(): FakeStack {
    return JSON.parse(readFileSync(this.file, "utf8")) as FakeStack;
  }

  set(changes: FakeStack): void {
    const stack = existsSync(this.file) ? this.stack : {};
    writeFileSync(this.file, JSON.stringify({ ...stack, ...changes }));
  }

  /** All runs of the command so far. */
  get calls(): FakeCall[] {
    if (!existsSync(this.log)) return [];
    // What follows the last line break is being written.
    const lines = readFileSync(this.log, "utf8").split("\n").slice(0, -1);
    return lines.map((line) => JSON.parse(line) as FakeCall);
  }

  /** The commands of all runs, without their options: `stack export`. */
  get commands(): string[] {
    return this.calls.map(({ args }) =>
      args
        .slice(
          0,
          args.findIndex((arg) => arg.startsWith("-")),
        )
        .join(" "),
    );
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  /** Writes a file of the program. */
  write(name: string, text: string): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text);
  }

  /** Installs packages that can be found and not be run: Pulumi's SDK, and a link to this package, built or not. */
  installPackages(): void {
    const root = join(__dirname, "..", "..");
    this.link("@pulumi/pulumi", join(root, "node_modules", "@pulumi", "pulumi"));
    const manifest = readFileSync(join(root, "provider", "package.json"), "utf8");
    this.write("linked/package.json", manifest);
    const { exports } = JSON.parse(manifest) as { exports: Record<string, { default?: string }> };
    for (const { default: file } of Object.values(exports)) if (file) this.write(`linked/${file}`, "");
    this.link("pulumi-metered", this.path("linked"));
    this.write("package.json", '{"dependencies":{"pulumi-metered":"*"}}');
  }

  private link(name: string, target: string): void {
    const path = this.path("node_modules", name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path);
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The command itself: written into a file as it stands, so it uses nothing from outside. */
function play(file: string, log: string): void {
  const fs: typeof import("node:fs") = require("node:fs");
  const args = process.argv.slice(2);
  const command = args.join(" ");
  const input = fs.readFileSync(0, "utf8");
  fs.appendFileSync(log, `${JSON.stringify({ args, input, cwd: process.cwd() })}\n`);
  const stack: FakeStack = JSON.parse(fs.readFileSync(file, "utf8"));
  const { config = {}, resources = [], pending = [], declares = [], waiting = [], differs = [], fails = {} } = stack;
  const save = (changes: FakeStack) => fs.writeFileSync(file, JSON.stringify({ ...stack, ...changes }));
  const failure = Object.entries(fails).find(([begin]) => command.startsWith(begin))?.[1];
  if (stack.hangs !== undefined && command.startsWith(stack.hangs)) {
    process.on("SIGINT", () => process.exit(1));
    setInterval(() => {}, 1000);
  } else if (failure !== undefined) {
    process.stderr.write(`error: ${failure}\n`);
    process.exitCode = 255;
  } else if (args[0] === "version") console.log(`v${stack.version ?? "3.259.0"}`);
  else if (command.startsWith("config set")) {
    const key = `rooms:${args[args.indexOf("--secret") + 1]}`;
    save({ config: { ...config, [key]: { value: input, secret: true } } });
  } else if (command.startsWith("config rm")) {
    const { [`rooms:${args[2]}`]: _, ...rest } = config;
    save({ config: rest });
  } else if (args[0] === "config") console.log(JSON.stringify(config));
  else if (command.startsWith("stack export")) {
    const hidden = (_key: string, value: unknown) =>
      typeof (value as { plaintext?: unknown } | null)?.plaintext === "string"
        ? { ...(value as object), plaintext: undefined, ciphertext: "v1:x" }
        : value;
    const shown = args.includes("--show-secrets") ? undefined : hidden;
    console.log(JSON.stringify({ version: 3, deployment: { resources, pending_operations: pending } }, shown));
  } else if (command.startsWith("stack --show-name")) console.log("acme/rooms/dev");
  else if (command.startsWith("state delete")) {
    save({ resources: resources.filter(({ urn }) => !args.includes(String(urn))) });
  } else if (args[0] === "import") {
    const text = fs.readFileSync(args[args.indexOf("--file") + 1] ?? "", "utf8");
    const imported = (JSON.parse(text) as { resources: { type: string; name: string }[] }).resources;
    const provider = {
      urn: "urn:pulumi:dev::rooms::pulumi:providers:pulumi-nodejs::default",
      type: "pulumi:providers:pulumi-nodejs",
    };
    const rooms = imported.map((room) => ({
      ...room,
      urn: `urn:pulumi:dev::rooms::${room.type}::${room.name}`,
      protect: true,
    }));
    const isNew = !resources.some(({ urn }) => urn === provider.urn);
    save({ resources: [...resources, ...(isNew ? [provider] : []), ...rooms] });
  } else if (args[0] === "preview") {
    const inState = resources.map(({ urn }) => String(urn));
    const rooms = declares.map((urn) => {
      const isThere = inState.includes(urn);
      const op = isThere ? (differs.includes(urn) ? "update" : "same") : "create";
      return { op, urn, ...(op === "update" ? { diffReasons: ["maxParticipants", "__auto"] } : {}) };
    });
    const own = ["pulumi:pulumi:Stack::rooms-dev", "pulumi:providers:pulumi-nodejs::default"].map((end) => {
      const urn = `urn:pulumi:dev::rooms::${end}`;
      return { op: inState.includes(urn) ? "same" : "create", urn };
    });
    console.log(JSON.stringify({ steps: [...own, ...rooms, ...waiting], changeSummary: {} }));
    const isChanged = [...rooms, ...waiting].some(({ op }) => op !== "same");
    if (args.includes("--expect-no-changes") && isChanged) process.exitCode = 1;
  }
}
