import { deepEqual, equal, rejects } from "node:assert/strict";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Limiter } from "../../provider/src/metered/limiter";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { clientAt, FakeTime } from "../support/client";
import { type Answer, closeServers, room, serve } from "../support/servers";

/** Tasks that wait until they are let go, and what has begun of them. */
function gate() {
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const task = (number: number) => async () => {
    begun.push(number);
    await new Promise<void>((resolve) => ends.push(resolve));
    return number;
  };
  /** Lets the task go that began first. */
  const end = async () => {
    ends.shift()?.();
    await nextTurn();
  };
  return { begun, task, end };
}

describe("limiter", () => {
  let time: FakeTime;
  beforeEach(() => {
    time = new FakeTime();
  });
  afterEach(async () => {
    await closeServers();
  });

  it("runs so many tasks at a time, and the others in the order in which they came", async () => {
    const limiter = new Limiter(2, time);
    const { begun, task, end } = gate();
    const all = Promise.all([1, 2, 3, 4, 5].map((number) => limiter.run(task(number))));
    await nextTurn();
    deepEqual(begun, [1, 2]);
    await end();
    deepEqual(begun, [1, 2, 3]);
    await end();
    deepEqual(begun, [1, 2, 3, 4]);
    for (let rest = 1; rest <= 3; rest++) await end();
    deepEqual(await all, [1, 2, 3, 4, 5]);
  });

  it("lets nobody overtake who comes at the moment in which a place becomes free", async () => {
    const limiter = new Limiter(1, time);
    const { begun, task, end } = gate();
    const first = limiter.run(task(1)).then(() => limiter.run(task(3)));
    const second = limiter.run(task(2));
    for (let rest = 1; rest <= 3; rest++) {
      await nextTurn();
      await end();
    }
    await Promise.all([first, second]);
    deepEqual(begun, [1, 2, 3]);
  });

  it("frees the place of a task that fails, and passes the failure on", async () => {
    const limiter = new Limiter(1, time);
    for (const fail of [() => Promise.reject(new Error("no")), () => assertNever()]) {
      await rejects(limiter.run(fail), /no/);
    }
    equal(await limiter.run(async () => "yes"), "yes");
  });

  it("starts nothing during a pause, neither what waits nor what comes", async () => {
    const limiter = new Limiter(1, time);
    const began = time.now();
    const { task, end } = gate();
    const running = limiter.run(task(1));
    const starts = [1, 2].map(() => limiter.run(async () => time.now() - began));
    await nextTurn();
    limiter.slowDown(5000);
    await end();
    starts.push(limiter.run(async () => time.now() - began));
    deepEqual(await Promise.all(starts), [5000, 5000, 5000]);
    await running;
    deepEqual(time.waits, [5000]);
  });

  it("keeps to the longest of several pauses, also of one that comes during another", async () => {
    const limiter = new Limiter(1, time);
    limiter.slowDown(5000);
    limiter.slowDown(1000);
    const waiting = limiter.run(async () => "done");
    // By now it has waited 5000.
    limiter.slowDown(3000);
    await waiting;
    deepEqual(time.waits, [5000, 3000]);
  });

  it("does not wait where no pause was asked for, or one that is over", async () => {
    const limiter = new Limiter(1, time);
    await limiter.run(async () => {});
    limiter.slowDown(5000);
    time.pass(5000);
    await limiter.run(async () => {});
    deepEqual(time.waits, []);
  });

  for (const width of [1, 3, 16]) {
    it(`never has more than ${width} requests under way, and sends all in their order`, async () => {
      let underWay = 0;
      let most = 0;
      const slow: Answer = async (response, seen) => {
        most = Math.max(most, ++underWay);
        // Time enough for all that would come, if it were let.
        for (let turn = 1; turn <= 20; turn++) await nextTurn();
        underWay--;
        room(response, seen);
      };
      const { origin, seen } = await serve([slow]);
      const rooms = clientAt(origin, { maxConcurrentRequests: width }).rooms(meetingRoom);
      const names = Array.from({ length: 40 }, (_, index) => `room-${index}`);
      const calls = names.map((name, index) =>
        index % 2 === 0 ? rooms.get(name) : rooms.create(name, {}, rooms.tries()),
      );
      await Promise.all(calls);
      equal(most, width);
      if (width === 1) {
        deepEqual(
          seen.map(({ path, body }) => (body === "" ? path.split("/").pop() : JSON.parse(body).roomName)),
          names,
        );
      }
    });
  }
});

function assertNever(): Promise<never> {
  throw new Error("no");
}
