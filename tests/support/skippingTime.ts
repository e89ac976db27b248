import type { Time } from "../../provider/src/metered/attempts";

/** Somebody who waits, in a time that is held. */
interface Waiting {
  readonly at: number;
  readonly wake: () => void;
}

/** Time in which nobody waits: where somebody would, the clocks go on instead, at once or when a test says so. */
export class SkippingTime implements Time {
  private skipped = 0;
  private held: Waiting[] | undefined;
  /** How many have begun to wait so far. */
  waits = 0;
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

  /** From now on, whoever waits waits for `next`. Or no longer. */
  hold(isHeld: boolean): void {
    if (isHeld) this.held ??= [];
    else while (this.next());
    if (!isHeld) this.held = undefined;
  }

  /** When the next of those who wait is to go on, in unix milliseconds. */
  get nextAt(): number | undefined {
    const all = this.held?.map(({ at }) => at) ?? [];
    return all.length > 0 ? Math.min(...all) : undefined;
  }

  /** Lets time pass until then, and that one go on. */
  next(): boolean {
    const at = this.nextAt;
    const found = this.held?.find((waiting) => waiting.at === at);
    if (at === undefined || !found) return false;
    this.held = this.held?.filter((waiting) => waiting !== found);
    this.skip(at - this.now());
    setImmediate(found.wake);
    return true;
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
      this.waits++;
      if (this.held) return this.waiting(ms, () => callback(...args));
      this.skip(ms);
      return setImmediate(callback, ...args);
    };
    globalThis.setTimeout = instead as unknown as typeof setTimeout;
  }

  private waiting(ms: number, wake: () => void): object {
    const waiting = { at: this.now() + ms, wake, ref: () => waiting, unref: () => waiting, hasRef: () => true };
    this.held?.push(waiting);
    return waiting;
  }
}
