import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import { assertNoKey, canaryKey } from "../support/canary";
import { secret, urnOf } from "../support/pluginClient";
import { PluginProcess } from "../support/pluginProcess";

/** A process that is attached to (`PULUMI_DEBUG_PROVIDERS`) serves one run after the other. */
describe("a plugin process that is configured again", function () {
  this.timeout(60_000);
  let [first, second]: Simulator[] = [];
  let plugin: PluginProcess;
  const urn = urnOf("MeetingRoom", "standup");
  const given = { privacy: "public", roomName: "standup" };

  beforeEach(async () => {
    first = await startSimulator({ secretKey: canaryKey });
    second = await startSimulator({ secretKey: `${canaryKey}-eu`, app: "eu" });
    plugin = await PluginProcess.start();
  });
  afterEach(async () => {
    await plugin.stop();
    assertNoKey("what it printed", plugin.printed);
    await first?.close();
    await second?.close();
  });

  const configure = (simulator: Simulator | undefined, more = {}) => {
    const { app: appName, secretKey, url: endpoint } = simulator ?? assert.fail();
    return plugin.configure({ appName, secretKey: secret(secretKey), endpoint, ...more });
  };

  it("uses the account of its last configuration, and none of an earlier one", async () => {
    await configure(first);
    const here = await plugin.create(urn, given);
    await configure(second);
    const there = await plugin.create(urn, given);
    assert.deepEqual([here.outs.appName, there.outs.appName], ["demo", "eu"]);
    assert.deepEqual([first?.rooms.length, second?.rooms.length], [1, 1]);
    await assert.rejects(plugin.delete(urn, here.id, here.outs), /belongs to Metered app "demo"[\s\S]*\[AppChanged\]$/);
    const { result } = await plugin.invoke("getMeetingRooms", {});
    assert.equal(result.appName, "eu");
  });

  it("forgets the claims of the run before: neither a room that was created nor a rename is remembered", async () => {
    await configure(first);
    const { inputs } = await plugin.check(urn, {}, given);
    const { id, outs } = await plugin.create(urn, inputs);
    const renamed = (await plugin.check(urn, inputs, { ...given, roomName: "daily" })).inputs;
    assert.deepEqual((await plugin.diff(urn, id, outs, renamed, inputs)).replaces, ["roomName"]);
    await configure(first);
    const other = urnOf("MeetingRoom", "other");
    await assert.rejects(plugin.create(other, given), /already has a room with that name[\s\S]*\[NameTaken\]$/);
    await configure(first, { adoptExisting: "true" });
    const adopted = await plugin.create(other, given);
    assert.equal(adopted.outs.roomId, outs.roomId);
    await configure(first);
    await plugin.delete(other, adopted.id, adopted.outs);
    assert.equal(first?.rooms[0]?.archived, true);
  });

  it("takes over nothing of a configuration that is wrong, and says so at the room", async () => {
    await configure(first);
    await plugin.configure({ appName: "demo" }, "eu");
    await assert.rejects(plugin.create(urn, given), /metered\.Provider "eu"[\s\S]*\[InvalidConfiguration\]$/);
    assert.deepEqual(first?.rooms, []);
  });

  it("is cancelled for one run only", async () => {
    await configure(first);
    await plugin.cancel();
    await assert.rejects(plugin.create(urn, given), /The run was cancelled before any request to Metered/);
    await configure(first);
    assert.equal((await plugin.create(urn, given)).id, "standup");
  });
});
