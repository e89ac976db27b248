import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import { canaryKey } from "../support/canary";
import { urnOf } from "../support/pluginClient";
import { PluginProcess } from "../support/pluginProcess";

/** What the engine hands over for `pulumi:autonaming` in the stack's configuration. */
describe("pulumi:autonaming at the plugin", function () {
  this.timeout(60_000);
  let simulator: Simulator;
  let plugin: PluginProcess;
  const urn = urnOf("MeetingRoom", "standup");
  const nameless = { privacy: "public" };

  before(async () => {
    simulator = await startSimulator({ secretKey: canaryKey });
    plugin = await PluginProcess.start();
  });
  beforeEach(() => configure());
  after(async () => {
    await plugin.stop();
    await simulator.close();
  });

  const configure = async () => {
    const config = { appName: "demo", secretKey: canaryKey, endpoint: simulator.url };
    assert.equal((await plugin.configure(config)).getSupportsAutonamingConfiguration(), true);
  };
  const proposal = (proposedName: string, mode: "PROPOSE" | "ENFORCE" | "DISABLE" = "PROPOSE") =>
    ({ proposedName, mode }) as const;

  it("proposes a name, which is kept whatever is proposed later, and gives way to the next where it is not free", async () => {
    const { inputs } = await plugin.check(urn, {}, nameless, proposal("team-standup"));
    assert.equal(inputs.roomName, "team-standup");
    const { id, outs } = await plugin.create(urn, inputs);
    assert.equal(id, "team-standup");
    const later = await plugin.check(urn, inputs, nameless, proposal("another"));
    assert.deepEqual(later, { inputs, failures: [] });
    assert.equal((await plugin.diff(urn, id, outs, later.inputs, inputs)).changes, "none");
    const twin = await plugin.check(urnOf("MeetingRoom", "twin"), {}, nameless, proposal("team-standup"));
    assert.equal((await plugin.create(urnOf("MeetingRoom", "twin"), twin.inputs)).id, "team-standup-2");
  });

  it("never counts for a name that the program gives", async () => {
    const { inputs } = await plugin.check(urn, {}, { ...nameless, roomName: "mine" }, proposal("theirs", "ENFORCE"));
    assert.deepEqual(inputs, { ...nameless, roomName: "mine" });
  });

  it("enforces a name, which no number is ever added to", async () => {
    const { inputs } = await plugin.check(urn, {}, nameless, proposal("enforced", "ENFORCE"));
    assert.deepEqual(inputs, { ...nameless, roomName: "enforced" });
    const { id } = await plugin.create(urn, inputs);
    assert.deepEqual((await plugin.check(urn, inputs, nameless, proposal("other", "ENFORCE"))).inputs, inputs);
    const twin = urnOf("MeetingRoom", "enforced-twin");
    const refused = plugin.create(twin, (await plugin.check(twin, {}, nameless, proposal(id, "ENFORCE"))).inputs);
    await assert.rejects(refused, /resource "standup"[\s\S]*\[NameUsedTwice\]$/);
  });

  it("can be off, so that a name is missing until the program gives one, and never for a room that has one", async () => {
    const off = proposal("", "DISABLE");
    const { failures } = await plugin.check(urn, {}, nameless, off);
    assert.deepEqual(
      failures.map(({ property }) => property),
      [""],
    );
    assert.match(failures[0]?.reason ?? "", /roomName is missing: auto-naming is off/);
    const given = await plugin.check(urn, {}, { ...nameless, roomName: "named" }, off);
    assert.deepEqual(given.failures, []);
  });
});
