import assert from "node:assert/strict";
import { deleteRoom } from "../../provider/src/pulumi/operations";
import type { Bag } from "../../provider/src/pulumi/state";
import type { Claim, Claims } from "../../provider/src/rooms/claims";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import type { Owner } from "../../provider/src/rooms/owner";
import { subjectOf } from "../../provider/src/rooms/roomType";
import { FakeApi } from "../support/fakeApi";
import { inState } from "../support/rooms";

describe("delete of a room that a resource of the program is about", () => {
  let api: FakeApi;
  let claims: Claims;
  let olds: Bag;
  beforeEach(async () => {
    api = new FakeApi(meetingRoom);
    olds = await inState(api);
    claims = api.claims();
  });
  const remove = (owner: Owner, state = olds) => deleteRoom(api.place({ claims, owner }), "standup", state);

  /** Who has said what about the room, who has created another one in this run, and whose old room is to be deleted. */
  type Row = readonly [claim: Claim | undefined, creator: string | undefined, deletes: Owner];
  const deleted: Readonly<Record<string, Row>> = {
    "nobody has spoken of it": [undefined, undefined, "first"],
    "its resource has created it": [{ how: "created", owner: "first" }, undefined, "first"],
    "its resource changes it, which an option may turn into a replacement": [
      { how: "changes", owner: "first" },
      undefined,
      "first",
    ],
    "an unknown resource changes it": [{ how: "changes", owner: undefined }, undefined, undefined],
    "its resource replaces it under its name": [{ how: "replaces", owner: "first" }, undefined, "first"],
    "its resource has got another room, although it said that it keeps this one": [
      { how: "keeps", owner: "first" },
      "first",
      "first",
    ],
  };
  const left: Readonly<Record<string, Row>> = {
    "another resource has adopted it": [{ how: "adopted", owner: "second" }, undefined, "first"],
    "the same resource has adopted it: this is its old room": [{ how: "adopted", owner: "first" }, undefined, "first"],
    "an unknown resource has adopted it": [{ how: "adopted", owner: undefined }, undefined, undefined],
    "another resource keeps it": [{ how: "keeps", owner: "second" }, undefined, "first"],
    "another resource keeps it, and has created one besides": [{ how: "keeps", owner: "second" }, "second", "first"],
    "another resource keeps it, and is asked for by an unknown one": [
      { how: "keeps", owner: "second" },
      "second",
      undefined,
    ],
    "its resource keeps it: an interrupted run had adopted it once more": [
      { how: "keeps", owner: "first" },
      "second",
      "first",
    ],
    "an unknown resource keeps it": [{ how: "keeps", owner: undefined }, "second", undefined],
  };

  for (const [rows, isLeft] of [
    [deleted, false],
    [left, true],
  ] as const) {
    for (const [title, [claim, creator, deletes]] of Object.entries(rows)) {
      it(`${isLeft ? "leaves it alone, and says so" : "deletes it"}, where ${title}`, async () => {
        if (claim) claims.claim(String(olds.roomId), claim);
        if (creator) claims.claim("another room", { how: "created", owner: creator });
        await remove(deletes);
        assert.equal(api.room("standup") !== undefined, isLeft);
        const notes = isLeft ? [{ note: "handed over", subject: subjectOf(meetingRoom, "standup") }] : [];
        assert.deepEqual([api.notes, api.calls.length > 0], [notes, !isLeft]);
      });
    }
  }

  it("hands the name over where its resource is renamed: whoever waits for it need not delete it again", async () => {
    const { roomId } = olds as { roomId: string };
    claims.depart({ type: meetingRoom, roomId, name: "standup", owner: "first", newName: "daily" });
    await remove("first");
    assert.equal(claims.departureOf(meetingRoom, "standup")?.isHandedOver, true);
    assert.equal(api.room("standup"), undefined);
  });

  it("hands no name over for a room that is not the one that leaves it", async () => {
    const { roomId } = olds as { roomId: string };
    claims.depart({ type: meetingRoom, roomId, name: "standup", owner: "first", newName: "daily" });
    await remove("second", { ...olds, roomId: "an older room" });
    assert.equal(claims.departureOf(meetingRoom, "standup")?.isHandedOver, false);
    assert.ok(api.room("standup"));
  });

  it("says nothing of another room under the name where a resource of this run has it", async () => {
    for (const isKnown of [true, false]) {
      api.notes.length = 0;
      claims = api.claims();
      if (isKnown) claims.claim(String(olds.roomId), { how: "created", owner: "second" });
      await remove("first", { ...olds, roomId: "an older room" });
      assert.deepEqual(
        api.notes.map(({ note }) => note),
        isKnown ? [] : ["other room"],
      );
    }
    assert.ok(api.room("standup"));
  });
});
