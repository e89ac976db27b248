import type { Clock } from "./clock";

export interface RateLimit {
  /** Requests answered in each second of the server's clock; the others get 429. */
  readonly perSecond: number;
  /** Whether the 429 says how long to wait. Default: true. */
  readonly retryAfter?: boolean;
}

export class RateLimiter {
  #second = 0;
  #count = 0;

  constructor(
    readonly limit: RateLimit | undefined,
    private readonly clock: Clock,
  ) {}

  /** Counts a request; true if it is one too many. */
  refuses(): boolean {
    if (this.limit === undefined) return false;
    const second = Math.floor(this.clock.now() / 1000);
    if (second !== this.#second) this.#count = 0;
    this.#second = second;
    this.#count += 1;
    return this.#count > this.limit.perSecond;
  }
}

/** Limits each subject by itself, in each minute of the server's clock. */
export class MinuteLimiter {
  #minute = 0;
  readonly #counts = new Map<string, number>();

  constructor(
    private readonly perMinute: number,
    private readonly clock: Clock,
  ) {}

  /** Counts a request; true if it is one too many. */
  refuses(subject: string): boolean {
    const minute = Math.floor(this.clock.now() / 60_000);
    if (minute !== this.#minute) this.#counts.clear();
    this.#minute = minute;
    const count = (this.#counts.get(subject) ?? 0) + 1;
    this.#counts.set(subject, count);
    return count > this.perMinute;
  }
}
