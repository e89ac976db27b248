import assert from "node:assert/strict";
import { MeteredError } from "../../provider/src/errors";
import type { RoomApi } from "../../provider/src/rooms/api";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import type { KnownRoom } from "../../provider/src/rooms/room";
import { observe } from "../../provider/src/rooms/set/observed";
import { errorOf } from "../support/failures";
import { FakeApi } from "../support/fakeApi";
import { type SetOptions, setPlace } from "../support/sets";

type Known = Pick<KnownRoom, "settings"> & { readonly roomId?: string; readonly name?: string };

describe("the rooms of a set, as one list shows them", () => {
  let api: FakeApi;
  beforeEach(() => {
    api = new FakeApi(meetingRoom);
    api.addRoom("standup", { privacy: "public", maxParticipants: 7 });
    api.addRoom("daily", { privacy: "private" });
  });
  const known = ({ settings, roomId = "1".padStart(24, "0"), name = "standup" }: Known): KnownRoom => ({
    name: { wanted: name, isGenerated: false, actual: name },
    ...{ roomId, appName: "demo", settings, facts: {}, origin: "ours" },
  });
  const all = known({ settings: { privacy: "public" } });
  const look = async (options: SetOptions = {}, looks = 2) => {
    const place = setPlace(api, options);
    const placeFor = await observe(place, looks);
    api.calls.length = 0;
    return { place, placeFor };
  };

  it("are not listed for one room, nor where Metered has no list", async () => {
    for (const [options, looks] of [
      [{}, 1],
      [{ list: false }, 2],
    ] as const) {
      const { place, placeFor } = await look(options, looks);
      assert.equal(placeFor(all, "identity"), place);
      assert.deepEqual(api.calls, []);
    }
  });

  it("are asked for by themselves where the list can't be read, and only then", async () => {
    const call = api.callOf("list");
    const spent = { host: "demo.metered.live", attempts: 1, seconds: 0, mayHaveHappened: false };
    const failing = (error: Error) => observe({ ...setPlace(api), list: () => Promise.reject(error) }, 2);
    for (const error of [
      new MeteredError({ cause: "UnexpectedResponse", problem: "isn't JSON", mayHaveHappened: false, ...call }),
      new MeteredError({ cause: "RequestRefused", said: "", isBare: true, ...call }),
      api.notFound("list", "x"),
      new MeteredError({ cause: "NoConnection", problem: "larger than 64 MiB", advice: "size", ...spent, ...call }),
    ]) {
      const placeFor = await failing(error);
      await placeFor(all, "identity").api.get("standup");
      assert.deepEqual(api.story, ["GET standup"]);
      api.calls.length = 0;
    }
    for (const error of [new MeteredError({ cause: "InvalidSecretKey", said: "", ...call }), new TypeError("a bug")]) {
      assert.equal(await errorOf(failing(error)), error);
    }
  });

  it("need no request for the first look at each, and one for the next", async () => {
    const { placeFor } = await look();
    const { api: shown } = placeFor(all, "settings");
    const room = await shown.get("standup");
    assert.deepEqual([room.roomId, room.body.maxParticipants, api.story], [all.roomId, 7, []]);
    await shown.get("standup");
    assert.deepEqual(api.story, ["GET standup"]);
    assert.deepEqual([shown.appName, shown.origin, typeof shown.tries().count], [api.appName, api.origin, "number"]);
  });

  it("say nothing of a room of another name, and use up no look for it", async () => {
    const { placeFor } = await look();
    const { api: shown } = placeFor(all, "settings");
    assert.equal((await shown.get("daily")).roomName, "daily");
    await shown.proveAccount("standup");
    await shown.get("standup");
    assert.deepEqual(api.story, ["GET daily", "LIST"]);
  });

  it("are looked at again after anything was done, by the same operation or by another one", async () => {
    api.canDelete = true;
    const { place, placeFor } = await look();
    for (const [work, name] of [
      [(at: RoomApi) => at.create("new", {}, at.tries()), "new"],
      [(at: RoomApi) => at.update("standup", {}), "standup"],
      [(at: RoomApi) => at.delete("daily"), undefined],
    ] as const) {
      const { api: shown } = placeFor(all, "settings");
      assert.equal((await work(shown))?.roomName, name);
      api.calls.length = 0;
      await shown.get("standup");
      assert.deepEqual(api.story, ["GET standup"]);
    }
    const { api: shown } = placeFor(all, "settings");
    api.calls.length = 0;
    await place.claims.inOrder(meetingRoom, "other", async () => undefined);
    await shown.get("standup");
    assert.deepEqual(api.story, []);
    const { api: again } = placeFor(all, "settings");
    await place.claims.inOrder(meetingRoom, "standup", async () => undefined);
    await again.get("standup");
    assert.deepEqual(api.story, ["GET standup"]);
  });

  for (const [what, needs, settings, isEnough] of [
    ["its identity", "identity", { enableChat: true }, true],
    ["the settings of the state, all shown", "settings", { privacy: "public", maxParticipants: 7 }, true],
    ["one that isn't shown", "settings", { privacy: "public", enableChat: true }, false],
    ["one that isn't shown, and in doubt", "settings", { enableChat: null }, false],
    ["a secret that isn't shown", "settings", { rtmpOutURL: "rtmp://x" }, true],
    ["a webhook that isn't shown", "settings", { meetingJoinWebhook: "https://x" }, true],
  ] as const) {
    it(`are ${isEnough ? "enough" : "not enough"} for ${what}`, async () => {
      const { place, placeFor } = await look();
      assert.equal(placeFor(known({ settings }), needs) !== place, isEnough);
    });
  }

  it("are by name the living ones, and by _id those that are archived", async () => {
    api.addRoom("standup", { archived: true });
    api.addRoom("old", { archived: true });
    const { place, placeFor } = await look();
    assert.equal((await placeFor(all, "identity").api.get("standup")).archived, false);
    const archived = known({ name: "old", roomId: "4".padStart(24, "0"), settings: { enableChat: true } });
    assert.equal((await placeFor(archived, "settings").api.get("old")).archived, true);
    const unlisted = [known({ name: "old", settings: {} }), { ...archived, roomId: undefined }];
    for (const each of unlisted) assert.equal(placeFor(each, "identity"), place);
  });
});
