import type { Attempts as Spent } from "../errors";
import type { Tries } from "../rooms/api";

/** The longest step of the backoff, and the first one, in milliseconds. */
const LONGEST_STEP = 20_000;
const FIRST_STEP = 250;

/** How long an operation may last before the user hears why, and how long until the next reminder, in milliseconds. */
const QUIET_TIME = 2_000;
const REMINDER_AFTER = 30_000;

/** The clock, the waiting and the dice: real, or a test's. */
export interface Time {
  /** Unix milliseconds. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** From 0 to below 1. */
  random(): number;
}

/** What bounds one operation beside the configuration. */
export interface Limits {
  /** When it must be over, in unix milliseconds. Replaces the configured patience. */
  readonly deadline?: number | undefined;
  /**
   * Once aborted, no further attempt begins. An attempt that is under way goes on, since otherwise nobody could tell
   * what came of it.
   */
  readonly signal?: AbortSignal | undefined;
}

export const realTime: Time = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: () => Math.random(),
};

/** The attempts of one operation: exponential backoff with full jitter, within a fixed time. */
export class Attempts implements Tries {
  count = 0;
  /** Told what the last attempt came to, while the operation waits for longer than a user likes to see nothing. */
  onWait: ((problem: string) => void) | undefined;
  private problem = "";
  private firstAt: number | undefined;
  private queued = 0;
  private toldAt = Number.NEGATIVE_INFINITY;

  /** @param patienceMs how long to go on trying, in milliseconds since the first attempt */
  constructor(
    private readonly patienceMs: number,
    private readonly time: Time,
    private readonly limits: Limits = {},
  ) {}

  /** Aborted when no further attempt may begin. */
  get signal(): AbortSignal | undefined {
    return this.limits.signal;
  }

  /** How far away the deadline is, in milliseconds: infinitely without one, 0 or less once it has passed. */
  get timeLeft(): number {
    return (this.limits.deadline ?? Number.POSITIVE_INFINITY) - this.time.now();
  }

  /** What an error says of the attempts. */
  get spent(): Spent {
    const ms = this.firstAt === undefined ? 0 : this.time.now() - this.firstAt;
    return { attempts: this.count, seconds: Math.round(ms / 1000) };
  }

  /** @param queuedMs how long the attempt that begins now has waited for the limiter, which no patience is spent on */
  begin(queuedMs: number): void {
    if (this.firstAt === undefined) this.firstAt = this.time.now();
    else this.queued += queuedMs;
    this.count++;
  }

  /** @param problem what the attempt came to, for a user who waits: `connection refused` */
  end(problem: string): void {
    this.problem = problem;
  }

  /**
   * @param atLeastMs how long the server asks to wait
   * @returns how long to wait before the next attempt, in milliseconds; undefined when there is no time for one
   */
  nextDelay(atLeastMs = 0): number | undefined {
    if (this.signal?.aborted) return undefined;
    const step = Math.min(LONGEST_STEP, FIRST_STEP * 2 ** Math.max(0, this.count - 1));
    const delay = atLeastMs + Math.ceil(this.time.random() * step);
    if (this.limits.deadline !== undefined) return delay < this.timeLeft ? delay : undefined;
    return this.patienceSpent + delay <= this.patienceMs ? delay : undefined;
  }

  /** Waits so many milliseconds, or until the signal is aborted. */
  async wait(delayMs: number): Promise<void> {
    const now = this.time.now();
    if (this.patienceSpent + delayMs > QUIET_TIME && now - this.toldAt >= REMINDER_AFTER) {
      this.toldAt = now;
      this.onWait?.(this.problem);
    }
    await orAborted(this.time.sleep(delayMs), this.signal);
  }

  async again(): Promise<boolean> {
    const delay = this.nextDelay();
    if (delay === undefined) return false;
    await this.wait(delay);
    return !this.signal?.aborted;
  }

  private get patienceSpent(): number {
    return this.firstAt === undefined ? 0 : this.time.now() - this.firstAt - this.queued;
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
