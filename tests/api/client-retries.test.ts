import { deepEqual, equal, match, ok } from "node:assert/strict";
import { isCause } from "../../provider/src/errors";
import type { MeteredClient } from "../../provider/src/metered/client";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { FakeTime, factsOf, factsOfFailure, failure, patientClientAt } from "../support/client";
import {
  type Answer,
  closedPort,
  closeServers,
  cut,
  cutMidway,
  hang,
  html,
  json,
  room,
  serve,
} from "../support/servers";

/** The longest waits: 250 ms, then twice as long each time, up to 20 s. */
const LONGEST = 0.999999;
/** A label that is longer than DNS allows: nobody can have it. */
const NO_HOST = `http://${"a".repeat(64)}.invalid`;

/** What may go wrong with one attempt once it has reached the server. */
const reached: Record<string, Answer> = {
  "a connection that is cut before the reply": cut,
  "a connection that is cut in the middle of the reply": cutMidway,
  "no response within the time for one attempt": hang,
  "500": json(500, { eventCode: "", message: "error message" }),
  "502 in HTML": html(502),
  "503": json(503, {}),
  "504": json(504, {}),
  "408 from a proxy": html(408),
  "499 from a proxy": html(499),
};
const tooMany = json(429, { message: "Too many requests" }, { "retry-after": "0" });

type Call = (client: MeteredClient) => Promise<unknown>;
const repeatable: Record<string, Call> = {
  get: (client) => client.rooms(meetingRoom).get("standup"),
  update: (client) => client.rooms(meetingRoom).update("standup", { maxParticipants: 3 }),
  delete: (client) => client.rooms(meetingRoom).delete("standup"),
};
const create: Call = (client) => {
  const rooms = client.rooms(meetingRoom);
  return rooms.create("standup", { maxParticipants: 3 }, rooms.tries());
};

