import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import type { MeteredError } from "../../provider/src/errors";
import {
  createObject,
  deleteObject,
  importObject,
  refreshObject,
  updateObject,
} from "../../provider/src/pulumi/objectOperations";
import { KeptInState } from "../../provider/src/pulumi/operations";
import type { Bag } from "../../provider/src/pulumi/state";
import { sayError } from "../../provider/src/pulumi/words/errors";
import { turnProject } from "../../provider/src/turn/project";
import { failure } from "../support/client";
import { Machine } from "../support/objects";

const DYNAMIC = { face: "dynamic", account: { kind: "stack" } } as const;
const inputs = { projectName: "calls", quotaInBytes: 2_000_000, notificationEmails: ["ops@example.com"] };

describe("a TURN project over a socket", () => {
  let simulator: Simulator;
  let machine: Machine;
  const place = () => machine.place(turnProject);
  const create = (given: Bag = inputs) => createObject(place(), given);
  const stored = () => simulator.turnProjects[0];
  const puts = () => simulator.requests.filter(({ method }) => method === "PUT");

  beforeEach(async () => {
    simulator = await startSimulator();
    machine = new Machine(simulator);
  });
  afterEach(() => simulator.close());

  it("is created with one POST, under the id of Metered, with the key that is shown only once", async () => {
    const { id, outputs } = await create({ ...inputs, forceDestroy: true });
    assert.equal(simulator.requests.length, 1);
    assert.deepEqual(simulator.requests[0]?.body, inputs);
    assert.deepEqual([id, outputs.apiKey], [stored()?._id, stored()?.apiKey]);
  });

  it("keeps its key through refreshes and updates", async () => {
    const { id, outputs } = await create();
    const refreshed = await refreshObject(place(), id, outputs);
    assert.deepEqual(refreshed?.outputs, outputs);
    const updated = await updateObject(place(), id, outputs, { ...inputs, projectName: "talks" });
    assert.equal(updated.outputs.apiKey, outputs.apiKey);
    assert.equal(stored()?.projectName, "talks");
  });

  it("is told apart from its spelling on Metered", async () => {
    simulator.setSwitches({ turnQuotaAction: "upper case" });
    const given = { ...inputs, quotaExceededAction: "notify" };
    const { id, outputs } = await create(given);
    assert.equal((await refreshObject(place(), id, outputs))?.outputs.quotaExceededAction, "notify");
    await updateObject(place(), id, outputs, given);
    assert.deepEqual(puts(), []);
  });

  it("sends what differs, and resets what the program no longer says where Metered documents how", async () => {
    const webhookUrl = "https://example.com/hook";
    const { id, outputs } = await create({ ...inputs, webhookUrl, quotaExceededAction: "none" });
    await updateObject(place(), id, outputs, { projectName: "calls" });
    assert.deepEqual(puts()[0]?.body, { quotaInBytes: 0, quotaExceededAction: "disable", notificationEmails: [] });
    assert.deepEqual(
      machine.notes.map(({ note }) => note),
      ["value kept"],
    );
    assert.equal(stored()?.webhookUrl, webhookUrl);
  });

  it("shows drift of what is declared, and no other", async () => {
    const { id, outputs } = await create();
    const turn = machine.client.turn();
    const subject = { label: "", name: "", resource: "" };
    await turn.updateProject(subject, id, { quotaInBytes: 3_000_000, webhookUrl: "https://example.com" });
    const refreshed = await refreshObject(place(), id, outputs);
    assert.deepEqual(refreshed?.inputs, { ...inputs, quotaInBytes: 3_000_000 });
    await turn.deleteProject(subject, id);
    assert.equal(await refreshObject(place(), id, outputs), undefined);
    assert.equal((await failure(updateObject(place(), id, outputs, inputs))).name, "ObjectNotFound");
    await deleteObject(place(), id, outputs);
  });

  it("isn't deleted with credentials that the program doesn't manage, unless it says so", async () => {
    const { id, outputs } = await create();
    simulator.addTurnCredential({ project: id });
    const error = await failure(deleteObject(place(), id, outputs));
    const text = sayError((error as MeteredError).facts, DYNAMIC);
    assert.match(
      text,
      /^Can't delete TURN project "calls" in app "demo": it has 1 credential that this program doesn't manage, and deleting the project deletes it for good\. Nothing was changed\.$/m,
    );
    assert.match(text, /forceDestroy: true/);
    assert.equal(simulator.turnProjects.length, 1);
    await deleteObject(place(), id, { ...outputs, forceDestroy: true });
    assert.deepEqual([simulator.turnProjects.length, simulator.turnCredentials.length], [0, 0]);
  });

  it("whose name is taken is an error that says since when, and adopts nothing", async () => {
    await create();
    const error = await failure(create());
    assert.match(
      sayError((error as MeteredError).facts, DYNAMIC),
      /^Can't create TURN project "calls": app "demo" already has a TURN project with that name \(created .*\)\. It was not changed\./,
    );
    assert.equal(simulator.turnProjects.length, 1);
  });

  it("whose new name is another's is an error that tells how names are handed on within a program", async () => {
    const { id, outputs } = await create();
    await create({ ...inputs, projectName: "talks" });
    const error = await failure(updateObject(place(), id, outputs, { ...inputs, projectName: "talks" }));
    const text = sayError((error as MeteredError).facts, DYNAMIC);
    assert.match(text, /^Can't update TURN project "talks": app "demo" already has a TURN project with that name\./);
    assert.match(
      text,
      /releasing this name: {2}run pulumi up again; to swap two names, give one of them a third name first/,
    );
    const created = sayError((await failure(create())).facts, DYNAMIC);
    assert.match(
      created,
      /If a resource that you removed from this program has it: {2}add that resource to the resource option aliases/,
    );
  });

  it("is not taken for gone where the list is not found, which says nothing of one project", async () => {
    const { id, outputs } = await create();
    simulator.faults.inject({ fault: "status", status: 404, body: { message: "Not found" }, times: "always" });
    for (const call of [
      () => refreshObject(place(), id, outputs),
      () => updateObject(place(), id, outputs, { ...inputs, quotaInBytes: 0 }),
      () => deleteObject(place(), id, outputs),
      () => importObject(place(), id),
    ]) {
      assert.equal((await failure(call())).name, "UnknownApp");
    }
  });

  it("is gone, whatever the response to its deletion, where Metered no longer lists it", async () => {
    for (const fault of ["emptyBody", "html"] as const) {
      const { id, outputs } = await create();
      simulator.faults.inject({ fault, operation: "delete", afterCommit: true });
      await deleteObject(place(), id, outputs);
      assert.equal(simulator.turnProjects.length, 0);
    }
    const { id, outputs } = await create();
    simulator.faults.inject({ fault: "html", operation: "delete", afterCommit: false });
    assert.equal((await failure(deleteObject(place(), id, outputs))).name, "UnexpectedResponse");
  });

  it("whose create was lost is created once more in its place, so that there's one, with its key", async () => {
    simulator.faults.inject({ fault: "cutAfterCommit", operation: "create" });
    const { id, outputs } = await create();
    assert.deepEqual(
      simulator.turnProjects.map(({ _id, apiKey }) => [_id, apiKey]),
      [[id, outputs.apiKey]],
    );
  });

  it("of another's, met by a create that was lost, isn't touched", async () => {
    const theirs = await create();
    simulator.setClock(simulator.now() + 60_000);
    simulator.faults.inject({ fault: "cutAfterCommit", operation: "create" });
    assert.equal((await failure(create())).name, "NameTaken");
    assert.deepEqual(
      simulator.turnProjects.map(({ _id }) => _id),
      [theirs.id],
    );
  });

  it("of another's that was created in between isn't touched either: with other settings, or with credentials", async () => {
    const theirs = await create({ ...inputs, quotaInBytes: 9_000_000 });
    simulator.faults.inject({ fault: "cutBefore", operation: "create" });
    assert.equal((await failure(create())).name, "NameTaken");
    await deleteObject(place(), theirs.id, theirs.outputs);
    const used = await create();
    simulator.addTurnCredential({ label: "theirs", project: used.id });
    simulator.faults.inject({ fault: "cutBefore", operation: "create" });
    assert.equal((await failure(create())).name, "NameTaken");
    assert.deepEqual(
      simulator.turnProjects.map(({ _id }) => _id),
      [used.id],
    );
  });

  it("is come back to after a lost update, with the settings in doubt marked", async () => {
    const { id, outputs } = await create();
    simulator.faults.inject({ fault: "cutAfterCommit", operation: "update" });
    const kept = await updateObject(place(), id, outputs, { ...inputs, quotaInBytes: 0 }).catch(
      (error: unknown) => error,
    );
    assert.ok(kept instanceof KeptInState);
    assert.equal(kept.outputs.quotaInBytes, null);
    assert.equal(kept.outputs.apiKey, outputs.apiKey);
    const { outputs: after } = await updateObject(place(), id, kept.outputs, { ...inputs, quotaInBytes: 0 });
    assert.deepEqual([after.quotaInBytes, stored()?.quotaInBytes, puts().length], [0, 0, 1]);
  });

  it("is imported by its id, without a key", async () => {
    const { id } = await create({ ...inputs, quotaExceededAction: "disable" });
    const found = await importObject(place(), id);
    assert.deepEqual(found.inputs, inputs);
    assert.equal("apiKey" in found.outputs, false);
  });
});
