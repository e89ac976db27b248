import { orAborted, realTime, type Time } from "./attempts";

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
    private readonly time: Pick<Time, "now" | "sleep"> = realTime,
  ) {}

  /** @param signal once aborted, the task doesn't wait for the end of a pause */
  async run<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (this.running >= this.width) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.running++;
    try {
      await this.pause(signal);
      return await task();
    } finally {
      // The place goes straight to the next in the queue, so that no latecomer overtakes.
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }

  /** Lets no request start for so many milliseconds from now. */
  slowDown(ms: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, this.time.now() + ms);
  }

  private async pause(signal: AbortSignal | undefined): Promise<void> {
    for (let rest = this.pausedUntil - this.time.now(); rest > 0; rest = this.pausedUntil - this.time.now()) {
      if (signal?.aborted) return;
      await orAborted(this.time.sleep(rest), signal);
    }
  }
}
