import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { withFile } from "./problems";
import type { Transaction } from "./transaction";

/** Where an import puts its two files. */
export interface Files {
  /** The module that declares the rooms. */
  readonly module: string;
  /** The file for `pulumi import`. */
  readonly importFile: string;
}

/** @param module the module's name: `rooms.ts` */
export function filesIn(folder: string, module: string): Files {
  return { module: join(folder, module), importFile: join(folder, "rooms.import.json") };
}

/** What a file holds, or undefined where there is none. */
export function textIn(file: string): string | undefined {
  return existsSync(file) ? withFile(file, () => readFileSync(file, "utf8")) : undefined;
}

/** Creates the folder, and the folders above it that are missing. */
export function makeFolder(folder: string, transaction: Transaction): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(resolve(folder)), transaction);
  // Only if it's empty, as it was.
  transaction.beforeStep(() => {
    if (existsSync(folder)) rmdirSync(folder);
  });
  mkdirSync(folder);
}

/** Writes a file that wasn't there before. */
export function writeNew(file: string, text: string, transaction: Transaction, mode = 0o666): void {
  const handle = openSync(file, "wx", mode);
  transaction.beforeStep(() => rmSync(file, { force: true }));
  try {
    withFile(file, () => writeFileSync(handle, text));
  } finally {
    closeSync(handle);
  }
}

/** Writes a file that only its owner can read. An existing one is replaced, since others may be able to read it. */
export function writePrivate(file: string, text: string, transaction: Transaction): void {
  rmSync(file, { force: true });
  writeNew(file, text, transaction, 0o600);
}
