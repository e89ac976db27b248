import assert from "node:assert/strict";
import { asRoom, type Room } from "../../policy/room";
import { limits, privateRooms, type Rule, recording, rtmpOut, webhooks } from "../../policy/rules";
import { packageTokenOf, tokenOf } from "../../provider/src/pulumi/types";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import type { RoomType } from "../../provider/src/rooms/roomType";
import { canaryRtmpURL, hasSecret } from "../support/canary";
import { allSettings, types } from "../support/rooms";

type Values = Record<string, unknown>;

/** The types of rooms: of the Node.js package's dynamic resources, and of the plugin. */
const ways = { package: tokenOf, plugin: packageTokenOf };

for (const [way, tokenFor] of Object.entries(ways)) {
  describe(`the guard rails, for rooms of the ${way}`, () => guards(tokenFor));
}

describe("the guard rails", () => {
  it("look at rooms, and at nothing else", () => {
    for (const type of [
      "random:index/randomPet:RandomPet",
      "pulumi-nodejs:dynamic:Resource",
      "pulumi-nodejs:dynamic/metered:Other",
      "metered:index:getMeetingRoom",
      "pulumi:providers:metered",
      "pulumi:pulumi:Stack",
    ]) {
      assert.equal(asRoom(type, "", {}), undefined);
    }
  });

  it("have a default for every setting, so that the pack works without configuration", () => {
    for (const { settings } of [privateRooms, limits, recording, webhooks, rtmpOut]) {
      for (const [name, schema] of Object.entries(settings)) assert.notEqual(schema.default, undefined, name);
    }
  });
});

