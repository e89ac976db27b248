import assert from "node:assert/strict";
import { type MeteredError, NameTaken, NameUsedTwice, RequestRefused } from "../../provider/src/core/errors";
import { NotAsDeclared } from "../../provider/src/core/initFailures";
import { create, read } from "../../provider/src/core/lifecycle";
import { liveStreamingRoom } from "../../provider/src/core/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/core/meetingRoom";
import { Session } from "../../provider/src/core/session";
import { FakeApi } from "../support/fakeApi";
import { allSettings, leastInputs, types } from "../support/rooms";

const AUTO = "standup-1f2e3d4c";

describe("create where the name is not free", () => {
  let api: FakeApi;
  beforeEach(() => {
    api = new FakeApi(meetingRoom);
  });

  const explicit = (more: Record<string, unknown> = {}) => leastInputs(api.type, more);
  const auto = (more: Record<string, unknown> = {}) => explicit({ roomName: AUTO, __auto: true, ...more });
  const posts = () => api.story.filter((call) => call.startsWith("POST ")).map((call) => call.slice(5));
  const fails = async (inputs: Record<string, unknown>, adoptExisting = false): Promise<MeteredError> => {
    const context = api.context({ adoptExisting });
    return create(context, inputs).then(
      () => assert.fail("it should have failed"),
      (error: MeteredError) => error,
    );
  };
  const addArchived = (...names: string[]) => {
    api.archivedNames = "reserved";
    for (const name of names) api.addRoom(name, { archived: true });
  };

  describe("because another resource of the program has it in this very run", () => {
    const message =
      'Cannot create the meeting room "standup": another resource of this program has the room of that name. ' +
      "Give one of the two another roomName.";

    for (const adoptExisting of [false, true]) {
      it(`says so, and ${adoptExisting ? "does not take it over either" : "does not advise to take it over"}`, async () => {
        const context = api.context({ adoptExisting });
        await create(context, explicit({ maxParticipants: 3 }));
        await assert.rejects(create(context, explicit()), (error) => {
          assert.ok(error instanceof NameUsedTwice);
          assert.equal(error.message, message);
          return true;
        });
        assert.equal(api.room("standup")?.maxParticipants, 3);
      });
    }

    it("says so, too, where the reply of the second create is lost", async () => {
      const context = api.context();
      // As if both were under way at once: the room is as young as the second call.
      await create(context, explicit());
      api.failNext("create", api.lost("create"));
      await assert.rejects(create(context, explicit()), { message });
    });
  });

  describe("because an archived room keeps it", () => {
    it("says so of a name that the program gave", async () => {
      addArchived("standup");
      const error = await fails(explicit());
      assert.ok(error instanceof NameTaken);
      assert.equal(
        error.message,
        'Cannot create the meeting room "standup": Metered says that the name exists in the app "demo", yet shows no room of that name. ' +
          "Most likely it keeps the name of a deleted (archived) room, or a room of another kind has it. Give this room another roomName, or leave roomName out.",
      );
      assert.deepEqual(posts(), ["standup"]);
    });

    it("takes the next free number for a made name, and remembers the asked one", async () => {
      for (const [taken, expected] of [
        [[AUTO], `${AUTO}-2`],
        [[AUTO, `${AUTO}-2`], `${AUTO}-3`],
      ] as const) {
        api = new FakeApi(meetingRoom);
        addArchived(...taken);
        const { id, outs } = await create(api.context(), auto());
        assert.deepEqual([id, outs.roomName, outs.__askedName, outs.__auto], [expected, expected, AUTO, true]);
        assert.equal(outs.url, `https://demo.metered.live/${expected}`);
        assert.deepEqual(posts(), [...taken, expected]);
      }
    });

    it("takes the server's spelling of a numbered name, which a refresh then keeps", async () => {
      addArchived(AUTO);
      api.spell = (name) => (name === AUTO ? name : name.toUpperCase());
      const { id, outs } = await create(api.context(), auto());
      assert.deepEqual([id, outs.roomName], [`${AUTO}-2`.toUpperCase(), `${AUTO}-2`.toUpperCase()]);
      const { inputs, props } = await read(api.context(), id, outs);
      assert.deepEqual([inputs?.roomName, inputs?.__auto], [AUTO, true]);
      assert.deepEqual(props, outs);
    });

    it("gives up on a made name after a hundred, rather than never", async () => {
      const names = Array.from({ length: 100 }, (_, i) => (i === 0 ? AUTO : `${AUTO}-${i + 1}`));
      addArchived(...names);
      assert.ok((await fails(auto())) instanceof NameTaken);
      assert.deepEqual(posts(), names);
    });
  });

  describe("as far as can be told from a refusal without a reason", () => {
    const refuse = (times: number) => {
      for (let i = 0; i < times; i++) api.failNext("create", api.refusal("create", `try ${i + 1}`));
    };

    it("passes the refusal on for a name that the program gave", async () => {
      refuse(1);
      const error = await fails(explicit());
      assert.ok(error instanceof RequestRefused && error.isBare);
      assert.deepEqual(api.story, ["POST standup", "GET standup"]);
    });

    it("says that the name is taken when the look shows a room", async () => {
      api.addRoom("standup");
      refuse(1);
      assert.ok((await fails(explicit())) instanceof NameTaken);
    });

    it("tries three names for a made one", async () => {
      refuse(2);
      assert.equal((await create(api.context(), auto())).id, `${AUTO}-3`);
      assert.deepEqual(posts(), [AUTO, `${AUTO}-2`, `${AUTO}-3`]);
    });

    it("tells the first refusal after three, since then it is not about the name", async () => {
      refuse(3);
      const error = await fails(auto());
      assert.match(error.message, /^Metered refused to create the meeting room "try 1" with no more than/);
      assert.equal(posts().length, 3);
    });
  });

  describe("because a living room has it", () => {
    it("never takes another name, lest the room of an interrupted run be orphaned", async () => {
      api.addRoom(AUTO);
      assert.ok((await fails(auto())) instanceof NameTaken);
      assert.deepEqual(posts(), [AUTO]);
    });

    it("says which room and what to do next, also where the look at the other room fails", async () => {
      api.failNext("create", new NameTaken("room already exists")).failNext("get", api.lost("update"));
      const { message } = await fails(explicit());
      assert.match(
        message,
        /^Cannot create the meeting room "standup": Metered says that the name exists.*a look .*failed/,
      );
      assert.match(message, /Nothing was changed; run pulumi up again, or give this room another roomName\.$/);
    });

    it("leaves the date out where Metered does not say when the room was made", async () => {
      api.addRoom("standup", { created: undefined });
      assert.match((await fails(explicit())).message, /exists in the Metered app "demo"; it was left as it is/);
    });

    it("takes the next free number beside the room that is to be replaced (deleteBeforeReplace: false)", async () => {
      const beside = auto({ __createFirst: true });
      const first = await create(api.context(), beside);
      assert.equal(first.id, AUTO);
      const second = await create(api.context(), beside);
      assert.deepEqual([second.id, second.outs.__askedName, second.outs.__createFirst], [`${AUTO}-2`, AUTO, true]);
      assert.equal((await create(api.context(), beside)).id, `${AUTO}-3`);
      assert.equal(api.rooms.length, 3);
    });

    it("never adopts beside the room that is to be replaced, whatever the user said", async () => {
      const theirs = { ...api.addRoom(AUTO) };
      const context = api.context({ adoptExisting: true });
      assert.equal((await create(context, auto({ __createFirst: true }))).id, `${AUTO}-2`);
      assert.deepEqual(api.room(AUTO), theirs);
      api.addRoom("standup");
      assert.ok((await fails(explicit({ __createFirst: true }), true)) instanceof NameTaken);
      assert.ok(!api.story.some((call) => call.startsWith("PUT")));
    });
  });
});

