import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { type Simulator, startSimulator } from "metered-simulator";
import { assertNoSecrets, canaryKey } from "../support/canary";
import { isExhaustive } from "../support/exhaustive";
import { assertOnlyOwn, madeBy, roomsOfRuns, runCheck, until } from "./runs";

const isAuto = ({ roomName = "" }: { roomName?: string | undefined }) => /-auto-[0-9a-f]{8}$/.test(roomName);

// A dozen runs of the CLI each: what the provider does there, tests/engine shows every day.
if (isExhaustive) describe("the provider's lifecycle in a check", testLifecycle);

function testLifecycle(this: Mocha.Suite): void {
  this.timeout(300_000);
  let sim: Simulator;
  afterEach(() => sim.close());

  it("runs on the real engine, keeps to the check's own rooms, and leaves none", async () => {
    sim = await startSimulator({ secretKey: canaryKey, switches: { liveDelete: "archives" } });
    sim.addRoom("meeting", "standup", { privacy: "private" });
    const before = sim.rooms;
    const { report, said } = await runCheck(sim, { engine: true, liveRooms: true, perSecond: 1000 });
    assert.deepEqual(
      report.lifecycle.filter(({ outcome }) => outcome !== "as promised"),
      [],
    );
    assert.equal(report.lifecycle.length, 7);
    assert.equal(report.ran, "to its end");
    assert.deepEqual([roomsOfRuns(sim), report.rooms.left], [[], { meeting: [], live: [] }]);
    assert.deepEqual(sim.rooms.slice(0, 1), before);
    assertOnlyOwn(sim);
    assert.ok(sim.requests.some(isAuto));
    assert.ok(madeBy(sim) <= 20 && madeBy(sim, "live") === 2);
    assertNoSecrets("what the check says", said);
  });

  it("says what the provider could not do", async () => {
    sim = await startSimulator({ switches: { missingRoomStatus: 400, missingRoomMessage: "Invalid request" } });
    const { report } = await runCheck(sim, { engine: true, perSecond: 1000 });
    const [broken, ...rest] = report.lifecycle.filter(({ outcome }) => outcome !== "as promised");
    assert.match(broken?.title ?? "", /deleted outside is found/);
    assert.match(broken?.detail?.join(" ") ?? "", /If the dashboard shows it/);
    assert.ok(rest.every(({ outcome }) => outcome === "not done"));
    assert.deepEqual(roomsOfRuns(sim), []);
  });

  it("is ended with the check, and what the engine was making is deleted", async () => {
    sim = await startSimulator();
    const stop = new AbortController();
    const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith("metered-check-"));
    const known = folders();
    const run = runCheck(sim, { engine: true, perSecond: 1000 }, Number.POSITIVE_INFINITY, stop);
    await until(() => sim.requests.some(isAuto));
    stop.abort();
    const { report } = await run;
    assert.match(report.ran, /interrupted/);
    assert.deepEqual(roomsOfRuns(sim), []);
    assert.deepEqual(folders(), known);
  });
}
