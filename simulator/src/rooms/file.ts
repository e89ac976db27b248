import { existsSync, readFileSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { StoredRoom } from "./types";

/** The sentence that a person reads when a data file cannot be used. */
export class DataFileError extends Error {}

interface Contents {
  readonly app: string;
  readonly rooms: StoredRoom[];
}

/** Keeps the rooms of one app in a JSON file. */
export class RoomFile {
  #writing: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  constructor(
    private readonly path: string,
    private readonly app: string,
  ) {}

  load(): StoredRoom[] {
    if (!existsSync(dirname(this.path))) throw new DataFileError(`There is no folder for the data file ${this.path}.`);
    if (!existsSync(this.path)) return [];
    const contents = this.#parse();
    if (contents.app !== this.app) {
      throw new DataFileError(
        `The data file ${this.path} holds the rooms of app "${contents.app}", not "${this.app}".`,
      );
    }
    return contents.rooms;
  }

  /** Done when what `rooms` returns now is in the file. Calls that come during a write share the next one. */
  save(rooms: () => readonly StoredRoom[]): Promise<void> {
    if (this.#next !== undefined) return this.#next;
    const next = (this.#writing ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => {
        this.#writing = next;
        this.#next = undefined;
        return this.#write(rooms());
      });
    this.#next = next;
    return next;
  }

  // Written beside and renamed, so that the file is whole at every moment.
  async #write(rooms: readonly StoredRoom[]): Promise<void> {
    const beside = `${this.path}.new`;
    // Stream keys are among the settings: nobody else's business.
    await writeFile(beside, `${JSON.stringify({ app: this.app, rooms }, undefined, 2)}\n`, { mode: 0o600 });
    await rename(beside, this.path);
  }

  #parse(): Contents {
    try {
      const contents = JSON.parse(readFileSync(this.path, "utf8")) as Contents;
      if (typeof contents.app === "string" && Array.isArray(contents.rooms)) return contents;
    } catch {
      // Falls through to the same sentence: unreadable, not JSON and not ours are one problem to the reader.
    }
    throw new DataFileError(`The data file ${this.path} is not one that metered-simulator wrote.`);
  }
}
