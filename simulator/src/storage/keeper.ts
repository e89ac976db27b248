import { type Contents, emptyContents } from "./contents";
import type { DataFile } from "./file";

/** Knows whether something has changed since it was last saved. Without a file there is nothing to save. */
export class Keeper {
  /** What there was at the start. */
  readonly initial: Contents;
  #changed = false;
  #saving: Promise<void> = Promise.resolve();

  constructor(private readonly file?: DataFile) {
    this.initial = file?.load() ?? emptyContents;
  }

  changed(): void {
    this.#changed = true;
  }

  /** To be awaited before an answer that says that something was changed. */
  async saved(contents: () => Contents): Promise<void> {
    if (this.file === undefined) return;
    if (this.#changed) {
      this.#changed = false;
      this.#saving = this.file.save(contents);
    }
    try {
      await this.#saving;
    } catch (error) {
      this.#changed = true;
      throw error;
    }
  }
}
