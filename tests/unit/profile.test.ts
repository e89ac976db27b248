import assert from "node:assert/strict";
import { runProgram } from "../../bench/measuring/meter";
import { areTold } from "../../bench/measuring/processes";
import { processorSeconds } from "../../bench/measuring/profile";

describe("the profile of the benchmarks", () => {
  const title = "knows what a process was that has ended, and that nobody has looked after yet";
  (areTold ? it : it.skip)(areTold ? title : `${title} (skipped: only Linux tells of processes)`, async () => {
    const busy = "while (process.cpuUsage().user < 400_000);";
    const script = `"$0" -e '${busy}' cmd/run & exec sleep 2`;
    const { program, other } = await processorSeconds(
      runProgram("sh", ["-c", script, process.execPath], { cwd: __dirname, env: process.env }),
    );
    assert.ok(program > other, JSON.stringify({ program, other }));
  });
});
