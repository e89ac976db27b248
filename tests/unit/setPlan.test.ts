import assert from "node:assert/strict";
import type { Claims } from "../../provider/src/rooms/claims";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import type { KnownRoom, WantedRoom } from "../../provider/src/rooms/room";
import { claimPlan, countsOf, isAnyChange, isOthers, planOf } from "../../provider/src/rooms/set/plan";
import { UNKNOWN } from "../../provider/src/schema/kinds";
import { FakeApi } from "../support/fakeApi";
import { NOW } from "../support/rooms";

const OVER = { deleteOnExp: true, expireUnixSec: NOW - 1 };

function known(name: string, settings: KnownRoom["settings"] = {}, more: Partial<KnownRoom> = {}): KnownRoom {
  const actual = { wanted: name, isGenerated: false, actual: name };
  return { name: actual, roomId: `id of ${name}`, appName: "demo", settings, facts: {}, origin: "ours", ...more };
}

function generated(name: string, actual = name): KnownRoom {
  return known(actual, {}, { name: { wanted: name, isGenerated: true, actual } });
}

function wanted(name: string, settings: WantedRoom["settings"] = {}, isGenerated = false): WantedRoom {
  return { name: { wanted: name, isGenerated }, settings };
}

type Rooms<T> = Readonly<Record<string, T>>;

