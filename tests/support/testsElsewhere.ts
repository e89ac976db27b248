import assert from "node:assert/strict";
import { join } from "node:path";
import { startRun } from "./run";

const root = join(__dirname, "..", "..");
const MOCHA = join(root, "node_modules", "mocha", "bin", "mocha.js");
const OPTIONS = ["--no-config", "-r", "ts-node/register/transpile-only", "--timeout", "60000", "--exit"];

/**
 * Runs test files of the repository in a process of its own, with other settings or another Node, and expects all of
 * them to pass.
 * @param node the executable
 * @returns how many passed
 */
export async function runTests(files: readonly string[], env: NodeJS.ProcessEnv, node = process.execPath) {
  const { code, text } = await startRun(node, [MOCHA, ...OPTIONS, ...files], root, { ...process.env, ...env }).ended;
  assert.equal(code, 0, text);
  return Number(/(\d+) passing/.exec(text)?.[1]);
}
