import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import { assertNoSecrets, canaryKey } from "./canary";
import { FakeEngine } from "./fakeEngine";
import { PluginProcess } from "./pluginProcess";
import type { WireError } from "./providerClient";

/** The plugin, configured for a simulator, and what it tells the engine. */
interface OnPlugin {
  readonly simulator: Simulator;
  readonly engine: Awaited<ReturnType<typeof FakeEngine.start>>;
  readonly plugin: PluginProcess;
}

/** Gives the tests of a suite one plugin for all of them; afterwards it is gone, and has printed no secret. */
export function onPlugin(): OnPlugin {
  const on = {} as { -readonly [part in keyof OnPlugin]: OnPlugin[part] };
  before(async () => {
    on.engine = await FakeEngine.start();
    on.simulator = await startSimulator({ secretKey: canaryKey });
    on.plugin = await PluginProcess.configured(
      { appName: "demo", secretKey: canaryKey, endpoint: on.simulator.url, retrySeconds: "60" },
      on.engine.address,
    );
  });
  beforeEach(() => {
    on.engine.heard.length = 0;
    on.simulator.requests.clear();
  });
  afterEach(() => on.simulator.faults.clear());
  after(async () => {
    await on.plugin.stop();
    await on.simulator.close();
    on.engine.close();
    assertNoSecrets("what the plugin printed", on.plugin.printed);
  });
  return on;
}

/** The error with which a call to the plugin fails. */
export function wireFailure(call: Promise<unknown>): Promise<WireError> {
  return call.then(
    () => assert.fail("should have failed"),
    (error: WireError) => error,
  );
}
