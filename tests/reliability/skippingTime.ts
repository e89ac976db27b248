import type { Time } from "../../provider/src/api/patience";

/** Time in which nobody waits: where somebody would, the clocks go on instead. */
export class SkippingTime implements Time {
  private skipped = 0;

  /** @param onSkip is told when the clock has gone on, so that the server's can follow */
  constructor(private readonly onSkip: (now: number) => void = () => {}) {}

  readonly now = () => Date.now() + this.skipped;
  /** The longest waits, so that the number of tries is always the same. */
  readonly random = () => 0.999;
  readonly sleep = async (ms: number) => this.skip(ms);

  skip(ms: number): void {
    this.skipped += Math.max(0, ms);
    this.onSkip(this.now());
  }

  /** What is done inside of it waits for no timer. (Node's own timers, as behind AbortSignal.timeout, go on.) */
  async during<T>(work: () => Promise<T>): Promise<T> {
    const { setTimeout } = globalThis;
    const instead = (callback: () => void, ms = 0) => {
      this.skip(ms);
      setImmediate(callback);
    };
    globalThis.setTimeout = instead as unknown as typeof setTimeout;
    try {
      return await work();
    } finally {
      globalThis.setTimeout = setTimeout;
    }
  }
}
