import { existsSync, readFileSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type Contents, emptyContents } from "./contents";

/** The sentence that a person reads when a data file cannot be used. */
export class DataFileError extends Error {}

type Stored = Contents & { readonly app: string };

/** Keeps what one app has in a JSON file. */
export class DataFile {
  #writing: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(
    private readonly path: string,
    private readonly app: string,
  ) {}

  load(): Contents {
    if (!existsSync(dirname(this.path))) throw new DataFileError(`There is no folder for the data file ${this.path}.`);
    if (!existsSync(this.path)) return emptyContents;
    const stored = this.#parse();
    if (stored.app !== this.app) {
      throw new DataFileError(`The data file ${this.path} holds the rooms of app "${stored.app}", not "${this.app}".`);
    }
    return stored;
  }

  /** Done when what `contents` returns now is in the file. Calls that come during a write share the next one. */
  save(contents: () => Contents): Promise<void> {
    if (this.#next !== undefined) return this.#next;
    const next = (this.#writing ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => {
        this.#writing = next;
        this.#next = undefined;
        return this.#write(contents());
      });
    this.#next = next;
    return next;
  }

  // Written beside and renamed, so that the file is whole at every moment.
  async #write(contents: Contents): Promise<void> {
    const beside = `${this.path}.new`;
    // Stream keys and TURN passwords are in it: only this user may read them.
    await writeFile(beside, `${JSON.stringify({ app: this.app, ...contents }, undefined, 2)}\n`, { mode: 0o600 });
    await rename(beside, this.path);
  }

  // A file of an earlier version holds rooms alone.
  #parse(): Stored {
    try {
      const stored = { ...emptyContents, ...(JSON.parse(readFileSync(this.path, "utf8")) as Stored) };
      const lists = Object.keys(emptyContents).map((key) => stored[key as keyof Contents]);
      if (typeof stored.app === "string" && lists.every((list) => Array.isArray(list))) return stored;
    } catch {
      // Falls through to the same sentence: unreadable, not JSON and not ours are one problem to the reader.
    }
    throw new DataFileError(`The data file ${this.path} is not one that metered-simulator wrote.`);
  }
}
