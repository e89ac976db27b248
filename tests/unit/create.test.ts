import assert from "node:assert/strict";
import { inspect } from "node:util";
import { MeteredError } from "../../provider/src/errors";
import { createRoom } from "../../provider/src/pulumi/operations";
import { registered } from "../../provider/src/pulumi/state";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { subjectOf } from "../../provider/src/rooms/roomType";
import { assertNoSecrets, canaryRtmpURL } from "../support/canary";
import { keptBy, otherFailures } from "../support/failures";
import { FakeApi } from "../support/fakeApi";
import { allSettings, autoNamed, leastInputs, types } from "../support/rooms";

describe("create", () => {
  let api: FakeApi;
  beforeEach(() => {
    api = new FakeApi(meetingRoom);
  });

  for (const type of types) {
    it(`creates a ${type.label} with one call, and sends what is declared and no more`, async () => {
      api = new FakeApi(type);
      const settings = allSettings(type);
      await createRoom(api.place(), leastInputs(type, { ...settings, ...autoNamed("standup"), ...registered(type) }));
      const { roomName: _, ...sent } = settings;
      assert.deepEqual(api.calls, [{ action: "create", name: "standup", settings: sent }]);
      assert.deepEqual(api.notes, []);
    });
  }

  it("answers with identity, address and the declared settings of a meeting room, no server defaults", async () => {
    api.show = (body) => ({ ...body, lang: "en", __v: 0, enableChat: true, showInviteBox: true });
    const inputs = leastInputs(meetingRoom, { maxParticipants: 12, ...autoNamed("standup") });
    assert.deepEqual(await createRoom(api.place(), inputs), {
      id: "standup",
      inputs,
      outputs: {
        roomId: "000000000000000000000001",
        appName: "demo",
        created: "2030-01-01T00:00:00.000Z",
        url: "https://demo.metered.live/standup",
        privacy: "public",
        maxParticipants: 12,
        ...autoNamed("standup"),
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
    const inputs = leastInputs(liveStreamingRoom, { displayMessage: "Soon" });
    assert.deepEqual(await createRoom(api.place(), inputs), {
      id: "standup",
      inputs,
      outputs: {
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
      const { outputs } = await createRoom(api.place(), leastInputs(type, { autoJoin: undefined }));
      assert.ok(Object.values(outputs).every((value) => value !== undefined));
      assert.ok(!("created" in outputs));
    }
  });

  it("keeps the declared spelling of a name, and shows the server's in id and address", async () => {
    api.spell = (name) => name.toLowerCase();
    const { id, outputs } = await createRoom(api.place(), leastInputs(meetingRoom, { roomName: "StandUp" }));
    assert.equal(id, "standup");
    assert.equal(outputs.roomName, "StandUp");
    assert.equal(outputs.url, "https://demo.metered.live/standup");
  });

  it("writes the address so that it can be followed, whatever the server makes of the name", async () => {
    api.spell = (name) => name.replace("_", " ");
    const { outputs } = await createRoom(api.place(), leastInputs(meetingRoom, { roomName: "stand_up" }));
    assert.equal(outputs.url, "https://demo.metered.live/stand%20up");
  });

  it("claims the room for its resource", async () => {
    const claims = api.claims();
    await createRoom(api.place({ claims, owner: "first" }), leastInputs(meetingRoom));
    assert.deepEqual(claims.claimOf("000000000000000000000001"), { owner: "first", how: "created" });
  });

  it("passes on what Metered objects to, and creates nothing", async () => {
    const call = api.callOf("create");
    const invalid = new MeteredError({ cause: "InvalidSetting", said: "privacy is wrong", ...call });
    const limit = new MeteredError({ cause: "PlanLimit", said: "Maximum room limit reached", ...call });
    const failures = [invalid, limit, ...otherFailures(call), new TypeError("a bug")];
    for (const error of failures) {
      api.failNext("create", error);
      await assert.rejects(createRoom(api.place(), leastInputs(meetingRoom)), (thrown) => thrown === error);
    }
    assert.deepEqual(api.rooms, []);
    assert.deepEqual(new Set(api.story), new Set(["POST standup"]));
    assert.equal(api.calls.length, failures.length);
  });

  it("says of a live-streaming room that is refused without a reason that the product may be off", async () => {
    api = new FakeApi(liveStreamingRoom);
    const off = new MeteredError({ cause: "LiveStreamingOff", said: "Invalid request", ...api.callOf("create") });
    api.failNext("create", off);
    await assert.rejects(createRoom(api.place(), leastInputs(liveStreamingRoom)), (thrown) => thrown === off);
    assert.deepEqual(api.story, ["POST standup", "GET standup"]);
  });
});

describe("create of a room that is not as declared", () => {
  let api: FakeApi;
  beforeEach(() => {
    api = new FakeApi(meetingRoom);
  });

  const failureOf = (settings: Record<string, unknown>) =>
    keptBy(createRoom(api.place(), leastInputs(meetingRoom, settings)));

  it("keeps the room: id, all properties as they are, and no undefined", async () => {
    api.show = (body) => ({ ...body, maxParticipants: 10, enableChat: false, created: undefined });
    const settings = { maxParticipants: 12, enableChat: true, autoJoin: true, ...autoNamed("standup") };
    const { id, outputs, lost, message } = await failureOf(settings);
    assert.deepEqual([id, lost, message], ["standup", undefined, "NotAsDeclared"]);
    assert.deepEqual(outputs, {
      roomId: "000000000000000000000001",
      appName: "demo",
      url: "https://demo.metered.live/standup",
      privacy: "public",
      maxParticipants: 10,
      enableChat: false,
      autoJoin: true,
      ...autoNamed("standup"),
    });
    const other = await failureOf({ ...settings, ...autoNamed("daily") });
    for (const bag of [outputs, other.outputs]) assert.ok(Object.values(bag).every((value) => value !== undefined));
  });

  it("tells of every setting that did not take, both values as JSON", async () => {
    api.show = (body) => ({ ...body, maxParticipants: 10, privacy: "private" });
    const { shortfalls, subject } = await failureOf({ maxParticipants: 12 });
    assert.deepEqual(subject, subjectOf(meetingRoom, "standup"));
    assert.deepEqual(shortfalls, [
      { shortfall: "not taken", setting: "privacy", sent: '"public"', shown: '"private"' },
      { shortfall: "not taken", setting: "maxParticipants", sent: "12", shown: "10" },
    ]);
  });

  it("has its secrets not printed by whoever prints the error", async () => {
    api.show = (body) => ({ ...body, maxParticipants: 10 });
    const error = await failureOf({ maxParticipants: 12, rtmpOutURL: canaryRtmpURL });
    assert.equal(error.outputs.rtmpOutURL, canaryRtmpURL);
    assertNoSecrets(
      "the error",
      `${inspect(error, { depth: 9, showHidden: true })} ${JSON.stringify(error)} ${error.stack}`,
    );
  });

  it("does not fail for texts and URLs in another spelling, and quotes no secret about them", async () => {
    const stream = "canary-stream";
    api.show = (body) => ({
      ...body,
      rtmpOutURL: `rtmp://elsewhere/${stream}`,
      meetingJoinWebhook: "https://x.example",
    });
    const settings = { rtmpOutURL: canaryRtmpURL, meetingJoinWebhook: "https://hooks.example.com" };
    const { outputs } = await createRoom(api.place(), leastInputs(meetingRoom, settings));
    assert.equal(outputs.rtmpOutURL, canaryRtmpURL);
    const subject = subjectOf(meetingRoom, "standup");
    assert.deepEqual(api.notes, [
      { note: "respelled", subject, setting: "meetingJoinWebhook" },
      { note: "respelled", subject, setting: "rtmpOutURL" },
    ]);
  });

  it("does not fail for a text of a live-streaming room that the server changes", async () => {
    api = new FakeApi(liveStreamingRoom);
    api.show = (body) => ({ ...body, displayMessage: "soon" });
    const { outputs } = await createRoom(api.place(), leastInputs(liveStreamingRoom, { displayMessage: "Soon" }));
    assert.equal(outputs.displayMessage, "Soon");
    const subject = subjectOf(liveStreamingRoom, "standup");
    assert.deepEqual(api.notes, [{ note: "respelled", subject, setting: "displayMessage" }]);
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
    const { outputs } = await createRoom(api.place(), leastInputs(meetingRoom, settings));
    for (const [name, value] of Object.entries(settings)) assert.equal(outputs[name], value, name);
    assert.deepEqual(api.notes, []);
  });

  it("does not take the name in the response for a setting that failed", async () => {
    api.spell = (name) => `${name}-x`;
    const { id } = await createRoom(api.place(), leastInputs(meetingRoom));
    assert.equal(id, "standup-x");
  });
});
