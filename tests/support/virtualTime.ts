import type { Clock } from "../../provider/src/rooms/activity";

interface Alarm {
  readonly at: number;
  readonly ring: () => void;
}

/** Time that passes only when everything waits for it, so that stories about seconds take none. */
export class VirtualTime implements Clock {
  private alarms: Alarm[] = [];

  constructor(private time: number) {}

  now(): number {
    return this.time;
  }

  sleep(ms: number): Promise<void> {
    return new Promise((ring) => this.alarms.push({ at: this.time + ms, ring }));
  }

  /** Lets time pass until a call has ended; whoever waits for something else than time, waits for ever. */
  async until<T>(call: Promise<T>): Promise<T> {
    let isOver = false;
    const end = () => {
      isOver = true;
    };
    call.then(end, end);
    for (;;) {
      await allQuiet();
      if (isOver) return call;
      if (!this.pass()) throw new Error("Nothing happens any more: a call waits for ever.");
    }
  }

  /** Lets time pass until so much of it is over. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    await allQuiet();
    while (this.pass(end)) await allQuiet();
    this.time = end;
  }

  /** Goes to the next moment at which somebody wakes. */
  private pass(limit = Number.POSITIVE_INFINITY): boolean {
    const [next, ...others] = this.alarms.sort((a, b) => a.at - b.at);
    if (!next || next.at > limit) return false;
    this.alarms = others;
    this.time = Math.max(this.time, next.at);
    next.ring();
    return true;
  }
}

/** When everything that can go on without waiting for time has done so. */
export async function allQuiet(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** A moment that the test brings about. */
export function moment(): { readonly come: Promise<void>; readonly now: () => void } {
  let now = (): void => undefined;
  const come = new Promise<void>((resolve) => {
    now = resolve;
  });
  return { come, now };
}
