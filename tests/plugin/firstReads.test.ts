import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import { assertNoSecrets, canaryKey, canaryRtmpURL } from "../support/canary";
import { isSecret, revealed, urnOf } from "../support/pluginClient";
import { PluginProcess } from "../support/pluginProcess";
import type { Bag } from "../support/providerClient";

const HOOK = "https://hooks.example.com/joined?token=canary-token-Vb3";

describe("the plugin's first read of a room", function () {
  this.timeout(60_000);
  let simulator: Simulator;
  let plugin: PluginProcess;
  const urn = urnOf("MeetingRoom", "theirs");
  const account = () => ({ appName: "demo", secretKey: canaryKey, endpoint: simulator.url });

  beforeEach(async () => {
    simulator = await startSimulator({ secretKey: canaryKey });
    plugin = await PluginProcess.configured(account());
    simulator.addRoom("meeting", "theirs", {
      privacy: "private",
      maxParticipants: 4,
      meetingJoinWebhook: HOOK,
      enableRTMPOut: true,
      rtmpOutURL: canaryRtmpURL,
    });
  });
  afterEach(async () => {
    await plugin.stop();
    await simulator.close();
  });

  /** What no program has said is in clear nowhere. */
  const inClear = (bag: Bag) => JSON.stringify(Object.entries(bag).filter(([, value]) => !isSecret(value)));

  for (const [engine, properties] of [
    ["3.259, without properties", undefined],
    ["3.274, with empty properties", {}],
  ] as const) {
    it(`for an import by engine ${engine}, answers the declared inputs, and the preview after it is empty`, async () => {
      const { id, props, inputs } = await plugin.read(urn, "theirs", properties);
      const { privacy, maxParticipants, meetingJoinWebhook, rtmpOutURL, roomName } = revealed(inputs);
      assert.deepEqual(
        [id, roomName, privacy, maxParticipants, meetingJoinWebhook, rtmpOutURL],
        ["theirs", "theirs", "private", 4, HOOK, canaryRtmpURL],
      );
      for (const bag of [props, inputs]) {
        assert.ok(isSecret(bag.meetingJoinWebhook) && isSecret(bag.rtmpOutURL));
        assertNoSecrets("what is in clear", inClear(bag));
      }
      const checked = await plugin.check(urn, inputs, inputs);
      assert.deepEqual(checked.failures, []);
      assert.equal((await plugin.diff(urn, id, props, checked.inputs, inputs)).changes, "none");
      const refreshed = await plugin.read(urn, id, props, inputs);
      assert.deepEqual(revealed(refreshed.inputs), revealed(inputs));
      assert.equal((await plugin.diff(urn, id, refreshed.props, checked.inputs, refreshed.inputs)).changes, "none");
    });
  }

  it("for a get, and every refresh of it, shows every setting and keeps what may contain a credential secret", async () => {
    const first = await plugin.read(urn, "theirs", {}, {});
    simulator.editRoom("meeting", "theirs", { maxParticipants: 9 });
    let { props } = first;
    // The engine hands the old inputs back, which are empty for a get: as none, or as an empty bag.
    for (const inputs of [{}, undefined]) {
      const now = await plugin.read(urn, "theirs", props, inputs);
      assert.deepEqual([now.id, now.inputs], ["theirs", {}], "it declares nothing");
      assert.deepEqual(now.props, { ...first.props, maxParticipants: 9 } as Bag, "nothing else has changed");
      assert.equal(revealed(now.props).meetingJoinWebhook, HOOK);
      assert.ok(isSecret(now.props.meetingJoinWebhook) && isSecret(now.props.rtmpOutURL));
      assertNoSecrets("what is in clear", inClear(now.props));
      props = now.props;
    }
    simulator.archiveRoom("meeting", "theirs");
    assert.equal((await plugin.read(urn, "theirs", props, {})).id, "", "gone");
  });

  it("of a room that is missing fails under either shape, and names it", async () => {
    for (const properties of [undefined, {}]) {
      await assert.rejects(plugin.read(urn, "nowhere", properties), /"nowhere"[\s\S]*\[RoomNotFound\]$/);
    }
  });

  it("a refresh of a managed room keeps what is secret in the program secret, and no more", async () => {
    const { inputs } = await plugin.check(urn, {}, { privacy: "public", roomName: "ours", meetingJoinWebhook: HOOK });
    const { id, outs } = await plugin.create(urn, inputs);
    const { props } = await plugin.read(urn, id, outs, inputs);
    assert.deepEqual([props.meetingJoinWebhook, isSecret(props.meetingJoinWebhook)], [HOOK, false]);
  });
});
