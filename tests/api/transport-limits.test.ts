import { deepEqual, equal, match } from "node:assert/strict";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Patience } from "../../provider/src/api/patience";
import { meetingRoom } from "../../provider/src/core/meetingRoom";
import { clientAt, FakeTime, failure, patientClientAt } from "../support/client";
import { closeServers, hang, json, room, serve } from "../support/servers";

describe("an operation with limits of its own", () => {
  let time: FakeTime;
  beforeEach(() => {
    time = new FakeTime().install();
  });
  afterEach(async () => {
    time.uninstall();
    await closeServers();
  });

  it("has its deadline instead of the configured patience, shorter or longer", () => {
    for (const patienceMs of [1, 60_000]) {
      const patience = new Patience(patienceMs, time, { deadline: time.now() + 10_000 });
      time.pass(9_999);
      patience.begin(0);
      equal(patience.nextDelay(), 0);
      equal(patience.nextDelay(1), undefined);
      time.pass(1);
      equal(patience.nextDelay(), undefined);
    }
  });

  it("waits for a reply no longer than until its deadline, and begins no call after it", async () => {
    const server = await serve([hang]);
    const api = clientAt(server.origin, {}, time).rooms(meetingRoom, { deadline: time.now() + 100 });
    const slow = failure(api.get("slow"));
    while (server.seen.length === 0) await nextTurn();
    time.pass(101);
    match((await slow).message, /^Cannot read the meeting room "slow": .*the time that customTimeouts gives/);
    const before = server.seen.length;
    const late = await failure(api.update("late", { autoJoin: true }));
    match(late.message, /: the time that customTimeouts gives was over, after 0 tries\. Nothing was changed/);
    equal(server.seen.length, before);
  });

  it("waits for a reply as long as is configured where there is no deadline, and says how long", async () => {
    const server = await serve([hang]);
    const { message } = await failure(clientAt(server.origin, { timeoutMs: 50 }, time).rooms(meetingRoom).get("slow"));
    match(message, /: no reply came within 0\.05 s \(metered:timeoutSeconds\), after one try/);
  });

  it("ends its waits when it is cancelled, and says that nothing was changed where that is certain", async () => {
    const server = await serve([json(429, {}, { "retry-after": "60" }), room]);
    const cancellation = new AbortController();
    time.hold();
    const api = patientClientAt(server.origin, time).rooms(meetingRoom, { signal: cancellation.signal });
    const call = failure(api.update("r", { autoJoin: true }));
    while (time.waiting === 0) await nextTurn();
    const queued = failure(api.get("other"));
    await nextTurn();
    cancellation.abort();
    const [{ message, mayHaveHappened }, other] = await Promise.all([call, queued]);
    match(message, /^Cannot update the meeting room "r": the run was cancelled, after one try\. Nothing was changed/);
    match(other.message, /the run was cancelled/);
    deepEqual([mayHaveHappened, server.seen.length], [false, 1]);
  });
});
