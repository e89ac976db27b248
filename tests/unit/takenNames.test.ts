import assert from "node:assert/strict";
import { MeteredError } from "../../provider/src/errors";
import { compareRoom, createRoom, refreshRoom, updateRoom } from "../../provider/src/pulumi/operations";
import type { Bag } from "../../provider/src/pulumi/state";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { subjectOf } from "../../provider/src/rooms/roomType";
import { errorOf, factsOf, keptBy, otherFailures } from "../support/failures";
import { FakeApi } from "../support/fakeApi";
import { allSettings, autoNamed, leastInputs, types } from "../support/rooms";

const GENERATED = "standup-1f2e3d4c";

describe("create where the name is not free", () => {
  let api: FakeApi;
  beforeEach(() => {
    api = new FakeApi(meetingRoom);
  });

  const given = (more: Bag = {}) => leastInputs(api.type, more);
  const generated = (more: Bag = {}) => given({ ...autoNamed(GENERATED), ...more });
  const posts = () => api.story.filter((call) => call.startsWith("POST ")).map((call) => call.slice(5));
  const create = (inputs: Bag, adoptExisting = false) => createRoom(api.place({ adoptExisting }), inputs);
  const taken = (inputs: Bag, adoptExisting = false) => factsOf(create(inputs, adoptExisting), "NameTaken");
  const addArchived = (...names: string[]) => {
    api.archivedNames = "reserved";
    for (const name of names) api.addRoom(name, { archived: true });
  };

  it("tells by the server's clock whether the room is as new as what an interrupted run leaves", async () => {
    const minutes = 60_000;
    api.serverAhead = 90 * minutes;
    for (const [age, isRecent] of [
      [59, true],
      [61, false],
    ] as const) {
      api.rooms.length = 0;
      api.addRoom("standup", {}, api.now + api.serverAhead - age * minutes);
      assert.equal((await taken(given())).isRecent, isRecent, `${age} minutes`);
    }
  });

  describe("because an archived room keeps it", () => {
    it("says so of a name that the program gave", async () => {
      addArchived("standup");
      for (const adoptExisting of [false, true]) {
        const { how, subject } = await taken(given(), adoptExisting);
        assert.deepEqual([how, subject?.name], ["reserved", "standup"]);
      }
      assert.deepEqual(posts(), ["standup", "standup"]);
    });

    it("takes the next free number for a generated name, and remembers the generated one", async () => {
      for (const [names, expected] of [
        [[GENERATED], `${GENERATED}-2`],
        [[GENERATED, `${GENERATED}-2`], `${GENERATED}-3`],
      ] as const) {
        api = new FakeApi(meetingRoom);
        addArchived(...names);
        const { id, inputs, outputs } = await create(generated());
        assert.deepEqual([id, outputs.roomName, inputs.roomName], [expected, expected, GENERATED]);
        assert.equal(outputs.url, `https://demo.metered.live/${expected}`);
        assert.deepEqual(posts(), [...names, expected]);
      }
    });

    it("takes the server's spelling of a numbered name, which a refresh then keeps", async () => {
      addArchived(GENERATED);
      api.spell = (name) => (name === GENERATED ? name : name.toUpperCase());
      const state = await create(generated());
      const upper = `${GENERATED}-2`.toUpperCase();
      assert.deepEqual([state.id, state.outputs.roomName], [upper, upper]);
      assert.deepEqual(await refreshRoom(api.place(), state.id, state.outputs), state);
      assert.deepEqual(state.inputs, generated());
    });

    it("is settled by one update without a write when the program then gives the numbered name by itself", async () => {
      addArchived(GENERATED);
      const { id, outputs } = await create(generated());
      const news = given({ roomName: id });
      assert.deepEqual(compareRoom(api.place(), id, outputs, news).replaces, []);
      api.calls.length = 0;
      const settled = await updateRoom(api.place(), id, outputs, news);
      assert.deepEqual(api.story, [`GET ${id}`]);
      const { changed, isRewritten } = compareRoom(api.place(), id, settled.outputs, news);
      assert.deepEqual([changed, isRewritten, settled.inputs], [[], false, news]);
    });

    it("gives up on a generated name after a hundred, rather than never", async () => {
      const names = Array.from({ length: 100 }, (_, i) => (i === 0 ? GENERATED : `${GENERATED}-${i + 1}`));
      addArchived(...names);
      assert.equal((await taken(generated())).how, "reserved");
      assert.deepEqual(posts(), names);
    });
  });

  describe("as far as can be told from a refusal without a reason", () => {
    const refuse = (times: number) => {
      for (let i = 0; i < times; i++) api.failNext("create", api.refusal("create", `try ${i + 1}`));
    };

    it("passes the refusal on for a name that the program gave", async () => {
      refuse(1);
      assert.equal((await factsOf(create(given()), "RequestRefused")).isBare, true);
      assert.deepEqual(api.story, ["POST standup", "GET standup"]);
    });

    it("says that the name is taken when the look shows a room", async () => {
      api.addRoom("standup");
      refuse(1);
      assert.equal((await taken(given())).how, "exists");
    });

    it("tries three names for a generated one", async () => {
      refuse(2);
      assert.equal((await create(generated())).id, `${GENERATED}-3`);
      assert.deepEqual(posts(), [GENERATED, `${GENERATED}-2`, `${GENERATED}-3`]);
    });

    it("tells the first refusal after three, since then it is not about the name", async () => {
      refuse(3);
      assert.equal((await factsOf(create(generated()), "RequestRefused")).subject?.name, "try 1");
      assert.equal(posts().length, 3);
    });
  });

  describe("because a living room has it", () => {
    it("leaves the room as it is, and says since when it has the name", async () => {
      for (const type of types) {
        api = new FakeApi(type);
        const theirs = { ...api.addRoom("standup", { enableRecording: true }) };
        const { how, since, subject } = await taken(given());
        assert.deepEqual([how, since, subject], ["exists", Date.UTC(2029, 11, 31) / 1000, subjectOf(type, "standup")]);
        assert.deepEqual([api.rooms, api.story], [[theirs], ["POST standup", "GET standup"]]);
      }
    });

    it("leaves the date out where Metered does not say when the room was created", async () => {
      api.addRoom("standup", { created: undefined });
      assert.equal((await taken(given())).since, undefined);
    });

    it("finds it in lower case where the server lowers names, but looks none up so", async () => {
      api.spell = (name) => name.toLowerCase();
      api.lookUp = (name) => name;
      const { _id } = api.addRoom("standup");
      assert.equal((await taken(given({ roomName: "StandUp" }))).how, "exists");
      assert.deepEqual(api.story, ["POST StandUp", "GET StandUp", "GET standup"]);
      assert.equal((await create(given({ roomName: "StandUp" }), true)).outputs.roomId, _id);
    });

    it("never takes another name for a generated one, lest the room of an interrupted run be orphaned", async () => {
      api.addRoom(GENERATED);
      assert.equal((await taken(generated())).how, "generated exists");
      assert.deepEqual(posts(), [GENERATED]);
    });

    it("says so, too, where the look at the other room fails", async () => {
      for (const failure of otherFailures(api.callOf("read"))) {
        const refusal = new MeteredError({ cause: "NameTaken", how: "exists", ...api.callOf("create") });
        api.failNext("create", refusal).failNext("get", failure);
        assert.equal((await taken(given())).how, "unseen");
      }
    });

    it("tells of the first name that is not free because of a room, not of those that archived ones keep", async () => {
      addArchived(GENERATED);
      api.addRoom(`${GENERATED}-2`);
      const { how, subject } = await taken(generated());
      assert.deepEqual([how, subject?.name], ["generated exists", `${GENERATED}-2`]);
      assert.deepEqual(posts(), [GENERATED, `${GENERATED}-2`]);
    });
  });
});

