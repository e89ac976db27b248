import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { MeteredClient } from "../../provider/src/api/client";
import { NoConnection, RateLimited, ServerError } from "../../provider/src/core/errors";
import { meetingRoom } from "../../provider/src/core/meetingRoom";
import { FakeTime, failure, patientClientAt } from "../support/client";
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

/** What may go wrong with one try once it has reached the server. */
const reached: Record<string, Answer> = {
  "a connection that is cut before the reply": cut,
  "a connection that is cut in the middle of the reply": cutMidway,
  "no reply within the time for one try": hang,
  "500": json(500, { eventCode: "", message: "error message" }),
  "502 in HTML": html(502),
  "503": json(503, {}),
  "504": json(504, {}),
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
    time = new FakeTime(LONGEST).install();
  });
  afterEach(async () => {
    time.uninstall();
    await closeServers();
  });

  const clientAt = (origin: string) => patientClientAt(origin, time);

  for (const [what, answer] of Object.entries(reached)) {
    // The time for one try is real, so only what hangs gets a short one, and only once.
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
      equal(error.mayHaveHappened, true);
      ok(error instanceof NoConnection || error instanceof ServerError);
      match(error.message, /create the meeting room "standup".*after one try\. The room may have been created all the/);
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
      const random = () => {
        server ??= serve([room], { port });
        return 0;
      };
      await call(patientClientAt(`http://127.0.0.1:${port}`, { ...time, random }));
      equal((await server)?.seen.length, 1);
      await closeServers();
    }
  });

  it("a connection that stays refused is told with the host and the tries, and changed nothing", async () => {
    const port = await closedPort();
    for (const call of [...Object.values(repeatable), create]) {
      const client = patientClientAt(`http://127.0.0.1:${port}`, time, { patienceMs: 1000 });
      const error = await failure(call(client));
      ok(error instanceof NoConnection);
      match(error.message, new RegExp(`the connection was refused \\(127.0.0.1:${port}\\), after 3 tries`));
      match(error.message, /Nothing was changed; run pulumi up again/);
      equal(error.mayHaveHappened, false);
    }
  });

  it("a host that is not found is told with its name and the tries, and changed nothing", async () => {
    for (const call of [...Object.values(repeatable), create]) {
      const error = await failure(call(patientClientAt(NO_HOST, time, { patienceMs: 1000 })));
      match(error.message, /the host name (was not found|could not be looked up) \(a+\.invalid\), after 3 tries/);
      equal(error.mayHaveHappened, false);
    }
  });

  it("a server that goes away after the first try may have done what was asked", async () => {
    for (const call of Object.values(repeatable).slice(1)) {
      const last: Answer = (response, seen) => {
        void closeServers();
        cut(response, seen);
      };
      const { origin } = await serve([last]);
      const error = await failure(call(patientClientAt(origin, time, { patienceMs: 1000 })));
      match(error.message, /the connection was refused .*, after 3 tries\. It may have been done all the same/);
      equal(error.mayHaveHappened, true);
    }
  });

  it("a read never changes anything, however it fails", async () => {
    for (const answer of [cut, cutMidway, json(500, {})]) {
      const { origin } = await serve([answer]);
      const error = await failure(
        patientClientAt(origin, time, { patienceMs: 1000 }).rooms(meetingRoom).get("standup"),
      );
      match(error.message, /after 3 tries\. Nothing was changed/);
      equal(error.mayHaveHappened, false);
    }
  });

  it("refusals are not repeated: asking twice would not change the answer", async () => {
    for (const status of [400, 401, 403, 404, 405, 408, 409, 413, 418, 422]) {
      for (const call of [...Object.values(repeatable), create]) {
        const { origin, seen } = await serve([json(status, { message: "no" }), room]);
        equal((await failure(call(clientAt(origin)))).mayHaveHappened, false);
        equal(seen.length, 1);
      }
    }
  });

  it("a call gives up after its patience, and says how often it has tried", async () => {
    const { origin, seen } = await serve([json(500, {})]);
    const error = await failure(patientClientAt(origin, time, { patienceMs: 3000 }).rooms(meetingRoom).get("standup"));
    deepEqual(time.waits, [250, 500, 1000]);
    equal(seen.length, 4);
    match(error.message, /HTTP 500\), after 4 tries/);
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
    // 1000 + 250 + 1000 leave no time for another 500.
    equal(seen.length, 2);
  });

  it("every call has its own patience and its own count", async () => {
    const { origin } = await serve([json(500, {})]);
    const rooms = patientClientAt(origin, time, { patienceMs: 1000 }).rooms(meetingRoom);
    match((await failure(rooms.get("standup"))).message, /after 3 tries/);
    match((await failure(rooms.update("standup", {}))).message, /after 3 tries/);
  });

  it("creates that share their tries share their patience and their count", async () => {
    const { origin } = await serve([json(500, {})]);
    const rooms = patientClientAt(origin, time, { patienceMs: 1000 }).rooms(meetingRoom);
    const tries = rooms.tries();
    await failure(rooms.create("standup", {}, tries));
    equal(await tries.again(), true);
    match((await failure(rooms.create("standup", {}, tries))).message, /after 2 tries/);
    equal(await tries.again(), true);
    await failure(rooms.create("standup", {}, tries));
    equal(await tries.again(), false);
    equal(tries.count, 3);
  });

  it("a rate limit that does not end is told with the tries, and changed nothing", async () => {
    for (const call of [...Object.values(repeatable), create]) {
      const { origin, seen } = await serve([tooMany]);
      const error = await failure(call(patientClientAt(origin, time, { patienceMs: 3000 })));
      ok(error instanceof RateLimited);
      equal(seen.length, 4);
      match(error.message, /"too many requests" \(HTTP 429\) after 4 tries/);
      equal(error.mayHaveHappened, false);
    }
  });
});
