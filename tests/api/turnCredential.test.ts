import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import {
  compareObject,
  createObject,
  deleteObject,
  importObject,
  lookUpObject,
  refreshObject,
  updateObject,
} from "../../provider/src/pulumi/objectOperations";
import type { Bag } from "../../provider/src/pulumi/state";
import { turnCredential } from "../../provider/src/turn/credential";
import { FakeTime, failure } from "../support/client";
import { DAY, Machine } from "../support/objects";

const inputs = { label: "app", expiryInSeconds: 30 * DAY, rotateBeforeSeconds: 7 * DAY };

describe("a TURN credential over a socket", () => {
  let simulator: Simulator;
  let machine: Machine;
  const place = () => machine.place(turnCredential);
  const create = (given: Bag = inputs) => createObject(place(), given);
  const routes = () => simulator.requests.map(({ method, path }) => `${method} ${path}`);
  const usernames = () => simulator.turnCredentials.map(({ username }) => username);

  beforeEach(async () => {
    simulator = await startSimulator();
    machine = new Machine(simulator);
  });
  afterEach(() => simulator.close());

  it("is created with one POST and one GET, and has everything that a browser needs", async () => {
    const { id, outputs } = await create();
    const [stored] = simulator.turnCredentials;
    assert.deepEqual(routes(), ["POST /api/v1/turn/credential", "GET /api/v1/turn/credentials"]);
    assert.match(id, /^[0-9a-f]{16}$/);
    assert.deepEqual(
      [outputs.username, outputs.password, outputs.apiKey],
      [stored?.username, stored?.password, stored?.apiKey],
    );
    assert.equal(outputs.expiresAt, Number(outputs.createdAt) + 30 * DAY);
    assert.equal(Math.abs(Number(outputs.createdAt) - simulator.now() / 1000) < 5, true);
    const servers = outputs.iceServers as { urls: string; username?: string }[];
    assert.equal(servers.length, 5);
    assert.equal(servers[1]?.username, stored?.username);
    assert.equal(outputs.appName, "demo");
    assert.equal("__clockOffset" in outputs, false);
  });

  it("needs no echo of label and expiry", async () => {
    simulator.setSwitches({ turnCreateReply: "sample" });
    const { outputs } = await create();
    assert.equal(outputs.label, "app");
    assert.equal(outputs.expiresAt, Number(outputs.createdAt) + 30 * DAY);
  });

  it("stays as it is on a refresh, from whichever page of the list", async () => {
    const { id, outputs, inputs: declared } = await create();
    for (let i = 0; i < 120; i++) simulator.addTurnCredential({ label: "app" });
    assert.deepEqual(await refreshObject(place(), id, outputs), { id, outputs, inputs: declared });
    for (let i = 0; i < 60; i++) await create({});
    const last = await create({});
    assert.deepEqual((await refreshObject(place(), last.id, last.outputs))?.outputs, last.outputs);
  });

  it("is gone when it was deleted or has expired, by the server's clock", async () => {
    const { id, outputs } = await create();
    const other = await create({ ...inputs, expiryInSeconds: 8 * DAY });
    simulator.setClock(simulator.now() + 9 * DAY * 1000);
    assert.equal(await refreshObject(place(), other.id, other.outputs), undefined);
    assert.notEqual(await refreshObject(place(), id, outputs), undefined);
    await machine.client
      .turn()
      .deleteCredential({ label: "", name: "", resource: "" }, undefined, String(outputs.username));
    assert.equal(await refreshObject(place(), id, outputs), undefined);
  });

  it("that was disabled is kept, told of, and replaced, so that the disabled one is deleted as well", async () => {
    const { id, outputs } = await create();
    await fetch(`${simulator.url}/api/v1/turn/credential/disable?secretKey=${simulator.secretKey}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ username: outputs.username }),
    });
    assert.equal((await refreshObject(place(), id, outputs))?.outputs.__disabled, undefined, "too new to tell");
    simulator.setClock(simulator.now() + 600_000);
    const refreshed = await refreshObject(place(), id, outputs);
    assert.equal(refreshed?.outputs.__disabled, true);
    assert.deepEqual(compareObject(place(), id, refreshed?.outputs ?? {}, inputs).replaces, ["username"]);
    assert.deepEqual(machine.notes.at(-1)?.note, "disabled");
    simulator.setSwitches({ turnDisabledInList: "hidden" });
    assert.equal(await refreshObject(place(), id, outputs), undefined);
  });

  it("keeps its place in the state when the list fails, and throws", async () => {
    const { id, outputs } = await create();
    simulator.faults.inject({ fault: "status", operation: "list", status: 500 });
    assert.equal((await failure(refreshObject(place(), id, outputs))).name, "ServerError");
    simulator.setSwitches({ turnKeyErrors: "authorization failed" });
    const wrong = new Machine({ ...simulator, url: simulator.url, app: "demo", secretKey: "wrong" } as Simulator);
    assert.equal((await failure(refreshObject(wrong.place(turnCredential), id, outputs))).name, "InvalidSecretKey");
  });

  it("is read by its own key where a free plan has no list", async () => {
    simulator.setSwitches({ turnPlan: "free" });
    const { id, outputs } = await create();
    assert.deepEqual((await refreshObject(place(), id, outputs))?.outputs, outputs);
    const other = simulator.turnCredentials[0]?.username ?? "";
    simulator.setClock(simulator.now() + 600_000);
    await fetch(`${simulator.url}/api/v1/turn/credential?secretKey=${simulator.secretKey}`, {
      method: "DELETE",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ username: other }),
    });
    // Deleted or disabled: it doesn't work, so it's replaced, and the old one needn't be there.
    const refreshed = await refreshObject(place(), id, outputs);
    assert.deepEqual(compareObject(place(), id, refreshed?.outputs ?? {}, inputs).replaces, ["username"]);
    await deleteObject(place(), id, outputs);
    simulator.setClock(simulator.now() + 31 * DAY * 1000);
    assert.equal(await refreshObject(place(), id, outputs), undefined, "an expired one is no error");
  });

  it("is deleted by its username, once, and a wrong key is no proof that it's gone", async () => {
    const { id, outputs } = await create();
    const kept = simulator.addTurnCredential({ label: "app" });
    const wrong = new Machine({ ...simulator, url: simulator.url, app: "demo", secretKey: "wrong" } as Simulator);
    assert.equal((await failure(deleteObject(wrong.place(turnCredential), id, outputs))).name, "InvalidSecretKey");
    await deleteObject(place(), id, outputs);
    assert.deepEqual(usernames(), [kept.username]);
    await deleteObject(place(), id, outputs);
    assert.deepEqual(usernames(), [kept.username]);
  });

  it("is gone, whatever the response to its deletion, where Metered no longer lists it", async () => {
    for (const fault of ["emptyBody", "html"] as const) {
      const { id, outputs } = await create();
      simulator.faults.inject({ fault, operation: "delete", afterCommit: true });
      await deleteObject(place(), id, outputs);
      assert.deepEqual(usernames(), []);
    }
    const { id, outputs } = await create();
    const unconfirmed = async () => (await failure(deleteObject(place(), id, outputs))).name;
    simulator.faults.inject({ fault: "html", operation: "delete", afterCommit: false });
    assert.equal(await unconfirmed(), "UnexpectedResponse");
    simulator.setSwitches({ turnPlan: "free" });
    simulator.faults.inject({ fault: "html", operation: "delete", afterCommit: true });
    assert.equal(await unconfirmed(), "UnexpectedResponse", "a plan without a list proves nothing");
  });

  it("is not taken for gone where the list is not found", async () => {
    const { id, outputs } = await create();
    simulator.faults.inject({ fault: "status", status: 404, body: { message: "Not found" }, times: "always" });
    assert.equal((await failure(refreshObject(place(), id, outputs))).name, "UnknownApp");
  });

  it("of a project is found in the project, and goes with it", async () => {
    const { projectId } = await machine.client
      .turn()
      .createProject({ label: "", name: "", resource: "" }, { projectName: "p" });
    const { id, outputs } = await create({ ...inputs, projectId });
    assert.equal(simulator.turnCredentials[0]?.project, projectId);
    assert.deepEqual((await refreshObject(place(), id, outputs))?.outputs, outputs);
    await machine.client.turn().deleteProject({ label: "", name: "", resource: "" }, projectId);
    assert.equal(await refreshObject(place(), id, outputs), undefined);
    await deleteObject(place(), id, outputs);
  });

  it("asks for the region's servers, also when the region changes, and changes nothing else", async () => {
    const { id, outputs } = await create({ ...inputs, region: "eu" });
    assert.match(JSON.stringify(outputs.iceServers), /eu\.relay/);
    simulator.requests.clear();
    const updated = await updateObject(place(), id, outputs, { ...inputs, region: "asia" });
    assert.match(JSON.stringify(updated.outputs.iceServers), /asia\.relay/);
    const later = await updateObject(place(), id, updated.outputs, {
      ...inputs,
      region: "asia",
      rotateBeforeSeconds: 60,
    });
    assert.equal(later.outputs.rotateBeforeSeconds, 60);
    assert.deepEqual(routes(), ["GET /api/v1/turn/credentials"]);
  });

  it("is imported and looked up by its username", async () => {
    const { id, outputs } = await create();
    const found = await importObject(place(), String(outputs.username));
    assert.deepEqual([found.id, found.inputs], [id, { label: "app", expiryInSeconds: 30 * DAY }]);
    assert.deepEqual((await lookUpObject(place(), id)).inputs, {});
    const { projectId } = await machine.client
      .turn()
      .createProject({ label: "", name: "", resource: "" }, { projectName: "p" });
    const ofProject = await create({ projectId, label: "web" });
    const path = `${projectId}/${ofProject.outputs.username}`;
    assert.deepEqual((await importObject(place(), path)).inputs, { projectId, label: "web" });
    assert.equal((await failure(importObject(place(), "0".repeat(24)))).name, "ObjectNotFound");
  });

  it("lasts as long as the server says, on a machine with a wrong clock, and rotates by the server's time", async () => {
    const behind = new FakeTime();
    behind.pass(-400 * DAY * 1000);
    machine = new Machine(simulator, behind);
    const { id, outputs } = await create();
    assert.equal(Math.abs(Number(outputs.expiresAt) - simulator.now() / 1000 - 30 * DAY) < 5, true);
    assert.equal(Math.abs(Number(outputs.__clockOffset) - 400 * DAY) < 5, true);
    behind.pass(24 * DAY * 1000);
    // Another run on this machine, before any response.
    machine = new Machine(simulator, behind);
    assert.deepEqual(compareObject(place(), id, outputs, inputs).replaces, ["expiresAt"]);
    // A refresh on a machine with the right clock forgets the wrong one's.
    machine = new Machine(simulator);
    assert.equal((await refreshObject(place(), id, outputs))?.outputs.__clockOffset, undefined);
    assert.deepEqual(compareObject(place(), id, outputs, inputs).replaces, []);
  });
});
