import { deepEqual, equal, ok } from "node:assert/strict";
import { getEventListeners } from "node:events";
import fc from "fast-check";
import { Attempts } from "../../provider/src/metered/attempts";
import { retryAfter } from "../../provider/src/metered/http";
import { FakeTime } from "../support/client";

describe("attempts", () => {
  let time: FakeTime;
  beforeEach(() => {
    time = new FakeTime();
  });

  it("waits a random time between nothing and a step, which doubles up to 20 seconds (full jitter)", () => {
    const counts = fc.integer({ min: 1, max: 200 });
    const luck = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(counts, luck, (count, random) => {
        const attempts = new Attempts(Number.POSITIVE_INFINITY, new FakeTime(random));
        for (let number = 1; number <= count; number++) attempts.begin(0);
        const delay = attempts.nextDelay() ?? Number.NaN;
        const step = Math.min(20_000, 250 * 2 ** (count - 1));
        ok(Number.isInteger(delay) && delay >= 0 && delay <= step, `${delay}`);
        // The whole of the step is used, evenly.
        ok(Math.abs(delay - random * step) <= 1, `${delay}`);
      }),
    );
  });

  it("waits the jitter on top of what the server asks for", () => {
    const attempts = new Attempts(60_000, new FakeTime(0.5));
    attempts.begin(0);
    equal(attempts.nextDelay(7000), 7125);
  });

  it("ends where the next wait would go beyond it, to the millisecond", () => {
    const attempts = new Attempts(1000, time);
    attempts.begin(0);
    time.pass(1000);
    equal(attempts.nextDelay(), 0);
    equal(attempts.nextDelay(1), undefined);
    time.pass(1);
    equal(attempts.nextDelay(), undefined);
  });

  it("begins with the first attempt, not before", () => {
    const attempts = new Attempts(1000, time);
    time.pass(5000);
    attempts.begin(0);
    equal(attempts.nextDelay(), 0);
  });

  it("does not count the time spent waiting for the limiter, before any of the attempts", () => {
    const attempts = new Attempts(1000, time);
    for (let number = 1; number <= 3; number++) {
      time.pass(60_000);
      attempts.begin(60_000);
      time.pass(300);
    }
    equal(attempts.nextDelay(100), 100);
    equal(attempts.nextDelay(101), undefined);
  });

  it("counts every attempt, and the seconds since the first", () => {
    const attempts = new Attempts(1000, time);
    equal(attempts.count, 0);
    time.pass(5000);
    deepEqual(attempts.spent, { attempts: 0, seconds: 0 });
    for (let number = 1; number <= 3; number++) {
      attempts.begin(100);
      time.pass(500);
    }
    equal(attempts.count, 3);
    deepEqual(attempts.spent, { attempts: 3, seconds: 2 });
  });

  it("waits its turn again while there is time, and then says no without waiting", async () => {
    time = new FakeTime(0.999999);
    const attempts = new Attempts(300, time);
    attempts.begin(0);
    equal(await attempts.again(), true);
    deepEqual(time.waits, [250]);
    equal(await attempts.again(), false);
    deepEqual(time.waits, [250]);
  });

  it("may wait before the first attempt", () => {
    equal(new Attempts(1000, time).nextDelay(1000), 1000);
    equal(new Attempts(1000, time).nextDelay(1001), undefined);
  });

  it("tells nobody of two seconds, and whoever waits of a millisecond more", async () => {
    for (const [delay, told] of [
      [1000, []],
      [1001, ["HTTP 503"]],
    ] as const) {
      const heard: string[] = [];
      const attempts = new Attempts(60_000, time);
      attempts.onWait = (problem) => void heard.push(problem);
      attempts.begin(0);
      attempts.end("HTTP 503");
      time.pass(1000);
      await attempts.wait(delay);
      deepEqual(heard, told);
    }
  });

  it("waits no more once it is cancelled, and leaves nothing behind at what cancels it", async () => {
    const cancellation = new AbortController();
    const { signal } = cancellation;
    const attempts = new Attempts(60_000, time, { signal });
    equal(await attempts.again(), true);
    equal(getEventListeners(signal, "abort").length, 0);
    cancellation.abort();
    equal(await attempts.again(), false);
    equal(time.waits.length, 1);
  });
});

describe("Retry-After", () => {
  const now = Date.UTC(2031, 5, 1, 12, 0, 0);
  const cases: [string, unknown, number | undefined][] = [
    ["seconds", "7", 7000],
    ["seconds with blanks", " 7 ", 7000],
    ["no seconds", "0", 0],
    ["parts of seconds", "1.5", 1500],
    ["a date", "Sun, 01 Jun 2031 12:00:09 GMT", 9000],
    ["the present moment", "Sun, 01 Jun 2031 12:00:00 GMT", 0],
    ["a date that has passed", "Sun, 01 Jun 2031 11:59:59 GMT", undefined],
    ["less than nothing", "-1", undefined],
    ["words", "soon", undefined],
    ["for ever", "Infinity", undefined],
    ["not a number", "NaN", undefined],
    ["nothing", "", undefined],
    ["a blank", " ", undefined],
    ["no header", undefined, undefined],
    ["several headers", ["1", "2"], undefined],
  ];
  for (const [what, header, expected] of cases) {
    it(`of ${what} is ${expected === undefined ? "as good as none" : `${expected} ms`}`, () => {
      equal(retryAfter(header, now), expected);
    });
  }
});
