import { appendFileSync, existsSync, readFileSync } from "node:fs";

/** The tenants that are done in a rollout, one per line of a file. A rollout that is started again with it continues there. */
export class Journal {
  private readonly done: ReadonlySet<string>;

  constructor(private readonly file: string) {
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    // An incomplete line was being written when the rollout was killed.
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
