/** Lets a long operation be heard of now and then, and a short one never. */
export interface Pace {
  /** Nothing before so many milliseconds. */
  readonly quietMs: number;
  /** Then one line in so many milliseconds at most. */
  readonly everyMs: number;
}

/** Where each line stays on the screen. */
export const LINES: Pace = { quietMs: 10_000, everyMs: 10_000 };
/** Where a line replaces the one before it. */
export const STATUS: Pace = { quietMs: 3_000, everyMs: 1_000 };

/** What to call whenever a part is done. */
export function paced(
  { quietMs, everyMs }: Pace,
  tell: (done: number, total: number) => void,
  now: () => number = Date.now,
): (done: number, total: number) => void {
  const began = now();
  let toldAt = began + quietMs - everyMs;
  return (done, total) => {
    if (done === total || now() - toldAt < everyMs) return;
    toldAt = now();
    tell(done, total);
  };
}
