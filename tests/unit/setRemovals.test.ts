import assert from "node:assert/strict";
import { MeteredError } from "../../provider/src/errors";
import { createRoom } from "../../provider/src/pulumi/operations";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { subjectOf } from "../../provider/src/rooms/roomType";
import type { SomeRoomsFailed } from "../../provider/src/rooms/set/failures";
import { errorOf } from "../support/failures";
import { FakeApi, START } from "../support/fakeApi";
import { type SetOptions, SetStory } from "../support/sets";

const publicRoom = { privacy: "public" };
const named = (roomName: string) => ({ ...publicRoom, roomName });
const hall = { hall: named("hall") };
const ADA_BEA = { ada: named("ada"), bea: named("bea") };
const hidden = ({ _id, roomName, archived }: Record<string, unknown>) => ({ _id, roomName, archived });

/** A set whose rooms are there. */
async function settled(rooms: Record<string, Record<string, unknown>>, options: SetOptions = {}): Promise<SetStory> {
  const story = new SetStory(undefined, options);
  await story.up(rooms);
  return story;
}

describe("rooms that leave a set", () => {
  it("are listed together with those that change, once", async () => {
    const story = await settled({ ...hall, ada: named("ada") });
    await story.up({ hall: { ...named("hall"), autoJoin: true } });
    assert.deepEqual(story.asked, ["DELETE ada", "LIST", "PUT hall"]);
  });

  it("need no look each where the list shows them without their settings", async () => {
    const story = await settled({ ...hall, ...ADA_BEA }, { shows: hidden });
    await story.up(hall);
    assert.deepEqual(story.asked, ["DELETE ada", "DELETE bea", "LIST"]);
  });

  it("are looked at one by one where they can't be listed", async () => {
    const story = await settled({ ...hall, ...ADA_BEA });
    const error = new MeteredError({ cause: "InvalidSecretKey", said: "no", ...story.api.callOf("list") });
    const shows = () => {
      throw error;
    };
    assert.equal(await story.up(hall, {}, { shows }), undefined);
    assert.deepEqual(story.asked, ["DELETE ada", "DELETE bea", "GET ada", "GET bea", "LIST"]);
    assert.deepEqual(story.keys, ["hall"]);
  });

  it("are not even listed where another resource has them, whatever it does with them, and that is told", async () => {
    for (const how of ["keeps", "changes", "replaces", "adopted"] as const) {
      const story = await settled({ ...hall, ...ADA_BEA });
      const claims = story.api.claims();
      for (const { roomId } of [story.rooms.ada, story.rooms.bea] as { roomId: string }[]) {
        claims.claim(roomId, { owner: "other", how });
      }
      await story.up(hall, {}, { claims });
      assert.deepEqual([story.asked, story.keys], [[], ["hall"]], how);
      assert.deepEqual(
        story.api.notes.filter(({ note }) => note === "handed over"),
        ["ada", "bea"].map((name) => ({ note: "handed over", subject: subjectOf(meetingRoom, name) })),
      );
    }
  });

  it("may still be taken by a resource of which Pulumi tells half a second later", async () => {
    const story = await settled({ ...hall, ...ADA_BEA });
    const claims = story.api.claims();
    const removal = story.up(hall, {}, { claims });
    for (let i = 0; i < 3; i++) await Promise.resolve();
    const { outputs } = await createRoom(story.api.place({ claims, owner: "other" }), named("ada"));
    await removal;
    assert.equal(story.api.room("ada")?._id, outputs.roomId);
    assert.equal(story.api.room("bea"), undefined);
    assert.equal(story.api.now, START + 500);
  });

  it("are all that is waited for: a set that only changes, or is stopped, ends at once", async () => {
    const story = await settled({ ...hall, ...ADA_BEA });
    await story.up({ ...ADA_BEA, hall: { ...named("hall"), autoJoin: true }, more: publicRoom });
    assert.equal(story.api.now, START);
    const signal = AbortSignal.abort();
    assert.ok(await story.up(hall, {}, { signal }));
    assert.deepEqual([story.api.now, story.keys.length], [START, 4]);
  });

  it("are counted as done like all others, also those that a rename leaves", async () => {
    const story = await settled({ ...hall, ...ADA_BEA, eve: named("eve") });
    const told: (readonly [number, number])[] = [];
    const progress = (...each: [number, number]) => void told.push(each);
    story.api.failNext("delete", story.api.refusal("delete", "eve"));
    assert.ok(await story.up({ ...hall, ada: named("ida"), bea: named("bob") }, {}, { progress, width: 1 }));
    const before = told.splice(0);
    assert.deepEqual(
      before.map(([done, total]) => `${done} of ${total}`),
      ["1 of 5", "2 of 5", "3 of 5", "4 of 5", "5 of 5"],
    );
    await story.up({ ...hall, ada: named("ida") }, {}, { progress });
    assert.deepEqual(told.at(-1), [2, 2], "the one of before, and another one");
  });

  it("are no more than are left on Metered where the program says so", async () => {
    const story = await settled({ ...hall, ...ADA_BEA });
    const told: unknown[] = [];
    const progress = (...each: [number, number]) => void told.push(each);
    await story.up({ hall: named("aula") }, { retainRemoved: true }, { progress });
    assert.deepEqual([story.asked, told], [["POST aula"], [[1, 1]]]);
    assert.deepEqual([story.outputs.leaving, story.keys], [undefined, ["hall"]]);
  });
});

