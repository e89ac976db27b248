import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Run } from "../support/run";
import type { TestStack } from "../support/stack";

const page = readFileSync(join(__dirname, "..", "..", "docs", "interrupted.md"), "utf8");

/** The commands that docs/interrupted.md gives under a heading, word for word, and the headings that give any. */
export const documented = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.split("\n", 1)[0] ?? "", commandsIn(section)] as const)
    .filter(([, commands]) => commands.length > 0),
);

function commandsIn(section: string): string[] {
  return [...section.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block = ""]) =>
    block.split("\n").flatMap((line) => line.replace(/\s+#.*/, "").trim() || []),
  );
}

/** Types the commands under a heading, one after another, up to one that is said to fail; all others succeed. */
export async function type(stack: TestStack, heading: string, failing?: string): Promise<Run[]> {
  const runs: Run[] = [];
  for (const command of documented.get(heading) ?? assert.fail(`no commands under ${heading}`)) {
    const [program, ...args] = command.split(" ");
    assert.equal(program, "pulumi");
    const run = await stack.start(args).ended;
    assert.equal(run.code !== 0, command === failing, `${command}:\n${run.text}`);
    runs.push(run);
    if (command === failing) return runs;
  }
  assert.equal(failing, undefined, `${failing} is not among the commands under ${heading}`);
  return runs;
}
