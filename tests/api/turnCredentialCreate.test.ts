import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import { isCause, type MeteredError } from "../../provider/src/errors";
import { createObject, updateObject } from "../../provider/src/pulumi/objectOperations";
import { KeptInState } from "../../provider/src/pulumi/operations";
import type { Bag } from "../../provider/src/pulumi/state";
import { sayError } from "../../provider/src/pulumi/words/errors";
import type { TurnApi } from "../../provider/src/turn/api";
import { turnCredential } from "../../provider/src/turn/credential";
import { FakeTime, failure } from "../support/client";
import { DAY, Machine } from "../support/objects";

const inputs = { label: "app", expiryInSeconds: 30 * DAY, rotateBeforeSeconds: 7 * DAY };
const DYNAMIC = { face: "dynamic", account: { kind: "stack" } } as const;

/** Whose creates are done by the server at once, and answered late. */
function slowCreate(turn: TurnApi): TurnApi {
  return {
    ...turn,
    createCredential: async (...args) => {
      const reply = await turn.createCredential(...args);
      await new Promise((resolve) => setTimeout(resolve, 300));
      return reply;
    },
  };
}

describe("a TURN credential over a socket, when its create goes wrong", () => {
  let simulator: Simulator;
  let machine: Machine;
  const place = () => machine.place(turnCredential);
  const create = (given: Bag = inputs) => createObject(place(), given);
  const usernames = () => simulator.turnCredentials.map(({ username }) => username);

  beforeEach(async () => {
    simulator = await startSimulator();
    machine = new Machine(simulator);
  });
  afterEach(() => simulator.close());

  it("isn't taken from a twin whose own response is still to come", async () => {
    const { projectId } = await machine.client
      .turn()
      .createProject({ label: "", name: "", resource: "" }, { projectName: "p" });
    // The first is cut before the server has done it, so that the list shows the other's only.
    simulator.faults.inject({ fault: "cutBefore", operation: "create" });
    const here = place();
    const late = { ...here, api: { ...here.api, turn: slowCreate(here.api.turn) } };
    const twin = { ...inputs, projectId };
    const [first, second] = await Promise.allSettled([createObject(here, twin), createObject(late, twin)]);
    const mine = [first, second].flatMap((each) => (each.status === "fulfilled" ? [each.value.id] : []));
    assert.equal(new Set(mine).size, mine.length, "two resources have one credential");
    assert.equal(second.status, "fulfilled");
    assert.equal(first.status === "rejected" && first.reason.name, "PossiblyCreated");
  });

  it("whose create was lost is found again by label and time where Metered tells the time", async () => {
    const { projectId } = await machine.client
      .turn()
      .createProject({ label: "", name: "", resource: "" }, { projectName: "p" });
    simulator.setClock(simulator.now() - 100_000);
    simulator.addTurnCredential({ label: "app", expiryInSeconds: 30 * DAY, project: projectId });
    simulator.setClock(simulator.now() + 100_000);
    simulator.faults.inject({ fault: "cutAfterCommit", operation: "create" });
    const { outputs } = await create({ ...inputs, projectId });
    assert.deepEqual(usernames().slice(1), [outputs.username]);
  });

  it("whose create was lost is an error that says what to look for, where it can't be told from others", async () => {
    simulator.addTurnCredential({ label: "app", expiryInSeconds: 30 * DAY });
    simulator.faults.inject({ fault: "cutAfterCommit", operation: "create" });
    const error = await failure(create());
    assert.ok(isCause(error, "PossiblyCreated"));
    const text = sayError((error as MeteredError).facts, DYNAMIC);
    assert.match(text, /^Can't create TURN credential "app" in app "demo": the response was lost \(connection lost/);
    assert.match(text, /Metered lists 2 that could be it\./);
    assert.match(text, /with an expiry of 2592000 seconds, created at about \d{4}-/);
    assert.match(text, /\[PossiblyCreated\]$/);
  });

  it("that exists is never lost: without its ICE servers it's kept, and completed by the next run", async () => {
    simulator.faults.inject({
      fault: "status",
      operation: "get",
      status: 401,
      body: { error: "Invalid API Key" },
      times: 1,
    });
    const kept = await create().catch((error: unknown) => error);
    assert.ok(kept instanceof KeptInState);
    assert.deepEqual(kept.shortfalls, [{ shortfall: "no ICE servers" }]);
    assert.equal(kept.outputs.username, usernames()[0]);
    const { outputs } = await updateObject(place(), kept.id, kept.outputs, inputs);
    assert.equal((outputs.iceServers as unknown[]).length, 5);
    assert.equal(usernames().length, 1);
  });

  it("waits for a new credential to be known everywhere", async () => {
    machine = new Machine(simulator, new FakeTime(), { patienceMs: 120_000 });
    simulator.faults.inject({
      fault: "status",
      operation: "get",
      status: 401,
      body: { error: "Invalid API Key" },
      times: 3,
    });
    assert.equal(((await create()).outputs.iceServers as unknown[]).length, 5);
  });
});
