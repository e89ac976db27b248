import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { appendFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type Contents, countOf, emptyContents } from "./contents";
import { firstLine, linesOf, readLines } from "./lines";

/** The sentence that a person reads when a data file cannot be used. */
export class DataFileError extends Error {}

// Stream keys and TURN passwords are in it: only this user may read them.
const forThisUser = { mode: 0o600 };
/** Lines of history that a file may hold, besides as many as it has items. */
const mostHistory = 100_000;

/** Keeps what one app has in a file. */
export class DataFile {
  #pending: string[] = [];
  #lines = 0;
  /** The file may end in half a line. */
  #isTorn = false;
  #writing: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(
    private readonly path: string,
    private readonly app: string,
  ) {}

  load(): Contents {
    if (!existsSync(dirname(this.path))) throw new DataFileError(`There is no folder for the data file ${this.path}.`);
    if (!existsSync(this.path)) {
      this.#pending.push(firstLine(this.app));
      return emptyContents;
    }
    const stored = readLines(this.#text(), this.app);
    if (stored === undefined) throw this.#notOurs();
    if (stored.app !== this.app) {
      throw new DataFileError(`The data file ${this.path} holds the rooms of app "${stored.app}", not "${this.app}".`);
    }
    this.#lines = countOf(stored.contents);
    if (!stored.isCompact) {
      writeFileSync(this.#beside, linesOf(this.app, stored.contents).join(""), forThisUser);
      renameSync(this.#beside, this.path);
    }
    return stored.contents;
  }

  add(line: string): void {
    this.#pending.push(line);
  }

  /** Done when every line that was added until now is in the file. Calls that come during a write share the next one. */
  written(contents: () => Contents): Promise<void> {
    if (this.#next !== undefined) return this.#next;
    if (this.#pending.length === 0) return this.#writing;
    const next = this.#writing
      .catch(() => undefined)
      .then(() => {
        this.#writing = next;
        this.#next = undefined;
        return this.#write(contents());
      });
    this.#next = next;
    return next;
  }

  async #write(contents: Contents): Promise<void> {
    const lines = this.#pending;
    this.#pending = [];
    try {
      const isLong = this.#lines > mostHistory + 2 * countOf(contents);
      if (this.#isTorn || isLong) await this.#rewrite(contents);
      else await appendFile(this.path, lines.join(""), forThisUser);
      this.#lines += lines.length;
    } catch (error) {
      this.#isTorn = true;
      this.#pending = [...lines, ...this.#pending];
      throw error;
    }
  }

  // Written beside and renamed, so that the file is whole at every moment. What is pending is among the contents.
  async #rewrite(contents: Contents): Promise<void> {
    await writeFile(this.#beside, linesOf(this.app, contents).join(""), forThisUser);
    await rename(this.#beside, this.path);
    this.#isTorn = false;
    this.#lines = countOf(contents);
  }

  get #beside(): string {
    return `${this.path}.new`;
  }

  #text(): string {
    try {
      return readFileSync(this.path, "utf8");
    } catch {
      throw this.#notOurs();
    }
  }

  #notOurs(): DataFileError {
    return new DataFileError(`The data file ${this.path} is not one that metered-simulator wrote.`);
  }
}
