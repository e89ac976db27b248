import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import {
  compareObject,
  createObject,
  deleteObject,
  importObject,
  refreshObject,
  updateObject,
} from "../../provider/src/pulumi/objectOperations";
import type { Bag } from "../../provider/src/pulumi/state";
import { accessToken } from "../../provider/src/tokens/accessToken";
import { FakeTime, failure } from "../support/client";
import { DAY, Machine } from "../support/objects";

const inputs = { roomName: "standup", isAdmin: true, expiryInSeconds: 30 * DAY, rotateBeforeSeconds: 7 * DAY };

describe("an access token over a socket", () => {
  let simulator: Simulator;
  let machine: Machine;
  const place = () => machine.place(accessToken);
  const create = (given: Bag = inputs) => createObject(place(), given);
  const claims = () => simulator.tokens.at(-1)?.claims;

  beforeEach(async () => {
    simulator = await startSimulator({ switches: { tokenScope: "required" } });
    machine = new Machine(simulator);
  });
  afterEach(() => simulator.close());

  it("is issued with one POST, which carries nothing of Pulumi's own", async () => {
    const { id, outputs } = await create();
    assert.equal(outputs.token, simulator.tokens[0]?.token);
    assert.match(id, /^[0-9a-f]{16}$/);
    assert.equal(simulator.requests.length, 1);
    assert.deepEqual(simulator.requests[0]?.body, {
      roomName: "standup",
      isAdmin: true,
      expireUnixSec: outputs.expiresAt,
    });
    assert.equal(claims()?.exp, outputs.expiresAt);
    assert.equal(Math.abs(Number(outputs.expiresAt) - simulator.now() / 1000 - 30 * DAY) < 5, true);
  });

  it("ends when the program says, or never", async () => {
    const end = Math.floor(simulator.now() / 1000) + DAY;
    assert.equal((await create({ roomName: "standup", expireUnixSec: end })).outputs.expiresAt, end);
    assert.equal("expiresAt" in (await create({ globalToken: true })).outputs, false);
  });

  it("whose response is lost is issued again, since nothing is left behind", async () => {
    machine = new Machine(simulator, new FakeTime(0.9), { patienceMs: 120_000 });
    simulator.faults.inject({ fault: "cutAfterCommit", operation: "create" });
    assert.equal((await create()).outputs.token, simulator.tokens[1]?.token);
    simulator.faults.inject({ fault: "cutAfterCommit", operation: "create", times: "always" });
    assert.equal((await failure(create())).mayHaveHappened, false);
  });

  it("has the right end on a machine with a wrong clock, ahead or so far behind that Metered refuses the first", async () => {
    for (const wrong of [50 * DAY, -50 * DAY, 3600, -3600]) {
      const time = new FakeTime();
      time.pass(wrong * 1000);
      machine = new Machine(simulator, time);
      const { outputs } = await create();
      assert.equal(Math.abs(Number(outputs.expiresAt) - simulator.now() / 1000 - 30 * DAY) < 5, true, `${wrong}`);
      assert.equal(claims()?.exp, outputs.expiresAt);
      assert.equal(Math.abs(Number(outputs.__clockOffset) + wrong) < 5, true);
    }
  });

  it("is read without a call: it stays until its lifetime is over, and with a fixed end for good", async () => {
    const { id, outputs } = await create();
    const fixed = await create({ roomName: "standup", expireUnixSec: Math.floor(simulator.now() / 1000) + DAY });
    simulator.requests.clear();
    assert.deepEqual((await refreshObject(place(), id, outputs))?.outputs, outputs);
    const { time } = machine;
    time.pass(31 * DAY * 1000);
    machine = new Machine(simulator, time);
    assert.equal(await refreshObject(place(), id, outputs), undefined);
    assert.deepEqual((await refreshObject(place(), fixed.id, fixed.outputs))?.outputs, fixed.outputs);
    assert.deepEqual(compareObject(place(), fixed.id, fixed.outputs, fixed.inputs).replaces, []);
    await deleteObject(place(), id, outputs);
    assert.equal(simulator.requests.length, 0);
  });

  it("is replaced for every change but that of the time before its end", async () => {
    const { id, outputs } = await create();
    const replaces = (news: object) => compareObject(place(), id, outputs, { ...inputs, ...news }).replaces;
    assert.deepEqual(replaces({ name: "Ann" }), ["name"]);
    assert.deepEqual(replaces({ triggers: ["2"] }), ["triggers"]);
    assert.deepEqual(replaces({ rotateBeforeSeconds: DAY }), []);
    assert.equal(
      (await updateObject(place(), id, outputs, { ...inputs, rotateBeforeSeconds: DAY })).outputs.token,
      outputs.token,
    );
  });

  it("for a room that Metered doesn't know is an error of the create", async () => {
    simulator.setSwitches({ tokenRoom: "must exist" });
    assert.equal((await failure(create())).name, "RequestRefused");
  });

  it("can't be imported", async () => {
    await assert.rejects(importObject(place(), "x"), /doesn't store access tokens/);
  });

  it("is validated without the key", async () => {
    const tokens = machine.client.tokens();
    const { outputs } = await create();
    simulator.requests.clear();
    assert.equal(await tokens.isValid(String(outputs.token)), true);
    for (const invalidToken of [400, 401, 200] as const) {
      simulator.setSwitches({ invalidToken });
      assert.equal(await tokens.isValid("nonsense"), false, `${invalidToken}`);
    }
    assert.doesNotMatch(JSON.stringify(simulator.requests), /secretKey/);
  });
});
