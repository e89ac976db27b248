import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const page = readFileSync(join(__dirname, "..", "..", "..", "docs", "moving-over.md"), "utf8");

/** Blocks that a test has asked for. */
const used = new Set<string>();

/** The code blocks of the page under a mark: `<!-- api -->`, then the block. */
export function blocks(mark: string, language: "sh" | "ts" | "json"): string[] {
  const found = [...page.matchAll(/<!-- (\S+) -->\n```(\w+)\n([\s\S]*?)```/g)]
    .filter(([, name, lang]) => name === mark && lang === language)
    .map(([, , , text = ""]) => text);
  assert.ok(found.length > 0, `docs/moving-over.md has no block ${mark} in ${language}`);
  for (const text of found) used.add(text);
  return found;
}

/** Blocks that no test has asked for. */
export function unusedBlocks(): string[] {
  const all = [...page.matchAll(/```\w+\n([\s\S]*?)```/g)].map(([, text = ""]) => text);
  return all.filter((text) => !used.has(text));
}

/** A program of the page as the body of a JavaScript module. */
export function program(mark: string): string {
  return blocks(mark, "ts")
    .join("\n")
    .replace(/^import .*\n/gm, "");
}
