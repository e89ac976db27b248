import assert from "node:assert/strict";
import { MeteredError } from "../../provider/src/errors";
import { checkInputs, createRoom } from "../../provider/src/pulumi/operations";
import { checkSet, compareSet, updateSet } from "../../provider/src/pulumi/setOperations";
import { type Bag, knownIn } from "../../provider/src/pulumi/state";
import { Claims } from "../../provider/src/rooms/claims";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { factsOf } from "../support/failures";
import { FakeApi, START } from "../support/fakeApi";
import { autoNamed, inState, leastInputs, NOW } from "../support/rooms";
import { SET, SetStory } from "../support/sets";
import { allQuiet, VirtualTime } from "../support/virtualTime";

const room = (roomName: string, privacy = "public") => ({ privacy, roomName });

describe("the name of a room that a set renames", () => {
  for (const knowsOwners of [true, false]) {
    const face = knowsOwners ? "in the plugin" : "in dynamic resources";

    it(`may be another resource's by the time that the set deletes its old room, ${face}`, async () => {
      const time = new VirtualTime(START);
      const story = new SetStory();
      const { api } = story;
      await story.up({ a: room("one"), b: room("two") });
      const claims = new Claims(time);
      const place = story.place({ claims });
      const news = { rooms: { a: room("three"), b: room("two", "private") }, __auto: SET };
      const { inputs } = checkSet(place, story.inputs, news);
      assert.ok(compareSet(place, story.outputs, inputs).isChanged);
      // The list that the set has got by then shows its old room under the name.
      api.pause = ({ name }) => time.sleep(name === "two" ? 5_000 : 100);
      const updated = updateSet(place, story.outputs, inputs);
      const other = api.place({ claims, ...(knowsOwners ? { owner: "other" } : {}) });
      const wanted = checkInputs(other, {}, leastInputs(meetingRoom, { roomName: "one" })).inputs;
      const created = createRoom(other, wanted);
      const [{ outputs }] = await Promise.all([time.until(created), time.until(updated)]);
      assert.equal(api.room("one")?._id, outputs.roomId, "the other resource's room lives");
      const names = api.rooms.filter(({ archived }) => archived !== true).map(({ roomName }) => roomName);
      assert.deepEqual(names.sort(), ["one", "three", "two"]);
    });
  }
});

describe("a room that a set no longer declares, wanted by another resource", () => {
  let time: VirtualTime;
  let claims: Claims;
  let api: FakeApi;
  let olds: Bag;
  const declared = { maxParticipants: 3, meetingJoinWebhook: "https://hooks.example.com" };
  beforeEach(async () => {
    time = new VirtualTime(START);
    claims = new Claims(time);
    api = new FakeApi(meetingRoom);
  });
  /** What the comparison of the set says. */
  const leave = async (settings: Bag = declared) => {
    olds = await inState(api, settings);
    const removed = knownIn(meetingRoom, "standup", olds);
    const roomId = String(olds.roomId);
    claims.depart({ type: meetingRoom, roomId, name: "standup", owner: "set", newName: undefined, removed });
  };
  /** The set comes to its deletes. */
  const letGo = () => claims.letGo(meetingRoom, "standup", String(olds.roomId));
  const pass = (ms: number) => {
    api.now += ms;
  };
  const create = (inputs: Bag) => {
    const created = createRoom(api.place({ claims, owner: "first" }), leastInputs(meetingRoom, inputs));
    created.catch(() => undefined);
    return created;
  };

  it("is handed on as it is, without a request, in the spelling of its next resource", async () => {
    await leave();
    const { id, outputs } = await create({ ...declared, roomName: "StandUp" });
    assert.deepEqual([id, outputs], ["standup", { ...olds, roomName: "StandUp" }]);
    assert.deepEqual(api.calls, []);
    assert.deepEqual(claims.claimOf(String(olds.roomId)), { owner: "first", how: "adopted" });
  });

  it("is changed to what its next resource declares", async () => {
    await leave();
    const { outputs } = await create({ ...declared, maxParticipants: 7 });
    assert.deepEqual(outputs, { ...olds, maxParticipants: 7 });
    assert.deepEqual([api.story, api.room("standup")?.maxParticipants], [["GET standup", "PUT standup"], 7]);
    assert.equal(claims.departureOf(meetingRoom, "standup"), undefined);
  });

  it("stays the set's to delete, or the next one's to have, where that change fails", async () => {
    await leave();
    const limit = new MeteredError({ cause: "PlanLimit", said: "upgrade", ...api.callOf("update") });
    api.failNext("update", limit);
    await assert.rejects(create({ maxParticipants: 7 }), (error) => error === limit);
    assert.equal(claims.claimOf(String(olds.roomId)), undefined);
    const { outputs } = await create({ ...declared, maxParticipants: 7 });
    assert.equal(outputs.roomId, olds.roomId);
  });

  for (const [title, prepare, inputs] of [
    ["it is gone by now", () => void api.rooms.splice(0), { maxParticipants: 7 }],
    ["its set has begun to delete it", () => letGo(), declared],
    ["it is over, so that a change would replace it", () => pass(120_000), { maxParticipants: 7 }],
  ] as const) {
    it(`gives its name to a new one where ${title}`, async () => {
      await leave({ ...declared, deleteOnExp: true, expireUnixSec: NOW + 60 });
      prepare();
      const created = create(inputs);
      await allQuiet();
      letGo();
      const { outputs } = await time.until(created);
      assert.notEqual(outputs.roomId, olds.roomId);
      const living = api.rooms.filter(({ archived }) => archived !== true).map(({ _id }) => _id);
      assert.deepEqual(living, [outputs.roomId]);
    });
  }

  it("is not handed on under a generated name, which has nothing to do with it: the set is told of", async () => {
    await leave();
    const facts = await time.until(factsOf(create({ ...declared, ...autoNamed("standup") }), "NameUsedTwice"));
    assert.deepEqual([facts.how, facts.holder, facts.newName], ["removal not begun", "set", undefined]);
    assert.ok(api.room("standup"));
  });
});
