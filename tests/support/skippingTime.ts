import type { Time } from "../../provider/src/metered/attempts";

/** Time in which nobody waits: where somebody would, the clocks go on instead. */
export class SkippingTime implements Time {
  private skipped = 0;
  private readonly realNow = Date.now;
  private readonly realTimeout = globalThis.setTimeout;

  /** @param onSkip is told when the clock has gone on, so that the server's can follow */
  constructor(private readonly onSkip: (now: number) => void = () => {}) {}

  readonly now = () => this.realNow() + this.skipped;
  /** The longest waits, so that the number of tries is always the same. */
  readonly random = () => 0.999;
  readonly sleep = async (ms: number) => this.skip(ms);

  skip(ms: number): void {
    this.skipped += Math.max(0, ms);
    this.onSkip(this.now());
  }

  /** What is done inside of it waits for no timer. (Node's own timers, as behind AbortSignal.timeout, go on.) */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.hurry(Number.POSITIVE_INFINITY);
    try {
      return await work();
    } finally {
      globalThis.setTimeout = this.realTimeout;
    }
  }

  /** From now on, this is the time of the whole process, in which no timer up to so many milliseconds is waited for. */
  rule(longestMs: number): void {
    Date.now = this.now;
    Math.random = this.random;
    this.hurry(longestMs);
  }

  private hurry(longestMs: number): void {
    const instead = (callback: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
      if (ms > longestMs) return this.realTimeout(callback, ms, ...args);
      this.skip(ms);
      return setImmediate(callback, ...args);
    };
    globalThis.setTimeout = instead as unknown as typeof setTimeout;
  }
}
