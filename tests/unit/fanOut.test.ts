import assert from "node:assert/strict";
import { MeteredError } from "../../provider/src/errors";
import type { Note } from "../../provider/src/notes";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { subjectOf } from "../../provider/src/rooms/roomType";
import { isAboutAll, isOutage } from "../../provider/src/rooms/set/failures";
import { FanOut, withFewNotes } from "../../provider/src/rooms/set/fanOut";
import type { Settled } from "../../provider/src/rooms/settled";
import { FakeApi } from "../support/fakeApi";
import { type SetOptions, setPlace } from "../support/sets";
import { allQuiet, moment } from "../support/virtualTime";

const api = new FakeApi(meetingRoom);
const call = api.callOf("create");
const spent = { attempts: 1, seconds: 1, ...call };
const about = {
  all: [
    new MeteredError({ cause: "InvalidSecretKey", said: "", ...call }),
    new MeteredError({ cause: "UnknownApp", said: "", ...call }),
    new MeteredError({ cause: "AppChanged", owner: "acme", ...call }),
    new MeteredError({ cause: "InvalidConfiguration", problems: [] }),
  ],
  outage: [
    api.lost("create"),
    new MeteredError({ cause: "RateLimited", isUnchanged: true, ...spent }),
    new MeteredError({ cause: "ServerError", status: 500, said: "", mayHaveHappened: false, ...spent }),
  ],
  one: [
    new MeteredError({ cause: "PlanLimit", said: "", ...call }),
    new MeteredError({ cause: "NameTaken", how: "exists", ...call }),
    new TypeError("a bug"),
  ],
};

describe("an error of one room of a set", () => {
  it("stands for all where it is about the account, and may be an outage of Metered", () => {
    for (const [errors, ...expected] of [
      [about.all, true, false],
      [about.outage, false, true],
      [about.one, false, false],
    ] as const) {
      for (const error of errors) assert.deepEqual([isAboutAll(error), isOutage(error)], expected, error.name);
    }
  });
});

