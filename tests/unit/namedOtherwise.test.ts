import assert from "node:assert/strict";
import { MeteredError } from "../../provider/src/errors";
import type { ResourceState } from "../../provider/src/pulumi/kind";
import { compareRoom, createRoom, deleteRoom, refreshRoom, updateRoom } from "../../provider/src/pulumi/operations";
import { settledInputs } from "../../provider/src/pulumi/state";
import type { RoomReply } from "../../provider/src/rooms/api";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { subjectOf } from "../../provider/src/rooms/roomType";
import { factsOf } from "../support/failures";
import { FakeApi } from "../support/fakeApi";
import { autoNamed, leastInputs } from "../support/rooms";
import { SetStory } from "../support/sets";

/** What servers may make of a name that the provider can't foresee. */
const servers: Readonly<Record<string, (name: string) => string>> = {
  "leaves out what it doesn't like": (name) => name.replace(/[^a-z0-9]/g, ""),
  "shortens it": (name) => name.slice(0, 5),
  "appends to it": (name) => `${name}-x7`,
};

describe("a room that Metered names otherwise than it was asked to", () => {
  for (const [title, spell] of Object.entries(servers)) {
    for (const naming of [{ roomName: "stand.up~1" }, autoNamed("standup-1a2b3c4d")]) {
      it(`is ours, where it ${title}, of ${naming.roomName}`, async () => {
        const api = new FakeApi(meetingRoom);
        api.spell = spell;
        api.lookUp = (name) => name;
        const roomName = String(naming.roomName);
        const inputs = leastInputs(meetingRoom, { maxParticipants: 2, ...naming });
        const state = await createRoom(api.place(), inputs);
        assert.deepEqual(api.story, [`POST ${roomName}`, `GET ${roomName}`, `GET ${spell(roomName)}`]);
        assert.equal(state.id, spell(roomName));
        const subject = subjectOf(meetingRoom, roomName);
        assert.deepEqual(api.notes, [{ note: "named otherwise", subject, actual: spell(roomName) }]);
        const again = settledInputs(state.inputs, inputs);
        assert.deepEqual(compareRoom(api.place(), state.id, state.outputs, again).replaces, []);
        assert.deepEqual(compareRoom(api.place(), state.id, state.outputs, again).changed, []);
        const read = await refreshRoom(api.place(), state.id, state.outputs, state.inputs);
        assert.deepEqual([read?.outputs, read?.inputs], [state.outputs, state.inputs]);
        await updateRoom(api.place(), state.id, state.outputs, { ...again, maxParticipants: 3 });
        assert.equal(api.room(spell(roomName))?.maxParticipants, 3);
        await deleteRoom(api.place(), state.id, state.outputs);
        assert.equal(api.room(spell(roomName)), undefined);
      });
    }

    it(`is a set's, where it ${title}`, async () => {
      const api = new FakeApi(meetingRoom);
      api.spell = spell;
      api.lookUp = (name) => name;
      const story = new SetStory(api);
      const privacy = "public";
      const rooms = { generated: { privacy }, given: { privacy, roomName: "given.name~1" } };
      await story.up(rooms);
      for (const look of [async () => undefined, () => story.refresh()]) {
        await look();
        assert.deepEqual(story.keys, ["generated", "given"]);
        await story.up(rooms);
        assert.deepEqual(story.asked, []);
      }
      await story.destroy();
      assert.deepEqual(
        api.rooms.filter(({ archived }) => archived !== true),
        [],
      );
    });
  }

  it("is somebody else's where it wasn't created just now, and nothing is asked for twice", async () => {
    const api = new FakeApi(meetingRoom);
    const other = api.addRoom("other");
    const shown = { roomId: String(other._id), roomName: "other", archived: false, createdAt: 0, answeredAt: api.now };
    const answer = () => api.next("create", async () => ({ ...shown, body: other }));
    answer();
    const { problem, mayHaveHappened, action } = await factsOf(
      createRoom(api.place(), leastInputs(meetingRoom)),
      "UnexpectedResponse",
    );
    assert.deepEqual([problem, mayHaveHappened, action], ["is about another room", true, "create"]);
    assert.deepEqual(api.story, ["POST standup", "GET standup"]);
    // Who then finds an older room under the name that was asked for has met that.
    const older = api.addRoom("standup");
    answer();
    assert.equal((await factsOf(createRoom(api.place(), leastInputs(meetingRoom)), "NameTaken")).how, "exists");
    answer();
    const adopted = await createRoom(api.place({ adoptExisting: true }), leastInputs(meetingRoom));
    assert.equal(adopted.outputs.roomId, older._id);
  });

  it("isn't the one in another call's response, however new: ours is under the name that was asked for", async () => {
    const api = new FakeApi(meetingRoom);
    const others = (await api.create("other", {})).roomId;
    for (const look of [(work: () => Promise<RoomReply>) => work(), () => Promise.reject(api.lost("create"))]) {
      api.next("create", async (work) => {
        await work();
        return api.get("other");
      });
      api.next("get", (work) => work()).next("get", look);
      const created = await createRoom(api.place(), leastInputs(meetingRoom)).catch((error: unknown) => error);
      if (created instanceof MeteredError) assert.equal(created.facts.cause, "UnexpectedResponse");
      else assert.equal((created as ResourceState).outputs.roomId, api.room("standup")?._id);
      assert.ok(api.room("other")?._id === others);
      await api.delete("standup");
    }
  });

  it("is ours beside an older one of the name, where the server refuses none", async () => {
    const api = new FakeApi(meetingRoom);
    api.addRoom("standup");
    api.next("create", () => api.create("standup-x7", {}));
    const { id } = await createRoom(api.place({ adoptExisting: true }), leastInputs(meetingRoom));
    assert.equal(id, "standup-x7");
  });

  it("isn't taken for ours where nothing is under the name that Metered told", async () => {
    const api = new FakeApi(meetingRoom);
    api.next("create", async () => ({ ...(await api.create("elsewhere", {})), roomName: "nowhere" }));
    await factsOf(createRoom(api.place(), leastInputs(meetingRoom)), "UnexpectedResponse");
  });

  it("is ours, where the server makes the same of its name in every call", async () => {
    const api = new FakeApi(meetingRoom);
    api.spell = (name) => name.slice(0, 5);
    const problem = "is about another room";
    const another = new MeteredError({
      cause: "UnexpectedResponse",
      problem,
      mayHaveHappened: false,
      ...api.callOf("read"),
    });
    api.next("get", () => Promise.reject(another));
    const { id } = await createRoom(api.place(), leastInputs(meetingRoom));
    assert.equal(id, "stand");
  });
});
