import assert from "node:assert/strict";
import { MeteredError } from "../../provider/src/errors";
import { createRoom } from "../../provider/src/pulumi/operations";

import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { factsOf, otherFailures } from "../support/failures";
import { FakeApi, START } from "../support/fakeApi";
import { autoNamed, leastInputs } from "../support/rooms";

const HOUR = 3_600_000;

describe("create whose response is lost", () => {
  let api: FakeApi;
  beforeEach(() => {
    api = new FakeApi(meetingRoom);
  });

  const inputs = (more: Record<string, unknown> = {}) => leastInputs(meetingRoom, { maxParticipants: 12, ...more });
  /** While the call is under way, somebody else creates the room; then the connection breaks. */
  const meanwhile = (settings: Record<string, unknown>, createdAfter: number) =>
    api.next("create", async () => {
      api.addRoom("standup", settings, api.now + api.serverAhead + createdAfter);
      api.now += 2000;
      throw api.lost("create");
    });
  const refused = async () => {
    const { how, subject } = await factsOf(createRoom(api.place(), inputs()), "NameTaken");
    assert.deepEqual([how, subject?.name], ["exists", "standup"]);
  };

  it("takes its own room for what it is, without a second create", async () => {
    api.loseNext("create");
    const { id, outputs } = await createRoom(api.place(), inputs());
    assert.equal(id, "standup");
    assert.equal(outputs.roomId, "000000000000000000000001");
    assert.deepEqual(api.story, ["POST standup", "GET standup"]);
    assert.equal(api.rooms.length, 1);
  });

  for (const [title, ahead] of [
    ["an hour ahead of", HOUR],
    ["an hour behind", -HOUR],
  ] as const) {
    it(`goes by the server's clock, be it ${title} ours`, async () => {
      api.serverAhead = ahead;
      api.next("create", async (work) => {
        api.now += 5000;
        await work();
        api.now += 25_000;
        throw api.lost("create");
      });
      assert.equal((await createRoom(api.place(), inputs())).id, "standup");
    });

    it(`refuses a room from before the call, the server's clock being ${title} ours`, async () => {
      api.serverAhead = ahead;
      meanwhile({ privacy: "public", maxParticipants: 12 }, -1001);
      await refused();
    });
  }

  it("refuses a room that was created during the call with another setting", async () => {
    meanwhile({ privacy: "public", maxParticipants: 10 }, 500);
    await refused();
  });

  it("refuses a room that shows a declared setting to be without a value", async () => {
    meanwhile({ privacy: "public", maxParticipants: null }, 500);
    await refused();
  });

  it("refuses a room that does not say when it was created, or by which clock", async () => {
    for (const missing of ["createdAt", "answeredAt"]) {
      api = new FakeApi(meetingRoom);
      api.loseNext("create").next("get", async (work) => ({ ...(await work()), [missing]: undefined }));
      await refused();
    }
  });

  it("takes its own room although the response shows none of the settings", async () => {
    api.show = ({ _id, roomName, created }) => ({ _id, roomName, created });
    api.loseNext("create");
    assert.equal((await createRoom(api.place(), inputs())).outputs.maxParticipants, 12);
  });

  it("takes its own room although the response shows more than is declared", async () => {
    api.show = (body) => ({ ...body, enableChat: true, autoJoin: false, compositionLayout: "grid" });
    api.loseNext("create");
    assert.equal((await createRoom(api.place(), inputs())).outputs.maxParticipants, 12);
  });

  it("takes its own room under the name that the server gave it, looked up only in lower case", async () => {
    api.spell = (name) => name.toLowerCase();
    api.lookUp = (name) => name;
    api.loseNext("create");
    const { id, outputs } = await createRoom(api.place(), inputs({ roomName: "StandUp" }));
    assert.deepEqual([id, outputs.roomName], ["standup", "StandUp"]);
    assert.deepEqual(api.story, ["POST StandUp", "GET StandUp", "GET standup"]);
  });

  it("takes its own room so even where the server tells nothing of a missing one", async () => {
    api.spell = (name) => name.toLowerCase();
    api.lookUp = (name) => name;
    api.missing = "bare";
    api.loseNext("create");
    assert.equal((await createRoom(api.place(), inputs({ roomName: "StandUp" }))).id, "standup");
    assert.deepEqual(api.story, ["POST StandUp", "GET StandUp", "GET standup"]);
  });

  it("creates once more where the room is not there", async () => {
    api.failNext("create", api.lost("create"));
    assert.equal((await createRoom(api.place(), inputs())).id, "standup");
    assert.deepEqual(api.story, ["POST standup", "GET standup", "POST standup"]);
  });

  it("takes its own room when only a later call shows that it is there", async () => {
    api.loseNext("create").failNext("get", api.notFound("read", "standup"));
    assert.equal((await createRoom(api.place(), inputs())).outputs.roomId, "000000000000000000000001");
    assert.deepEqual(api.story, ["POST standup", "GET standup", "POST standup", "GET standup"]);
    assert.equal(api.rooms.length, 1);
  });

  it("believes an uncertain 'not found' only once the account is proven", async () => {
    api.missing = "uncertain";
    api.failNext("create", api.lost("create"));
    await createRoom(api.place(), inputs());
    assert.deepEqual(api.story, ["POST standup", "GET standup", "LIST", "POST standup"]);
  });

  it("gives up when the time is over, with the story of the lost response", async () => {
    const lost = api.lost("create");
    api.triesLeft = 1;
    api.failNext("create", lost).failNext("create", lost);
    await assert.rejects(createRoom(api.place(), inputs()), (error) => error === lost);
    assert.equal(api.story.filter((call) => call === "POST standup").length, 2);
  });

  it("tells of the lost response, not of the look, when even the look fails", async () => {
    for (const failure of otherFailures(api.callOf("read"))) {
      api = new FakeApi(meetingRoom);
      const lost = api.lost("create");
      api.failNext("create", lost).failNext("get", failure);
      await assert.rejects(createRoom(api.place(), inputs()), (error) => error === lost);
    }
  });

  it("tells of the lost response even when a later call says that the name is taken", async () => {
    for (const failure of otherFailures(api.callOf("read"))) {
      const lost = api.lost("create");
      const taken = new MeteredError({ cause: "NameTaken", how: "exists", ...api.callOf("create") });
      api.failNext("create", lost).failNext("create", taken);
      api.failNext("get", api.notFound("read", "standup")).failNext("get", failure);
      await assert.rejects(createRoom(api.place(), inputs()), (error) => error === lost);
    }
  });

  it("leaves a room alone that is called the same but for upper case, where the server keeps the two apart", async () => {
    for (const adoptExisting of [false, true]) {
      api = new FakeApi(meetingRoom);
      const theirs = { ...api.addRoom("standup") };
      api.failNext("create", api.lost("create"));
      const { id } = await createRoom(api.place({ adoptExisting }), inputs({ roomName: "StandUp" }));
      assert.equal(id, "StandUp");
      assert.deepEqual(api.room("standup"), theirs);
    }
  });

  it("leaves it alone, and tells of it, where a refusal gives no reason", async () => {
    for (const adoptExisting of [false, true]) {
      api = new FakeApi(meetingRoom);
      const theirs = { ...api.addRoom("standup") };
      api.failNext("create", api.refusal("create", "StandUp"));
      const created = createRoom(api.place({ adoptExisting }), inputs({ roomName: "StandUp" }));
      const { other, subject } = await factsOf(created, "NamePossiblyTaken");
      assert.deepEqual([other, subject?.name], ["standup", "StandUp"]);
      assert.deepEqual(api.room("standup"), theirs);
    }
  });

  it("takes no other name while the room of the lost call may be what has it", async () => {
    // A server may show a room only some time after it was created.
    const unseen = api.notFound("read", "standup");
    const lost = api.lost("create");
    api.next("create", async (work) => {
      await work();
      throw lost;
    });
    api.failNext("get", unseen).failNext("get", unseen);
    await assert.rejects(createRoom(api.place(), inputs(autoNamed("standup"))), (error) => error === lost);
    assert.deepEqual(api.story, ["POST standup", "GET standup", "POST standup", "GET standup"]);
    assert.equal(api.rooms.length, 1);
  });

  it("takes a live-streaming room's look that tells nothing for 'not there', and creates once more", async () => {
    api = new FakeApi(liveStreamingRoom);
    api.missing = "bare";
    api.failNext("create", api.lost("create"));
    assert.equal((await createRoom(api.place(), leastInputs(liveStreamingRoom))).id, "standup");
    assert.deepEqual(api.story, ["POST standup", "GET standup", "POST standup"]);
  });

  it("does not create again what failed for certain", async () => {
    for (const failure of otherFailures(api.callOf("create"))) {
      api.calls.length = 0;
      api.failNext("create", failure);
      await assert.rejects(createRoom(api.place(), inputs()), (error) => error === failure);
      assert.deepEqual(api.story, ["POST standup"]);
    }
  });

  it("takes no room for its own that another resource has claimed meanwhile", async () => {
    const claims = api.claims();
    api.next("create", async () => {
      const room = api.addRoom("standup", { privacy: "public", maxParticipants: 12 }, api.now);
      claims.claim(String(room._id), { owner: "other", how: "created" });
      throw api.lost("create");
    });
    const { how, holder } = await factsOf(createRoom(api.place({ claims }), inputs()), "NameUsedTwice");
    assert.deepEqual([how, holder], ["kept", "other"]);
  });

  it("counts a room as its own from the very second in which the call began", async () => {
    // The Date header tells whole seconds, so less than one is lost in the comparison.
    api.now = START + 400;
    api.next("create", async (work) => {
      await work();
      throw api.lost("create");
    });
    assert.equal((await createRoom(api.place(), inputs())).id, "standup");
  });
});
