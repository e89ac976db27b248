import type { Tries } from "../core/roomApi";

/** The longest that one step of the back-off waits, and the first, in milliseconds. */
const LONGEST_STEP = 20_000;
const FIRST_STEP = 250;

/** The time that it takes to wait; real, or a test's. */
export interface Time {
  now(): number;
  sleep(ms: number): Promise<void>;
  /** From 0 to below 1. */
  random(): number;
}

/** What bounds one operation beside the configuration. */
export interface Limits {
  /** Until when it must be over, in unix milliseconds: instead of the configured patience. */
  readonly deadline?: number | undefined;
  /** Aborted, it begins no further try. One that is under way goes on, since nobody could tell what came of it. */
  readonly signal?: AbortSignal | undefined;
}

export const realTime: Time = {
  now: Date.now,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: Math.random,
};

/** How often and how long one operation has tried: exponential back-off with full jitter, within a fixed time. */
export class Patience implements Tries {
  count = 0;
  private begun: number | undefined;
  private queued = 0;

  constructor(
    private readonly limitMs: number,
    private readonly time: Time,
    private readonly limits: Limits = {},
  ) {}

  /** Aborted when no further try may begin. */
  get signal(): AbortSignal | undefined {
    return this.limits.signal;
  }

  /** How long the deadline still is away, in milliseconds. */
  get timeLeft(): number {
    return (this.limits.deadline ?? Number.POSITIVE_INFINITY) - this.time.now();
  }

  /** Counts a try that begins now, after so many milliseconds of waiting for the limiter, which are not counted. */
  begin(queuedMs: number): void {
    this.begun ??= this.time.now() - queuedMs;
    this.queued += queuedMs;
    this.count++;
  }

  /** How long to wait before the next try, in milliseconds, or undefined when there is no time for one. */
  nextDelay(atLeastMs = 0): number | undefined {
    const step = Math.min(LONGEST_STEP, FIRST_STEP * 2 ** Math.max(0, this.count - 1));
    const delay = atLeastMs + Math.ceil(this.time.random() * step);
    if (this.signal?.aborted) return undefined;
    if (this.limits.deadline !== undefined) return delay < this.timeLeft ? delay : undefined;
    const spent = this.begun === undefined ? 0 : this.time.now() - this.begun - this.queued;
    return spent + delay <= this.limitMs ? delay : undefined;
  }

  async again(): Promise<boolean> {
    const delay = this.nextDelay();
    if (delay === undefined) return false;
    await orAborted(this.time.sleep(delay), this.signal);
    return !this.signal?.aborted;
  }
}

/** Waits until the work is done or the signal is aborted. */
export async function orAborted(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (!signal) return work;
  let onAbort = () => {};
  const aborted = new Promise<void>((resolve) => {
    onAbort = resolve;
    signal.addEventListener("abort", onAbort);
  });
  await Promise.race([work, aborted]);
  signal.removeEventListener("abort", onAbort);
}
