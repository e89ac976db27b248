import assert from "node:assert/strict";
import { liveStreamingRoom } from "../../provider/src/core/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/core/meetingRoom";
import { isFinished, isForeign, shownIn, textIn, unsettledIn } from "../../provider/src/core/state";
import { NOW, PROVIDER_TEXT } from "../support/rooms";

describe("what a reply shows", () => {
  const shown = (rtmpOutURL: string) => shownIn(liveStreamingRoom, { rtmpOutURL }).rtmpOutURL;

  it("is not a secret that is masked", () => {
    for (const mask of ["rtmp://live.example.com/app/****", "rtmp://live.example.com/xxxxxx", "•••••"]) {
      assert.equal(shown(mask), undefined);
    }
    for (const clear of ["rtmp://live.example.com/app/key", "rtmp://live.example.com/a•b*xxx"]) {
      assert.equal(shown(clear), clear);
    }
  });

  it("is nothing of what makes no sense", () => {
    assert.deepEqual(shownIn(meetingRoom, { maxParticipants: "many", enableChat: {}, autoJoin: null }), {
      autoJoin: null,
    });
  });
});

describe("what is in a state", () => {
  it("is a text only where it is one", () => {
    assert.equal(textIn({ url: "https://demo.metered.live/standup" }, "url"), "https://demo.metered.live/standup");
    for (const url of ["", 7, null, undefined, ["a"]]) assert.equal(textIn({ url }, "url"), undefined);
  });

  it("tells of unsettled settings, whatever else is there", () => {
    assert.deepEqual(unsettledIn({ __unsettled: ["privacy", 7, null] }), ["privacy"]);
    assert.deepEqual(unsettledIn({ __unsettled: "privacy" }), []);
  });

  it("is that of a finished room only where it has an expiry that has passed", () => {
    const finished = (expireUnixSec: unknown, deleteOnExp: unknown = true) =>
      isFinished({ expireUnixSec, deleteOnExp }, NOW);
    assert.deepEqual(
      [NOW - 1, NOW].map((expiry) => finished(expiry)),
      [true, true],
    );
    assert.deepEqual(
      [NOW + 1, null, undefined, ""].map((expiry) => finished(expiry)),
      [false, false, false, false],
    );
    assert.equal(finished(NOW - 1, false), false);
  });
});

describe("the state of somebody else's provider", () => {
  const ours = { roomId: "61005784c3c9104421af1534", appName: "demo" };
  const isTakenOver = (olds: Record<string, unknown>) => isForeign(olds, { __provider: PROVIDER_TEXT });

  it("has another text, whatever else it has", () => {
    assert.equal(isTakenOver({ ...ours, __provider: "exports.handler = __f0" }), true);
    assert.equal(isTakenOver({ ...ours, __provider: PROVIDER_TEXT }), false);
  });

  it("has no text, and not both of what our plugin always writes", () => {
    assert.equal(isTakenOver(ours), false);
    assert.equal(isTakenOver({}), true);
    assert.equal(isTakenOver({ roomId: ours.roomId }), true);
    assert.equal(isTakenOver({ appName: ours.appName }), true);
  });
});
