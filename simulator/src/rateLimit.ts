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
