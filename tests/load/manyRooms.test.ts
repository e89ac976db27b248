import assert from "node:assert/strict";
import { join } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { assertNoSecrets, canaryKey } from "../support/canary";
import { isExhaustive } from "../support/exhaustive";
import { InFlight } from "../support/inFlight";
import { inParallel } from "../support/inParallel";
import { type Bag, ProviderProcess } from "../support/providerProcess";

/** What the engine does at once on a machine with eight cores. */
const PARALLEL = 32;
const REQUESTS_AT_ONCE = 6;
/** Every room lives through so many rounds: fewer rooms need more of them, for a leak to stand out. */
const SIZES = isExhaustive
  ? [
      { rooms: 1000, rounds: 3 },
      { rooms: 10_000, rounds: 1 },
    ]
  : [{ rooms: 150, rounds: 4 }];
/** More than the `_id` of a room that is remembered, less than a room. */
const BYTES_PER_ROOM = 600;
/** What may settle between two looks, whatever was done: the quick selection finds only what keeps whole replies. */
const UNSTEADY = 256 * 1024;

interface Held {
  readonly held: number;
  readonly rss: number;
}

for (const { rooms, rounds } of SIZES) {
  describe(`${rooms} rooms through one provider process`, function () {
    this.timeout(60_000 + rooms * rounds * 100);
    let simulator: Simulator;
    let inFlight: InFlight;
    let provider: ProviderProcess;
    let states: { id: string; outs: Bag; inputs: Bag }[] = [];
    const printed: string[] = [];

    const start = async () => {
      const config = { appName: "demo", secretKey: canaryKey, endpoint: simulator.url };
      const env = { NODE_OPTIONS: `--require=${join(__dirname, "..", "support", "reportMemory.cjs")}` };
      const limit = { maxConcurrentRequests: String(REQUESTS_AT_ONCE) };
      provider = await ProviderProcess.start({ ...config, ...limit }, "meetingRoom", env);
    };
    before(async () => {
      // Answered at once, no two requests would ever meet.
      simulator = await startSimulator({ secretKey: canaryKey, latencyMs: 5 });
      inFlight = new InFlight(simulator.url);
      await start();
    });
    afterEach(() => printed.push(provider.printed));
    after(async () => {
      await provider.stop();
      inFlight.close();
      await simulator.close();
      assertNoSecrets("what the process printed", printed.join("\n"));
    });

    const memory = async (): Promise<Held> => {
      const line = provider.nextLine("holds ");
      process.kill(provider.pid, "SIGUSR2");
      return JSON.parse((await line).slice("holds ".length)) as Held;
    };
    /**
     * Works on all rooms, and looks after each fifth of them at what the process holds on to. Code that is compiled late
     * or a buffer that grows shows once; what grows with every room shows in each fifth.
     */
    const steadily = async <T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> => {
      const fifth = items.length / 5;
      assert.ok(Number.isInteger(fifth));
      const results: R[] = [];
      const held: Held[] = [];
      while (results.length < items.length) {
        results.push(...(await inParallel(items.slice(results.length, results.length + fifth), PARALLEL, work)));
        held.push(await memory());
      }
      const grown = held.slice(1).map((now, i) => now.held - (held[i] as Held).held);
      const each = grown.map((bytes) => (bytes / fifth).toFixed()).join(", ");
      console.log(`      ${each} bytes more for each of ${fifth}; ${(held.at(-1) as Held).rss >> 20} MiB in all`);
      assert.ok(Math.min(...grown) < fifth * BYTES_PER_ROOM + UNSTEADY, `each room leaves ${each} bytes behind`);
      return results;
    };

    it("are created", async () => {
      const programs = Array.from({ length: rooms }, (_, i) => ({
        roomName: `room-${i}`,
        privacy: "public",
        autoJoin: true,
      }));
      states = await steadily(programs, async (program) => {
        const { inputs } = await provider.check({}, program);
        return { ...(await provider.create(inputs)), inputs };
      });
      assert.equal(new Set(simulator.rooms.map(({ roomName }) => roomName)).size, rooms);
    });

    it("are compared, read and changed, again and again, by another process", async () => {
      await provider.stop();
      await start();
      const all = Array.from({ length: rounds }, (_, round) => states.map((state, i) => ({ state, round, i }))).flat();
      await steadily(all, async ({ state: { id, outs, inputs }, round, i }) => {
        const news = { ...inputs, maxParticipants: 2 + round };
        const olds = (states[i] as (typeof states)[number]).outs;
        assert.equal((await provider.diff(id, olds, news)).changes, "unknown");
        assert.equal((await provider.read(id, outs)).id, id);
        states[i] = { id, inputs: news, outs: (await provider.update(id, olds, news)).outs };
      });
      assert.ok(simulator.rooms.every(({ settings }) => settings.maxParticipants === 1 + rounds));
    });

    it("are deleted, by another process", async () => {
      await provider.stop();
      await start();
      await steadily(states, ({ id, outs }) => provider.delete(id, outs));
      assert.ok(simulator.rooms.every(({ archived }) => archived));
    });

    it("have never had more requests under way at once than are allowed, by the server's count", () => {
      assert.equal(inFlight.most, REQUESTS_AT_ONCE);
    });
  });
}
