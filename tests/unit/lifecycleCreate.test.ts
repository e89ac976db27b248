import assert from "node:assert/strict";
import { BadKey, InvalidSetting, LiveStreamingOff, NameTaken } from "../../provider/src/core/errors";
import { NotAsDeclared } from "../../provider/src/core/initFailures";
import { create } from "../../provider/src/core/lifecycle";
import { liveStreamingRoom } from "../../provider/src/core/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/core/meetingRoom";
import { Session } from "../../provider/src/core/session";
import { canaryRtmpURL } from "../support/canary";
import { FakeApi } from "../support/fakeApi";
import { allSettings, leastInputs, PROVIDER_TEXT, types } from "../support/rooms";

describe("create", () => {
  let api: FakeApi;
  beforeEach(() => {
    api = new FakeApi(meetingRoom);
  });

  for (const type of types) {
    it(`makes a ${type.label} with one call, and sends what is declared and no more`, async () => {
      api = new FakeApi(type);
      const settings = allSettings(type);
      await create(api.context(), leastInputs(type, { ...settings, __auto: true, __createFirst: true }));
      const { roomName: _, ...sent } = settings;
      assert.deepEqual(api.calls, [{ action: "create", name: "standup", settings: sent }]);
      assert.deepEqual(api.notes, []);
    });
  }

  it("answers with identity, address and the declared settings of a meeting room, no server defaults", async () => {
    api.show = (body) => ({ ...body, lang: "en", __v: 0, enableChat: true, showInviteBox: true });
    const inputs = leastInputs(meetingRoom, { maxParticipants: 12, __auto: true });
    assert.deepEqual(await create(api.context(), inputs), {
      id: "standup",
      outs: {
        roomId: "000000000000000000000001",
        appName: "demo",
        created: "2030-01-01T00:00:00.000Z",
        url: "https://demo.metered.live/standup",
        roomName: "standup",
        privacy: "public",
        maxParticipants: 12,
        __auto: true,
      },
    });
  });

  it("answers with the links of a live-streaming room, and leaves out what changes by itself", async () => {
    api = new FakeApi(liveStreamingRoom);
    api.show = ({ _id, ...body }) => ({
      _id,
      ...body,
      viewerURL: `https://demo.metered.live/${_id}/player`,
      broadcastManager: `https://dashboard.metered.ca/livestreaming-rooms/${_id}`,
      currentlyBroadcasting: false,
    });
    assert.deepEqual(await create(api.context(), leastInputs(liveStreamingRoom, { displayMessage: "Soon" })), {
      id: "standup",
      outs: {
        roomId: "000000000000000000000001",
        appName: "demo",
        created: "2030-01-01T00:00:00.000Z",
        viewerURL: "https://demo.metered.live/000000000000000000000001/player",
        broadcastManager: "https://dashboard.metered.ca/livestreaming-rooms/000000000000000000000001",
        roomName: "standup",
        displayMessage: "Soon",
      },
    });
  });

  it("leaves out what the reply does not show, instead of an undefined that Pulumi cannot pack", async () => {
    for (const type of types) {
      api = new FakeApi(type);
      api.show = ({ _id, roomName }) => ({ _id, roomName });
      const { outs } = await create(api.context(), leastInputs(type, { autoJoin: undefined }));
      assert.ok(Object.values(outs).every((value) => value !== undefined));
      assert.ok(!("created" in outs));
    }
  });

  it("keeps the declared spelling of a name, and shows the server's in id and address", async () => {
    api.spell = (name) => name.toLowerCase();
    const { id, outs } = await create(api.context(), leastInputs(meetingRoom, { roomName: "StandUp" }));
    assert.equal(id, "standup");
    assert.equal(outs.roomName, "StandUp");
    assert.equal(outs.url, "https://demo.metered.live/standup");
  });

  it("writes the address so that it can be followed, whatever the server makes of the name", async () => {
    api.spell = (name) => name.replace("_", " ");
    const { outs } = await create(api.context(), leastInputs(meetingRoom, { roomName: "stand_up" }));
    assert.equal(outs.url, "https://demo.metered.live/stand%20up");
  });

  it("remembers the room as made by this run", async () => {
    const session = new Session();
    await create(api.context({ session }), leastInputs(meetingRoom));
    assert.deepEqual([...session.made], ["000000000000000000000001"]);
  });

  it("passes on what Metered objects to, and creates nothing", async () => {
    const call = { action: "create" as const, subject: 'meeting room "standup"', appName: "demo", isLive: false };
    for (const error of [new InvalidSetting(call, "privacy is wrong"), new BadKey(call, ""), new TypeError("a bug")]) {
      api.failNext("create", error);
      await assert.rejects(create(api.context(), leastInputs(meetingRoom)), (thrown) => thrown === error);
    }
    assert.deepEqual(api.rooms, []);
    assert.deepEqual(api.story, ["POST standup", "POST standup", "POST standup"]);
  });

  it("says of a live-streaming room that is refused without a reason that the product may be off", async () => {
    api = new FakeApi(liveStreamingRoom);
    const call = { action: "create" as const, subject: 'live-streaming room "standup"', appName: "demo", isLive: true };
    const off = new LiveStreamingOff(call, "Invalid request");
    api.failNext("create", off);
    await assert.rejects(create(api.context(), leastInputs(liveStreamingRoom)), (thrown) => thrown === off);
    assert.deepEqual(api.story, ["POST standup", "GET standup"]);
  });
});

