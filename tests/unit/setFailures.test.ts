import assert from "node:assert/strict";
import { MeteredError } from "../../provider/src/errors";
import { createRoom } from "../../provider/src/pulumi/operations";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { SomeRoomsFailed } from "../../provider/src/rooms/set/failures";
import { claimPlan, planOf } from "../../provider/src/rooms/set/plan";
import { FakeApi } from "../support/fakeApi";
import { manyRooms, SetStory, said } from "../support/sets";

const publicRoom = { privacy: "public" };

function lostCreate(api: FakeApi): MeteredError {
  const spent = { host: "demo", problem: "no response", attempts: 9, seconds: 120, mayHaveHappened: true };
  return new MeteredError({ cause: "NoConnection", ...spent, ...api.callOf("create", "room-0") });
}

describe("a set of which some rooms fail", () => {
  it("keeps what exists, counts and names the others, and goes on with the rest only", async () => {
    const story = new SetStory();
    for (let i = 0; i < 13; i++) story.api.addRoom(`taken-${i}`);
    const rooms = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [`k${i}`, { ...publicRoom, roomName: `${i < 13 ? "taken" : "free"}-${i}` }]),
    );
    const kept = await story.up(rooms);
    assert.equal(story.keys.length, 7);
    const text = said(kept);
    assert.match(
      text,
      /^Meeting room set "courses-1a2b3c4d": 13 of 20 rooms could not be created\. The state contains every room that exists\. Do what the lines below say, then run pulumi up again\.$/m,
    );
    assert.equal(text.match(/^ {2}rooms\[/gm)?.length, 10);
    assert.equal(text.match(/Adopt it and/g)?.length, 1, "the way out is told once");
    assert.doesNotMatch(text, /import|--replace/, "neither makes the room one of the set");
    assert.match(text, /^ {2}and 3 more of 13 that failed the same way$/m);
    for (const room of story.api.rooms) if (String(room.roomName).startsWith("taken")) room.archived = true;
    assert.equal(await story.up(rooms), undefined);
    assert.equal(story.asked.length, 13);
    assert.equal(story.keys.length, 20);
  });

  it("tells the ways out once for each cause, after its rooms, however many have another cause", async () => {
    const story = new SetStory();
    for (let i = 0; i < 30; i++) story.api.addRoom(`taken-${i}`);
    const taken = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`t${i}`, { ...publicRoom, roomName: `taken-${i}` }]),
    );
    story.api.failNext("create", story.api.refusal("create", "x"));
    const text = said(await story.up({ refused: { ...publicRoom, roomName: "refused" }, ...taken, free: publicRoom }));
    const causes = text.split("\n").filter((line) => /^ {4}\[\w+\]$/.test(line));
    assert.deepEqual(causes, ["    [RequestRefused]", "    [NameTaken]"]);
    assert.equal(text.match(/^ {2}rooms\["t\d+"\]/gm)?.length, 9, "ten rooms are named");
    assert.match(text, /^ {2}and 21 more of 30 that failed the same way\n {4}Adopt it /m);
    assert.equal(text.match(/Adopt it/g)?.length, 1);
  });

  it("tells of every room what differs, and once what to do about it", async () => {
    const story = new SetStory();
    const rooms = Object.fromEntries(["a", "b"].map((key) => [key, { ...publicRoom, maxParticipants: 50 }]));
    story.api.show = (body) => ({ ...body, maxParticipants: 10 });
    const text = said(await story.up(rooms));
    assert.equal(text.match(/^ {4}maxParticipants is 10 on Metered, although 50 was sent\.$/gm)?.length, 2);
    assert.equal(text.match(/\[NotAsDeclared\]/g)?.length, 1);
  });

  it("has no state where no room of it was created: one that it replaces has the rooms", async () => {
    const story = new SetStory();
    for (const name of ["a", "b"]) story.api.addRoom(name);
    const all = { a: { ...publicRoom, roomName: "a" }, b: { ...publicRoom, roomName: "b" } };
    const error = await story.up(all).then(assert.fail, (thrown: unknown) => thrown);
    assert.ok(error instanceof SomeRoomsFailed);
    assert.match(
      said(error),
      /2 of 2 rooms could not be created\. Do what the lines below say, then run pulumi up again\.$/m,
    );
    assert.deepEqual(story.outputs, {});
  });

  it("stops at an error that every room would meet, and says that once", async () => {
    const story = new SetStory(undefined, { width: 2 });
    const wrongKey = new MeteredError({ cause: "InvalidSecretKey", said: "no", ...story.api.callOf("create") });
    for (let i = 0; i < 50; i++) story.api.failNext("create", wrongKey);
    await assert.rejects(story.up(manyRooms(50)), wrongKey);
    assert.equal(story.asked.length, 2);
  });

  it("stops when nothing has worked for as long as the provider waits, and keeps what was done before", async () => {
    const story = new SetStory(undefined, { width: 1 });
    const down = (name: string) => {
      const spent = { host: "demo", problem: "connection refused", attempts: 9, seconds: 120, mayHaveHappened: false };
      return new MeteredError({ cause: "NoConnection", ...spent, ...story.api.callOf("create", name) });
    };
    story.api.next("create", (work) => work());
    for (let i = 0; i < 9; i++) story.api.failNext("create", down("x"));
    const text = said(await story.up(manyRooms(10)));
    assert.deepEqual(story.keys, ["room-0"]);
    assert.match(
      text,
      /9 of 10 rooms could not be created\. The state contains every room that exists\. To continue with the rest, run pulumi up again\.$/m,
    );
    assert.match(text, /8 rooms were not started/);
    assert.equal(story.asked.length, 2);
  });

  it("doesn't say that the state has every room, where one may have been created whose response was lost", async () => {
    const story = new SetStory();
    story.api.triesLeft = 0;
    story.api.failNext("create", lostCreate(story.api));
    story.api.failNext("get", lostCreate(story.api));
    const text = said(await story.up(manyRooms(3)));
    assert.match(text, /1 of 3 rooms could not be created\. The state contains every room that is known to exist\. /);
    assert.match(text, /may have been created/);
  });

  it("begins no further room once the run is cancelled, and keeps what was done", async () => {
    const stop = new AbortController();
    const story = new SetStory(undefined, { width: 2, signal: stop.signal });
    story.api.next("create", async (work) => {
      stop.abort();
      return work();
    });
    assert.ok(await story.up(manyRooms(10)));
    assert.equal(story.keys.length, 2);
    assert.equal(story.api.rooms.length, 2);
  });

  it("holds null for what a lost response leaves open, and settles it the next time", async () => {
    const story = new SetStory();
    await story.up(manyRooms(3));
    story.api.loseNext("update");
    const changed = manyRooms(3, { privacy: "private" });
    const text = said(await story.up(changed));
    assert.match(text, /1 of 3 rooms could not be changed/);
    assert.equal(Object.values(story.rooms).filter(({ privacy }) => privacy === null).length, 1);
    assert.equal(await story.up(changed), undefined);
    assert.ok(Object.values(story.rooms).every(({ privacy }) => privacy === "private"));
  });

  it("recognises its own room after a lost create", async () => {
    const story = new SetStory();
    story.api.loseNext("create");
    assert.equal(await story.up(manyRooms(3)), undefined);
    assert.equal(story.api.rooms.length, 3);
  });

  it("after a kill in the middle of a create: adoptExisting leaves exactly one room per key", async () => {
    const api = new FakeApi(meetingRoom);
    await new SetStory(api).up(manyRooms(4));
    const after = new SetStory(api);
    const rooms = manyRooms(9);
    assert.match(said(await after.up(rooms)), /4 of 9 rooms.*\n.*auto-generated name/);
    assert.equal(await after.up(rooms, {}, { adoptExisting: true }), undefined);
    assert.equal(api.rooms.length, 9);
    await after.up(rooms);
    assert.deepEqual(after.asked, []);
  });

  it("reads all or tells of which rooms it can't", async () => {
    const story = new SetStory(undefined, { list: false });
    await story.up(manyRooms(3));
    story.api.failNext("get", story.api.refusal("read", "x"));
    await assert.rejects(story.refresh(), (error) => /1 of 3 rooms could not be read/.test(said(error)));
  });

  it("keeps failed rooms of a destroy in the state: the next one finds the rest gone", async () => {
    const story = new SetStory();
    await story.up(manyRooms(3));
    story.api.failNext("delete", story.api.refusal("delete", "x"));
    await assert.rejects(story.destroy(), (error) => /1 of 3 rooms could not be deleted/.test(said(error)));
    await story.destroy();
    assert.deepEqual(
      story.asked.filter((call) => !call.startsWith("DELETE")),
      ["LIST"],
    );
    assert.equal(story.asked.length, 2);
  });

  it("tells each kind of note a few times only", async () => {
    const story = new SetStory();
    await story.up(manyRooms(40, { ...publicRoom, autoJoin: true }));
    story.api.notes.length = 0;
    await story.up(manyRooms(40));
    assert.equal(story.api.notes.filter(({ note }) => note === "value kept").length, 10);
    assert.deepEqual(
      story.api.notes.filter(({ note }) => note === "more notes").map((note) => "count" in note && note.count),
      [30],
    );
  });
});

