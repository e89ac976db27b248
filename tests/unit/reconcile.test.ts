import assert from "node:assert/strict";
import { MeteredError } from "../../provider/src/errors";
import { compareRoom, updateRoom } from "../../provider/src/pulumi/operations";
import type { Bag } from "../../provider/src/pulumi/state";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { subjectOf } from "../../provider/src/rooms/roomType";
import { errorOf, factsOf } from "../support/failures";
import { FakeApi } from "../support/fakeApi";
import { inState, leastInputs, NOW, types } from "../support/rooms";

const isRefused = (api: FakeApi) =>
  new MeteredError({ cause: "InvalidSetting", said: "compositionLayout is wrong", ...api.callOf("update") });

for (const type of types) {
  describe(`what was changed outside Pulumi about a ${type.label}`, () => {
    let api: FakeApi;
    let olds: Bag;
    const settings = { enableRecording: true, recordComposition: false };
    const change = async (news: Bag) =>
      (await updateRoom(api.place(), "standup", olds, leastInputs(type, news))).outputs;
    const outside = (body: Bag) => Object.assign(api.room("standup") ?? {}, body);

    const begin = async (put: FakeApi["put"]) => {
      api = new FakeApi(type);
      api.put = put;
      olds = await inState(api, settings);
    };
    beforeEach(() => begin("merges"));

    for (const put of ["merges", "replaces"] as const) {
      it(`stays as it is where the program does not change it, where PUT ${put}`, async () => {
        await begin(put);
        outside({ recordComposition: true, displayMessage: "Soon", autoJoin: true });
        await change({ ...settings, enableRecording: false });
        assert.equal(api.lastSent.recordComposition, true);
        assert.equal(api.lastSent.enableRecording, false);
        for (const name of ["displayMessage", "autoJoin"]) assert.ok(!(name in api.lastSent), "it is not declared");
        assert.deepEqual(api.notes, []);
      });

      it(`needs no PUT where it is what the program wants by now, where PUT ${put}`, async () => {
        await begin(put);
        outside({ enableRecording: false });
        const outputs = await change({ ...settings, enableRecording: false });
        assert.deepEqual([api.story, outputs.enableRecording], [["GET standup"], false]);
      });

      it(`is put back where the state has taken it over, where PUT ${put}`, async () => {
        await begin(put);
        outside({ recordComposition: true });
        olds = { ...olds, recordComposition: true };
        const outputs = await change(settings);
        assert.equal(api.room("standup")?.recordComposition, false);
        assert.equal(outputs.recordComposition, false);
      });
    }

    it("is sent as it is declared where the server does not show it, or shows it to be without a value", async () => {
      for (const shown of [undefined, null]) {
        api.show = (body) => ({ ...body, recordComposition: shown });
        outside({ enableRecording: true });
        await change({ ...settings, enableRecording: false });
        assert.equal(api.lastSent.recordComposition, false);
      }
    });
  });
}

describe("a value that only Metered's dashboard offers", () => {
  const settings = { compositionLayout: "grid", maxParticipants: 12 };
  let api: FakeApi;
  let olds: Bag;
  beforeEach(async () => {
    api = new FakeApi(meetingRoom);
    olds = await inState(api, settings);
    Object.assign(api.room("standup") ?? {}, { compositionLayout: "Broadcaster" });
  });
  const change = async (news: Bag) =>
    (await updateRoom(api.place(), "standup", olds, leastInputs(meetingRoom, news))).outputs;
  const puts = () => api.calls.filter(({ action }) => action === "update").map(({ settings }) => settings);

  it("is never sent back: the declared one is, and the update goes through", async () => {
    const outputs = await change({ ...settings, maxParticipants: 3 });
    assert.deepEqual(puts(), [{ privacy: "public", compositionLayout: "grid", maxParticipants: 3 }]);
    assert.deepEqual([outputs.compositionLayout, outputs.maxParticipants], ["grid", 3]);
  });

  it("may be declared, since the state has it, and blocks no update even if Metered refuses it", async () => {
    const declared = { ...settings, compositionLayout: "Broadcaster" };
    olds = { ...olds, ...declared };
    api.failNext("update", isRefused(api));
    const outputs = await change({ ...declared, maxParticipants: 3 });
    assert.deepEqual(puts(), [
      { privacy: "public", compositionLayout: "Broadcaster", maxParticipants: 3 },
      { privacy: "public", maxParticipants: 3 },
    ]);
    assert.deepEqual([outputs.compositionLayout, outputs.maxParticipants], ["Broadcaster", 3]);
    assert.equal(api.room("standup")?.compositionLayout, "Broadcaster");
  });
});

describe("an update that Metered refuses, of nothing but what it may refuse", () => {
  it("sends no second one, and keeps what the room has", async () => {
    const api = new FakeApi(meetingRoom);
    const privacy = "members";
    const olds = { ...(await inState(api)), privacy, expireUnixSec: null };
    Object.assign(api.room("standup") ?? {}, { privacy, expireUnixSec: NOW + 60 });
    api.failNext("update", isRefused(api));
    const news = leastInputs(meetingRoom, { privacy, expireUnixSec: NOW - 60 });
    await updateRoom(api.place(), "standup", olds, news);
    assert.deepEqual(api.story, ["GET standup", "PUT standup"]);
    const told = { setting: "expireUnixSec", declared: NOW - 60, shown: NOW + 60 };
    const subject = subjectOf(meetingRoom, "standup");
    assert.deepEqual(api.notes, [{ note: "past time refused", subject, ...told }]);
  });
});

