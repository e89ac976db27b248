import assert from "node:assert/strict";
import { MeteredError } from "../../provider/src/errors";
import { checkSet } from "../../provider/src/pulumi/setOperations";
import type { Bag } from "../../provider/src/pulumi/state";
import { SetStory } from "../support/sets";

const publicRoom = { privacy: "public" };

describe("a set of rooms with secret settings", () => {
  it("keeps its secret settings in a map of their own", async () => {
    const story = new SetStory();
    const rtmpOutURL = "rtmps://live.example.com/app/key";
    const rooms = { a: { ...publicRoom, rtmpOutURL }, b: publicRoom };
    await story.up(rooms);
    assert.deepEqual(
      [story.inputs.secretSettings, story.outputs.secretSettings],
      [{ a: { rtmpOutURL } }, { a: { rtmpOutURL } }],
    );
    assert.equal(JSON.stringify([story.inputs.rooms, story.outputs.rooms]).includes("rtmp"), false);
    assert.equal(story.api.rooms[0]?.rtmpOutURL, rtmpOutURL);
    await story.up({ a: publicRoom, b: publicRoom }, { secretSettings: { a: { rtmpOutURL } } });
    assert.deepEqual(story.asked, []);
    const other = "rtmps://live.example.com/app/other";
    await story.up(rooms, { secretSettings: { a: { rtmpOutURL: other } } });
    assert.equal(story.api.rooms[0]?.rtmpOutURL, other);
  });

  it("keep encrypted whatever the program has among the secret settings, a webhook too", async () => {
    const story = new SetStory();
    const meetingJoinWebhook = "https://hooks.example.com/token";
    const inPlaintext = () => JSON.stringify([story.inputs.rooms, story.outputs.rooms]).includes(meetingJoinWebhook);
    await story.up({ a: { ...publicRoom, meetingJoinWebhook } });
    assert.ok(inPlaintext());
    const secretSettings = { a: { meetingJoinWebhook } };
    await story.up({ a: publicRoom }, { secretSettings });
    assert.deepEqual(
      story.asked.filter((call) => !call.startsWith("GET")),
      [],
    );
    for (const look of [
      async () => undefined,
      () => story.refresh(),
      () => story.up({ a: { ...publicRoom, maxParticipants: 2 } }, { secretSettings }),
    ]) {
      await look();
      assert.ok(!inPlaintext());
      assert.deepEqual([story.inputs.secretSettings, story.outputs.secretSettings], [secretSettings, secretSettings]);
    }
    assert.equal(await story.up({ a: { ...publicRoom, maxParticipants: 2 } }, { secretSettings }), undefined);
    assert.deepEqual(story.asked, []);
  });

  describe("keeps what the state says of a room beside its inputs", () => {
    const rtmpOutURL = "rtmps://live.example.com/app/key";
    for (const secret of [{}, { rtmpOutURL }]) {
      const having = "rtmpOutURL" in secret ? "with a secret setting" : "without one";

      it(`the name that Metered stores, ${having}`, async () => {
        const story = new SetStory();
        story.api.spell = (name) => name.toLowerCase();
        story.api.lookUp = (name) => name;
        await story.up({ a: { ...publicRoom, ...secret, roomName: "StandUp" } });
        await story.refresh();
        assert.deepEqual(story.keys, ["a"]);
        await story.destroy();
        assert.equal(story.api.room("standup"), undefined);
      });

      it(`what an update whose response was lost may have changed, ${having}`, async () => {
        const story = new SetStory();
        await story.up({ a: { ...publicRoom, ...secret } });
        story.api.loseNext("update");
        assert.ok(await story.up({ a: { ...publicRoom, ...secret, enableRecording: true } }));
        await story.up({ a: { ...publicRoom, ...secret } });
        assert.equal(story.api.rooms[0]?.enableRecording, false);
      });
    }
  });

  it("takes what is set to null for what isn't set, for rooms with secret settings and for others", () => {
    const story = new SetStory();
    const nothing = { expireUnixSec: null, maxParticipants: null };
    const rooms = { a: nothing, b: { ...nothing, rtmpOutURL: "rtmps://live.example.com/app/key" } };
    const { inputs } = checkSet(story.place(), {}, { rooms, __auto: "courses-1a2b3c4d" });
    assert.deepEqual(inputs.rooms, { a: {}, b: {} });
    const secretSettings = { a: { maxParticipants: null } };
    const given = { rooms: { a: { maxParticipants: 5 } }, secretSettings, __auto: "courses-1a2b3c4d" };
    assert.deepEqual(checkSet(story.place(), {}, given).inputs.secretSettings, { a: { maxParticipants: 5 } });
  });

  describe("hides what was a secret where Metered keeps it against the program's will", () => {
    const meetingJoinWebhook = "https://hooks.example.com/token";
    const secretRoom = { a: { privacy: "public", roomName: "standup" }, b: publicRoom };
    const plain = { ...publicRoom, meetingJoinWebhook: "https://hooks.example.com/open" };
    const cases: Readonly<Record<string, { readonly call: "update" | "delete"; readonly rooms: Bag }>> = {
      "a room that is removed, and can't be deleted": { call: "delete", rooms: { b: publicRoom } },
      "a setting that is no secret any more, and can't be changed": {
        call: "update",
        rooms: { a: { ...plain, roomName: "standup" }, b: publicRoom },
      },
      "the same under another key": { call: "update", rooms: { c: { ...plain, roomName: "standup" }, b: publicRoom } },
    };
    for (const [title, { call, rooms }] of Object.entries(cases)) {
      for (const isWithin of [false, true])
        it(`${title}, ${isWithin ? "given with the others" : "given as a secret setting"}`, async () => {
          const story = new SetStory();
          // Whether a value within the rooms is a secret, only Pulumi knows.
          const { a, b } = secretRoom;
          if (isWithin) await story.up({ a: { ...a, meetingJoinWebhook }, b });
          else await story.up(secretRoom, { secretSettings: { a: { meetingJoinWebhook } } });
          const refusal = new MeteredError({ cause: "InvalidSetting", said: "no", ...story.api.callOf(call) });
          story.api.next(call, () => Promise.reject(refusal));
          const failed = await story.up({ ...rooms, more: publicRoom });
          assert.ok(failed);
          const { secretSettings, ...others } = failed.outputs;
          assert.ok(JSON.stringify(secretSettings).includes(meetingJoinWebhook));
          assert.ok(!JSON.stringify(others).includes(meetingJoinWebhook), JSON.stringify(others));
          assert.equal(await story.up({ ...rooms, more: publicRoom }), undefined);
          assert.equal(story.outputs.secretSettings, undefined);
        });
    }
  });
});
