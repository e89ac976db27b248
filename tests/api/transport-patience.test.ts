import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { Patience } from "../../provider/src/api/patience";
import { retryAfter } from "../../provider/src/api/transport";
import { FakeTime } from "../support/client";

describe("patience", () => {
  let time: FakeTime;
  beforeEach(() => {
    time = new FakeTime();
  });

  it("waits a random time between nothing and a step, which doubles up to 20 seconds (full jitter)", () => {
    const tries = fc.integer({ min: 1, max: 200 });
    const luck = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(tries, luck, (count, random) => {
        const patience = new Patience(Number.POSITIVE_INFINITY, new FakeTime(random));
        for (let number = 1; number <= count; number++) patience.begin(0);
        const delay = patience.nextDelay() ?? Number.NaN;
        const step = Math.min(20_000, 250 * 2 ** (count - 1));
        ok(Number.isInteger(delay) && delay >= 0 && delay <= step, `${delay}`);
        // The whole of the step is used, evenly.
        ok(Math.abs(delay - random * step) <= 1, `${delay}`);
      }),
    );
  });

  it("waits the jitter on top of what the server asks for", () => {
    const patience = new Patience(60_000, new FakeTime(0.5));
    patience.begin(0);
    equal(patience.nextDelay(7000), 7125);
  });

  it("ends where the next wait would go beyond it, to the millisecond", () => {
    const patience = new Patience(1000, time);
    patience.begin(0);
    time.pass(1000);
    equal(patience.nextDelay(), 0);
    equal(patience.nextDelay(1), undefined);
    time.pass(1);
    equal(patience.nextDelay(), undefined);
  });

  it("begins with the first try, not before", () => {
    const patience = new Patience(1000, time);
    time.pass(5000);
    patience.begin(0);
    equal(patience.nextDelay(), 0);
  });

  it("does not count the time spent waiting for the limiter, before any of the tries", () => {
    const patience = new Patience(1000, time);
    for (let number = 1; number <= 3; number++) {
      time.pass(60_000);
      patience.begin(60_000);
      time.pass(300);
    }
    equal(patience.nextDelay(100), 100);
    equal(patience.nextDelay(101), undefined);
  });

  it("counts every try", () => {
    const patience = new Patience(1000, time);
    equal(patience.count, 0);
    for (let number = 1; number <= 3; number++) patience.begin(0);
    equal(patience.count, 3);
  });

  it("waits its turn again while there is time, and then says no without waiting", async () => {
    time = new FakeTime(0.999999);
    const patience = new Patience(300, time);
    patience.begin(0);
    equal(await patience.again(), true);
    deepEqual(time.waits, [250]);
    equal(await patience.again(), false);
    deepEqual(time.waits, [250]);
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
