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
  const program = (rooms: number, then: string) => () => {
    const script = `
      const url = ${JSON.stringify(`${simulator.url}/api/v1/room?secretKey=${simulator.secretKey}`)};
      const make = (i) => fetch(url, { method: "POST", body: JSON.stringify({ roomName: "room-" + i, privacy: "public" }) });
      (async () => { for (let i = 0; i < ${rooms}; i++) await make(i); ${then} })();`;
    return runProgram(process.execPath, ["-e", script], { cwd: __dirname, env: process.env });
  };

  it("counts requests, and sees the memory of what was started and of its children", async () => {
    const mb = 80;
    const fill = `Buffer.alloc(${mb} << 20, 1)`;
    const child = `const kept = ${fill}; setTimeout(() => kept.length, 300)`;
    const then = `const kept = ${fill}; require("child_process").execFileSync(process.execPath, ["-e", ${JSON.stringify(child)}]); kept.length;`;
    const made: (string | undefined)[] = [];
    const taken = await measure(simulator, program(3, then), ({ roomName }) => made.push(roomName));
    const { calls, memory, seconds } = taken;
    assert.deepEqual({ calls, made }, { calls: 3, made: ["room-0", "room-1", "room-2"] });
    assert.ok(seconds > 0.3);
    if (process.platform !== "linux") return;
    assert.ok(memory && memory.engine > mb && memory.all > memory.engine + mb, JSON.stringify(memory));
  });

  it("passes on what goes wrong", async () => {
    await assert.rejects(measure(simulator, program(0, "throw new Error('out of order')")), /out of order/);
  });
});
