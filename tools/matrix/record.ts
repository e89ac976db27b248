import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatted } from "../generate/formatted";
import { FACES, type Face } from "./cells";
import { type Step, stepsOn } from "./life";
import { page } from "./page";

const root = join(__dirname, "..", "..");
const RESULTS = "tools/matrix/results.json";
export const PAGE = "docs/compatibility-matrix.md";

/** What a cell did, with the versions that it turned out to be. */
export interface CellResult {
  readonly engine: string;
  readonly sdk: string;
  /** `24.9.0` */
  readonly node: string;
  /** The steps that worked, by the way to use the provider. */
  readonly passed: Readonly<Record<Face, readonly Step[]>>;
}

/** The whole matrix, as it was run last. */
export interface MatrixRecord {
  /** `2026-11-27` */
  readonly date: string;
  /** Of the package that was tested. */
  readonly version: string;
  readonly cells: readonly CellResult[];
}

/** The cells of the last run, if there was one. */
export function recorded(): MatrixRecord | undefined {
  try {
    return JSON.parse(readFileSync(join(root, RESULTS), "utf8")) as MatrixRecord;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Keeps what a run of all cells found, and writes the page of it. */
export function record(results: MatrixRecord): void {
  writeFileSync(join(root, RESULTS), formatted(RESULTS, JSON.stringify(results)));
  writeFileSync(join(root, PAGE), pageText(results));
}

/** The page, as the linter wants it. */
export function pageText(results: MatrixRecord): string {
  return formatted(PAGE, page(results));
}

/** The ways to use the provider with which not everything worked. */
export function failing({ engine, passed }: CellResult): Face[] {
  return FACES.filter((face) => passed[face].length < stepsOn(engine, face).length);
}
