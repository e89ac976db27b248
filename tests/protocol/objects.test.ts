import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import { assertNoSecrets, canaryKey } from "../support/canary";
import { isSecret, revealed } from "../support/pluginClient";
import { PluginProcess } from "../support/pluginProcess";
import { type Bag, ProviderClient, type WireError } from "../support/providerClient";
import { ProviderProcess } from "../support/providerProcess";
import { assertNoTurnSecrets } from "../support/turnSecrets";

const DAY = 86_400;
const rotating = { label: "app", expiryInSeconds: 30 * DAY, rotateBeforeSeconds: 7 * DAY };
const SECRETS = {
  TurnCredential: ["username", "password", "apiKey", "iceServers"],
  TurnProject: ["apiKey"],
  AccessToken: ["token"],
} as const;

const failureOf = (call: Promise<unknown>) =>
  call.then(
    () => assert.fail("should have failed"),
    (error: WireError) => error,
  );

describe("TURN and tokens in the dynamic face, as a process that the engine starts", () => {
  let simulator: Simulator;
  let process: ProviderProcess;
  const client = (name: string) =>
    new ProviderClient(process.port, `exports.handler=()=>require("pulumi-metered/runtime").${name}`);

  beforeEach(async () => {
    simulator = await startSimulator({ secretKey: canaryKey });
    const config = { appName: "demo", secretKey: canaryKey, endpoint: simulator.url, retrySeconds: "1" };
    process = await ProviderProcess.start(config);
  });
  afterEach(async () => {
    await process.stop();
    assertNoSecrets("what the provider process printed", process.printed);
    assertNoTurnSecrets("what the provider process printed", process.printed, simulator);
    await simulator.close();
  });

  it("carries a credential through its whole life", async () => {
    const p = client("turnCredential");
    const { inputs, failures } = await p.check({}, rotating);
    assert.deepEqual(failures, []);
    const { id, outs } = await p.create(inputs);
    assert.equal((await p.diff(id, outs, inputs)).changes, "none");
    const due = { ...outs, expiresAt: Math.floor(Date.now() / 1000) + DAY };
    assert.deepEqual(await p.diff(id, due, inputs), {
      changes: "some",
      replaces: ["expiresAt"],
      deleteBeforeReplace: false,
    });
    const { props, inputs: read } = await p.read(id, outs);
    assert.deepEqual(props, outs);
    assert.deepEqual(read, inputs);
    const changed = await p.diff(id, outs, { ...inputs, label: "web" });
    assert.deepEqual(changed, { changes: "unknown", replaces: ["label"], deleteBeforeReplace: false });
    await p.delete(id, outs);
    assert.equal((await p.read(id, outs)).id, "");
    p.close();
  });

  it("carries a project and a token through theirs", async () => {
    const [projects, tokens] = [client("turnProject"), client("accessToken")];
    const { id, outs } = await projects.create({ projectName: "calls", notificationEmails: ["ops@example.com"] });
    const { outs: updated } = await projects.update(id, outs, { projectName: "calls", quotaInBytes: 2_000_000 });
    assert.deepEqual([updated.apiKey, updated.quotaInBytes], [outs.apiKey, 2_000_000]);
    await projects.delete(id, updated);
    const token = await tokens.create({ roomName: "standup" });
    assert.equal(token.outs.token, simulator.tokens[0]?.token);
    assert.equal((await tokens.read(token.id, token.outs)).id, token.id);
    await tokens.delete(token.id, token.outs);
    for (const each of [projects, tokens]) each.close();
  });

  it("looks up a credential by its username, which is read again and never managed", async () => {
    const p = client("turnCredential");
    const { username, password } = simulator.addTurnCredential({ label: "app" });
    const { id, props, inputs } = await p.read(username);
    assert.deepEqual([props.password, props.label], [password, "app"]);
    assert.deepEqual(
      Object.keys(inputs ?? {}).filter((name) => name !== "__provider"),
      [],
    );
    const again = await p.read(id, props);
    assert.deepEqual([again.id, again.props], [id, props]);
    assert.match((await failureOf(p.read("0".repeat(24)))).message, /has no such TURN credential/);
    assert.match((await failureOf(client("accessToken").read("x"))).message, /doesn't store access tokens/);
    p.close();
  });

  it("tells problems all at once, and errors in words without a secret", async () => {
    const p = client("turnCredential");
    const { failures } = await p.check({}, { label: "", expiryInSeconds: -1 });
    assert.deepEqual(
      failures.map(({ property }) => property),
      ["", ""],
    );
    simulator.setSwitches({ turnLimit: "reached" });
    const { message } = await failureOf(p.create(rotating));
    assert.match(message, /^Can't create TURN credential "app" in app "demo": your Metered plan doesn't allow it/);
    p.close();
  });

  it("keeps what exists in the state, with its text, when it isn't complete", async () => {
    const p = client("turnCredential");
    simulator.faults.inject({ fault: "status", operation: "get", status: 500, times: "always" });
    const { initFailure } = await failureOf(p.create(rotating));
    assert.equal(initFailure?.properties.username, simulator.turnCredentials[0]?.username);
    assert.match(String(initFailure?.properties.__provider), /turnCredential$/);
    p.close();
  });
});

describe("TURN and tokens in the plugin, as a process that the engine starts", () => {
  let simulator: Simulator;
  let plugin: PluginProcess;
  const urnOf = (type: keyof typeof SECRETS) => `urn:pulumi:dev::rooms::metered:index:${type}::x`;
  const assertSecret = (type: keyof typeof SECRETS, outs: Bag) => {
    for (const name of SECRETS[type]) assert.equal(isSecret(outs[name]), true, name);
    const others = Object.entries(outs).filter(([name]) => !SECRETS[type].some((secret) => secret === name));
    assertNoTurnSecrets("an output that is no secret", JSON.stringify(others), simulator);
  };

  beforeEach(async () => {
    simulator = await startSimulator({ secretKey: canaryKey });
    plugin = await PluginProcess.configured({
      ...{ appName: "demo", secretKey: canaryKey, endpoint: simulator.url, retrySeconds: "1" },
    });
  });
  afterEach(async () => {
    await plugin.stop();
    assertNoSecrets("what the plugin printed", plugin.printed);
    assertNoTurnSecrets("what the plugin printed", plugin.printed, simulator);
    await simulator.close();
  });

  it("previews, creates, rotates, reads and deletes a credential, its secrets marked", async () => {
    const urn = urnOf("TurnCredential");
    const { inputs } = await plugin.check(urn, {}, rotating);
    const planned = await plugin.create(urn, inputs, { preview: true });
    assertSecret("TurnCredential", planned.outs);
    const { id, outs } = await plugin.create(urn, inputs);
    assertSecret("TurnCredential", outs);
    assert.equal((await plugin.diff(urn, id, outs, inputs, inputs)).changes, "none");
    const due = await plugin.diff(urn, id, { ...outs, expiresAt: 1 }, inputs, inputs);
    assert.deepEqual([due.changes, due.replaces, due.deleteBeforeReplace], ["some", ["expiresAt"], false]);
    assert.deepEqual(due.properties, { expiresAt: "UPDATE_REPLACE" });
    const read = await plugin.read(urn, id, outs, inputs);
    assertSecret("TurnCredential", read.props);
    assert.deepEqual([revealed(read.props), read.inputs], [revealed(outs), inputs]);
    await plugin.delete(urn, id, outs);
    assert.equal((await plugin.read(urn, id, outs, inputs)).id, "");
  });

  it("imports a credential by its username, and a project by its id, their secrets marked", async () => {
    const [credential, project] = [urnOf("TurnCredential"), urnOf("TurnProject")];
    const { username } = simulator.addTurnCredential({ label: "app" });
    const imported = await plugin.read(credential, username);
    assertSecret("TurnCredential", imported.props);
    assert.deepEqual(imported.inputs, { label: "app" });
    const { id } = await plugin.create(project, { projectName: "calls", webhookUrl: "https://example.com/hook" });
    const read = await plugin.read(project, id);
    assert.equal(isSecret(read.props.webhookUrl), true);
    assert.deepEqual(revealed(read.inputs), { projectName: "calls", webhookUrl: "https://example.com/hook" });
  });

  it("answers lookups, and marks what they find as secret", async () => {
    const { apiKey } = simulator.addTurnCredential({ label: "app" });
    assert.equal(isSecret((await plugin.invoke("getTurnCredentials", { label: "app" })).result.credentials), true);
    assert.equal(isSecret((await plugin.invoke("getIceServers", { apiKey })).result.iceServers), true);
    assert.deepEqual((await plugin.invoke("getTurnProjects", {})).result, { appName: "demo", projects: [] });
    assert.equal((await plugin.invoke("getTurnUsage", {})).result.usageInGB, 0);
    assert.deepEqual((await plugin.invoke("validateAccessToken", { token: "x" })).result, { valid: false });
    assert.match((await failureOf(plugin.invoke("getIceServers", {}))).message, /needs apiKey/);
  });

  it("refuses what can't be, and says so without the property, whose value Pulumi would print", async () => {
    const { failures } = await plugin.check(urnOf("AccessToken"), {}, {});
    assert.deepEqual(failures, [
      {
        property: "",
        reason: "roomName is missing, and so is globalToken: a token is for one room or for all of them",
      },
    ]);
  });

  it("creates a token and updates a project", async () => {
    const [token, project] = [urnOf("AccessToken"), urnOf("TurnProject")];
    assertSecret("AccessToken", (await plugin.create(token, { globalToken: true })).outs);
    const { id, outs } = await plugin.create(project, { projectName: "calls" });
    assertSecret("TurnProject", outs);
    const preview = await plugin.update(project, id, outs, { projectName: "talks" }, { preview: true });
    assert.equal(revealed(preview.outs).apiKey, simulator.turnProjects[0]?.apiKey);
    const updated = await plugin.update(project, id, outs, { projectName: "talks" });
    assertSecret("TurnProject", updated.outs);
    assert.equal(simulator.turnProjects[0]?.projectName, "talks");
  });
});
