import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";
import { findEngine } from "../../tools/engine";
import { startRun } from "./run";
import { vault } from "./vault";

export const INIT = ["stack", "init", "dev", "--secrets-provider", "hashivault://tests", "--non-interactive"];
export const CONFIGURATION = "Pulumi.dev.yaml";
export const BACKEND = "backend";

const root = join(__dirname, "..", "..");

let home: string | undefined;
const emptyStacks = new Map<string, Promise<string>>();

/** Plain JavaScript, since compiling takes longer than most of what the tests look at. */
export function writeProject(folder: string): void {
  writeFileSync(
    join(folder, "Pulumi.yaml"),
    "name: rooms\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
  );
  writeFileSync(join(folder, "package.json"), '{"main":"index.js"}');
  linkModules(folder);
}

function linkModules(folder: string): void {
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
}

/** Copies a program from the repository; its project gets the folder's name where it has none. */
export function copyProgram(program: string, folder: string): void {
  const from = join(root, program);
  cpSync(from, folder, { recursive: true, filter: (path) => basename(path) !== "node_modules" });
  const project = join(folder, "Pulumi.yaml");
  if (!existsSync(project)) writeFileSync(project, `name: ${basename(from)}\nruntime: nodejs\n`);
  linkModules(folder);
}

/**
 * A folder with an empty stack of the project `rooms` and a configuration that holds the key, encrypted, both made by
 * Pulumi itself, once per process and key.
 */
export function emptyStack(secretKey: string): Promise<string> {
  const made = emptyStacks.get(secretKey) ?? makeEmptyStack(secretKey);
  emptyStacks.set(secretKey, made);
  return made;
}

async function makeEmptyStack(secretKey: string): Promise<string> {
  const folder = temporary("metered-config-");
  const env = await environment(folder);
  mkdirSync(join(folder, BACKEND));
  writeProject(folder);
  await startRun("pulumi", INIT, folder, env).ended;
  const set = ["config", "set", "--secret", "metered:secretKey", "--non-interactive", "--", secretKey];
  const run = await startRun("pulumi", set, folder, env).ended;
  assert.equal(run.code, 0, run.text);
  return folder;
}

export async function environment(folder: string): Promise<NodeJS.ProcessEnv> {
  const engine = await findEngine({ log: () => undefined });
  home ??= temporary("metered-home-");
  const { METERED_APP_NAME: _app, METERED_SECRET_KEY: _key, ...env } = process.env;
  return {
    ...env,
    PATH: `${engine}${delimiter}${process.env.PATH}`,
    PULUMI_HOME: home,
    PULUMI_STACK: "dev",
    PULUMI_BACKEND_URL: `file://${join(folder, BACKEND)}`,
    // For stacks whose configuration a test has written itself.
    PULUMI_CONFIG_PASSPHRASE: "test",
    VAULT_SERVER_URL: await vault(),
    VAULT_SERVER_TOKEN: "test",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    NO_COLOR: "1",
  };
}

/** A folder that is removed when the process ends. */
export function temporary(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