describe("create with metered:adoptExisting", () => {
  for (const type of types) {
    it(`takes an existing ${type.label} over with all declared settings, and says so`, async () => {
      const api = new FakeApi(type);
      const { _id } = api.addRoom("standup", { enableRecording: false, lang: "en" });
      const settings = allSettings(type);
      const session = new Session();
      const context = api.context({ adoptExisting: true, session });
      const { id, outs } = await create(context, leastInputs(type, settings));
      const { roomName: _, ...declared } = settings;
      assert.deepEqual(api.story, ["POST standup", "GET standup", "PUT standup"]);
      assert.deepEqual(api.lastSent, declared);
      assert.equal(id, "standup");
      assert.equal(outs.roomId, _id);
      assert.equal(outs.created, "2029-12-31T00:00:00.000Z");
      for (const [name, value] of Object.entries(settings)) assert.equal(outs[name], value, name);
      assert.deepEqual(api.notes, [`Took over the existing ${type.label} "standup" (metered:adoptExisting).`]);
      assert.deepEqual([...session.made], [_id], "what was taken over is never deleted as a predecessor");
    });
  }

  it("makes a room that does not exist with one call, as ever", async () => {
    const api = new FakeApi(liveStreamingRoom);
    await create(api.context({ adoptExisting: true }), leastInputs(liveStreamingRoom));
    assert.deepEqual(api.story, ["POST standup"]);
    assert.deepEqual(api.notes, []);
  });

  it("takes over what an interrupted run left behind under a made name", async () => {
    const api = new FakeApi(meetingRoom);
    const { _id } = api.addRoom(AUTO);
    const context = api.context({ adoptExisting: true });
    const { outs } = await create(context, leastInputs(meetingRoom, { roomName: AUTO, __auto: true }));
    assert.deepEqual([outs.roomId, outs.roomName, outs.__askedName], [_id, AUTO, undefined]);
  });

  it("keeps a room in state that did not take the declared settings", async () => {
    const api = new FakeApi(meetingRoom);
    api.addRoom("standup", { privacy: "private" });
    api.show = (body) => ({ ...body, privacy: "private" });
    await assert.rejects(create(api.context({ adoptExisting: true }), leastInputs(meetingRoom)), (error) => {
      assert.ok(error instanceof NotAsDeclared);
      assert.equal(error.id, "standup");
      assert.equal(error.properties.privacy, "private");
      return true;
    });
  });

  it("does not take over a room that is archived", async () => {
    const api = new FakeApi(meetingRoom);
    api.archivedNames = "reserved";
    api.addRoom("standup", { archived: true });
    api.next("get", async () => ({ roomId: "1", roomName: "standup", archived: true, body: {} }));
    await assert.rejects(create(api.context({ adoptExisting: true }), leastInputs(meetingRoom)), NameTaken);
    assert.deepEqual(api.story, ["POST standup", "GET standup"]);
  });
});
