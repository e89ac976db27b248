import { isSystemError, sayProblem } from "./problems";

/** Undoes one step; it may fail, which then has to be told. */
type Undo = () => void | Promise<void>;

/** Remembers how to undo what has been done, so that a command leaves all or nothing. */
export class Transaction {
  private readonly undoing: Undo[] = [];

  /** Whether there is something that would have to be undone. */
  get isOpen(): boolean {
    return this.undoing.length > 0;
  }

  /** To be called before the step is done: a step that was interrupted midway must be undone as well. */
  beforeStep(undo: Undo): void {
    this.undoing.push(undo);
  }

  /** From now on nothing is undone. */
  commit(): void {
    this.undoing.length = 0;
  }

  /**
   * Undoes everything, the last step first, as far as that is possible.
   *
   * @param cwd the user's folder
   * @returns what could not be undone, as sentences for the user
   */
  async rollBack(cwd: string): Promise<string[]> {
    const failed: string[] = [];
    for (let undo = this.undoing.pop(); undo; undo = this.undoing.pop()) {
      try {
        await undo();
      } catch (error) {
        failed.push(
          isSystemError(error) ? sayProblem(error, cwd) : error instanceof Error ? error.message : String(error),
        );
      }
    }
    return failed;
  }
}
