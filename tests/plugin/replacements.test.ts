import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import { canaryKey } from "../support/canary";
import { urnOf } from "../support/pluginClient";
import { PluginProcess } from "../support/pluginProcess";

const urn = urnOf("MeetingRoom", "standup");
const given = { privacy: "public", roomName: "one" };
const ADOPT = { adoptExisting: "true" };

/** The calls are those of the engine, as they were seen; each run has a process of its own. */
describe("replacements of the plugin's rooms", function () {
  this.timeout(60_000);
  let simulator: Simulator;
  const runs: PluginProcess[] = [];
  const run = async (config: Readonly<Record<string, string>> = {}) => {
    const account = { appName: "demo", secretKey: canaryKey, endpoint: simulator.url };
    const started = await PluginProcess.configured({ ...account, ...config });
    runs.push(started);
    return started;
  };
  const living = () => simulator.rooms.filter(({ archived }) => !archived);

  beforeEach(async () => {
    simulator = await startSimulator({ secretKey: canaryKey });
  });
  afterEach(async () => {
    for (const each of runs.splice(0)) await each.stop();
    await simulator.close();
  });

  for (const [kind, before, after] of [
    ["given", given, { ...given, roomName: "two" }],
    ["made", given, { privacy: "public" }],
  ] as const) {
    it(`take over what a run has left that was cut in its create, under a ${kind} name`, async () => {
      const first = await run();
      const { inputs } = await first.check(urn, {}, before);
      const { id, outs } = await first.create(urn, inputs);
      const cut = await run();
      await cut.delete(urn, id, outs);
      const left = await cut.create(urn, (await cut.check(urn, {}, after)).inputs);
      // The engine knows that the old one is deleted, and does not ask for it again.
      const next = await run(ADOPT);
      await next.diff(urn, id, outs, (await next.check(urn, inputs, after)).inputs);
      const again = await next.create(urn, (await next.check(urn, {}, after)).inputs);
      assert.equal(again.outs.roomId, left.outs.roomId);
      assert.equal(living().length, 1);
    });
  }

  it("take over an existing room where the old one is retained", async () => {
    const first = await run();
    const { inputs } = await first.check(urn, {}, given);
    const { id, outs } = await first.create(urn, inputs);
    const { _id } = simulator.addRoom("meeting", "two", { privacy: "public" });
    const next = await run(ADOPT);
    const after = { ...given, roomName: "two" };
    await next.diff(urn, id, outs, (await next.check(urn, inputs, after)).inputs);
    const { outs: taken } = await next.create(urn, (await next.check(urn, {}, after)).inputs);
    assert.equal(taken.roomId, _id);
  });

  it("do not come of ignoreChanges on the name of a numbered room", async () => {
    simulator.setSwitches({ nameReuse: "reserved" });
    const provider = await run();
    const { inputs } = await provider.check(urn, {}, { privacy: "public" });
    const { roomName } = simulator.addRoom("meeting", String(inputs.roomName), { privacy: "public" });
    simulator.archiveRoom("meeting", roomName);
    const { id, outs } = await provider.create(urn, inputs);
    assert.equal(id, `${roomName}-2`);
    // The engine hands the old name in, as if the program gave it.
    const { inputs: next } = await provider.check(urn, inputs, { privacy: "public", roomName });
    const { changes, replaces } = await provider.diff(urn, id, outs, next);
    assert.deepEqual([changes, replaces], ["none", []]);
  });
});