describe("the plan of a set", () => {
  let api: FakeApi;
  let claims: Claims;
  beforeEach(() => {
    api = new FakeApi(meetingRoom);
    claims = api.claims();
  });
  const place = () => api.place({ claims, owner: "set" });
  const plan = (before: Rooms<KnownRoom>, after: Rooms<WantedRoom>) =>
    planOf(place(), new Map(Object.entries(before)), new Map(Object.entries(after)));

  /** What becomes of each key, from which key: `b<a:keep`. */
  const short = (before: Rooms<KnownRoom>, after: Rooms<WantedRoom>) =>
    plan(before, after).map((step) => {
      const from = "from" in step && step.from !== step.key ? `<${step.from}` : "";
      return `${step.key}${from}:${step.step}`;
    });

  for (const [what, before, after, steps, isChange] of [
    ["a room that is the same", { a: known("x") }, { a: wanted("x") }, ["a:keep"], false],
    [
      "another spelling of its name, which only the state hears of",
      { a: known("x") },
      { a: wanted("X") },
      ["a:keep"],
      true,
    ],
    ["a generated name that is given by now", { a: generated("x") }, { a: wanted("x") }, ["a:keep"], false],
    ["a numbered name that is given by now", { a: generated("x", "x-2") }, { a: wanted("x-2") }, ["a:keep"], false],
    ["a generated name that isn't given any more", { a: known("x") }, { a: wanted("x", {}, true) }, ["a:keep"], false],
    ["a setting that differs", { a: known("x") }, { a: wanted("x", { autoJoin: true }) }, ["a:update"], true],
    ["another name", { a: known("x") }, { a: wanted("y") }, ["a:rename"], true],
    ["a room that is over, and changed", { a: known("x", OVER) }, { a: wanted("x") }, ["a:recreate"], true],
    ["a room that is over, and isn't", { a: known("x", OVER) }, { a: wanted("x", OVER) }, ["a:keep"], false],
    ["a room that is over, under another name", { a: known("x", OVER) }, { a: wanted("y", OVER) }, ["a:rename"], true],
    ["a new key", { a: known("x") }, { a: wanted("x"), b: wanted("y") }, ["a:keep", "b:create"], true],
    ["a key that is gone", { a: known("x"), b: known("y") }, { b: wanted("y") }, ["b:keep", "a:delete"], true],
    ["a room under another key", { a: known("x") }, { b: wanted("x") }, ["b<a:keep"], true],
    ["the same in another spelling", { a: known("x") }, { b: wanted("X", { autoJoin: true }) }, ["b<a:update"], true],
    [
      "two that swap their names",
      { a: known("x"), b: known("y") },
      { a: wanted("y"), b: wanted("x") },
      ["a<b:keep", "b<a:keep"],
      true,
    ],
    [
      "a name that moves to a new key, and another to its old one",
      { a: known("x") },
      { b: wanted("x"), a: wanted("z") },
      ["b<a:keep", "a:create"],
      true,
    ],
    [
      "a name that another key keeps: it is no other's",
      { a: known("x"), b: known("y") },
      { c: wanted("x"), a: wanted("x"), b: wanted("z") },
      ["c:create", "a:keep", "b:rename"],
      true,
    ],
    [
      "a numbered name, which stays with its room although another key is to have it",
      { a: generated("x", "x-2") },
      { b: wanted("x-2"), a: wanted("x", {}, true) },
      ["b:create", "a:keep"],
      true,
    ],
    [
      "a name that has become free, which a room with a numbered one does without",
      { a: generated("x", "x-2"), b: known("x") },
      { a: wanted("x", {}, true), b: wanted("y") },
      ["a:keep", "b:rename"],
      true,
    ],
    ["nothing", {}, {}, [], false],
  ] as const) {
    it(`knows ${what}`, () => {
      assert.deepEqual(short(before, after), steps);
      assert.equal(isAnyChange(plan(before, after)), isChange);
    });
  }

  it("counts what is done", () => {
    const before = { a: known("a"), b: known("b"), c: known("c", OVER), d: known("d"), e: known("e") };
    const after = {
      a: wanted("a"),
      b: wanted("b2"),
      c: wanted("c"),
      d: wanted("d", { autoJoin: true }),
      f: wanted("f"),
    };
    assert.deepEqual(countsOf(plan(before, after), false), {
      create: 1,
      update: 1,
      replace: 2,
      delete: 1,
      leave: 0,
      unchanged: 1,
    });
    const { delete: deleted, leave } = countsOf(plan(before, after), true);
    assert.deepEqual([deleted, leave], [0, 1]);
  });

  describe("says of the rooms in this run", () => {
    const claim = (before: Rooms<KnownRoom>, after: Rooms<WantedRoom>) => {
      for (const { name } of Object.values(before)) claims.declare(meetingRoom, name.actual, "set");
      claimPlan(place(), plan(before, after));
    };
    const departure = (name: string) => claims.departureOf(meetingRoom, name);

    it("that they are kept, changed, or leave their name, for another one or for none", () => {
      const before = { a: known("a"), b: known("b"), c: known("c"), d: known("d") };
      claim(before, { a: wanted("a"), b: wanted("b", { autoJoin: true }), c: wanted("c2") });
      assert.deepEqual(
        ["a", "b", "c", "d"].map((name) => claims.claimOf(`id of ${name}`)?.how),
        ["keeps", "changes", undefined, undefined],
      );
      assert.deepEqual([departure("c")?.newName, departure("c")?.removed], ["c2", undefined]);
      const { newName, removed, owner, roomId } = departure("d") ?? {};
      assert.deepEqual([newName, removed, owner, roomId], [undefined, before.d, "set", "id of d"]);
    });

    it("that there is none of a name that is to be created, whatever the inputs of the last run say", () => {
      for (const name of ["new", "renamed", "other"]) claims.declare(meetingRoom, name, "set");
      claims.declare(meetingRoom, "theirs", "other set");
      claim({ a: known("old") }, { a: wanted("renamed"), b: wanted("new"), c: wanted("theirs") });
      assert.deepEqual(
        ["new", "renamed", "other", "theirs", "old"].map((name) => claims.isDeclared(meetingRoom, name)),
        [false, false, true, true, true],
      );
    });

    it("that none goes as long as a name isn't known, since it may be that", () => {
      claim({ a: known("a"), b: known("b") }, { a: wanted("a"), c: wanted(UNKNOWN) });
      assert.equal(departure("b"), undefined);
    });

    it("nothing of one that another resource has, or that has no id", () => {
      claims.claim("id of a", { owner: "other", how: "keeps" });
      claim({ a: known("a"), b: known("b", {}, { roomId: undefined }) }, {});
      assert.deepEqual([departure("a"), departure("b")], [undefined, undefined]);
      assert.equal(claims.claimOf("id of a")?.owner, "other");
    });
  });

  for (const [how, owner, isAnothers] of [
    ["keeps", "other", true],
    ["created", "other", true],
    ["keeps", undefined, true],
    ["adopted", "set", true],
    ["keeps", "set", false],
    ["changes", "set", false],
  ] as const) {
    it(`takes a room for ${isAnothers ? "another's" : "its own"} that ${owner ?? "an unknown resource"} ${how}`, () => {
      claims.claim("id of a", { owner, how });
      assert.equal(isOthers(place(), known("a")), isAnothers);
      assert.equal(isOthers(place(), known("b")), false);
      assert.equal(isOthers(place(), known("a", {}, { roomId: undefined })), false);
    });
  }
});
