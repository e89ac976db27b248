import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import { measure, runProgram } from "../../bench/measuring/meter";

describe("the meter of the benchmarks", () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator();
  });
  afterEach(() => simulator.close());

  /** Makes so many rooms, and then does what is said. */
  const program = (rooms: number, then: string) => (signal: AbortSignal) => {
    const script = `
      const url = ${JSON.stringify(`${simulator.url}/api/v1/room?secretKey=${simulator.secretKey}`)};
      const make = (i) => fetch(url, { method: "POST", body: JSON.stringify({ roomName: "room-" + i, privacy: "public" }) });
      (async () => { for (let i = 0; i < ${rooms}; i++) await make(i); ${then} })();`;
    return runProgram(process.execPath, ["-e", script], { cwd: __dirname, env: process.env, signal });
  };

  it("counts requests, and sees the memory of what was started and of its children", async () => {
    const mb = 80;
    const fill = `Buffer.alloc(${mb} << 20, 1)`;
    const child = `const kept = ${fill}; setTimeout(() => kept.length, 300)`;
    const then = `const kept = ${fill}; require("child_process").execFileSync(process.execPath, ["-e", ${JSON.stringify(child)}]); kept.length;`;
    const { calls, memory, cutOffAt, progress, seconds } = await measure("up", simulator, program(3, then));
    assert.deepEqual({ calls, cutOffAt, made: progress.at(-1)?.[0] }, { calls: 3, cutOffAt: undefined, made: 3 });
    assert.ok(seconds > 0.3);
    if (process.platform !== "linux") return;
    assert.ok(memory && memory.engine > mb && memory.all > memory.engine + mb, JSON.stringify(memory));
  });

  it("stops what takes too long, and says how far it came", async () => {
    const endless = program(2, "setInterval(() => {}, 1000)");
    const { cutOffAt } = await measure("up", simulator, endless, performance.now() + 500);
    assert.equal(cutOffAt, simulator.rooms.length);
  });

  it("passes on what goes wrong", async () => {
    await assert.rejects(measure("up", simulator, program(0, "throw new Error('out of order')")), /out of order/);
  });
});
