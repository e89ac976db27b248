import assert from "node:assert/strict";
import { diff } from "../../provider/src/core/diff";
import { NameUsedTwice, RoomReplacedOutside } from "../../provider/src/core/errors";
import { create, deleteRoom, update } from "../../provider/src/core/lifecycle";
import { meetingRoom } from "../../provider/src/core/meetingRoom";
import { Session } from "../../provider/src/core/session";
import type { Bag } from "../../provider/src/core/state";
import { FakeApi } from "../support/fakeApi";
import { inState, leastInputs, NOW } from "../support/rooms";

/** What the engine asks of a resource that the program has as before, or with other settings. */
function asBefore(session: Session, olds: Bag, inputs: Bag, news = inputs): void {
  session.checked(inputs, news);
  session.compared(olds, news, diff(meetingRoom, "standup", olds, news, "demo", NOW));
}

describe("two resources that mean one room", () => {
  let api: FakeApi;
  let session: Session;
  let olds: Bag;
  const inputs = leastInputs(meetingRoom);
  const adopting = () => api.context({ session, adoptExisting: true });
  beforeEach(async () => {
    api = new FakeApi(meetingRoom);
    olds = await inState(api);
    session = new Session();
  });

  it("do not share it: the copy fails, although it may take rooms over", async () => {
    asBefore(session, olds, inputs);
    const before = { ...api.room("standup") };
    await assert.rejects(create(adopting(), leastInputs(meetingRoom, { maxParticipants: 3 })), NameUsedTwice);
    assert.deepEqual(api.room("standup"), before);
  });

  it("do not share it either while the other one is updated", async () => {
    asBefore(session, olds, inputs, leastInputs(meetingRoom, { maxParticipants: 4 }));
    await update(api.context({ session }), "standup", olds, leastInputs(meetingRoom, { maxParticipants: 4 }));
    await assert.rejects(create(adopting(), inputs), NameUsedTwice);
    assert.equal(api.room("standup")?.maxParticipants, 4);
  });

  it("get one each where the name is a made one", async () => {
    const made = leastInputs(meetingRoom, { __auto: true });
    asBefore(session, olds, made);
    const { id } = await create(adopting(), made);
    assert.equal(id, "standup-2");
  });

  it("do not delete it: it stays with the one that the program has", async () => {
    // A former run took it over for another resource, and came to no delete.
    asBefore(session, olds, inputs);
    await deleteRoom(api.context({ session }), "standup", olds);
    assert.equal(api.room("standup")?.archived, false);
  });

  it("do not take each other's room where somebody made it anew", async () => {
    session.held.add(String(api.room("standup")?._id));
    const another = { ...olds, roomId: "61005784c3c9104421af1535" };
    await assert.rejects(update(adopting(), "standup", another, inputs), RoomReplacedOutside);
  });
});

describe("a room that the program no longer has", () => {
  it("is deleted, whatever a refresh before has compared", async () => {
    const api = new FakeApi(meetingRoom);
    const olds = await inState(api);
    const session = new Session();
    // A refresh asks for the difference without a check.
    session.compared(olds, leastInputs(meetingRoom), { changes: false });
    await deleteRoom(api.context({ session }), "standup", olds);
    assert.equal(api.room("standup"), undefined);
  });

  it("is deleted, too, in a replacement without any change of it", async () => {
    const api = new FakeApi(meetingRoom);
    const olds = await inState(api);
    const session = new Session();
    asBefore(session, olds, leastInputs(meetingRoom));
    session.checked({}, leastInputs(meetingRoom));
    await deleteRoom(api.context({ session }), "standup", olds);
    assert.equal(api.room("standup"), undefined);
  });

  it("is deleted, too, in a replacement that only the engine knows of", async () => {
    const api = new FakeApi(meetingRoom);
    const olds = await inState(api);
    const session = new Session();
    // `replaceOnChanges`: the diff leaves open what comes of a change.
    asBefore(session, olds, leastInputs(meetingRoom), leastInputs(meetingRoom, { maxParticipants: 4 }));
    await deleteRoom(api.context({ session }), "standup", olds);
    assert.equal(api.room("standup"), undefined);
  });
});

describe("a room whose name the program changes", () => {
  const named = (roomName: string) => leastInputs(meetingRoom, { roomName });
  let api: FakeApi;
  let session: Session;
  let olds: Bag;
  beforeEach(async () => {
    api = new FakeApi(meetingRoom);
    olds = await inState(api);
    session = new Session();
    api.addRoom("daily");
  });
  const deleted = () => deleteRoom(api.context({ session }), "standup", olds);

  it("is not deleted while another room has the new name", async () => {
    asBefore(session, olds, leastInputs(meetingRoom), named("daily"));
    const message = /Cannot rename the meeting room "standup" to "daily".*Nothing was deleted/;
    await assert.rejects(deleted(), { name: "NameTaken", message });
    assert.equal(api.room("standup")?.archived, false);
  });

  it("is deleted where the new name is not known yet, or is its own again", async () => {
    asBefore(session, olds, leastInputs(meetingRoom), named("daily"));
    // A second look, after what came before it in the program.
    session.compared(olds, { ...named("weekly"), roomName: undefined }, { replaces: ["roomName"] });
    assert.deepEqual([...session.renames], []);
    asBefore(session, olds, leastInputs(meetingRoom), named("daily"));
    asBefore(session, olds, leastInputs(meetingRoom), leastInputs(meetingRoom, { maxParticipants: 4 }));
    await deleted();
    assert.equal(api.room("standup"), undefined);
  });

  it("is deleted where something else replaces it", async () => {
    session.compared(olds, leastInputs(meetingRoom, { expireUnixSec: NOW + 60 }), { replaces: ["expireUnixSec"] });
    await deleted();
    assert.equal(api.room("standup"), undefined);
  });

  it("is remembered by its _id alone", () => {
    const { roomId: _, ...without } = olds;
    session.compared(without, named("daily"), { replaces: ["roomName"] });
    assert.deepEqual([...session.renames], []);
  });
});
