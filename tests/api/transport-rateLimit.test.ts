import { deepEqual, equal, ok } from "node:assert/strict";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type Simulator, startSimulator } from "metered-simulator";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { FakeTime, factsOfFailure, patientClientAt } from "../support/client";
import { type Answer, closeServers, json, room, serve } from "../support/servers";

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await nextTurn();
}

describe("transport under a rate limit", () => {
  let time: FakeTime;
  let began: number;
  /** When each request came, in milliseconds of the fake time since the beginning. */
  let arrivals: number[];
  beforeEach(() => {
    time = new FakeTime();
    began = time.now();
    arrivals = [];
  });
  afterEach(async () => {
    await closeServers();
  });

  const noting =
    (answer: Answer): Answer =>
    (response, seen) => {
      arrivals.push(time.now() - began);
      answer(response, seen);
    };
  const tooMany = (retryAfter?: string): Answer =>
    noting(json(429, {}, retryAfter === undefined ? {} : { "retry-after": retryAfter }));
  const roomsAt = async (answers: Answer[], changes = {}) =>
    patientClientAt((await serve(answers)).origin, time, changes).rooms(meetingRoom);

  it("comes back after as many seconds as it was told", async () => {
    const rooms = await roomsAt([tooMany("7"), noting(room)]);
    await rooms.get("standup");
    deepEqual(arrivals, [0, 7000]);
  });

  it("comes back at the moment that it was told", async () => {
    const moment = Math.ceil((time.now() + 8000) / 1000) * 1000;
    const rooms = await roomsAt([tooMany(new Date(moment).toUTCString()), noting(room)]);
    await rooms.get("standup");
    deepEqual(arrivals, [0, moment - began]);
  });

  for (const nonsense of ["soon", "-5", "", "Sun, 01 Jun 2008 12:00:00 GMT", undefined]) {
    it(`waits a second when it was told ${JSON.stringify(nonsense)}`, async () => {
      const rooms = await roomsAt([tooMany(nonsense), noting(room)]);
      await rooms.get("standup");
      deepEqual(arrivals, [0, 1000]);
    });
  }

  it("waits after a 503 as long as that says, and no longer where it says nothing", async () => {
    const unavailable = (headers: Record<string, string>) => noting(json(503, {}, headers));
    const rooms = await roomsAt([unavailable({ "retry-after": "7" }), unavailable({}), noting(room)]);
    await rooms.get("standup");
    deepEqual(arrivals, [0, 7000, 7000]);
  });

  it("adds a random time, lest all come back at once", async () => {
    time = new FakeTime(0.5);
    began = time.now();
    const rooms = await roomsAt([tooMany("7"), tooMany("7"), noting(room)]);
    await rooms.get("standup");
    deepEqual(arrivals, [0, 7125, 14_375]);
  });

  for (const [told, patienceMs] of [
    ["3600", 120_000],
    ["5.001", 5000],
    ["Sun, 01 Jun 2199 12:00:00 GMT", 120_000],
    ["1e300", 120_000],
  ] as const) {
    it(`gives up at once when it was told ${told}, beyond its patience, and holds nobody else back`, async () => {
      const rooms = await roomsAt([tooMany(told), noting(room)], { patienceMs });
      await factsOfFailure(rooms.get("standup"), "RateLimited");
      await rooms.get("standup");
      deepEqual(arrivals, [0, 0]);
      deepEqual(time.waits, []);
    });
  }

  it("waits as long as its patience, if need be", async () => {
    const rooms = await roomsAt([tooMany("5"), noting(room)], { patienceMs: 5000 });
    await rooms.get("standup");
    deepEqual(arrivals, [0, 5000]);
  });

  it("goes on at once after any other status, whatever pause that asks for", async () => {
    const rooms = await roomsAt([noting(json(500, {}, { "retry-after": "7" })), noting(room)]);
    await rooms.get("standup");
    deepEqual(arrivals, [0, 0]);
  });

  it("holds back all requests, also the next in the queue and one that comes later", async () => {
    const rooms = await roomsAt([tooMany("5"), noting(room)], { maxConcurrentRequests: 1, patienceMs: 5000 });
    time.hold();
    const calls = ["first", "second", "third"].map((name) => rooms.get(name));
    // The first waits to come back, the second for the end of the pause, the third for the second.
    await until(() => time.waiting === 2);
    calls.push(rooms.get("fourth"));
    for (let turn = 1; turn <= 20; turn++) await nextTurn();
    deepEqual(arrivals, [0]);
    time.release();
    await Promise.all(calls);
    deepEqual(arrivals, [0, 5000, 5000, 5000, 5000]);
  });

  it("does not count the time that a request waits for its turn", async () => {
    const taking = (ms: number, answer: Answer): Answer => {
      return (response, seen) => {
        time.pass(ms);
        answer(response, seen);
      };
    };
    const busy = json(503, {});
    const answers = [taking(0, busy), taking(5000, room), taking(900, busy), taking(0, room)];
    const rooms = await roomsAt(answers, { maxConcurrentRequests: 1, patienceMs: 1000 });
    // The second attempt of the first one has to wait for the second one, which takes long.
    await Promise.all([rooms.get("first"), rooms.get("second")]);
  });

  it("makes many rooms under a server's limit, each of them once", async () => {
    const sim: Simulator = await startSimulator({ rateLimit: { perSecond: 2 } });
    try {
      // The server's second goes by when the client waits.
      const clock = new FakeTime();
      const sleep = (ms: number) => {
        if (ms > 0) sim.setClock(sim.now() + ms);
      };
      Object.assign(clock, { pass: sleep });
      const rooms = patientClientAt(sim.url, { ...clock, now: () => sim.now() }).rooms(meetingRoom);
      const names = Array.from({ length: 10 }, (_, index) => `room-${index}`);
      await Promise.all(names.map((name) => rooms.create(name, {}, rooms.tries())));
      deepEqual(sim.rooms.map(({ roomName }) => roomName).sort(), names.sort());
      const accepted = sim.requests.filter(({ status }) => status === 200);
      equal(accepted.length, 10);
      ok(sim.requests.every(({ status }) => status === 200 || status === 429));
    } finally {
      await sim.close();
    }
  });
});
