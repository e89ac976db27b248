import assert from "node:assert/strict";
import { MeteredError } from "../../provider/src/errors";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { generateNameInSet } from "../../provider/src/rooms/name";
import { FakeApi } from "../support/fakeApi";
import { manyRooms, SET, SetStory, said } from "../support/sets";

const publicRoom = { privacy: "public" };

describe("a set of rooms", () => {
  it("creates each room by one call, with complete outputs, and is then left alone", async () => {
    const story = new SetStory();
    await story.up({ "math 1": publicRoom, lab: { ...publicRoom, roomName: "the-lab", maxParticipants: 7 } });
    const name = generateNameInSet(SET, "math 1");
    assert.match(name, /^math-1-[0-9a-f]{8}$/);
    assert.deepEqual(story.asked, [`POST ${name}`, "POST the-lab"].sort());
    const { _id: roomId, created } = story.api.room("the-lab") as Record<string, unknown>;
    const url = "https://demo.metered.live/the-lab";
    assert.deepEqual(story.rooms.lab, { ...publicRoom, maxParticipants: 7, roomName: "the-lab", roomId, created, url });
    assert.equal(story.rooms["math 1"]?.roomName, name);
    assert.deepEqual([story.outputs.appName, story.outputs.__auto], ["demo", SET]);
    await story.up({ "math 1": publicRoom, lab: { ...publicRoom, roomName: "the-lab", maxParticipants: 7 } });
    assert.deepEqual(story.asked, []);
  });

  it("is refreshed by one request, and destroyed by one and one for each room", async () => {
    const story = new SetStory();
    await story.up(manyRooms(20));
    await story.refresh();
    assert.deepEqual(story.asked, ["LIST"]);
    assert.equal(story.keys.length, 20);
    await story.destroy();
    assert.equal(story.asked.length, 21);
    assert.ok(story.api.rooms.every(({ archived }) => archived));
    await story.destroy();
    assert.deepEqual(story.asked, ["LIST"]);
  });

  it("asks for rooms by themselves where the list shows them without their settings", async () => {
    const story = new SetStory(undefined, { shows: ({ _id, roomName, archived }) => ({ _id, roomName, archived }) });
    await story.up(manyRooms(3));
    await story.refresh();
    assert.equal(story.asked.filter((call) => call.startsWith("GET")).length, 3);
    await story.destroy();
    assert.equal(story.asked.filter((call) => call.startsWith("GET")).length, 0);
  });

  it("changes what differs, and nothing else: one request, and one for each change", async () => {
    const story = new SetStory();
    const rooms = manyRooms(10);
    await story.up(rooms);
    await story.up({ ...rooms, "room-3": { privacy: "private" }, "room-5": { ...publicRoom, autoJoin: true } });
    const names = ["room-3", "room-5"].map((key) => generateNameInSet(SET, key));
    assert.deepEqual(story.asked, ["LIST", ...names.map((name) => `PUT ${name}`)].sort());
    assert.equal(story.rooms["room-3"]?.privacy, "private");
    await story.up({ ...rooms, "room-3": { privacy: "private" } });
    assert.deepEqual(story.asked, [`GET ${names[1]}`], "autoJoin is kept, since Metered knows no way to clear it");
  });

  it("creates new keys and deletes removed ones", async () => {
    const story = new SetStory();
    await story.up({ a: publicRoom, b: publicRoom, c: publicRoom });
    await story.up({ a: publicRoom, d: publicRoom });
    assert.deepEqual(story.keys, ["a", "d"]);
    assert.deepEqual(
      story.asked.map((call) => call.replace(/-[0-9a-f]{8}$/, "")),
      ["DELETE b", "DELETE c", "LIST", "POST d"],
    );
  });

  it("keeps a room whose key changes and whose name doesn't, without any request", async () => {
    const story = new SetStory();
    await story.up({ a: { ...publicRoom, roomName: "x" }, b: { ...publicRoom, roomName: "y" } });
    const before = story.rooms;
    await story.up({ b: { ...publicRoom, roomName: "x" }, c: { ...publicRoom, roomName: "y" } });
    assert.deepEqual(story.asked, []);
    assert.deepEqual(story.rooms, { b: before.a, c: before.b });
    await story.up({ b: { ...publicRoom, roomName: "y" }, c: { ...publicRoom, roomName: "x" } });
    assert.deepEqual([story.asked, story.rooms], [[], { b: before.b, c: before.a }]);
  });

  it("creates a renamed room before it deletes the old one, and keeps that if Metered refuses the new name", async () => {
    const story = new SetStory();
    await story.up({ a: { ...publicRoom, roomName: "old" } });
    story.api.addRoom("taken");
    assert.ok(await story.up({ a: { ...publicRoom, roomName: "taken" } }));
    assert.equal(story.rooms.a?.roomName, "old");
    assert.ok(story.api.room("old"));
    await story.up({ a: { ...publicRoom, roomName: "new" } });
    assert.deepEqual(story.api.story, ["POST new", "GET old", "DELETE old"]);
    assert.equal(story.rooms.a?.roomName, "new");
  });

  it("comes back to an old room that could not be deleted after a rename", async () => {
    const story = new SetStory();
    await story.up({ a: { ...publicRoom, roomName: "old" } });
    story.api.failNext("delete", story.api.refusal("delete", "old"));
    assert.ok(await story.up({ a: { ...publicRoom, roomName: "new" } }));
    assert.equal(story.rooms.a?.roomName, "new");
    await story.up({ a: { ...publicRoom, roomName: "new" } });
    assert.deepEqual(story.asked, ["DELETE old", "GET old"]);
    await story.up({ a: { ...publicRoom, roomName: "new" } });
    assert.deepEqual(story.asked, []);
  });

  it("drops rooms that are gone when it is refreshed, and creates them again", async () => {
    const story = new SetStory();
    await story.up({ a: publicRoom, b: publicRoom, c: publicRoom });
    Object.assign(story.api.rooms[1] as object, { archived: true });
    story.api.rooms.splice(0, 1);
    await story.refresh();
    assert.deepEqual(story.keys, ["c"]);
    assert.deepEqual(Object.keys(story.inputs.rooms as object), ["c"]);
    await story.up({ a: publicRoom, b: publicRoom, c: publicRoom });
    assert.deepEqual(story.keys, ["a", "b", "c"]);
  });

  it("shows what was changed outside, by key, and puts it back", async () => {
    const story = new SetStory();
    await story.up(manyRooms(3, { privacy: "public", maxParticipants: 5 }));
    Object.assign(story.api.rooms[1] as object, { maxParticipants: 9 });
    await story.refresh();
    assert.equal(story.rooms["room-1"]?.maxParticipants, 9);
    assert.equal((story.inputs.rooms as typeof story.rooms)["room-1"]?.maxParticipants, 9);
    await story.up(manyRooms(3, { privacy: "public", maxParticipants: 5 }));
    assert.equal(story.api.rooms[1]?.maxParticipants, 5);
  });

  it("keeps names as the program spells them, whatever the server makes of them", async () => {
    const story = new SetStory();
    story.api.spell = (name) => name.toLowerCase().replaceAll("_", "-");
    const rooms = { a: { ...publicRoom, roomName: "Big_Hall" } };
    await story.up(rooms);
    assert.equal(story.rooms.a?.roomName, "Big_Hall");
    await story.up(rooms);
    assert.deepEqual(story.asked, []);
    await story.refresh();
    await story.up(rooms);
    assert.deepEqual(story.asked, []);
    await story.destroy();
    assert.equal(story.api.rooms[0]?.archived, true);
  });

  it("takes another spelling of a name for no other name, as single rooms do, so there is nothing to do", async () => {
    const story = new SetStory();
    await story.up({ a: { ...publicRoom, roomName: "Hall" }, b: publicRoom });
    story.api.notes.length = 0;
    assert.equal(await story.up({ a: { ...publicRoom, roomName: "hall" }, b: publicRoom }), undefined);
    assert.deepEqual([story.asked, story.api.notes], [[], []]);
    await story.up({ a: { privacy: "private", roomName: "hall" }, b: publicRoom });
    assert.deepEqual([story.rooms.a?.roomName, story.rooms.a?.privacy], ["Hall", "private"]);
  });

  it("has nothing to do where the program gives the very names that were generated", async () => {
    const story = new SetStory();
    story.api.addRoom(generateNameInSet(SET, "b"));
    story.api.archivedNames = "reserved";
    Object.assign(story.api.rooms[0] as object, { archived: true });
    await story.up({ a: publicRoom, b: publicRoom });
    const named = (key: string) => ({ ...publicRoom, roomName: story.rooms[key]?.roomName });
    assert.match(String(named("b").roomName), /^b-[0-9a-f]{8}-2$/);
    story.api.notes.length = 0;
    await story.up({ a: named("a"), b: named("b") });
    assert.deepEqual([story.asked, story.api.notes], [[], []]);
  });

  it("leaves removed rooms on Metered where the program says so", async () => {
    const story = new SetStory();
    await story.up({ a: publicRoom, b: publicRoom });
    await story.up({ a: publicRoom }, { retainRemoved: true });
    assert.deepEqual([story.asked, story.keys], [[], ["a"]]);
    assert.equal(story.api.rooms.filter(({ archived }) => !archived).length, 2);
  });

  it("keeps a live-streaming room that can't be deleted in the state, and names the way out", async () => {
    const story = new SetStory(new FakeApi(liveStreamingRoom));
    await story.up({ a: { enableRecording: true }, b: {} });
    assert.match(said(await story.up({ a: { enableRecording: true } })), /set retainRemoved to true on the set/);
    assert.deepEqual(story.keys, ["a", "b"]);
    await story.up({ a: { enableRecording: true } }, { retainRemoved: true });
    assert.deepEqual(story.keys, ["a"]);
    const kept = /set the resource option retainOnDelete: true on the set, run pulumi up, then remove the set again/;
    await assert.rejects(story.destroy(), (error) => kept.test(said(error)));
  });

  it("takes keys of any text", async () => {
    const story = new SetStory();
    const keys = ["", "ü ß", 'a"b', "constructor", "a.b[0]", "日本"];
    await story.up(Object.fromEntries(keys.map((key) => [key, publicRoom])));
    assert.deepEqual(story.keys, [...keys].sort());
    await story.refresh();
    await story.up(Object.fromEntries(keys.map((key) => [key, publicRoom])));
    assert.deepEqual(story.asked, []);
  });

  it("replaces a room that is over by deleting it first", async () => {
    const story = new SetStory();
    const now = story.api.now / 1000;
    const ends = (expireUnixSec: number) => ({ a: { ...publicRoom, deleteOnExp: true, expireUnixSec }, b: publicRoom });
    await story.up(ends(now + 60));
    const { roomId } = story.rooms.a as { roomId: string };
    story.api.now += 120_000;
    await story.up(ends(now + 600));
    assert.notEqual(story.rooms.a?.roomId, roomId);
    const { roomName } = story.rooms.a as { roomName: string };
    assert.deepEqual(story.api.story, [`GET ${roomName}`, `DELETE ${roomName}`, `POST ${roomName}`]);
    assert.equal(story.api.rooms.filter(({ archived }) => !archived).length, 2);
  });

  it("keep a room that moves to the key of one that is removed", async () => {
    const story = new SetStory();
    await story.up({ one: { privacy: "public", roomName: "ada" }, two: { privacy: "public" } });
    const { roomId } = story.rooms.one ?? {};
    await story.up({ two: { privacy: "public", roomName: "ada" } });
    assert.deepEqual(story.keys, ["two"]);
    assert.equal(story.rooms.two?.roomId, roomId);
    assert.deepEqual(
      story.api.rooms.filter(({ archived }) => !archived).map(({ roomName }) => roomName),
      ["ada"],
    );
  });

  it("remember a removed room that could not be deleted, although its key is in use", async () => {
    const story = new SetStory();
    await story.up({ one: { privacy: "public", roomName: "ada" }, two: { privacy: "public", roomName: "bea" } });
    const after = { two: { privacy: "public", roomName: "ada" } };
    const refused = {
      cause: "RequestRefused",
      said: "no",
      isBare: false,
      ...story.api.callOf("delete", "bea"),
    } as const;
    story.api.failNext("delete", new MeteredError(refused));
    assert.ok(await story.up(after));
    assert.equal(await story.up(after), undefined);
    assert.deepEqual(
      story.api.rooms.filter(({ archived }) => !archived).map(({ roomName }) => roomName),
      ["ada"],
    );
    assert.equal(await story.up(after), undefined);
  });
});