describe("create with metered:adoptExisting", () => {
  for (const type of types) {
    it(`adopts an existing ${type.label} with all declared settings, and says so`, async () => {
      const api = new FakeApi(type);
      const { _id } = api.addRoom("standup", { enableRecording: false, lang: "en" });
      const settings = allSettings(type);
      const claims = api.claims();
      const place = api.place({ adoptExisting: true, claims, owner: "first" });
      const { id, outputs } = await createRoom(place, leastInputs(type, settings));
      const { roomName: _, ...declared } = settings;
      assert.deepEqual(api.story, ["POST standup", "GET standup", "PUT standup"]);
      assert.deepEqual(api.lastSent, declared);
      assert.deepEqual([id, outputs.roomId, outputs.created], ["standup", _id, "2029-12-31T00:00:00.000Z"]);
      for (const [name, value] of Object.entries(settings)) assert.equal(outputs[name], value, name);
      assert.deepEqual(api.notes, [{ note: "adopted", subject: subjectOf(type, "standup") }]);
      assert.deepEqual(claims.claimOf(String(_id)), { owner: "first", how: "adopted" });
    });
  }

  it("creates a room that does not exist with one call, as ever", async () => {
    const api = new FakeApi(liveStreamingRoom);
    await createRoom(api.place({ adoptExisting: true }), leastInputs(liveStreamingRoom));
    assert.deepEqual([api.story, api.notes], [["POST standup"], []]);
  });

  it("adopts without a write what is as declared already", async () => {
    const api = new FakeApi(meetingRoom);
    api.addRoom("standup", { privacy: "public" });
    await createRoom(api.place({ adoptExisting: true }), leastInputs(meetingRoom));
    assert.deepEqual(api.story, ["POST standup", "GET standup"]);
  });

  it("adopts what an interrupted run left behind under a generated name", async () => {
    const api = new FakeApi(meetingRoom);
    const { _id } = api.addRoom(GENERATED);
    const inputs = leastInputs(meetingRoom, autoNamed(GENERATED));
    const { outputs, inputs: asked } = await createRoom(api.place({ adoptExisting: true }), inputs);
    assert.deepEqual([outputs.roomId, outputs.roomName, asked], [_id, GENERATED, inputs]);
  });

  it("keeps a room in state that did not take the declared settings", async () => {
    const api = new FakeApi(meetingRoom);
    api.addRoom("standup", { privacy: "private" });
    api.show = (body) => ({ ...body, privacy: "private" });
    const kept = await keptBy(createRoom(api.place({ adoptExisting: true }), leastInputs(meetingRoom)));
    assert.deepEqual([kept.id, kept.outputs.privacy], ["standup", "private"]);
  });

  it("adopts nothing for certain where the response to its update is lost, and the next run does", async () => {
    const api = new FakeApi(meetingRoom);
    const { _id } = api.addRoom("standup", { privacy: "private" });
    for (const isDone of [true, false]) {
      const lost = api.lost("update");
      api.next("update", async (work) => {
        if (isDone) await work();
        throw lost;
      });
      assert.equal(await errorOf(createRoom(api.place({ adoptExisting: true }), leastInputs(meetingRoom))), lost);
      const { outputs } = await createRoom(api.place({ adoptExisting: true }), leastInputs(meetingRoom));
      assert.deepEqual([outputs.roomId, outputs.privacy], [_id, "public"]);
      Object.assign(api.room("standup") ?? {}, { privacy: "private" });
    }
  });

  it("does not adopt a room that is archived", async () => {
    const api = new FakeApi(meetingRoom);
    api.archivedNames = "reserved";
    api.addRoom("standup", { archived: true });
    api.next("get", async () => ({ roomId: "1", roomName: "standup", archived: true, body: {} }));
    const created = createRoom(api.place({ adoptExisting: true }), leastInputs(meetingRoom));
    assert.equal((await factsOf(created, "NameTaken")).how, "reserved");
    assert.deepEqual(api.story, ["POST standup", "GET standup"]);
  });
});
