import { type Contents, emptyContents, type ItemOf, idOf, type ListName } from "./contents";
import type { DataFile } from "./file";
import { lineOf, removalOf } from "./lines";

/** Is told of every change, and has it written. Without a file there is nothing to write. */
export class Keeper {
  /** What there was at the start. */
  readonly initial: Contents;

  constructor(private readonly file?: DataFile) {
    this.initial = file?.load() ?? emptyContents;
  }

  /** An item is new, or was changed. */
  keep<L extends ListName>(list: L, item: ItemOf<L>): void {
    this.file?.add(lineOf(list, item));
  }

  removed<L extends ListName>(list: L, item: ItemOf<L>): void {
    this.file?.add(removalOf(list, idOf(list, item) ?? ""));
  }

  /** To be awaited before an answer that says that something was changed. */
  async saved(contents: () => Contents): Promise<void> {
    await this.file?.written(contents);
  }
}
