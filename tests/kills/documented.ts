import assert from "node:assert/strict";
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
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

/** So Pulumi fails where it was killed while it wrote the attributes of the state's file, and the page says what to do. */
export const CUT_ATTRIBUTES = "failed to load checkpoint: EOF";

export function removeEmptyAttributes(folder: string): void {
  assert.ok(page.includes(`${CUT_ATTRIBUTES}\`, Pulumi was killed`) && page.includes("STACK.json.attrs"));
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => join(folder, file));
  const empty = files.filter((file) => /\.pulumi\/stacks\/.*\.attrs$/.test(file) && statSync(file).size === 0);
  assert.equal(empty.length, 1);
  for (const file of empty) rmSync(file);
}

/** Types the commands under a heading, one after another, up to one that is said to fail; all others succeed. */
export async function type(stack: TestStack, heading: string, failing?: string): Promise<Run[]> {
  const runs: Run[] = [];
  for (const command of documented.get(heading) ?? assert.fail(`no commands under ${heading}`)) {
    const [program, ...args] = command.split(" ");
    assert.equal(program, "pulumi");
    let run = await stack.start(args).ended;
    if (run.text.includes(CUT_ATTRIBUTES)) {
      removeEmptyAttributes(stack.folder);
      run = await stack.start(args).ended;
    }
    assert.equal(run.code !== 0, command === failing, `${command}:\n${run.text}`);
    runs.push(run);
    if (command === failing) return runs;
  }
  assert.equal(failing, undefined, `${failing} is not among the commands under ${heading}`);
  return runs;
}
