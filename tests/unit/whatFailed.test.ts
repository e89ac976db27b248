import assert from "node:assert/strict";
import { type Action, type Cause, MeteredError } from "../../provider/src/errors";
import {
  compareRoom,
  createRoom,
  deleteRoom,
  refreshLookup,
  refreshRoom,
  updateRoom,
} from "../../provider/src/pulumi/operations";
import type { Bag } from "../../provider/src/pulumi/state";
import type { Claims } from "../../provider/src/rooms/claims";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import type { Place } from "../../provider/src/rooms/place";
import { type RoomType, subjectOf } from "../../provider/src/rooms/roomType";
import { factsOf } from "../support/failures";
import { FakeApi } from "../support/fakeApi";
import { inState, leastInputs, NOW } from "../support/rooms";

/** A room in the state, and a later run. */
interface World {
  readonly api: FakeApi;
  readonly claims: Claims;
  readonly place: Place;
  readonly olds: Bag;
  readonly roomId: string;
}

type Story = readonly [
  cause: Exclude<Cause, "InvalidConfiguration">,
  work: (world: World) => Promise<unknown>,
  options?: Options,
];

interface Options {
  readonly type?: RoomType;
  readonly settings?: Bag;
  /** What the error says that it is about. */
  readonly name?: string;
}

const inputs = (type: RoomType, more: Bag = {}) => leastInputs(type, more);
const create = ({ place }: World, more: Bag = {}) => createRoom(place, inputs(place.type, more));
const compare = async ({ place }: World, olds: Bag, more: Bag = {}) =>
  compareRoom(place, "standup", olds, inputs(place.type, more));
const update = ({ place }: World, olds: Bag, more: Bag = { enableRecording: true }) =>
  updateRoom(place, "standup", olds, inputs(place.type, more));
const remove = ({ place }: World, olds: Bag) => deleteRoom(place, "standup", olds);
const elsewhere = ({ olds }: World): Bag => ({ ...olds, appName: "acme" });
const depart = ({ claims, place: { type }, roomId }: World) =>
  claims.depart({ type, roomId, name: "standup", owner: "second", newName: "daily" });

const stories: Readonly<Record<Action, Readonly<Record<string, Story>>>> = {
  create: {
    "another resource has the room": [
      "NameUsedTwice",
      (world) => {
        world.claims.claim(world.roomId, { owner: "second", how: "keeps" });
        return create(world);
      },
    ],
    "the resource that is to give the name up does not": [
      "NameUsedTwice",
      (world) => {
        depart(world);
        return create(world);
      },
    ],
    "a room has the name": ["NameTaken", (world) => create(world)],
    "the room to be replaced has the name": [
      "NameTaken",
      (world) => {
        world.claims.claim(world.roomId, { owner: undefined, how: "replaces" });
        return create(world);
      },
    ],
    "an archived room keeps the name": [
      "NameTaken",
      (world) => {
        world.api.archivedNames = "reserved";
        Object.assign(world.api.rooms[0] ?? {}, { archived: true });
        return create(world);
      },
    ],
    "what has the name can't be looked at": [
      "NameTaken",
      (world) => {
        world.api.failNext("get", new MeteredError({ cause: "PlanLimit", said: "", ...world.api.callOf("read") }));
        return create(world);
      },
    ],
    "a room has the name in lower case, perhaps": [
      "NamePossiblyTaken",
      (world) => {
        world.api.failNext("create", world.api.refusal("read", "StandUp"));
        return create(world, { roomName: "StandUp" });
      },
      { name: "StandUp" },
    ],
  },
  update: {
    "the state is of another app, in a comparison": ["AppChanged", (world) => compare(world, elsewhere(world))],
    "the state is of another app": ["AppChanged", (world) => update(world, elsewhere(world))],
    "the state is another provider's, of another room": [
      "ForeignRoom",
      (world) => compare(world, { roomName: "standup" }, { roomName: "daily" }),
    ],
    "another resource has adopted the room": [
      "NameUsedTwice",
      (world) => {
        world.claims.declare(world.place.type, "standup", "first");
        world.claims.claim(world.roomId, { owner: "second", how: "adopted" });
        return compare(world, world.olds);
      },
    ],
    "the room is gone": [
      "RoomNotFound",
      (world) => {
        world.api.rooms.length = 0;
        return update(world, world.olds);
      },
    ],
    "the name has another room": ["RoomReplacedOutside", (world) => update(world, { ...world.olds, roomId: "older" })],
    "it can't be told whether the room is there": [
      "RoomStatusUnknown",
      (world) => {
        world.api.missing = "bare";
        world.api.rooms.length = 0;
        return update(world, world.olds);
      },
    ],
  },
  delete: {
    "the state is of another app": ["AppChanged", (world) => remove(world, elsewhere(world))],
    "it can't be told whether the room is there": [
      "RoomStatusUnknown",
      (world) => {
        world.api.failNext("get", world.api.refusal("read", "standup"));
        return remove(world, world.olds);
      },
    ],
    "that can't be told of a room that gives its name up, either": [
      "RoomStatusUnknown",
      async (world) => {
        depart(world);
        await world.claims.arriving(world.place.type, "daily", undefined, async () => undefined);
        world.api.failNext("get", world.api.refusal("read", "standup"));
        return create(world);
      },
    ],
    "the room to be replaced got more time": [
      "CannotDelete",
      (world) => {
        world.api.now += 120_000;
        Object.assign(world.api.rooms[0] ?? {}, { expireUnixSec: NOW + 3600 });
        world.claims.claim(world.roomId, { owner: "first", how: "replaces" });
        return remove(world, world.olds);
      },
      { settings: { deleteOnExp: true, expireUnixSec: NOW + 60 } },
    ],
    "the room stays": ["CannotDelete", (world) => remove(world, world.olds), { type: liveStreamingRoom }],
  },
  read: {
    "the state is of another app": ["AppChanged", (world) => refreshRoom(world.place, "standup", elsewhere(world))],
    "it can't be told whether the room is there": [
      "RoomStatusUnknown",
      (world) => {
        world.api.failNext("get", world.api.refusal("update", "standup"));
        return refreshRoom(world.place, "standup", world.olds);
      },
    ],
    "nor whether a room is there that is only looked up": [
      "RoomStatusUnknown",
      (world) => {
        world.api.failNext("get", world.api.refusal("update", "standup"));
        return refreshLookup(world.place, "standup");
      },
    ],
  },
  // tests/unit/lookUp.test.ts.
  "look up": {},
  list: {},
};

for (const [action, rows] of Object.entries(stories)) {
  describe(`an error of a room's ${action} says that, and of which room and app`, () => {
    for (const [title, [cause, work, { type = meetingRoom, settings = {}, name = "standup" } = {}]] of Object.entries(
      rows,
    )) {
      it(`where ${title}: ${cause}`, async () => {
        const api = new FakeApi(type);
        const olds = await inState(api, settings);
        const claims = api.claims();
        const place = api.place({ claims, owner: "first" });
        const facts = await factsOf(work({ api, claims, place, olds, roomId: String(olds.roomId) }), cause);
        assert.deepEqual([facts.action, facts.subject, facts.app], [action, subjectOf(type, name), "demo"]);
      });
    }
  });
}
