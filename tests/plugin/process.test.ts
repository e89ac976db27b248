import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { type Simulator, startSimulator } from "metered-simulator";
import { assertNoSecrets, canaryKey } from "../support/canary";
import { secret, urnOf } from "../support/pluginClient";
import { PluginProcess } from "../support/pluginProcess";

describe("the process of the plugin", () => {
  let simulator: Simulator;
  let plugin: PluginProcess;
  const room = urnOf("MeetingRoom", "r");

  before(async () => {
    simulator = await startSimulator({ secretKey: canaryKey });
  });
  afterEach(async () => {
    simulator.faults.clear();
    await plugin.stop();
    assertNoSecrets("what the plugin printed", plugin.printed);
  });
  after(() => simulator.close());

  const config = () => ({ appName: "demo", secretKey: secret(canaryKey), endpoint: simulator.url });
  /** Until a create has met the server's refusal, and waits. */
  const busyCreate = async (more: { retryAfter?: number } = {}) => {
    const busy = simulator.faults.inject({
      fault: "status",
      status: 429,
      operation: "create",
      times: "always",
      ...more,
    });
    const created = plugin.create(room, { privacy: "public", roomName: "r" });
    const failure = created.then(
      () => assert.fail("should have failed"),
      (error: Error) => error,
    );
    while (busy.fired === 0) await sleep(10);
    return { failure };
  };

  it("begins no further try once the run is cancelled", async () => {
    plugin = await PluginProcess.start();
    await plugin.configure({ ...config(), retrySeconds: "600" });
    const outcome = await busyCreate({ retryAfter: 300 });
    await plugin.cancel();
    const { message } = await outcome.failure;
    assert.match(message, /The run was cancelled during a request to Metered \(1 attempt\)\. Nothing was changed\./);
  });

  it("makes the key a secret, and refuses a wrong configuration", async () => {
    plugin = await PluginProcess.start();
    const inClear = await plugin.checkConfig({ ...config(), secretKey: canaryKey });
    assert.deepEqual(inClear, { inputs: config(), failures: [] }, "as Pulumi hands it over, and a secret from here on");
    const wrong = await plugin.checkConfig({ ...config(), appName: "https://demo.metered.live" });
    assert.match(wrong.failures.join(), /: pulumi config set metered:appName demo\.$/);
    const misspelled = await plugin.checkConfig({ ...config(), retrySecond: "5", version: "0.1.0" });
    assert.deepEqual(misspelled.failures, [
      "metered:retrySecond is no input of the provider: did you mean retrySeconds?",
    ]);
    const half = await plugin.checkConfig({ appName: "demo" }, "eu");
    assert.match(half.failures.join(), /metered\.Provider "eu"/);
    const unknown = await plugin.checkConfig({ appName: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }, "eu");
    assert.deepEqual(unknown.failures, []);
  });

  it("takes the credentials from the environment where the stack gives none, and keeps them out of the state", async () => {
    plugin = await PluginProcess.start("", { METERED_APP_NAME: "demo", METERED_SECRET_KEY: canaryKey });
    const endpoint = { endpoint: simulator.url };
    assert.deepEqual(await plugin.checkConfig(endpoint), { inputs: endpoint, failures: [] });
    await plugin.configure(endpoint);
    assert.equal((await plugin.create(room, { privacy: "public", roomName: "by-environment" })).id, "by-environment");
  });

  it("tells in check what is wrong with a configuration that a destroy took from the state", async () => {
    plugin = await PluginProcess.start();
    await plugin.configure({});
    const { failures } = await plugin.check(room, {}, { privacy: "public", roomName: "r" });
    assert.match(failures.map(({ reason }) => reason).join(), /metered:appName NAME, or set METERED_APP_NAME/);
    await assert.rejects(plugin.delete(room, "r", { roomId: "x", appName: "demo" }), /\[InvalidConfiguration\]$/);
  });
});