describe("create of a room that is not as declared", () => {
  let api: FakeApi;
  beforeEach(() => {
    api = new FakeApi(meetingRoom);
  });

  async function failureOf(settings: Record<string, unknown>): Promise<NotAsDeclared> {
    const error = await create(api.context(), leastInputs(meetingRoom, settings)).then(
      () => assert.fail("it should have failed"),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof NotAsDeclared, `${error}`);
    return error;
  }

  it("keeps the room: id, all properties as they are, the provider's text, and no undefined", async () => {
    api.show = (body) => ({ ...body, maxParticipants: 10, enableChat: false, created: undefined });
    const settings = { maxParticipants: 12, enableChat: true, autoJoin: true, __auto: true };
    const { id, properties } = await failureOf(settings);
    assert.equal(id, "standup");
    assert.deepEqual(properties, {
      __provider: PROVIDER_TEXT,
      __auto: true,
      roomId: "000000000000000000000001",
      appName: "demo",
      url: "https://demo.metered.live/standup",
      roomName: "standup",
      privacy: "public",
      maxParticipants: 10,
      enableChat: false,
      autoJoin: true,
    });
    const unwritten = await failureOf({ ...settings, roomName: "daily", __provider: undefined });
    for (const bag of [properties, unwritten.properties]) {
      assert.ok(Object.values(bag).every((value) => value !== undefined));
    }
  });

  it("tells the whole story in the reasons, since the message is not shown", async () => {
    api.show = (body) => ({ ...body, maxParticipants: 10, privacy: "private" });
    const { reasons, message } = await failureOf({ maxParticipants: 12 });
    assert.deepEqual(reasons, [
      'The meeting room "standup" exists, is kept in the state, and is not as declared:',
      'privacy is "private" on Metered, although "public" was sent.',
      "maxParticipants is 10 on Metered, although 12 was sent.",
      "Correct the program to what Metered allows, or run pulumi up to try once more.",
    ]);
    assert.equal(message, reasons.join(" "));
  });

  it("does not fail for texts and URLs in another spelling, and quotes no secret about them", async () => {
    const stream = "canary-stream";
    api.show = (body) => ({
      ...body,
      rtmpOutURL: `rtmp://elsewhere/${stream}`,
      meetingJoinWebhook: "https://x.example",
    });
    const settings = { rtmpOutURL: canaryRtmpURL, meetingJoinWebhook: "https://hooks.example.com" };
    const { outs } = await create(api.context(), leastInputs(meetingRoom, settings));
    assert.equal(outs.rtmpOutURL, canaryRtmpURL);
    assert.deepEqual(api.notes, [
      'The meeting room "standup": meetingJoinWebhook is not what was sent, as Metered shows it.',
      'The meeting room "standup": rtmpOutURL is not what was sent, as Metered shows it.',
    ]);
  });

  it("does not fail for a text of a live-streaming room that the server changes", async () => {
    api = new FakeApi(liveStreamingRoom);
    api.show = (body) => ({ ...body, displayMessage: "soon" });
    const { outs } = await create(api.context(), leastInputs(liveStreamingRoom, { displayMessage: "Soon" }));
    assert.equal(outs.displayMessage, "Soon");
    assert.deepEqual(api.notes, [
      'The live-streaming room "standup": displayMessage is not what was sent, as Metered shows it.',
    ]);
  });

  it("takes the same value in another type or spelling for what was sent, and what is not shown for unknown", async () => {
    api.show = (body) => ({
      ...body,
      privacy: "PUBLIC",
      maxParticipants: "12",
      enableChat: "true",
      autoJoin: 0,
      joinVideoOn: undefined,
      joinAudioOn: null,
      recordRoom: "maybe",
      meetingJoinWebhook: "HTTPS://hooks.example.com/",
    });
    const settings = {
      maxParticipants: 12,
      enableChat: true,
      autoJoin: false,
      joinVideoOn: true,
      joinAudioOn: true,
      recordRoom: true,
      meetingJoinWebhook: "https://hooks.example.com",
    };
    const { outs } = await create(api.context(), leastInputs(meetingRoom, settings));
    for (const [name, value] of Object.entries(settings)) assert.equal(outs[name], value, name);
    assert.deepEqual(api.notes, []);
  });

  it("does not take the reply's name for a setting that failed", async () => {
    api.spell = (name) => `${name}-x`;
    const { id } = await create(api.context(), leastInputs(meetingRoom));
    assert.equal(id, "standup-x");
  });
});

describe("create of a name that is taken", () => {
  it("leaves the room as it is and names every way out", async () => {
    const api = new FakeApi(meetingRoom);
    const theirs = { ...api.addRoom("standup", { privacy: "private" }) };
    await assert.rejects(create(api.context(), leastInputs(meetingRoom)), (error: Error) => {
      assert.ok(error instanceof NameTaken);
      assert.equal(
        error.message,
        'Cannot create the meeting room "standup": a room of that name exists in the Metered app "demo" since 2029-12-31T00:00:00Z; it was left as it is. ' +
          "If that room is meant, take it over: run pulumi config set metered:adoptExisting true, then pulumi up, then pulumi config rm metered:adoptExisting " +
          "(for a room with a metered.Provider, set the adoptExisting of that instead); " +
          "or import it as it is: npx pulumi-metered import standup. Otherwise give this room another roomName.",
      );
      return true;
    });
    assert.deepEqual(api.rooms, [theirs]);
    assert.deepEqual(api.story, ["POST standup", "GET standup"]);
  });

  it("says how a live-streaming room is imported", async () => {
    const api = new FakeApi(liveStreamingRoom);
    api.addRoom("standup");
    const made = create(api.context(), leastInputs(liveStreamingRoom));
    await assert.rejects(made, { message: /npx pulumi-metered import --live standup\. / });
  });
});