describe("a PUT whose response shows no room", () => {
  const settings = { maxParticipants: 12 };
  let api: FakeApi;
  let olds: Bag;
  beforeEach(async () => {
    api = new FakeApi(meetingRoom);
    olds = await inState(api, settings);
  });
  const noRoom = (isDone = true) =>
    api.next("update", async (work) => {
      if (isDone) await work();
      return undefined;
    });
  const change = () => updateRoom(api.place(), "standup", olds, leastInputs(meetingRoom, { maxParticipants: 3 }));

  it("is done, and the room is looked at", async () => {
    noRoom();
    const { outputs } = await change();
    assert.deepEqual(api.story, ["GET standup", "PUT standup", "GET standup"]);
    assert.equal(outputs.maxParticipants, 3);
    assert.equal((await change()).outputs.maxParticipants, 3);
    assert.equal(api.story.length, 4, "and there is nothing left to do");
  });

  it("is not believed where the room shows otherwise", async () => {
    noRoom(false);
    assert.match(String(await errorOf(change())), /NotAsDeclared/);
  });

  it("keeps what else is known of the room where the look fails: its links, and what is not sent", async () => {
    api = new FakeApi(liveStreamingRoom);
    const viewerURL = "https://demo.metered.live/1/player";
    api.show = (body) => ({ ...body, viewerURL });
    const shown = await inState(api, { displayMessage: "Soon" });
    noRoom();
    api.next("get", (work) => work()).failNext("get", api.lost("update"));
    const news = leastInputs(liveStreamingRoom, { displayMessage: "Now" });
    const { outputs } = await updateRoom(api.place(), "standup", shown, news);
    assert.deepEqual(outputs, { ...shown, displayMessage: "Now" });
    assert.equal(shown.viewerURL, viewerURL);
  });

  it("is done even if the look fails", async () => {
    for (const failure of [api.refusal("read", "standup"), api.notFound("read", "standup"), api.lost("update")]) {
      Object.assign(api.room("standup") ?? {}, { maxParticipants: 12 });
      noRoom();
      api.next("get", (work) => work()).failNext("get", failure);
      const { outputs } = await change();
      assert.equal(outputs.maxParticipants, 3);
    }
  });
});

describe("a PUT whose response shows another room", () => {
  let api: FakeApi;
  const change = async () => {
    const olds = await inState(api, { maxParticipants: 12 });
    const news = leastInputs(meetingRoom, { maxParticipants: 3 });
    api.next("update", async (work) => ({ ...(await work()), roomId: "another" }));
    return updateRoom(api.place(), "standup", olds, news);
  };
  beforeEach(() => {
    api = new FakeApi(meetingRoom);
  });

  it("is about this one if a look shows this one", async () => {
    const { outputs } = await change();
    assert.equal(outputs.roomId, api.room("standup")?._id);
    assert.equal(outputs.maxParticipants, 3);
  });

  it("never puts that one into the state if it has taken this one's place", async () => {
    api.next("get", (work) => work()).next("get", async (work) => ({ ...(await work()), roomId: "another" }));
    const { there, mayBeChanged, action } = await factsOf(change(), "RoomReplacedOutside");
    assert.deepEqual([there, mayBeChanged, action], ["another", true, "update"]);
  });
});

describe("what a response shows in another spelling", () => {
  it("is no difference: nothing is sent, and the state keeps the program's spelling", async () => {
    const api = new FakeApi(meetingRoom);
    const olds = await inState(api, { meetingJoinWebhook: "https://hooks.example.com", compositionLayout: "grid" });
    api.show = (body) => ({ ...body, meetingJoinWebhook: "HTTPS://hooks.example.com/", compositionLayout: "GRID" });
    const news = leastInputs(meetingRoom, {
      meetingJoinWebhook: "https://Hooks.example.com",
      compositionLayout: "grid",
    });
    const { outputs } = await updateRoom(api.place(), "standup", olds, news);
    assert.deepEqual(api.story, ["GET standup"]);
    assert.equal(outputs.meetingJoinWebhook, "https://Hooks.example.com");
    assert.deepEqual(compareRoom(api.place(), "standup", outputs, news).changed, []);
  });

  it("of a text is told, and is no shortfall", async () => {
    const api = new FakeApi(meetingRoom);
    const olds = await inState(api);
    api.show = (body) => ({ ...body, meetingJoinWebhook: "https://elsewhere.example.com" });
    const news = leastInputs(meetingRoom, { meetingJoinWebhook: "https://hooks.example.com" });
    const { outputs } = await updateRoom(api.place(), "standup", olds, news);
    assert.equal(outputs.meetingJoinWebhook, "https://hooks.example.com");
    const subject = subjectOf(meetingRoom, "standup");
    assert.deepEqual(api.notes, [{ note: "respelled", subject, setting: "meetingJoinWebhook" }]);
  });
});
