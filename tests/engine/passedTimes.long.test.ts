import assert from "node:assert/strict";
import { assertNoSecrets, canaryRtmpURL } from "../support/canary";
import { EngineWorld } from "../support/engineWorld";
import { faces } from "../support/providerHost";

const HOUR = 3600;
const now = () => Math.floor(Date.now() / 1000);

for (const face of faces) {
  describe(`times that pass, on the real engine (${face})`, function () {
    this.timeout(600_000);
    let world: EngineWorld;
    afterEach(() => world.close());

    for (const pastExpiry of ["rejected", "accepted"] as const) {
      it(`an expiry that was extended in the dashboard, after the declared one has passed (Metered: ${pastExpiry})`, async () => {
        world = await EngineWorld.start({}, { switches: { pastExpiry } }, face);
        const { stack, simulator } = world;
        const program = (expireUnixSec: number) => world.program({ r: { args: { expireUnixSec } } });
        program(now() + HOUR);
        await stack.pulumi("up");
        simulator.editRoom("meeting", "r", { expireUnixSec: now() + 2 * HOUR });
        await stack.pulumi("refresh");
        // What the state has of the declared time is gone with the refresh: to the provider it is as if it passed now.
        program(now() - 60);
        for (let run = 0; run < 2; run++) await stack.pulumi("up");
        assert.equal(world.living.length, 1);
        assert.equal(stack.room("r").outputs.roomId, world.living[0]?._id);
        const expiry = Number(world.living[0]?.settings.expireUnixSec);
        assert.equal(expiry > now(), pastExpiry === "rejected");
        if (pastExpiry === "accepted") await world.assertConverged(["r"]);
      });
    }

    it("a first expiry in the past is refused, and said in a way that can be read", async () => {
      world = await EngineWorld.start({}, {}, face);
      for (const time of [String(now() - HOUR), `"2020-05-04"`]) {
        world.write(`new metered.MeetingRoom("r", { privacy: "public", expireUnixSec: ${time} });`);
        const { text } = await world.stack.failing("preview");
        assert.match(text, /expireUnixSec /);
        assert.doesNotMatch(text, /e\+09|map\[|\{\d/);
      }
      assert.deepEqual(world.simulator.requests, []);
    });

    for (const isThere of [true, false]) {
      it(`a looked-up room whose time is over keeps its stream key secret (${isThere ? "still there" : "gone"})`, async () => {
        world = await EngineWorld.start({}, { switches: { optionalInReplies: "echoed" } }, face);
        const { stack, simulator } = world;
        // The server's clock is behind: the room lives, although its time is over.
        simulator.setClock((now() - HOUR) * 1000);
        const settings = { privacy: "public", deleteOnExp: true, expireUnixSec: now() - 60, enableComposition: true };
        const webhook = { meetingEndedWebhook: `https://hooks.example.com/?token=canary-stream-Kj5x` };
        simulator.addRoom("meeting", "over", {
          ...settings,
          ...webhook,
          enableRTMPOut: true,
          rtmpOutURL: canaryRtmpURL,
        });
        world.write('exports.url = metered.MeetingRoom.get("found", "over").rtmpOutURL;');
        await stack.pulumi("up");
        assertNoSecrets("the state", JSON.stringify(stack.state()));
        if (!isThere) simulator.setClock(Date.now());
        await stack.pulumi("refresh");
        assertNoSecrets("the state after a refresh", JSON.stringify(stack.state()));
        assert.equal(stack.rooms().length, isThere ? 1 : 0);
        assert.deepEqual(
          stack.rooms().map(({ inputs = {} }) => Object.keys(inputs).filter((name) => !name.startsWith("__"))),
          isThere ? [[]] : [],
        );
      });
    }
  });
}
