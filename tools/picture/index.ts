/** Draws docs/public/terminal.svg, the picture in README.md: its first program, run by the real Pulumi: `npm run picture`. */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { startSimulator } from "metered-simulator";
import { findEngine } from "../engine";
import { drawing } from "./drawing";

const root = join(__dirname, "..", "..");
const secretKey = "simulator-secret";

async function main(): Promise<void> {
  const [, program = ""] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(root, "README.md"), "utf8")) ?? [];
  const engine = await findEngine();
  const simulator = await startSimulator({ secretKey, port: 8080 });
  const folder = mkdtempSync(join(tmpdir(), "metered-picture-"));
  try {
    const pulumi = project(folder, engine, program);
    await pulumi("stack", "init", "dev");
    await pulumi("config", "set", "metered:endpoint", simulator.url);
    await pulumi("config", "set", "metered:appName", "demo");
    await pulumi("config", "set", "--secret", "metered:secretKey", secretKey);
    const up = await pulumi("up", "--yes", "--skip-preview");
    writeFileSync(join(folder, "index.ts"), program.replace("maxParticipants: 12", "maxParticipants: 20"));
    const preview = await pulumi("preview", "--diff");
    const lines = ["$ pulumi up", ...shown(up), "", "$ pulumi preview --diff", ...shown(preview)];
    writeFileSync(
      join(root, "docs", "public", "terminal.svg"),
      drawing("pulumi up and pulumi preview in a terminal", lines),
    );
  } finally {
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A project with the program, and what runs Pulumi in it. */
function project(folder: string, engine: string, program: string): (...args: string[]) => Promise<string> {
  mkdirSync(join(folder, "state"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "Pulumi.yaml"), "name: rooms\nruntime: nodejs\n");
  writeFileSync(join(folder, "package.json"), '{ "name": "rooms" }\n');
  writeFileSync(join(folder, "index.ts"), program);
  const env = {
    ...process.env,
    PATH: `${engine}${delimiter}${process.env.PATH}`,
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "picture",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
  // The mock server answers in this very process, which therefore must not block.
  const run = promisify(execFile);
  return async (...args) => (await run("pulumi", [...args, "--color", "always"], { cwd: folder, env })).stdout;
}

/** The lines that stay in a terminal, without progress that is overwritten, and without times, which differ on each machine. */
function shown(output: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what begins a colour
  const plain = (line: string) => line.replace(/\u001b\[[\d;]*m/g, "").trim();
  return output
    .split("\n")
    .filter((line) => !/^@|creating \(|^$|^Duration|\[urn=/.test(plain(line)))
    .map((line) => line.replace(/ \([\d.]+s\)/, ""));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
