import { deepEqual, equal } from "node:assert/strict";
import type { Note } from "../../provider/src/notes";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { subjectOf } from "../../provider/src/rooms/roomType";
import { clientAt, FakeTime, failure, patientClientAt } from "../support/client";
import { type Answer, closedPort, closeServers, hang, html, json, room, serve } from "../support/servers";

const standup = subjectOf(meetingRoom, "standup");

describe("a user who waits", () => {
  let time: FakeTime;
  let began: number;
  /** What was told, each after so many milliseconds. */
  let notes: [number, Note][];
  beforeEach(() => {
    time = new FakeTime(0.999999);
    began = time.now();
    notes = [];
  });
  afterEach(closeServers);

  const tell = (note: Note) => void notes.push([time.now() - began, note]);
  const problems = () => notes.map(([, note]) => (note.note === "waiting" ? note.problem : note.note));
  const busy = json(503, {});
  const times = (count: number, answer: Answer) => Array.from({ length: count }, () => answer);

  it("is told once more than two seconds pass, of which room and why", async () => {
    const { origin } = await serve([...times(5, busy), room]);
    await patientClientAt(origin, time).rooms(meetingRoom, { tell }).get("standup");
    // The waits: 250, 500, 1000 and, the first to go beyond two seconds, 2000; then 4000.
    deepEqual(notes, [[1750, { note: "waiting", subject: standup, app: "demo", problem: "HTTP 503" }]]);
  });

  it("is told nothing where it takes no longer", async () => {
    const { origin } = await serve([...times(3, busy), room]);
    await patientClientAt(origin, time).rooms(meetingRoom, { tell }).get("standup");
    deepEqual([time.waits, notes], [[250, 500, 1000], []]);
  });

  it("is told again every 30 seconds at most, of what is wrong by then", async () => {
    const { origin } = await serve([...times(8, busy), html(502)]);
    await failure(patientClientAt(origin, time).rooms(meetingRoom, { tell }).get("standup"));
    deepEqual(
      notes.map(([at]) => at),
      [1750, 31_750, 71_750],
    );
    deepEqual(problems(), ["HTTP 503", "HTTP 503", "HTTP 502"]);
  });

  it("is told at once where the server asks for a long pause", async () => {
    const { origin } = await serve([json(429, {}, { "retry-after": "60" }), room]);
    const rooms = patientClientAt(origin, time).rooms(meetingRoom, { tell });
    await rooms.create("standup", {}, rooms.tries());
    deepEqual(notes, [
      [0, { note: "waiting", subject: standup, app: "demo", problem: "too many requests (HTTP 429)" }],
    ]);
  });

  it("is told that the connection is refused", async () => {
    const client = patientClientAt(`http://127.0.0.1:${await closedPort()}`, time, { patienceMs: 5000 });
    await failure(client.rooms(meetingRoom, { tell }).get("standup"));
    deepEqual(problems(), ["connection refused"]);
  });

  it("is told that no response comes, after the first attempt that took long", async () => {
    const slow: Answer = (response, seen) => {
      time.pass(2000);
      hang(response, seen);
    };
    const { origin } = await serve([slow, room]);
    await patientClientAt(origin, time, { timeoutMs: 250 }).rooms(meetingRoom, { tell }).get("standup");
    deepEqual(problems(), ["no response within 0.25 s"]);
  });

  it("is told of a list without a room, and of the proof that app and key are right", async () => {
    const waiting = { note: "waiting", subject: undefined, app: "demo", problem: "HTTP 503" };
    const answers = [...times(4, busy), json(200, [])];
    await patientClientAt((await serve(answers)).origin, time).list({ tell });
    await patientClientAt((await serve(answers)).origin, time).meetingRooms({ tell });
    await patientClientAt((await serve(answers)).origin, time)
      .rooms(meetingRoom, { tell })
      .proveAccount("standup");
    deepEqual(
      notes.map(([, note]) => note),
      [waiting, waiting, waiting],
    );
  });

  for (const [answer, problem] of [
    [busy, "HTTP 503"],
    [json(400, {}), "HTTP 400"],
    [json(200, []), "unexpected response"],
  ] as const) {
    it(`is told of "${problem}" while a create that is looked for waits its turn`, async () => {
      const { origin } = await serve([answer]);
      const rooms = patientClientAt(origin, time).rooms(meetingRoom, { tell });
      const tries = rooms.tries();
      for (let attempt = 1; attempt <= 4; attempt++) {
        await failure(rooms.create("standup", {}, tries));
        await tries.again();
      }
      deepEqual(problems(), [problem]);
    });
  }

  it("hears nothing of a call that gives up", async () => {
    const { origin } = await serve([busy]);
    await failure(clientAt(origin, {}, time).rooms(meetingRoom, { tell }).get("standup"));
    equal(notes.length, 0);
  });
});
