import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { type Simulator, startSimulator } from "metered-simulator";
import { canaryKey } from "../support/canary";
import { ProviderProcess } from "../support/providerProcess";

describe("a provider process whose engine was killed", () => {
  let simulator: Simulator;
  let provider: ProviderProcess;

  const start = async (stdin?: "pipe" | "ignore") => {
    const config = { appName: "demo", secretKey: canaryKey, endpoint: simulator.url };
    provider = await ProviderProcess.start(config, "meetingRoom", {}, stdin);
  };
  beforeEach(async () => {
    simulator = await startSimulator({ secretKey: canaryKey });
  });
  afterEach(async () => {
    await provider.stop();
    await simulator.close();
  });

  it("ends, also in the middle of a call that it would repeat for two minutes", async () => {
    await start();
    const busy = simulator.faults.inject({ fault: "status", status: 429, operation: "create", times: "always" });
    const call = provider.create({ privacy: "public", roomName: "r" }).catch((error: Error) => error);
    while (busy.fired === 0) await sleep(10);
    await provider.loseEngine();
    assert.ok((await call) instanceof Error);
    simulator.faults.clear();
    assert.deepEqual(simulator.rooms, []);
  });

  it("is not told from its input where that is no pipe of an engine", async () => {
    await start("ignore");
    await provider.create({ privacy: "public", roomName: "first" });
    await provider.create({ privacy: "public", roomName: "second" });
    assert.equal(simulator.rooms.length, 2);
  });
});
