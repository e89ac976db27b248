import assert from "node:assert/strict";
import { isCause } from "../../provider/src/errors";
import { compareRoom } from "../../provider/src/pulumi/operations";
import { type Bag, KEY } from "../../provider/src/pulumi/state";
import type { Claim, Claims } from "../../provider/src/rooms/claims";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import type { Owner } from "../../provider/src/rooms/owner";
import { UNKNOWN } from "../../provider/src/schema/kinds";
import { FakeApi } from "../support/fakeApi";
import { inState, leastInputs, NOW } from "../support/rooms";

const named = (roomName: string, more: Bag = {}) => leastInputs(meetingRoom, { roomName, ...more });

describe("what a comparison with the state says of a room", () => {
  let api: FakeApi;
  let claims: Claims;
  let olds: Bag;
  let roomId: string;
  const begin = async (settings: Bag = {}) => {
    api = new FakeApi(meetingRoom);
    olds = await inState(api, settings);
    roomId = String(olds.roomId);
    claims = api.claims();
    claims.declare(meetingRoom, "standup", "first");
  };
  beforeEach(() => begin());
  const compare = (news: Bag, state = olds, owner: Owner = "first") =>
    compareRoom(api.place({ claims, owner }), "standup", state, news);

  it("is whether its resource keeps it, changes it, replaces it under its name, or leaves that for another one", async () => {
    compare(named("standup"));
    assert.deepEqual(claims.claimOf(roomId), { owner: "first", how: "keeps" });
    compare(named("standup", { maxParticipants: 3 }));
    assert.deepEqual(claims.claimOf(roomId), { owner: "first", how: "changes" });
    compare(named("daily"));
    assert.equal(claims.claimOf(roomId), undefined);
    assert.equal(claims.departureOf(meetingRoom, "standup")?.newName, "daily");
    // Which name it is to get isn't known in a preview.
    compare(named(UNKNOWN));
    assert.deepEqual(claims.claimOf(roomId), { owner: "first", how: "replaces" });
    await begin({ deleteOnExp: true, expireUnixSec: NOW + 60 });
    api.now += 120_000;
    compare(named("standup"));
    assert.deepEqual(claims.claimOf(roomId), { owner: "first", how: "replaces" });
  });

  it("is which room has the name in the state, so that another one under it is known for another", () => {
    const isOther = (id: string) => claims.hadAnotherRoom(meetingRoom, "standup", "first", id);
    assert.equal(isOther("made since"), false, "not known yet");
    compare(named("standup"));
    assert.deepEqual([isOther("made since"), isOther(roomId)], [true, false]);
  });

  it("is nothing where the program only looks the room up", () => {
    for (const news of [named("standup"), named("standup", { maxParticipants: 3 }), named("daily")]) {
      compare(news, { ...olds, [KEY.lookup]: true });
      assert.equal(claims.claimOf(roomId), undefined);
      assert.equal(claims.departureOf(meetingRoom, "standup"), undefined);
    }
  });

  it("is nothing where no check has said that the program has a room of the name", () => {
    claims = api.claims();
    compare(named("standup"));
    assert.equal(claims.claimOf(roomId), undefined);
  });

  it("counts under the name that the program asked for, where the server gave it another", () => {
    claims = api.claims();
    claims.declare(meetingRoom, "stand_up", "first");
    compare(named("stand_up"), { ...olds, roomName: "stand_up" });
    assert.equal(claims.claimOf(roomId)?.how, "keeps");
  });

  it("is an error where another resource has adopted the room in this run, unless this one leaves it anyway", () => {
    const adopted: Claim = { owner: "second", how: "adopted" };
    for (const owner of ["first", undefined]) {
      claims.claim(roomId, adopted);
      assert.throws(
        () => compare(named("standup"), olds, owner),
        (error: unknown) => {
          assert.ok(isCause(error, "NameUsedTwice"));
          assert.deepEqual([error.facts.how, error.facts.holder], ["kept", "second"]);
          return true;
        },
      );
      compare(named("daily"), olds, owner);
      assert.deepEqual(claims.claimOf(roomId), adopted);
      assert.equal(claims.departureOf(meetingRoom, "standup"), undefined);
    }
  });

  it("is an error where another resource has the room in its state, too, unless this one leaves it", () => {
    for (const how of ["keeps", "changes", "replaces", "created"] as const) {
      claims.claim(roomId, { owner: "second", how });
      assert.throws(
        () => compare(named("standup", { maxParticipants: 3 })),
        (error: unknown) => isCause(error, "NameUsedTwice") && error.facts.holder === "second",
      );
      compare(named("daily"));
      assert.deepEqual(claims.claimOf(roomId), { owner: "second", how });
      // Where nobody knows resources, it may be the same one, which Pulumi compares again after a refresh.
      claims.claim(roomId, { owner: undefined, how });
      compare(named("standup"), olds, undefined);
      assert.equal(claims.claimOf(roomId)?.how, "keeps");
    }
  });

  it("is none where the resource itself has adopted it: it may keep it, or leave it", () => {
    claims.claim(roomId, { owner: "first", how: "adopted" });
    compare(named("standup"));
    assert.deepEqual(claims.claimOf(roomId), { owner: "first", how: "keeps" });
    claims.claim(roomId, { owner: "first", how: "adopted" });
    compare(named("daily"));
    assert.equal(claims.departureOf(meetingRoom, "standup")?.newName, "daily");
  });
});