describe("a room of a set that fails", () => {
  /** The names of the rooms that failed, as errors give them. */
  const names = (failed: SomeRoomsFailed | undefined) => failed?.failures.map(({ subject }) => subject.name);
  const failing = async (call: Promise<unknown>) => names((await errorOf(call)) as SomeRoomsFailed);

  it("is called by the name that it has, or is to have where it has none", async () => {
    const story = await settled({ ...hall, ada: publicRoom });
    const base = String(story.rooms.ada?.roomName);
    const { api } = story;
    Object.assign(api.room(base) as object, { roomName: `${base}-2` });
    story.outputs = JSON.parse(JSON.stringify(story.outputs).replaceAll(`${base}"`, `${base}-2"`));
    assert.equal(story.rooms.ada?.roomName, `${base}-2`);
    const refuse = (...actions: ("create" | "get" | "update" | "delete")[]) => {
      for (const action of actions) api.failNext(action, api.refusal("update", "x"));
    };
    refuse("update");
    const updated = await story.up({ ...hall, ada: { ...publicRoom, maxParticipants: 5 } });
    assert.deepEqual(names(updated?.rooms), [`${base}-2`]);
    refuse("create");
    const renamed = await story.up({ ...hall, ada: named("ada") });
    assert.deepEqual(names(renamed?.rooms), ["ada"]);
    refuse("delete");
    assert.deepEqual(names((await story.up(hall))?.rooms), [`${base}-2`]);
    refuse("delete", "delete");
    assert.deepEqual(await failing(story.destroy()), ["hall", `${base}-2`]);
  });

  it("tells of the account itself where a refresh or a destroy can do nothing at all", async () => {
    const story = await settled({ ...hall, ...ADA_BEA }, { list: false });
    const error = new MeteredError({ cause: "InvalidSecretKey", said: "no", ...story.api.callOf("read") });
    for (const work of [() => story.refresh(), () => story.destroy()]) {
      for (let i = 0; i < 3; i++) story.api.failNext("get", error);
      await assert.rejects(work(), (thrown) => thrown === error);
    }
  });
});

describe("a room of a set that is over", () => {
  const NOW = START / 1000;
  const ends = (expireUnixSec: number) => ({ ...named("course"), deleteOnExp: true, expireUnixSec });

  for (const shows of [undefined, hidden]) {
    it(`is not replaced where it got more time, ${shows ? "which no list shows" : "as the list shows"}`, async () => {
      const api = new FakeApi(meetingRoom);
      const story = new SetStory(api, shows && { shows });
      await story.up({ course: ends(NOW + 60), hall: publicRoom });
      Object.assign(api.room("course") as object, { expireUnixSec: NOW + 3600 });
      api.now += 120_000;
      const { roomId } = story.rooms.course ?? {};
      const kept = await story.up({ course: ends(NOW + 900), hall: { ...publicRoom, autoJoin: true } });
      const facts = kept?.rooms?.failures.map(({ error }) => error instanceof MeteredError && error.facts);
      assert.deepEqual(
        facts?.map((each) => each && "how" in each && each.how),
        ["extended"],
      );
      assert.equal(api.room("course")?._id, roomId);
    });
  }
});

describe("a room of a set that moves to another key", () => {
  it("is spelled as it is there, which only the state hears of, once", async () => {
    const story = await settled({ ...ADA_BEA, eve: named("Eve") });
    const moved = { ada: named("ada"), bob: named("Bea"), eva: named("eve") };
    await story.up(moved);
    assert.deepEqual([story.asked, story.rooms.bob?.roomName, story.rooms.eva?.roomName], [[], "Bea", "eve"]);
    story.api.notes.length = 0;
    await story.up(moved);
    assert.deepEqual([story.asked, story.api.notes], [[], []]);
  });
});
