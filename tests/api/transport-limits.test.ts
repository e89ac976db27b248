import { deepEqual, equal } from "node:assert/strict";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Attempts } from "../../provider/src/metered/attempts";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { clientAt, FakeTime, factsOfFailure, patientClientAt } from "../support/client";
import { type Answer, closeServers, hang, json, room, serve } from "../support/servers";

describe("an operation with limits of its own", () => {
  let time: FakeTime;
  beforeEach(() => {
    time = new FakeTime();
  });
  afterEach(async () => {
    await closeServers();
  });

  it("has its deadline instead of the configured patience, shorter or longer", () => {
    for (const patienceMs of [1, 60_000]) {
      const attempts = new Attempts(patienceMs, time, { deadline: time.now() + 10_000 });
      time.pass(9_999);
      attempts.begin(0);
      equal(attempts.nextDelay(), 0);
      equal(attempts.nextDelay(1), undefined);
      time.pass(1);
      equal(attempts.nextDelay(), undefined);
    }
  });

  it("waits for a response no longer than until its deadline, and begins no call after it", async () => {
    const server = await serve([hang]);
    const api = clientAt(server.origin, {}, time).rooms(meetingRoom, { limits: { deadline: time.now() + 500 } });
    const slow = factsOfFailure(api.get("slow"), "NoConnection");
    while (server.seen.length === 0) await nextTurn();
    time.pass(500);
    const { action, problem, advice } = await slow;
    deepEqual([action, problem, advice], ["read", "no response in the time allowed", "time"]);
    const before = server.seen.length;
    const late = await factsOfFailure(api.update("late", { autoJoin: true }), "NoConnection");
    deepEqual([late.problem, late.advice, late.attempts, late.seconds], ["no time left", "time", 0, 0]);
    equal(late.mayHaveHappened, false);
    equal(server.seen.length, before);
  });

  it("waits for a response as long as is configured where no deadline comes before, and says how long", async () => {
    const slow: Answer = () => time.pass(50);
    const server = await serve([slow]);
    for (const isLimited of [false, true]) {
      const limits = isLimited ? { deadline: time.now() + 50 } : {};
      const call = clientAt(server.origin, { timeoutMs: 50 }, time).rooms(meetingRoom, { limits }).get("slow");
      const { problem, advice, attempts } = await factsOfFailure(call, "NoConnection");
      deepEqual([problem, advice, attempts], ["no response within 0.05 s", "network", 1]);
    }
  });

  it("is told of a request that can't even be written, which nothing was sent of", async () => {
    const server = await serve([room]);
    const call = patientClientAt(server.origin, time)
      .rooms(meetingRoom)
      .update("r", { maxParticipants: 1n as never });
    const { problem, advice, attempts, mayHaveHappened } = await factsOfFailure(call, "NoConnection");
    deepEqual(
      [problem, advice, attempts, mayHaveHappened, server.seen.length],
      ["the request could not be made", undefined, 1, false, 0],
    );
  });

  it("ends its waits when it is cancelled, and says that nothing was changed where that is certain", async () => {
    const server = await serve([json(429, {}, { "retry-after": "60" }), room]);
    const cancellation = new AbortController();
    time.hold();
    const api = patientClientAt(server.origin, time).rooms(meetingRoom, { limits: { signal: cancellation.signal } });
    const call = factsOfFailure(api.update("r", { autoJoin: true }), "NoConnection");
    while (time.waiting === 0) await nextTurn();
    const queued = factsOfFailure(api.get("other"), "NoConnection");
    await nextTurn();
    cancellation.abort();
    const [first, other] = await Promise.all([call, queued]);
    deepEqual(
      [first.problem, first.advice, first.attempts, first.mayHaveHappened],
      ["cancelled", "cancelled", 1, false],
    );
    deepEqual([other.problem, other.advice, other.attempts], ["cancelled", "cancelled", 0]);
    equal(server.seen.length, 1);
  });

  it("says that a change may have happened when it is cancelled after an attempt that may have arrived", async () => {
    const server = await serve([json(503, {}), room]);
    const cancellation = new AbortController();
    time.hold();
    const api = patientClientAt(server.origin, time).rooms(meetingRoom, { limits: { signal: cancellation.signal } });
    const call = factsOfFailure(api.update("r", { autoJoin: true }), "NoConnection");
    while (time.waiting === 0) await nextTurn();
    cancellation.abort();
    const { advice, attempts, mayHaveHappened } = await call;
    deepEqual([advice, attempts, mayHaveHappened, server.seen.length], ["cancelled", 1, true, 1]);
  });

  it("begins nothing once it is cancelled", async () => {
    const server = await serve([room]);
    const limits = { signal: AbortSignal.abort() };
    const api = patientClientAt(server.origin, time).rooms(meetingRoom, { limits });
    const call = api.create("r", {}, api.tries());
    const { advice, attempts, seconds, mayHaveHappened } = await factsOfFailure(call, "NoConnection");
    deepEqual([advice, attempts, seconds, mayHaveHappened], ["cancelled", 0, 0, false]);
    equal(server.seen.length, 0);
  });
});
