import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Transaction } from "./transaction";

/** Where an import puts its two files. */
export interface Files {
  /** The TypeScript module. */
  readonly module: string;
  /** The file for `pulumi import`. */
  readonly importFile: string;
}

export function filesIn(folder: string): Files {
  return { module: join(folder, "rooms.ts"), importFile: join(folder, "rooms.import.json") };
}

/** What a file holds, or undefined where there is none. */
export function textIn(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** Makes the folder, and the folders above it that are missing. */
export function makeFolder(folder: string, transaction: Transaction): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(resolve(folder)), transaction);
  // Only when it is empty, as it was.
  transaction.beforeStep(() => rmdirSync(folder));
  mkdirSync(folder);
}

/** A file that was not there before. */
export function writeNew(file: string, text: string, transaction: Transaction, mode = 0o666): void {
  const handle = openSync(file, "wx", mode);
  transaction.beforeStep(() => rmSync(file, { force: true }));
  try {
    writeFileSync(handle, text);
  } finally {
    closeSync(handle);
  }
}

/** A file that only its owner can read; one of that name is replaced, since it may be open to others. */
export function writePrivate(file: string, text: string, transaction: Transaction): void {
  rmSync(file, { force: true });
  writeNew(file, text, transaction, 0o600);
}
