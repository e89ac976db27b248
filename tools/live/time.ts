import { setTimeout as delay } from "node:timers/promises";

/** The run was interrupted: nothing more is asked of Metered, but to clean up. */
export class Interrupted extends Error {
  constructor() {
    super("the run was interrupted");
  }
}

/** The time that it takes to wait; real, or a test's. */
export interface Time {
  /** In unix milliseconds. */
  now(): number;
  /** @throws Interrupted as soon as `stop` is raised */
  sleep(ms: number, stop?: AbortSignal): Promise<void>;
}

export const realTime: Time = {
  now: Date.now,
  sleep: async (ms, signal) => {
    try {
      await delay(ms, undefined, { signal });
    } catch {
      throw new Interrupted();
    }
  },
};
