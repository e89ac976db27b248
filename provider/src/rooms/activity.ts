/** The time that it takes to wait; real, or a test's. */
export interface Clock {
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** As long as Pulumi goes on telling of resources, another one may still turn out to have the room, in milliseconds. */
export const QUIET_MS = 500;

/**
 * What goes on in one provider process, for whoever waits for something to happen: operations that are under way, those
 * of them that wait themselves, and when something happened last.
 */
export class Activity {
  /** Names whose create waits for a departure. */
  private readonly waiting = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private running = 0;
  private lastEvent: number;
  private lastHeard = Number.NEGATIVE_INFINITY;
  /** How often Pulumi has asked about a resource. */
  questions = 0;

  constructor(private readonly clock: Clock) {
    this.lastEvent = clock.now();
  }

  /** Something has happened: whoever waits looks again. */
  touch(): void {
    this.lastEvent = this.clock.now();
    for (const listener of this.listeners) listener();
    this.listeners.clear();
  }

  /** Pulumi has asked about a resource. */
  heard(): void {
    this.lastHeard = this.clock.now();
    this.questions++;
    this.touch();
  }

  /** Waits until Pulumi has told of no resource for a while. */
  async quiet(): Promise<void> {
    while (this.clock.now() - this.lastHeard < QUIET_MS) await this.clock.sleep(QUIET_MS);
  }

  /** An operation that is under way. */
  async counted<T>(work: () => Promise<T>): Promise<T> {
    this.running++;
    try {
      return await work();
    } finally {
      this.running--;
      this.touch();
    }
  }

  /** The part of an operation that only waits. */
  async whileWaiting<T>(key: string, work: () => Promise<T>): Promise<T> {
    this.waiting.add(key);
    this.touch();
    try {
      return await work();
    } finally {
      this.waiting.delete(key);
      this.touch();
    }
  }

  isWaiting(key: string): boolean {
    return this.waiting.has(key);
  }

  /** Whether more than one operation waits. */
  get isCrowded(): boolean {
    return this.waiting.size > 1;
  }

  /** Whether nothing has happened for so long, and nothing is under way that doesn't wait itself. */
  isStill(ms: number): boolean {
    return !this.isBusy && this.clock.now() - this.lastEvent >= ms;
  }

  nextEvent(): Promise<void> {
    return new Promise<void>((resolve) => this.listeners.add(resolve));
  }

  /** Time counts only while everything waits: whatever else is under way ends with an event. */
  async nextEventOrStillness(ms: number): Promise<void> {
    await (this.isBusy ? this.nextEvent() : Promise.race([this.nextEvent(), this.clock.sleep(ms)]));
  }

  private get isBusy(): boolean {
    return this.running > this.waiting.size;
  }
}
