import assert from "node:assert/strict";
import { type Output, output, secret } from "@pulumi/pulumi/output";
import * as metered from "../../provider/src";
import { registered, settled, unknownOutput } from "../support/program";

const privately = { privacy: "private" } as const;
const rtmpOutURL = "rtmp://live.example.com/app/key";
type Map = Record<string, Record<string, unknown>>;

/** What of a set a program can look at. */
function parts(set: object): Record<string, Output<unknown>> {
  return set as Record<string, Output<unknown>>;
}

describe("the class of a set", () => {
  const make = (args: metered.MeetingRoomSetArgs) =>
    registered("made", () => new metered.MeetingRoomSet("courses", args));

  it("shows names before the server has seen any room", async () => {
    const set = await make({ rooms: { math: privately, lab: { ...privately, roomName: "the-lab" } } });
    const { value, isKnown } = await settled(set.rooms);
    assert.equal(isKnown, true);
    assert.match(value.math?.roomName ?? "", /^math-[0-9a-f]{8}$/);
    assert.equal(value.lab?.roomName, "the-lab");
    assert.equal((await settled(set.room("lab").privacy)).value, "private");
    // That it compiles says that a setting is an Output, whether it is given or not.
    const seats: Output<number | undefined> = set.room("lab").maxParticipants;
    assert.equal((await settled(seats)).value, undefined);
  });

  it("tells of a key that the set doesn't have", async () => {
    const set = await make({ rooms: {} });
    await assert.rejects(settled(set.room("nope")), /no room under the key "nope"/);
  });

  it("keeps what is known of a room in a preview, and the rest unknown", async () => {
    const args = { rooms: { math: privately } };
    const set = await registered("planned", () => {
      const planned = new metered.MeetingRoomSet("courses", args);
      return { name: planned.room("math").roomName, url: planned.room("math").url };
    });
    assert.match((await settled(set.name)).value, /^math-[0-9a-f]{8}$/);
    assert.equal((await settled(set.url)).isKnown, false);
  });

  it("keeps what is known of the others where a value of one room isn't", async () => {
    const set = await registered("planned", () => {
      const meetingJoinWebhook = unknownOutput() as Output<string>;
      const planned = new metered.MeetingRoomSet("courses", {
        rooms: { math: privately, lab: { ...privately, meetingJoinWebhook } },
      });
      return { name: planned.room("math").roomName, webhook: planned.room("lab").meetingJoinWebhook };
    });
    assert.match((await settled(set.name)).value, /^math-[0-9a-f]{8}$/);
    assert.equal((await settled(set.webhook)).isKnown, false);
  });

  it("refuses a Map, of which Pulumi would see nothing", async () => {
    const rooms = new Map([["math", privately]]) as unknown as metered.MeetingRoomSetArgs["rooms"];
    await assert.rejects(
      make({ rooms }),
      /rooms must be an object, not a Map: give it as Object\.fromEntries\(rooms\)\./,
    );
  });

  it("makes no secret of the rooms for one secret setting", async () => {
    const set = await make({
      rooms: {
        math: { ...privately, rtmpOutURL },
        art: { ...privately, rtmpOutURL: secret(rtmpOutURL) },
        bio: privately,
      },
    });
    const rooms = await settled(parts(set).rooms as Output<Map>);
    assert.equal(rooms.isSecret, false);
    assert.equal(JSON.stringify(rooms.value).includes("rtmp"), false);
    const secrets = await settled(parts(set).secretSettings as Output<Map>);
    assert.deepEqual([secrets.isSecret, secrets.value], [true, { math: { rtmpOutURL }, art: { rtmpOutURL } }]);
  });

  it("does the same for rooms, and for maps, that come later", async () => {
    const room = { ...privately, rtmpOutURL };
    for (const rooms of [{ math: output(room) }, output({ math: room }), Promise.resolve({ math: room })]) {
      const set = await make({ rooms: rooms as metered.MeetingRoomSetArgs["rooms"] });
      const [shown, secrets] = [await settled(set.rooms), await settled(parts(set).secretSettings as Output<Map>)];
      assert.equal(JSON.stringify(shown.value).includes("rtmp"), false);
      assert.deepEqual([shown.isSecret, secrets.isSecret], [false, true]);
      assert.equal(secrets.value.math?.rtmpOutURL, rtmpOutURL);
    }
  });

  it("joins what the program itself gives as secret settings", async () => {
    const set = await make({
      rooms: { math: { ...privately, rtmpOutURL } },
      secretSettings: { math: { meetingJoinWebhook: "https://x.example.com" } },
    });
    const { value } = await settled(parts(set).secretSettings as Output<Map>);
    assert.deepEqual(value, { math: { rtmpOutURL, meetingJoinWebhook: "https://x.example.com" } });
  });

  it("takes keys of any text, also such as every object has", async () => {
    const keys = [
      "toString",
      "valueOf",
      "then",
      "constructor",
      "hasOwnProperty",
      "__auto",
      "a b",
      'say "hi"',
      "💥",
      "",
    ];
    const rooms = Object.fromEntries(keys.map((key) => [key, { ...privately, rtmpOutURL }]));
    for (const each of [rooms, output(rooms)]) {
      const set = await make({ rooms: each });
      assert.deepEqual(Object.keys((await settled(set.rooms)).value).sort(), [...keys].sort());
      assert.equal((await settled(set.room("toString").privacy)).value, "private");
      const secrets = await settled(parts(set).secretSettings as Output<Map>);
      assert.deepEqual(Object.keys(secrets.value).sort(), [...keys].sort());
    }
  });

  it("refuses the few keys that Pulumi can't pass on", async () => {
    for (const key of ["__proto__", "4dabf18193072939515e22adb298388d", "lone \ud83d"]) {
      const rooms = Object.fromEntries([
        ["a", privately],
        [key, privately],
      ]);
      const refused =
        /^metered\.MeetingRoomSet "courses": Pulumi can't pass on the key ".*" of rooms\. Choose another one\.$/;
      assert.throws(() => new metered.MeetingRoomSet("courses", { rooms }), { message: refused }, key);
    }
  });

  it("takes values that aren't known yet", async () => {
    const set = await make({ rooms: { math: { privacy: unknownOutput<"private">() }, art: privately } });
    assert.match((await settled(set.room("art").roomName)).value, /^art-/);
    const whole = await registered("planned", () => new metered.MeetingRoomSet("whole", { rooms: unknownOutput() }));
    assert.equal((await settled(whole.rooms)).isKnown, false);
  });

  it("refuses what can't work: lookups and imports", () => {
    assert.throws(() => new metered.MeetingRoomSet("x", { rooms: {} }, { id: "x" }), /sets don't exist on Metered/);
    assert.throws(() => new metered.LiveStreamingRoomSet("x", { rooms: {} }, { import: "x" }), /option import/);
  });
});
