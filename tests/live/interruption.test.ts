import assert from "node:assert/strict";
import { type Simulator, type SwitchName, startSimulator } from "metered-simulator";
import type { Report } from "../../tools/live/report/report";
import { isExhaustive } from "../support/exhaustive";
import { assertOnlyOwn, roomsOfRuns, runCheck } from "./runs";

describe("an interrupted check", () => {
  let sim: Simulator;
  afterEach(() => sim.close());

  /** @param moment after how many requests it is interrupted */
  async function interrupted(profile: string, moment: number): Promise<Report> {
    sim = await startSimulator({ profile, switches: { liveDelete: "archives" } });
    sim.addRoom("meeting", "standup");
    const { report } = await runCheck(sim, { liveRooms: true, patience: true }, moment);
    assert.deepEqual(
      sim.rooms.filter(({ archived }) => !archived).map(({ roomName }) => roomName),
      ["standup"],
    );
    assert.deepEqual([roomsOfRuns(sim), report.rooms.left], [[], { meeting: [], live: [] }]);
    assertOnlyOwn(sim);
    for (const [name, value] of Object.entries(report.switches)) {
      assert.equal(sim.switches[name as SwitchName], value, name);
    }
    return report;
  }

  for (const moment of [1, 9, 17, 33, 60]) {
    it(`cleans up after ${moment} requests, and reports what it has`, async () => {
      const report = await interrupted(moment % 2 ? "strange" : "default", moment);
      assert.equal(report.ran, "not to its end: the run was interrupted");
      assert.ok(report.notFoundOut.some(({ why }) => why.endsWith("the run was interrupted")));
    });
  }

  if (!isExhaustive) return;
  for (const profile of ["default", "strange"]) {
    it(`cleans up at any moment, under the profile "${profile}"`, async () => {
      let moment = 1;
      while ((await interrupted(profile, moment)).ran !== "to its end") {
        await sim.close();
        moment++;
      }
      assert.ok(moment > 60);
    }).timeout(600_000);
  }
});