describe("client's retries", () => {
  let time: FakeTime;
  beforeEach(() => {
    time = new FakeTime(LONGEST);
  });
  afterEach(async () => {
    await closeServers();
  });

  const clientAt = (origin: string) => patientClientAt(origin, time);

  for (const [what, answer] of Object.entries(reached)) {
    // The time for one attempt is real, so only what hangs gets a short one, and only once.
    const isHanging = answer === hang;
    const timed = (origin: string) =>
      isHanging
        ? patientClientAt(origin, { ...time, now: Date.now }, { timeoutMs: 250, patienceMs: 3000 })
        : clientAt(origin);
    const failures = isHanging ? [answer] : [answer, answer];

    for (const [name, call] of Object.entries(repeatable)) {
      it(`${name} is repeated after ${what}, the same to the byte`, async () => {
        const { origin, seen } = await serve([...failures, room]);
        await call(timed(origin));
        equal(seen.length, failures.length + 1);
        const [first, ...others] = seen.map(({ method, path, query, body, headers }) => {
          return [method, path, `${query}`, body, headers["content-type"], headers.accept];
        });
        for (const other of others) deepEqual(other, first);
      });
    }

    it(`create is not repeated after ${what}, and may have happened`, async () => {
      const { origin, seen } = await serve([answer, room]);
      const error = await failure(create(timed(origin)));
      equal(seen.length, 1);
      ok(isCause(error, "NoConnection", "ServerError"), error.message);
      const { action, subject, attempts, mayHaveHappened } = error.facts;
      deepEqual([action, subject?.name, attempts, mayHaveHappened], ["create", "standup", 1, true]);
    });
  }

  it("every call is repeated after 429, also create", async () => {
    for (const call of [...Object.values(repeatable), create]) {
      const { origin, seen } = await serve([tooMany, tooMany, room]);
      await call(clientAt(origin));
      equal(seen.length, 3);
      equal(seen[2]?.body, seen[0]?.body);
    }
  });

  it("every call is repeated while the connection is refused, also create", async () => {
    for (const call of [...Object.values(repeatable), create]) {
      const port = await closedPort();
      let server: ReturnType<typeof serve> | undefined;
      const sleep = async () => {
        server ??= serve([room], { port });
        await server;
      };
      await call(patientClientAt(`http://127.0.0.1:${port}`, { ...time, sleep }));
      equal((await server)?.seen.length, 1);
      await closeServers();
    }
  });

  it("a connection that was never made, for whatever reason, changed nothing: even a create is repeated", async () => {
    // An address of the local network, which says nothing without an interface.
    const client = patientClientAt("http://[fe80::1]:9", time, { patienceMs: 1000 });
    const { problem, advice, attempts, mayHaveHappened } = await factsOfFailure(create(client), "NoConnection");
    deepEqual([problem, advice, mayHaveHappened], ["connection failed", "network", false]);
    ok(attempts > 1);
  });

  it("a connection that stays refused is told with the host, the attempts and the time, and changed nothing", async () => {
    const port = await closedPort();
    for (const call of [...Object.values(repeatable), create]) {
      const client = patientClientAt(`http://127.0.0.1:${port}`, time, { patienceMs: 1000 });
      const { host, problem, advice, ...facts } = await factsOfFailure(call(client), "NoConnection");
      deepEqual([host, problem, advice], [`127.0.0.1:${port}`, "connection refused", "network"]);
      // 250 ms and 500 ms were waited, rounded to a second.
      deepEqual([facts.attempts, facts.seconds, facts.mayHaveHappened], [3, 1, false]);
    }
  });

  it("a host that is not found is told with its name and the attempts, and changed nothing", async () => {
    for (const call of [...Object.values(repeatable), create]) {
      const failed = call(patientClientAt(NO_HOST, time, { patienceMs: 1000 }));
      const { host, problem, attempts, mayHaveHappened } = await factsOfFailure(failed, "NoConnection");
      match(host, /^a+\.invalid$/);
      match(problem, /^host name (not found|lookup failed)$/);
      deepEqual([attempts, mayHaveHappened], [3, false]);
    }
  });

  it("a server that goes away after the first attempt may have done what was asked", async () => {
    for (const call of Object.values(repeatable).slice(1)) {
      const last: Answer = (response, seen) => {
        void closeServers();
        cut(response, seen);
      };
      const { origin } = await serve([last]);
      const failed = call(patientClientAt(origin, time, { patienceMs: 1000 }));
      const { problem, attempts, mayHaveHappened } = await factsOfFailure(failed, "NoConnection");
      deepEqual([problem, attempts, mayHaveHappened], ["connection refused", 3, true]);
    }
  });

  it("a server that is too busy after the first attempt may have done what was asked", async () => {
    for (const call of Object.values(repeatable)) {
      const { origin } = await serve([cut, tooMany]);
      const failed = call(patientClientAt(origin, time, { patienceMs: 1000 }));
      equal((await factsOfFailure(failed, "RateLimited")).isUnchanged, call === repeatable.get);
    }
  });

  it("a read never changes anything, however it fails", async () => {
    for (const answer of [cut, cutMidway, json(500, {})]) {
      const { origin } = await serve([answer]);
      const error = await failure(
        patientClientAt(origin, time, { patienceMs: 1000 }).rooms(meetingRoom).get("standup"),
      );
      ok(isCause(error, "NoConnection", "ServerError"));
      deepEqual([error.facts.attempts, error.mayHaveHappened], [3, false]);
    }
  });

  it("refusals are not repeated: asking twice would not change the answer", async () => {
    for (const status of [400, 401, 403, 404, 405, 409, 413, 418, 422]) {
      for (const call of [...Object.values(repeatable), create]) {
        const { origin, seen } = await serve([json(status, { message: "no" }), room]);
        equal((await failure(call(clientAt(origin)))).mayHaveHappened, false);
        equal(seen.length, 1);
      }
    }
  });

  it("a call gives up after its patience, and says how often and how long it has tried", async () => {
    const { origin, seen } = await serve([json(500, {})]);
    const call = patientClientAt(origin, time, { patienceMs: 3000 }).rooms(meetingRoom).get("standup");
    const { status, attempts, seconds } = await factsOfFailure(call, "ServerError");
    deepEqual(time.waits, [250, 500, 1000]);
    equal(seen.length, 4);
    deepEqual([status, attempts, seconds], [500, 4, 2]);
  });

  it("a call waits about two minutes in all, and never longer than 20 seconds at once", async () => {
    const { origin, seen } = await serve([json(503, {})]);
    await failure(clientAt(origin).rooms(meetingRoom).get("standup"));
    deepEqual(time.waits.slice(0, 9), [250, 500, 1000, 2000, 4000, 8000, 16_000, 20_000, 20_000]);
    const waited = time.waits.reduce((sum, ms) => sum + ms, 0);
    ok(waited <= 120_000 && waited > 100_000, `${waited}`);
    equal(seen.length, time.waits.length + 1);
  });

  it("the time that the server takes counts", async () => {
    const slow: Answer = (response, seen) => {
      time.pass(1000);
      json(503, {})(response, seen);
    };
    const { origin, seen } = await serve([slow]);
    await failure(patientClientAt(origin, time, { patienceMs: 2500 }).rooms(meetingRoom).get("standup"));
    // After 1000 + 250 + 1000 there is no time for another 500.
    equal(seen.length, 2);
  });

  it("every call has its own patience and its own count", async () => {
    const { origin } = await serve([json(500, {})]);
    const rooms = patientClientAt(origin, time, { patienceMs: 1000 }).rooms(meetingRoom);
    equal((await factsOfFailure(rooms.get("standup"), "ServerError")).attempts, 3);
    equal((await factsOfFailure(rooms.update("standup", {}), "ServerError")).attempts, 3);
  });

  it("creates that share their attempts share their patience and their count", async () => {
    const { origin } = await serve([json(500, {})]);
    const rooms = patientClientAt(origin, time, { patienceMs: 1000 }).rooms(meetingRoom);
    const tries = rooms.tries();
    await failure(rooms.create("standup", {}, tries));
    equal(await tries.again(), true);
    equal((await factsOfFailure(rooms.create("standup", {}, tries), "ServerError")).attempts, 2);
    equal(await tries.again(), true);
    await failure(rooms.create("standup", {}, tries));
    equal(await tries.again(), false);
    equal(tries.count, 3);
  });

  it("a rate limit that does not end is told with the attempts, and changed nothing", async () => {
    for (const call of [...Object.values(repeatable), create]) {
      const { origin, seen } = await serve([tooMany]);
      const error = await failure(call(patientClientAt(origin, time, { patienceMs: 3000 })));
      const { attempts, isUnchanged } = factsOf(error, "RateLimited");
      deepEqual([seen.length, attempts, isUnchanged], [4, 4, true]);
      equal(error.mayHaveHappened, false);
    }
  });
});
