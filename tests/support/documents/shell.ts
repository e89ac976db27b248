import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const docs = join(__dirname, "..", "..", "..", "docs");

/** A block of commands on a page. */
export interface Block {
  /** Relative to docs/. */
  readonly page: string;
  /** As it is typed: without what the page indents it by. */
  readonly text: string;
  readonly commands: readonly string[];
}

export const pages: ReadonlyMap<string, string> = new Map(
  readdirSync(docs, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .sort()
    .map((name) => [name, readFileSync(join(docs, name), "utf8")]),
);

/** Every block of commands under docs/. */
export const blocks: readonly Block[] = [...pages].flatMap(([page, text]) =>
  [...text.matchAll(/^( *)```sh\n([\s\S]*?)^ *```$/gm)].map(([, indent = "", block = ""]) => {
    const typed = block.replace(new RegExp(`^${indent}`, "gm"), "");
    return { page, text: typed, commands: commandsIn(typed) };
  }),
);

/** The commands of a script, each in one line; those of a pipe, or behind `&&`, are several. */
export function commandsIn(script: string): string[] {
  return script
    .replace(/[ \t]+#.*$/gm, "")
    .replace(/\|\n/g, "| ")
    .split(/\n|&&|\|(?=(?:[^']*'[^']*')*[^']*$)/)
    .map((command) => command.trim())
    .filter((command) => command !== "");
}

/** The words of a command, without quotes. */
export function wordsOf(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
}

const taken = new Set<Block>();

/** A block to be run, by its page and how its first command begins. */
export function take(page: string, beginning: string): string {
  const [block, ...more] = blocks.filter((each) => each.page === page && each.commands[0]?.startsWith(beginning));
  assert.ok(block && more.length === 0, `docs/${page} has not one block that begins with ${beginning}`);
  taken.add(block);
  return block.text;
}

/** Blocks of a page that begin with one of these commands and that this process has not taken. */
export function untaken(page: string, firsts: readonly string[]): string[] {
  return firsts.filter((first) => ![...taken].some((block) => block.page === page && block.commands[0] === first));
}
