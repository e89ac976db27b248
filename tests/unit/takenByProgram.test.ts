import assert from "node:assert/strict";
import { checkInputs, createRoom } from "../../provider/src/pulumi/operations";
import type { Bag } from "../../provider/src/pulumi/state";
import type { Claim, Claims } from "../../provider/src/rooms/claims";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import type { Owner } from "../../provider/src/rooms/owner";
import { factsOf } from "../support/failures";
import { FakeApi } from "../support/fakeApi";
import { autoNamed, inState, leastInputs } from "../support/rooms";

describe("create under a name whose room", () => {
  let api: FakeApi;
  let claims: Claims;
  let roomId: string;
  beforeEach(async () => {
    api = new FakeApi(meetingRoom);
    ({ roomId } = (await inState(api)) as { roomId: string });
    claims = api.claims();
  });
  const create = (
    owner: Owner,
    { adoptExisting = false, inputs = {} }: { adoptExisting?: boolean; inputs?: Bag } = {},
  ) => createRoom(api.place({ claims, owner, adoptExisting }), leastInputs(meetingRoom, inputs));

  /** Who has said what of the room, and who wants its name. */
  const kept: readonly (readonly [claim: Claim, by: Owner])[] = [
    [{ how: "keeps", owner: "second" }, "first"],
    [{ how: "created", owner: "second" }, "first"],
    [{ how: "adopted", owner: "second" }, "first"],
    [{ how: "changes", owner: "second" }, "first"],
    [{ how: "keeps", owner: "second" }, undefined],
    [{ how: "keeps", owner: undefined }, undefined],
    [{ how: "created", owner: undefined }, undefined],
    [{ how: "adopted", owner: undefined }, undefined],
  ];
  /** A room that may be the one to be replaced, so that its name is free afterwards. */
  const replaced: readonly (readonly [claim: Claim, by: Owner])[] = [
    [{ how: "changes", owner: undefined }, undefined],
    [{ how: "replaces", owner: undefined }, undefined],
    [{ how: "replaces", owner: "second" }, "first"],
    [{ how: "keeps", owner: "first" }, "first"],
    [{ how: "changes", owner: "first" }, "first"],
  ];

  for (const adoptExisting of [false, true]) {
    const how = adoptExisting ? "with adoption" : "without adoption";

    for (const [claim, by] of kept) {
      it(`is another resource's (${claim.owner ?? "unknown"}: ${claim.how}) says whose, ${how}`, async () => {
        claims.claim(roomId, claim);
        const facts = await factsOf(create(by, { adoptExisting }), "NameUsedTwice");
        assert.deepEqual([facts.how, facts.holder], ["kept", claim.owner]);
      });
    }

    for (const [claim, by] of replaced) {
      it(`may be the one to be replaced (${claim.owner ?? "unknown"}: ${claim.how}) says so, ${how}`, async () => {
        claims.claim(roomId, claim);
        assert.equal((await factsOf(create(by, { adoptExisting }), "NameTaken")).how, "replaced");
      });
    }

    it(`belongs to a resource of the state that has not spoken yet says whose the name is, ${how}`, async () => {
      claims.declare(meetingRoom, "standup", "second");
      const facts = await factsOf(create("first", { adoptExisting }), "NameUsedTwice");
      assert.deepEqual([facts.how, facts.holder], ["wanted", "second"]);
      claims.declare(meetingRoom, "standup", undefined);
      assert.equal((await factsOf(create(undefined, { adoptExisting }), "NameTaken")).how, "replaced");
    });
  }

  /** The state has the name, with another room that is gone; whose it is there, and who creates. */
  const succeeded: readonly (readonly [before: Owner, by: Owner, name: "given" | "generated", isOwn: boolean])[] = [
    ["first", "first", "given", true],
    ["first", "first", "generated", true],
    ["second", "first", "given", false],
    [undefined, undefined, "generated", true],
    [undefined, undefined, "given", true],
  ];
  for (const [before, by, named, isOwn] of succeeded) {
    const whose = `${before ?? "unknown"}'s in the state with another room, for ${by ?? "unknown"}, ${named}`;
    it(`is ${whose}: ${isOwn ? "may be what an interrupted run created" : "the name is that one's"}`, async () => {
      const made = api.addRoom("standup-1f2e3d4c");
      const name = named === "given" ? "standup" : "standup-1f2e3d4c";
      const inputs = named === "given" ? {} : autoNamed(name);
      claims.declare(meetingRoom, name, before);
      claims.locate(meetingRoom, name, before, "its old room");
      claims.claim("its old room", { how: "keeps", owner: before });
      if (!isOwn) {
        assert.equal((await factsOf(create(by, { inputs, adoptExisting: true }), "NameUsedTwice")).how, "wanted");
        return;
      }
      const facts = await factsOf(create(by, { inputs }), "NameTaken");
      assert.equal(facts.how, named === "given" ? "exists" : "generated exists");
      const { outputs } = await create(by, { inputs, adoptExisting: true });
      assert.equal(outputs.roomId, named === "given" ? roomId : made._id);
    });
  }

  for (const [first, second] of [
    ["first", "second"],
    [undefined, undefined],
  ] as const) {
    it(`is nobody's yet isn't adopted for one of two that are to have its name (${first ?? "unknown"})`, async () => {
      const inputs = leastInputs(meetingRoom, { roomName: "standup" });
      for (const owner of [first, second]) checkInputs(api.place({ claims, owner }), {}, inputs);
      const facts = await factsOf(create(first, { adoptExisting: true }), "NameUsedTwice");
      assert.deepEqual([facts.how, facts.holder], ["wanted", second]);
      assert.equal(claims.claimOf(roomId), undefined);
    });

    it(`is nobody's is adopted by the one resource that is to have its name, also if renamed (${first ?? "unknown"})`, async () => {
      const place = api.place({ claims, owner: first });
      const inputs = leastInputs(meetingRoom, { roomName: "standup" });
      checkInputs(place, leastInputs(meetingRoom, { roomName: "daily" }), inputs);
      checkInputs(place, {}, inputs);
      assert.equal((await create(first, { adoptExisting: true })).outputs.roomId, roomId);
    });
  }

  it("is the very one that the state has may be replaced, also by its own resource", async () => {
    claims.declare(meetingRoom, "standup", "first");
    claims.locate(meetingRoom, "standup", "first", roomId);
    assert.equal((await factsOf(create("first", { adoptExisting: true }), "NameTaken")).how, "replaced");
  });

  it("is nobody's of this program exists, also where a resource of that name leaves it for another", async () => {
    claims.declare(meetingRoom, "standup", "second");
    claims.depart({ type: meetingRoom, roomId: "older", name: "standup", owner: "second", newName: "daily" });
    await claims.arriving(meetingRoom, "daily", undefined, async () => undefined);
    const facts = await factsOf(create("first"), "NameTaken");
    assert.deepEqual([facts.how, facts.isRenaming], ["exists", true]);
    claims = api.claims();
    const others = await factsOf(create("first"), "NameTaken");
    assert.deepEqual([others.how, others.isRenaming], ["exists", false]);
  });

  it("is another resource's, or to be replaced, takes the next number where the name is generated, as far as it takes", async () => {
    for (const claim of [{ how: "keeps", owner: "second" } as const, { how: "replaces", owner: "first" } as const]) {
      api = new FakeApi(meetingRoom);
      claims = api.claims();
      for (const number of ["", "-2", "-3", "-4"]) {
        const room = api.addRoom(`standup-1f2e3d4c${number}`);
        claims.claim(String(room._id), claim);
      }
      const { id } = await create("first", { inputs: autoNamed("standup-1f2e3d4c") });
      assert.equal(id, "standup-1f2e3d4c-5");
    }
  });

  it("is another resource's tells of the last name that was tried, where all hundred are taken", async () => {
    api = new FakeApi(meetingRoom);
    claims = api.claims();
    for (let number = 1; number <= 100; number++) {
      const room = api.addRoom(number === 1 ? "standup-1f2e3d4c" : `standup-1f2e3d4c-${number}`);
      claims.claim(String(room._id), { how: "keeps", owner: "second" });
    }
    const { subject } = await factsOf(create("first", { inputs: autoNamed("standup-1f2e3d4c") }), "NameUsedTwice");
    assert.equal(subject?.name, "standup-1f2e3d4c-100");
  });
});
