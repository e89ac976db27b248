import { orAborted } from "./patience";

/**
 * Bounds the requests to one app: at most `width` at a time, first come first served, and none at all while the server
 * asks for a pause. All resources of a process share it.
 */
export class Limiter {
  private running = 0;
  private pausedUntil = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly width: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** @param signal aborted, the task does not wait until a pause is over */
  async run<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (this.running >= this.width) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running++;
    try {
      await this.pause(signal);
      return await task();
    } finally {
      // The place is handed on, so that nobody who comes later overtakes.
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }

  /** Lets no request start for so many milliseconds from now. */
  slowDown(ms: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, this.now() + ms);
  }

  private async pause(signal: AbortSignal | undefined): Promise<void> {
    for (let rest = this.pausedUntil - this.now(); rest > 0; rest = this.pausedUntil - this.now()) {
      if (signal?.aborted) return;
      await orAborted(new Promise((resolve) => setTimeout(resolve, rest)), signal);
    }
  }
}
