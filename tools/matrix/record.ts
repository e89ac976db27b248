import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatted } from "../generate/formatted";
import { type Cell, FACES, type Face } from "./cells";
import { type Step, stepsOn } from "./life";
import { withTables } from "./page";

const root = join(__dirname, "..", "..");
const RESULTS = "tools/matrix/results.json";
/** The page whose tables are made from what is recorded. */
export const PAGE = "docs/compatibility.md";

/** What a cell did, with the versions that it turned out to be. */
export interface CellResult {
  readonly cell: Cell;
  readonly engine: string;
  readonly sdk: string;
  /** `24.9.0` */
  readonly node: string;
  /** `2026-11-27` */
  readonly date: string;
  /** Of the package that was tested. */
  readonly version: string;
  /** The steps that worked, by the way to use the provider. */
  readonly passed: Readonly<Record<Face, readonly Step[]>>;
}

/** The last result of each cell that was ever run. */
export function recorded(): readonly CellResult[] {
  try {
    return JSON.parse(readFileSync(join(root, RESULTS), "utf8")) as CellResult[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** Keeps the result of a cell in place of its earlier one, so that a run which is cut off is gone on with. */
export function record(result: CellResult): void {
  const others = recorded().filter(({ cell }) => !isSame(cell, result.cell));
  const results = [...others, result].sort((a, b) =>
    nameOf(a.cell).localeCompare(nameOf(b.cell), "en", { numeric: true }),
  );
  writeFileSync(join(root, RESULTS), formatted(RESULTS, JSON.stringify(results)));
  writePage();
}

/** Replaces the tables of the page. */
export function writePage(): void {
  const path = join(root, PAGE);
  writeFileSync(path, pageText(readFileSync(path, "utf8"), recorded()));
}

/** The page with its tables, as the linter wants it. */
export function pageText(page: string, results: readonly CellResult[]): string {
  return formatted(PAGE, withTables(page, results));
}

export function isSame(one: Cell, other: Cell): boolean {
  return nameOf(one) === nameOf(other);
}

/** The ways to use the provider with which not everything worked. */
export function failing({ engine, passed }: CellResult): Face[] {
  return FACES.filter((face) => passed[face].length < stepsOn(engine, face).length);
}

function nameOf({ engine, sdk, node }: Cell): string {
  return `${engine} ${sdk} ${node}`;
}
