import assert from "node:assert/strict";
import {
  BadKey,
  type MeteredError,
  NameTaken,
  NoConnection,
  RequestRefused,
  ServerError,
} from "../../provider/src/core/errors";
import { create } from "../../provider/src/core/lifecycle";
import { liveStreamingRoom } from "../../provider/src/core/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/core/meetingRoom";
import { FakeApi, START } from "../support/fakeApi";
import { leastInputs } from "../support/rooms";

const HOUR = 3_600_000;

describe("create whose reply is lost", () => {
  let api: FakeApi;
  beforeEach(() => {
    api = new FakeApi(meetingRoom);
  });

  const inputs = (more: Record<string, unknown> = {}) => leastInputs(meetingRoom, { maxParticipants: 12, ...more });
  /** While the call is under way, somebody else makes the room; then the connection breaks. */
  const meanwhile = (settings: Record<string, unknown>, createdAfter: number) =>
    api.next("create", async () => {
      api.addRoom("standup", settings, api.now + api.serverAhead + createdAfter);
      api.now += 2000;
      throw api.lost("create");
    });
  const refused = () =>
    assert.rejects(create(api.context(), inputs()), (error: Error) => {
      assert.ok(error instanceof NameTaken);
      assert.match(error.message, /^Cannot create the meeting room "standup": a room of that name exists/);
      return true;
    });

  it("takes its own room for what it is, without a second create", async () => {
    api.loseNext("create");
    const { id, outs } = await create(api.context(), inputs());
    assert.equal(id, "standup");
    assert.equal(outs.roomId, "000000000000000000000001");
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
      assert.equal((await create(api.context(), inputs())).id, "standup");
    });

    it(`refuses a room from before the call, the server's clock being ${title} ours`, async () => {
      api.serverAhead = ahead;
      meanwhile({ privacy: "public", maxParticipants: 12 }, -1001);
      await refused();
    });
  }

  it("refuses a room that was made during the call with another setting", async () => {
    meanwhile({ privacy: "public", maxParticipants: 10 }, 500);
    await refused();
  });

  it("refuses a room that shows a declared setting to be without a value", async () => {
    meanwhile({ privacy: "public", maxParticipants: null }, 500);
    await refused();
  });

  it("refuses a room that does not say when it was made, or by which clock", async () => {
    for (const missing of ["createdAt", "answeredAt"]) {
      api = new FakeApi(meetingRoom);
      api.loseNext("create").next("get", async (work) => ({ ...(await work()), [missing]: undefined }));
      await refused();
    }
  });

  it("takes its own room although the reply shows none of the settings", async () => {
    api.show = ({ _id, roomName, created }) => ({ _id, roomName, created });
    api.loseNext("create");
    assert.equal((await create(api.context(), inputs())).outs.maxParticipants, 12);
  });

  it("takes its own room under the name that the server made of it, looked up only in lower case", async () => {
    api.spell = (name) => name.toLowerCase();
    api.lookUp = (name) => name;
    api.loseNext("create");
    const { id, outs } = await create(api.context(), inputs({ roomName: "StandUp" }));
    assert.deepEqual([id, outs.roomName], ["standup", "StandUp"]);
    assert.deepEqual(api.story, ["POST StandUp", "GET StandUp", "GET standup"]);
  });

  it("takes its own room so even where the server tells nothing of a missing one", async () => {
    api.spell = (name) => name.toLowerCase();
    api.lookUp = (name) => name;
    api.missing = "bare";
    api.loseNext("create");
    assert.equal((await create(api.context(), inputs({ roomName: "StandUp" }))).id, "standup");
    assert.deepEqual(api.story, ["POST StandUp", "GET StandUp", "GET standup"]);
  });

  it("creates once more where the room is not there", async () => {
    api.failNext("create", api.lost("create"));
    assert.equal((await create(api.context(), inputs())).id, "standup");
    assert.deepEqual(api.story, ["POST standup", "GET standup", "POST standup"]);
  });

  it("takes its own room when only a later call shows that it is there", async () => {
    api.loseNext("create").failNext("get", api.notFound("read", "standup"));
    assert.equal((await create(api.context(), inputs())).outs.roomId, "000000000000000000000001");
    assert.deepEqual(api.story, ["POST standup", "GET standup", "POST standup", "GET standup"]);
    assert.equal(api.rooms.length, 1);
  });

  it("believes an uncertain 'not found' only once the account is proven", async () => {
    api.missing = "uncertain";
    api.failNext("create", api.lost("create"));
    await create(api.context(), inputs());
    assert.deepEqual(api.story, ["POST standup", "GET standup", "LIST", "POST standup"]);
  });

  it("gives up when the time is over, with the story of the lost reply", async () => {
    const lost = api.lost("create");
    api.triesLeft = 1;
    api.failNext("create", lost).failNext("create", lost);
    await assert.rejects(create(api.context(), inputs()), (error) => error === lost);
    assert.equal(api.story.filter((call) => call === "POST standup").length, 2);
  });

  it("tells of the lost reply, not of the look, when even the look fails", async () => {
    const call = { action: "read" as const, subject: 'meeting room "standup"', appName: "demo", isLive: false };
    const failures: MeteredError[] = [
      new NoConnection(call, "the connection was refused", 3, false),
      new ServerError(call, 500, "", 3, false),
      new BadKey(call, ""),
    ];
    for (const failure of failures) {
      api = new FakeApi(meetingRoom);
      const lost = api.lost("create");
      api.failNext("create", lost).failNext("get", failure);
      await assert.rejects(create(api.context(), inputs()), (error) => error === lost);
    }
  });

  it("tells of the lost reply even when a later call says that the name is taken", async () => {
    const call = { action: "read" as const, subject: 'meeting room "standup"', appName: "demo", isLive: false };
    const lost = api.lost("create");
    api.failNext("create", lost).failNext("create", new NameTaken("already exists"));
    api.failNext("get", api.notFound("read", "standup")).failNext("get", new ServerError(call, 500, "", 3, false));
    await assert.rejects(create(api.context(), inputs()), (error) => error === lost);
  });

  it("leaves a room alone that is called the same but for upper case, where the server keeps the two apart", async () => {
    for (const adoptExisting of [false, true]) {
      api = new FakeApi(meetingRoom);
      const theirs = { ...api.addRoom("standup") };
      api.failNext("create", api.lost("create"));
      const { id } = await create(api.context({ adoptExisting }), inputs({ roomName: "StandUp" }));
      assert.equal(id, "StandUp");
      assert.deepEqual(api.room("standup"), theirs);
    }
  });

  it("leaves it alone, and tells of it, where a refusal gives no reason", async () => {
    for (const adoptExisting of [false, true]) {
      api = new FakeApi(meetingRoom);
      const theirs = { ...api.addRoom("standup") };
      const call = { action: "create" as const, subject: 'meeting room "StandUp"', appName: "demo", isLive: false };
      api.failNext("create", new RequestRefused(call, "Invalid request", true));
      const made = create(api.context({ adoptExisting }), inputs({ roomName: "StandUp" }));
      await assert.rejects(made, {
        name: "PerhapsTaken",
        message: /a room "standup" exists; it was left as it is\. If that one is meant, declare its very name/,
      });
      assert.deepEqual(api.room("standup"), theirs);
    }
  });

  it("takes no other name while the room of the lost call may be what has it", async () => {
    // A server may show a room only some time after it was made.
    const unseen = api.notFound("read", "standup");
    const lost = api.lost("create");
    api.next("create", async (work) => {
      await work();
      throw lost;
    });
    api.failNext("get", unseen).failNext("get", unseen);
    await assert.rejects(create(api.context(), inputs({ __auto: true })), (error) => error === lost);
    assert.deepEqual(api.story, ["POST standup", "GET standup", "POST standup", "GET standup"]);
    assert.equal(api.rooms.length, 1);
  });

  it("takes a live-streaming room's look that tells nothing for 'not there', and creates once more", async () => {
    api = new FakeApi(liveStreamingRoom);
    api.missing = "bare";
    api.failNext("create", api.lost("create"));
    assert.equal((await create(api.context(), leastInputs(liveStreamingRoom))).id, "standup");
    assert.deepEqual(api.story, ["POST standup", "GET standup", "POST standup"]);
  });

  it("does not create again what failed for certain", async () => {
    const call = { action: "create" as const, subject: 'meeting room "standup"', appName: "demo", isLive: false };
    const failed = new NoConnection(call, "the connection was refused", 3, false);
    api.failNext("create", failed);
    await assert.rejects(create(api.context(), inputs()), (error) => error === failed);
    assert.deepEqual(api.story, ["POST standup"]);
  });

  it("takes its own room even where nothing may be adopted, for it is no other's", async () => {
    api.loseNext("create");
    const beside = inputs({ __auto: true, __createFirst: true });
    assert.equal((await create(api.context(), beside)).id, "standup");
  });

  it("counts a room as its own from the very second in which the call began", async () => {
    // The Date header tells whole seconds, so less than one is lost in the comparison.
    api.now = START + 400;
    api.next("create", async (work) => {
      await work();
      throw api.lost("create");
    });
    assert.equal((await create(api.context(), inputs())).id, "standup");
  });
});