function guards(tokenFor: (type: RoomType) => string): void {
  function room(settings: Values, type = meetingRoom, project = "shop"): Room {
    const token = tokenFor(type);
    const found = asRoom(token, `urn:pulumi:dev::${project}::${token}::r`, settings);
    assert.ok(found);
    return found;
  }

  /** Rooms that a rule allows and rooms that it refuses, under some settings. */
  function examine<Settings>(rule: Rule<Settings>, settings: Settings, good: Values[], bad: [Values, RegExp][]): void {
    for (const each of good) assert.deepEqual(rule.check(room(each), settings), [], JSON.stringify(each));
    for (const [each, words] of bad)
      assert.match(rule.check(room(each), settings).join("\n"), words, JSON.stringify(each));
  }

  it("look at both kinds of rooms", () => {
    for (const type of types) assert.equal(asRoom(tokenFor(type), "", {})?.kind, type.name);
  });

  it("private-rooms", () => {
    const good = [
      { privacy: "private" },
      { privacy: "public", roomName: "lobby" },
      { privacy: "public", roomName: "webinar-7" },
    ];
    const refused = /Anyone with the link can join/;
    examine(privateRooms, { allowedPublic: ["lobby", "webinar-*"] }, good, [
      [{ privacy: "public", roomName: "lobby-2" }, refused],
      [{ privacy: "public", roomName: "my-webinar-7" }, refused],
    ]);
    examine(privateRooms, { allowedPublic: [] }, [], [[{ privacy: "public", roomName: "lobby" }, refused]]);
    const nameless = [{ privacy: "public" }, { privacy: "public", roomName: null }];
    examine(
      privateRooms,
      { allowedPublic: ["un*", "n*"] },
      [],
      nameless.map((each) => [each, refused]),
    );
    examine(privateRooms, { allowedPublic: ["*"] }, nameless, []);
    examine(privateRooms, { allowedPublic: [] }, [], [[{ privacy: null }, refused]]);
    examine(privateRooms, { allowedPublic: ["a.c"] }, [], [[{ privacy: "public", roomName: "abc" }, refused]]);
    assert.deepEqual(privateRooms.check(room({}, liveStreamingRoom), { allowedPublic: [] }), []);
  });

  it("room-limits", () => {
    examine(limits, { requireExpiry: false, maxParticipants: 0 }, [{}, { maxParticipants: 9999 }], []);
    examine(limits, { requireExpiry: true, maxParticipants: 0 }, [{ expireUnixSec: 2e9 }], [[{}, /never expires/]]);
    const most = { requireExpiry: false, maxParticipants: 50 };
    const tooMany = /set maxParticipants to a number from 1 to 50/;
    // Metered may take 0 for no limit, and what isn't a number for anything.
    const bad = [51, 0, -1, null, undefined, "", "50", true, [50], Number.NaN];
    examine(
      limits,
      most,
      [{ maxParticipants: 50 }, { maxParticipants: 1 }],
      bad.map((maxParticipants) => [{ maxParticipants }, tooMany]),
    );
    const endless = [null, undefined, 0, "", "2000000000", false];
    examine(
      limits,
      { requireExpiry: true, maxParticipants: 0 },
      [{ expireUnixSec: 1 }],
      endless.map((expireUnixSec) => [{ expireUnixSec }, /never expires/]),
    );
    const both = { requireExpiry: true, maxParticipants: 50 };
    assert.equal(limits.check(room({}), both).length, 2);
    assert.deepEqual(limits.check(room({}, liveStreamingRoom), both), []);
  });

  it("recording", () => {
    const off = [{}, { enableRecording: false, recordRoom: false }];
    examine(recording, { projects: ["webinars"] }, off, [
      [{ enableRecording: true }, /^enableRecording is on, but project shop may not record/],
      [{ recordRoom: true, recordComposition: true }, /recordRoom is on.*\nrecordComposition is on/],
    ]);
    examine(recording, { projects: ["shop"] }, [{ enableRecording: true }], []);
    assert.equal(recording.check(room({ enableRecording: true }, liveStreamingRoom), { projects: [] }).length, 1);
  });

  it("recording knows every setting that records", () => {
    for (const type of types) {
      const names = Object.keys(type.fields).filter(
        (name) => /record/i.test(name) && type.fields[name]?.kind === "boolean",
      );
      const said = recording.check(room(allSettings(type), type), { projects: [] });
      assert.deepEqual(said.map((each) => each.split(" ")[0]).sort(), names.sort());
    }
  });

  it("webhooks", () => {
    const hook = (url: string) => ({ meetingEndedWebhook: url });
    examine(
      webhooks,
      { hosts: ["hooks.example.com", "*.acme.dev"] },
      [{}, { meetingEndedWebhook: null }, hook("https://hooks.example.com/x"), hook("https://a.acme.dev")],
      [
        [hook("http://hooks.example.com/x"), /^meetingEndedWebhook starts with http:\/\/ instead of https:\/\//],
        [hook("https://evil.example.com/?hooks.example.com"), /goes to evil\.example\.com/],
        [hook("https://hooks.example.com@evil.example.com/"), /goes to evil\.example\.com/],
        [hook("https://hooks.example.com.evil.example.com/"), /goes to hooks\.example\.com\.evil\.example\.com/],
        [hook("https://acme.dev"), /goes to acme\.dev/],
      ],
    );
    examine(
      webhooks,
      { hosts: ["*"] },
      [hook("https://anywhere.example.com")],
      [[hook("http://x.example.com"), /https/]],
    );
  });

  it("webhooks knows every setting that is one", () => {
    const names = Object.keys(meetingRoom.fields).filter((name) => meetingRoom.fields[name]?.kind === "url");
    const said = webhooks.check(room(allSettings(meetingRoom)), { hosts: [] });
    assert.deepEqual(said.map((each) => each.split(" ")[0]).sort(), names.sort());
  });

  it("rtmp-out, without a word of the address but its host", () => {
    const good = [{}, { rtmpOutURL: null }, { rtmpOutURL: "rtmps://a.rtmps.youtube.com/live2/key" }];
    const refused = /^rtmpOutURL goes to live\.example\.com, which isn't an allowed host\.$/;
    examine(rtmpOut, { hosts: ["*.youtube.com"] }, good, [[{ rtmpOutURL: canaryRtmpURL }, refused]]);
    const [said = ""] = rtmpOut.check(room({ rtmpOutURL: canaryRtmpURL }), { hosts: [] });
    assert.equal(hasSecret(said), false);
  });
}