describe("rooms that move between the resources of one program", () => {
  const named = (roomName: string) => ({ ...publicRoom, roomName });
  const two = () => {
    const api = new FakeApi(meetingRoom);
    return { api, a: new SetStory(api, { name: "a-11111111" }), b: new SetStory(api, { name: "b-22222222" }) };
  };

  it("go from one set to another without a request, and are not deleted by the first", async () => {
    const { api, a, b } = two();
    await a.up({ x: named("x"), y: named("y") });
    await b.up({ z: named("z") });
    const [{ roomId }] = [a.rooms.x as { roomId: string }];
    const claims = api.claims();
    const moving = { claims, owner: "a-11111111" };
    await Promise.all([
      a.up({ y: named("y") }, {}, moving),
      b.up({ z: named("z"), mine: named("x") }, {}, { claims, owner: "b-22222222" }),
    ]);
    assert.deepEqual([a.keys, b.keys, b.rooms.mine?.roomId], [["y"], ["mine", "z"], roomId]);
    assert.ok(api.room("x"));
    assert.deepEqual(api.story, []);
  });

  it("go from a set to a single resource without a request", async () => {
    const { api, a } = two();
    await a.up({ x: named("x"), y: named("y") });
    const claims = api.claims();
    const removal = a.up({ y: named("y") }, {}, { claims, owner: "a-11111111" });
    const { outputs } = await createRoom(api.place({ claims }), named("x"));
    await removal;
    assert.equal(outputs.roomId, api.room("x")?._id);
    assert.equal(api.rooms.length, 2);
    assert.deepEqual(a.keys, ["y"]);
  });

  it("are never deleted by a set that still has them in its state after an interrupted run handed them on", async () => {
    const { api, a, b } = two();
    await a.up({ x: named("x"), y: named("y") });
    const only = ({ rooms }: Record<string, unknown>) => ({
      __auto: "b-22222222",
      rooms: { x: (rooms as Record<string, unknown>).x },
    });
    Object.assign(b, { outputs: { ...a.outputs, ...only(a.outputs) }, inputs: { ...a.inputs, ...only(a.inputs) } });
    for (const order of [
      [a, b],
      [b, a],
    ]) {
      const claims = api.claims();
      const rooms = { x: named("x") };
      const state = a.outputs;
      await Promise.all(
        order.map((story) =>
          story === a ? a.up({ y: named("y") }, {}, { claims, owner: "a" }) : b.up(rooms, {}, { claims, owner: "b" }),
        ),
      );
      assert.ok(api.room("x"), "the room of b is there");
      a.outputs = state;
    }
  });

  it("of which a set took over another's: the other is told", async () => {
    const { api, a } = two();
    await a.up({ x: named("x") });
    const claims = api.claims();
    const place = a.place({ claims, owner: "a-11111111" });
    claimPlan(place, planOf(place, new Map(), new Map()));
    claims.claim(String(api.room("x")?._id), { owner: "a-11111111", how: "keeps" });
    const other = new SetStory(api, { name: "b-22222222", claims });
    const text = said(
      await other.up({ q: named("x"), w: publicRoom }, {}, { owner: "b-22222222", adoptExisting: true }),
    );
    assert.match(text, /the set with the ID "a-11111111" of this program already has that room/);
  });
});
