import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import { assertNoSecrets, canaryKey } from "../support/canary";
import { isExhaustive } from "../support/exhaustive";
import { InFlight } from "../support/inFlight";
import { ProviderProcess } from "../support/providerProcess";

const PER_SECOND = 50;
const RATE_LIMITED_ROOMS = isExhaustive ? 1000 : 120;
const REQUESTS_AT_ONCE = 4;

describe("a provider process under load", function () {
  this.timeout(120_000);
  let simulator: Simulator;
  let inFlight: InFlight;
  let provider: ProviderProcess;

  const start = async (options: Parameters<typeof startSimulator>[0] = {}) => {
    simulator = await startSimulator({ secretKey: canaryKey, ...options });
    inFlight = new InFlight(simulator.url);
    const config = { appName: "demo", secretKey: canaryKey, endpoint: simulator.url };
    // Whoever waits for a slow call waits for longer than the test.
    const limits = { maxConcurrentRequests: String(REQUESTS_AT_ONCE), timeoutSeconds: "300" };
    provider = await ProviderProcess.start({ ...config, ...limits });
  };
  const programs = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ roomName: `room-${i}`, privacy: "public" }));
  const names = () => simulator.rooms.map(({ roomName }) => roomName).sort();
  /** Resolves once the server is busy with so many requests at once. */
  const busyWith = async (count: number) => {
    while (inFlight.now < count) await new Promise((resolve) => setImmediate(resolve));
  };

  afterEach(async () => {
    await provider.stop();
    inFlight.close();
    await simulator.close();
    assertNoSecrets("what the process printed", provider.printed);
  });

  it(`gets ${RATE_LIMITED_ROOMS} rooms through a limit of ${PER_SECOND} requests per second, none failing`, async () => {
    await start({ rateLimit: { perSecond: PER_SECOND } });
    const wanted = programs(RATE_LIMITED_ROOMS);
    const began = performance.now();
    await Promise.all(wanted.map((inputs) => provider.create(inputs)));
    const seconds = (performance.now() - began) / 1000;
    assert.deepEqual(names(), wanted.map(({ roomName }) => roomName).sort());
    const refused = simulator.requests.filter(({ status }) => status === 429).length;
    assert.ok(refused > 0, "the limit was met");
    // Every room's first call, and for each second as many refusals as can be under way: nothing is tried in vain.
    assert.ok(refused <= (RATE_LIMITED_ROOMS / PER_SECOND + 1) * REQUESTS_AT_ONCE, `${refused} refusals`);
    const least = RATE_LIMITED_ROOMS / PER_SECOND;
    console.log(
      `      ${seconds.toFixed(1)} s, ${(seconds / least).toFixed(2)} times the ${least} s that the limit asks for`,
    );
  });

  it("is not held up by one slow room", async () => {
    await start();
    simulator.faults.inject({ fault: "delay", ms: 600_000, operation: "create", roomName: "slow" });
    let isSlowOver = false;
    const slow = provider
      .create({ roomName: "slow", privacy: "public" })
      .catch(() => {})
      .then(() => {
        isSlowOver = true;
      });
    await busyWith(1);
    const wanted = programs(100);
    await Promise.all(wanted.map((inputs) => provider.create(inputs)));
    assert.equal(isSlowOver, false, "the others did not wait for it");
    assert.deepEqual(names(), wanted.map(({ roomName }) => roomName).sort());
    await provider.stop();
    await slow;
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`ends at ${signal} with the calls in flight, and begins no other`, async () => {
      await start();
      simulator.faults.inject({ fault: "delay", ms: 600_000, operation: "create", times: "always" });
      const calls = Promise.allSettled(programs(40).map((inputs) => provider.create(inputs)));
      await busyWith(REQUESTS_AT_ONCE);
      await provider.stop(signal);
      const outcomes = await calls;
      assert.ok(outcomes.every(({ status }) => status === "rejected"));
      assert.deepEqual([inFlight.total, simulator.rooms], [REQUESTS_AT_ONCE, []]);
    });
  }
});