describe("the rooms of a set, worked on side by side", () => {
  const keys = (count: number) => Array.from({ length: count }, (_, i) => ({ key: `${i}` }));
  const settled = (more: Partial<Settled> = {}) => ({ shortfalls: [], ...more }) as unknown as Settled;
  /** Works on so many rooms, each with what the story says of its number. */
  const run = async (count: number, story: (number: number) => unknown, options: SetOptions = { width: 1 }) => {
    const fan = new FanOut(setPlace(api, options), count);
    let begun = 0;
    await fan.run(
      keys(count),
      ({ key }) => `room-${key}`,
      async ({ key }) => {
        begun++;
        const outcome = await story(Number(key));
        if (outcome instanceof Error) throw outcome;
        return outcome as Settled | undefined;
      },
    );
    return { fan, begun };
  };

  it("are so many at a time, as many as there are at most, and each once", async () => {
    for (const [width, count, atOnce] of [
      [3, 5, 3],
      [8, 2, 2],
    ] as const) {
      const answer = moment();
      let begun = 0;
      const work = () => {
        begun++;
        return answer.come;
      };
      const running = run(count, work, { width });
      await allQuiet();
      assert.equal(begun, atOnce);
      answer.now();
      assert.equal((await running).begun, count);
    }
  });

  it("tell how many of all are done, failed ones as well", async () => {
    const told: unknown[] = [];
    const progress = (...each: number[]) => void told.push(each);
    await run(3, (number) => (number === 1 ? about.one[0] : undefined), { width: 1, progress });
    assert.deepEqual(told, [
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
  });

  it("have not failed where all went well, with a result or without", async () => {
    const { fan } = await run(2, (number) => (number === 0 ? settled() : undefined));
    assert.deepEqual([fan.hasFailed, fan.isStopped, fan.isInVain, fan.failures], [false, false, false, []]);
  });

  it("go on after an error about one of them, and name each that failed", async () => {
    for (const error of about.one) {
      const { fan, begun } = await run(3, (number) => (number === 1 ? error : settled()));
      assert.deepEqual([begun, fan.notBegun, fan.isStopped, fan.hasFailed], [3, 0, false, true]);
      assert.deepEqual(fan.failures, [{ key: "1", subject: subjectOf(meetingRoom, "room-1"), error }]);
    }
  });

  it("name those that exist and aren't as declared, or may not be", async () => {
    const lost = api.lost("update");
    const outcomes = [settled({ lost }), settled({ shortfalls: [{ shortfall: "no longer set", setting: "lang" }] })];
    const { fan } = await run(3, (number) => outcomes[number] ?? settled());
    assert.deepEqual(
      fan.failures.map(({ key, settled: outcome }) => [key, outcome]),
      [
        ["0", outcomes[0]],
        ["1", outcomes[1]],
      ],
    );
  });

  it("stop at an error about the account, whenever it comes, and count those that were not begun", async () => {
    for (const error of about.all) {
      const { fan, begun } = await run(5, (number) => (number === 2 ? error : settled()));
      assert.deepEqual([begun, fan.notBegun, fan.stoppedBy, fan.hasFailed], [3, 2, error, true]);
      assert.equal(fan.isInVain, false, "two are done");
      assert.equal((await run(5, () => error)).fan.isInVain, true);
    }
  });

  it("stop at an outage only where nothing has worked since that room was begun", async () => {
    for (const error of about.outage) {
      const alone = await run(4, (number) => (number === 1 ? error : settled()));
      assert.deepEqual([alone.begun, alone.fan.stoppedBy], [2, error]);
      // While one of two fails, the other goes on to work.
      const answer = moment();
      const work = (number: number) => {
        if (number === 0) return answer.come.then(() => error);
        if (number === 3) answer.now();
        return settled();
      };
      const beside = await run(6, work, { width: 2 });
      assert.deepEqual([beside.begun, beside.fan.stoppedBy], [6, undefined]);
      // A lost response is no sign that anything works.
      const unsure = moment();
      const lost = (number: number) => {
        if (number === 0) return unsure.come.then(() => error);
        if (number === 1) unsure.now();
        return settled({ lost: api.lost("update") });
      };
      assert.equal((await run(2, lost, { width: 2 })).fan.stoppedBy, error);
    }
  });

  it("stop where the user stops the run, which is no failure in itself", async () => {
    const stop = new AbortController();
    const work = (number: number) => (number === 1 ? stop.abort() : undefined);
    const { fan, begun } = await run(4, work, { width: 1, signal: stop.signal });
    assert.deepEqual([begun, fan.notBegun, fan.stoppedBy, fan.hasFailed], [2, 2, undefined, true]);
    assert.equal(fan.isInVain, false);
  });

  it("are told by the first error that stopped them", async () => {
    const [first, second] = about.all;
    const answers = [moment(), moment()];
    const work = (number: number) => answers[number]?.come.then(() => [first, second][number]);
    const running = run(2, work, { width: 2 });
    answers[0]?.now();
    await allQuiet();
    answers[1]?.now();
    assert.equal((await running).fan.stoppedBy, first);
  });

  it("are not in vain where a room is there, even if it isn't as declared", async () => {
    const [error] = about.all;
    const work = (number: number) => (number === 0 ? settled({ lost: api.lost("update") }) : error);
    assert.equal((await run(3, work)).fan.isInVain, false);
  });
});

describe("the notes of a set's rooms", () => {
  const subject = subjectOf(meetingRoom, "room");
  const of = (note: "adopted" | "handed over"): Note => ({ note, subject });
  const waiting: Note = { note: "waiting", subject, app: "demo", problem: "HTTP 503" };

  it("are told ten times of each kind, and the rest are counted together", () => {
    const told: Note[] = [];
    const { place, tellRest } = withFewNotes({ ...setPlace(api), tell: (note) => void told.push(note) });
    for (let i = 0; i < 13; i++) place.tell(of("adopted"));
    for (let i = 0; i < 12; i++) place.tell(of("handed over"));
    place.tell({ note: "other room", subject });
    assert.deepEqual(
      [10, 10, 1],
      ["adopted", "handed over", "other room"].map((kind) => told.filter(({ note }) => note === kind).length),
    );
    tellRest();
    const set = { label: "meeting room set", name: "courses-1a2b3c4d", resource: "MeetingRoomSet" };
    assert.deepEqual(told.at(-1), { note: "more notes", subject: set, count: 5 });
  });

  it("say nothing of a rest where there is none", () => {
    const told: Note[] = [];
    const { place, tellRest } = withFewNotes({ ...setPlace(api), tell: (note) => void told.push(note) });
    for (let i = 0; i < 10; i++) place.tell(of("adopted"));
    tellRest();
    assert.equal(told.length, 10);
  });

  it("tell that Metered is waited for once in half a minute, for all of them", () => {
    const told: Note[] = [];
    let now = 0;
    const given = { ...setPlace(api), tell: (note: Note) => void told.push(note), now: () => now };
    const { place, tellRest } = withFewNotes(given);
    const tellAt = (ms: number) => {
      now = ms;
      place.tell(waiting);
      return told.length;
    };
    assert.deepEqual([tellAt(0), tellAt(1), tellAt(29_999), tellAt(30_000), tellAt(59_999)], [1, 1, 1, 2, 2]);
    for (let half = 2; half < 20; half++) tellAt(half * 30_000);
    assert.equal(told.length, 20, "and that goes on");
    tellRest();
    assert.equal(told.length, 20);
  });
});
