import { appendFileSync, existsSync, readFileSync } from "node:fs";

/** Who is done in one rollout, line by line in a file. A rollout that is started again with it goes on where it ended. */
export class Journal {
  private readonly done: ReadonlySet<string>;

  constructor(private readonly file: string) {
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    // A line without its end is one that was being written when the rollout was killed.
    this.done = new Set(text.split("\n").slice(0, -1));
  }

  /** Whether it was done before this run. */
  has(tenant: string): boolean {
    return this.done.has(tenant);
  }

  add(tenant: string): void {
    appendFileSync(this.file, `${tenant}\n`);
  }
}
