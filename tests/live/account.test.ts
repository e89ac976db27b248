import assert from "node:assert/strict";
import { type Simulator, type SimulatorOptions, startSimulator } from "metered-simulator";
import { Gate, NotOurs } from "../../tools/live/account/gate";
import { isOfAnyRun, isOfRun } from "../../tools/live/account/keys";
import { BudgetUsedUp, Ledger } from "../../tools/live/account/ledger";
import { Observations } from "../../tools/live/account/observations";
import { cleanUpAfterAll } from "../../tools/live/check";
import { Gateway } from "../../tools/live/lifecycle/gateway";
import { isExhaustive } from "../support/exhaustive";
import { assertOnlyOwn, busiestSecond, madeBy, optionsFor, roomsOfRuns, runCheck, timeOf } from "./runs";

/** A server that takes whatever it can, so that every room that is tried is made. */
const permissive: SimulatorOptions["switches"] = {
  zeros: "accepted",
  webhookURLs: "any text",
  unknownKeys: "ignored",
  composition: "ignored",
  pastExpiry: "rejected on create",
  nullAndEmpty: "clears",
  liveDelete: "archives",
};
const prefix = "pulumi-metered-check-0123abcd-";

describe("what a check does to the account", () => {
  let sim: Simulator;
  afterEach(() => sim.close());

  /** Rooms that people made, some with names that nearly are a check's. */
  function addForeign(): void {
    for (const name of [
      "standup",
      "pulumi-metered-check",
      "pulumi-metered-check-0123abcd",
      "my-pulumi-metered-check-0123abcd-x",
    ]) {
      sim.addRoom("meeting", name, { privacy: "private", maxParticipants: 3 });
      sim.addRoom("live", name, { displayMessage: "soon" });
    }
    sim.archiveRoom("meeting", "standup");
    sim.addRoom("meeting", "standup");
  }

  for (const profile of isExhaustive ? ["default", "strictest", "strange"] : ["strange"]) {
    it(`under the profile "${profile}", it leaves everybody's rooms as they were, and none of its own`, async () => {
      sim = await startSimulator({ profile, switches: { liveDelete: "archives" } });
      addForeign();
      const before = sim.rooms;
      const { report } = await runCheck(sim, { liveRooms: true, patience: true });
      assert.deepEqual(sim.rooms.slice(0, before.length), before);
      assert.deepEqual([roomsOfRuns(sim), report.rooms.left], [[], { meeting: [], live: [] }]);
      assertOnlyOwn(sim);
    });
  }

  it("it makes at most 20 rooms, two of them live, and keeps its pace", async () => {
    sim = await startSimulator({ switches: permissive });
    const { report, peak } = await runCheck(sim, { liveRooms: true, patience: true });
    assert.ok(peak > 0 && peak <= 6, `${peak} rooms at once: most are deleted as soon as they have answered`);
    assert.equal(madeBy(sim), report.rooms.made);
    assert.ok(report.rooms.made <= 20, `${report.rooms.made} rooms`);
    assert.ok(madeBy(sim, "live") <= 2);
    assert.ok(sim.requests.length > 60);
    assert.ok(busiestSecond(sim) <= 2, `${busiestSecond(sim)} requests in a second`);
  });

  it("it keeps another pace that the user asks for", async () => {
    sim = await startSimulator();
    await runCheck(sim, { perSecond: 5 });
    assert.equal(busiestSecond(sim), 5);
  });

  it("it makes live rooms only where that is allowed, and lists those that stay", async () => {
    sim = await startSimulator();
    const { report } = await runCheck(sim);
    assert.equal(madeBy(sim, "live"), 0);
    assert.deepEqual(report.rooms.left.live, []);
    const allowed = await runCheck(sim, { liveRooms: true });
    const left = roomsOfRuns(sim).map(({ roomName }) => roomName);
    assert.equal(left.length, 1);
    assert.deepEqual(allowed.report.rooms.left, { meeting: [], live: left });
    assert.match(allowed.said, /\*\*Live rooms that are still there\.\*\* .*dashboard/);
  });

  it("it slows down where it is told to", async () => {
    sim = await startSimulator({ rateLimit: { perSecond: 1 } });
    const { report } = await runCheck(sim);
    assert.equal(report.ran, "to its end");
    assert.deepEqual(report.differs, []);
    assert.ok(report.rateLimit.tooManyRequests > 0);
    assert.deepEqual(report.rateLimit.headers, { "retry-after": "1" });
  });

  it("it deletes a room of which it never heard that it was made", async () => {
    sim = await startSimulator();
    sim.faults.inject({ fault: "cutAfterCommit", operation: "create", skip: 1, times: 3 });
    const { report } = await runCheck(sim);
    assert.equal(sim.faults.list[0]?.fired, 3);
    assert.equal(report.switches.put, "merge", "what was asked of that room is found out nevertheless");
    assert.deepEqual([roomsOfRuns(sim), report.rooms.left.meeting], [[], []]);
  });

  it("it makes no more rooms where it cannot delete the first one, and says so", async () => {
    sim = await startSimulator();
    sim.faults.inject({ fault: "status", status: 500, operation: "delete", times: "always" });
    const { report, said } = await runCheck(sim);
    assert.deepEqual(
      report.rooms.left.meeting,
      roomsOfRuns(sim).map(({ roomName }) => roomName),
    );
    assert.match(said, /\*\*Rooms that are still there\.\*\* Run it again with --clean-up/);
    assert.deepEqual([madeBy(sim), report.rooms.made], [1, 1]);
    assert.match(report.ran, /not to its end: A room cannot be deleted again \(HTTP 500.*so no more are made/);
  });

  it("it says which rooms it could not delete in the end", async () => {
    sim = await startSimulator();
    sim.faults.inject({ fault: "status", status: 500, kind: "meeting", operation: "delete", skip: 1, times: "always" });
    const { report } = await runCheck(sim);
    const left = roomsOfRuns(sim).map(({ roomName }) => roomName);
    assert.ok(left.length > 3);
    assert.deepEqual([...report.rooms.left.meeting].sort(), left.sort());
    assert.ok(report.notFoundOut.some(({ why }) => /the delete fails: HTTP 500/.test(why)));
  });

  it("it deletes its rooms although the list cannot be had, and says that it may have missed one", async () => {
    sim = await startSimulator();
    sim.faults.inject({ fault: "status", status: 500, operation: "list", skip: 1, times: "always" });
    const { report, said } = await runCheck(sim, {}, 20);
    assert.deepEqual(roomsOfRuns(sim), []);
    assert.deepEqual(report.rooms.left.meeting, []);
    assert.match(said, /There may be others \(the list of rooms can't be read: HTTP 500\)/);
  });

  it("a later run deletes what earlier ones left, and nothing else", async () => {
    sim = await startSimulator({ profile: "strange" });
    addForeign();
    const before = sim.rooms;
    for (const name of [`${prefix}plain`, `${prefix}upper-case`, "pulumi-metered-check-89abcdef-auto-01234567"]) {
      sim.addRoom("meeting", name, { privacy: "public" });
    }
    const surroundings = { time: timeOf(sim), say: () => {}, stop: new AbortController().signal };
    const { rooms } = await cleanUpAfterAll(optionsFor(sim), surroundings);
    assert.deepEqual(rooms, { meeting: [], live: [] });
    assert.deepEqual(roomsOfRuns(sim), []);
    assert.deepEqual(sim.rooms.slice(0, before.length), before);
    assertOnlyOwn(sim);
  });
});

describe("the gate to the account", () => {
  let sim: Simulator;
  let gate: Gate;
  let open: (mostLive: 0 | 2) => Gate;
  beforeEach(async () => {
    sim = await startSimulator();
    const { secretKey, url: origin } = sim;
    const options = { origin, secretKey, wrongKey: "wrong", perSecond: 1000, isOurs: isOfRun(prefix) };
    open = (mostLive) =>
      new Gate(options, new Ledger(mostLive), new Observations(), timeOf(sim), new AbortController().signal);
    gate = open(2);
  });
  afterEach(() => sim.close());

  it("lets no request through that is about another room, or would make one without a name", async () => {
    const kind = "meeting";
    const bodies = [{}, { roomName: "standup" }, { roomName: 5 }];
    for (const body of bodies) await assert.rejects(gate.send({ operation: "create", kind, body }), NotOurs);
    for (const operation of ["get", "delete"] as const) {
      await assert.rejects(gate.send({ operation, kind, name: "standup" }), NotOurs);
    }
    await assert.rejects(gate.send({ operation: "update", kind, name: "standup", body: {} }), NotOurs);
    const renaming = { operation: "update", kind, name: `${prefix}a`, body: { roomName: "standup" } } as const;
    await assert.rejects(gate.send(renaming), NotOurs);
    assert.equal(sim.requests.length, 0);
  });

  it("makes no 21st room, and no third live room", async () => {
    const create = (kind: "meeting" | "live", stem: string) =>
      gate.send({
        operation: "create",
        kind,
        body: { roomName: prefix + stem, ...(kind === "meeting" ? { privacy: "public" } : {}) },
      });
    for (const stem of ["live-1", "live-2"]) await create("live", stem);
    await assert.rejects(create("live", "live-3"), BudgetUsedUp);
    // A refused create is no room.
    await create("meeting", "1");
    assert.equal((await create("meeting", "1")).status, 400);
    for (let i = 2; i <= 18; i++) {
      await create("meeting", String(i));
      await gate.send({ operation: "delete", kind: "meeting", name: `${prefix}${i}` });
    }
    await assert.rejects(create("meeting", "19"), BudgetUsedUp);
    assert.equal(madeBy(sim), 20);
  });

  it("makes no live room where none was allowed", async () => {
    const create = { operation: "create", kind: "live", body: { roomName: `${prefix}live-1` } } as const;
    await assert.rejects(open(0).send(create), /live rooms were not allowed/);
    assert.equal(sim.requests.length, 0);
  });

  it("gives the engine another key than the account's, and refuses what is not the run's there too", async () => {
    const gateway = await Gateway.open(gate);
    try {
      const ask = async (method: string, path: string, key = gateway.key, body?: object) => {
        const reply = await fetch(`${gateway.url}/api/v1${path}?secretKey=${encodeURIComponent(key)}`, {
          method,
          body: body && JSON.stringify(body),
        });
        return [reply.status, ((await reply.json()) as { message?: string }).message] as const;
      };
      const refused = [403, "the check touches no room but its own"];
      assert.deepEqual(await ask("GET", "/room/standup"), refused);
      assert.deepEqual(await ask("DELETE", "/realtimelivestreaming/room/standup"), refused);
      assert.deepEqual(await ask("POST", "/room", gateway.key, { roomName: "standup" }), refused);
      assert.deepEqual(await ask("GET", "/rooms", sim.secretKey), [403, "Invalid secret key"]);
      assert.deepEqual(await ask("GET", "/recordings/room/x"), [403, "The check makes no such request"]);
      assert.equal(sim.requests.length, 0);
      assert.deepEqual(await ask("GET", `/room/${prefix}a`), [400, "room not found"]);
      assert.deepEqual(await ask("GET", "/rooms"), [200, undefined]);
      assert.equal(gateway.key.includes(sim.secretKey), false);
    } finally {
      await gateway.close();
    }
  });

  it("knows the rooms of any run by their names", () => {
    for (const name of [`${prefix}a`, `${prefix.toUpperCase()}A`]) assert.ok(isOfAnyRun(name), name);
    for (const name of ["standup", "pulumi-metered-check-", "pulumi-metered-check-0123abcd", `x${prefix}a`]) {
      assert.ok(!isOfAnyRun(name), name);
    }
  });
});
