import assert from "node:assert/strict";
import { liveStreamingRoom } from "../../provider/src/core/liveStreamingRoom";
import { shownIn } from "../../provider/src/core/state";

describe("what a reply shows", () => {
  const shown = (rtmpOutURL: string) => shownIn(liveStreamingRoom, { rtmpOutURL }).rtmpOutURL;

  it("is not a secret that is masked", () => {
    for (const mask of ["rtmp://live.example.com/app/****", "rtmp://live.example.com/xxxxxx", "•••••"]) {
      assert.equal(shown(mask), undefined);
    }
    assert.equal(shown("rtmp://live.example.com/app/key"), "rtmp://live.example.com/app/key");
  });
});
