import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import { Lookups } from "../../provider/src/pulumi/lookups";
import { lookUpObjects, OBJECT_LOOKUPS } from "../../provider/src/pulumi/objectLookups";
import type { Bag } from "../../provider/src/pulumi/state";
import { sayError } from "../../provider/src/pulumi/words/errors";
import { clientAt, failure } from "../support/client";
import { DYNAMIC } from "../support/errorTexts";
import { closeServers, json, serve } from "../support/servers";

describe("lookups of TURN and tokens", () => {
  let simulator: Simulator;
  let lookups: Lookups;
  const ask = (name: string, args: Bag = {}): Promise<Bag> => {
    const lookup = OBJECT_LOOKUPS.find((each) => each.name === name);
    assert.ok(lookup);
    const values: Bag = {
      "metered:appName": "demo",
      "metered:secretKey": simulator.secretKey,
      "metered:endpoint": simulator.url,
    };
    const configuration = (key: string) => values[key] as string | undefined;
    return lookUpObjects(lookups, lookup, args, { configuration, after: [] });
  };
  const subject = { label: "", name: "", resource: "" };

  beforeEach(async () => {
    simulator = await startSimulator();
    lookups = new Lookups(({ origin }) => clientAt(origin));
  });
  afterEach(() => simulator.close());

  it("find the ICE servers by a credential's own key, without the secret key", async () => {
    const { apiKey, username } = simulator.addTurnCredential({ label: "app" });
    const { iceServers } = await ask("getIceServers", { apiKey, region: "europe" });
    const [first, second] = iceServers as Bag[];
    assert.deepEqual(first, { urls: "stun:stun.relay.metered.ca:80" });
    assert.equal(second?.username, username);
    assert.match(String(second?.urls), /^turn:europe\./);
    assert.doesNotMatch(JSON.stringify(simulator.requests), /secretKey/);
    const error = await failure(ask("getIceServers", { apiKey: "nonsense" }));
    assert.equal(error.name, "RequestRefused");
    const said = sayError(error.facts, DYNAMIC);
    assert.match(said, /set apiKey to that of a TURN credential of app "demo" that hasn't expired/);
    assert.doesNotMatch(said, /check the app/i, "the app's secret key isn't needed");
    assert.throws(() => ask("getIceServers"), /getIceServers needs apiKey, as a string/);
  });

  it("find credentials, of all pages, by label, with expired ones where that is asked", async () => {
    for (let i = 0; i < 120; i++) simulator.addTurnCredential({ label: i < 70 ? "app" : "web" });
    simulator.addTurnCredential({ label: "app", expiryInSeconds: 60 });
    simulator.setClock(simulator.now() + 120_000);
    const count = async (args: Bag) => ((await ask("getTurnCredentials", args)).credentials as unknown[]).length;
    assert.deepEqual([await count({}), await count({ label: "app" })], [120, 70]);
    assert.equal(await count({ label: "app", includeExpired: true }), 71);
    simulator.setSwitches({ turnPlan: "free" });
    assert.equal((await failure(ask("getTurnCredentials", { label: "new" }))).name, "PlanLimit");
  });

  it("leave out credentials without a password or a key, and say so where none has them", async () => {
    const whole = { username: "u", password: "p", apiKey: "k" };
    const listing = async (...data: object[]) => {
      const { origin } = await serve([json(200, { data })]);
      lookups = new Lookups(() => clientAt(origin));
      return ask("getTurnCredentials");
    };
    assert.deepEqual((await listing({ username: "v" }, whole)).credentials, [{ ...whole, expired: false }]);
    assert.deepEqual((await listing()).credentials, []);
    const error = await failure(listing({ username: "v" }, { ...whole, password: undefined }));
    assert.match(
      sayError(error.facts, DYNAMIC),
      /^Can't list the TURN credentials of app "demo": the response lists no credential with its password and its apiKey\./,
    );
    await closeServers();
  });

  it("find projects, without what may contain a credential", async () => {
    const turn = clientAt(simulator.url).turn();
    const { projectId } = await turn.createProject(subject, {
      projectName: "calls",
      webhookUrl: "https://example.com/x",
    });
    const { projects } = await ask("getTurnProjects");
    const [project] = projects as Bag[];
    assert.deepEqual(
      { ...project, created: "" },
      {
        ...{ id: projectId, projectName: "calls", quotaInBytes: 0, quotaExceededAction: "disable", created: "" },
        notificationEmails: [],
      },
    );
  });

  it("tell the usage of the app, of each user, of one, and of a project", async () => {
    const turn = clientAt(simulator.url).turn();
    const { projectId } = await turn.createProject(subject, { projectName: "calls", quotaInBytes: 2_000_000 });
    const app = simulator.addTurnCredential({ label: "app" });
    const web = simulator.addTurnCredential({ label: "web", project: projectId });
    simulator.addTurnUsage(app.username, 2e9);
    simulator.addTurnUsage(web.username, 3_000_000);
    const whole = await ask("getTurnUsage", { byUser: true });
    assert.equal(whole.usageInGB, 2.003);
    assert.deepEqual((whole.users as Bag[]).find(({ label }) => label === "app")?.usageInGB, 2);
    assert.equal((await ask("getTurnUsage", { username: app.username })).usageInGB, 2);
    assert.deepEqual(await ask("getTurnUsage", { projectId }), {
      ...{ appName: "demo", quotaInBytes: 2_000_000, usageInBytes: 3_000_000, overageInBytes: 1_000_000 },
    });
    assert.equal((await ask("getTurnUsage", { projectId, username: web.username })).usageInBytes, 3_000_000);
    assert.equal((await failure(ask("getTurnUsage", { projectId: "0".repeat(24) }))).name, "ObjectNotFound");
  });

  it("tell whether a token is accepted, and ask the same only once", async () => {
    const token = await clientAt(simulator.url).tokens().create(subject, { globalToken: true });
    simulator.requests.clear();
    assert.deepEqual(await ask("validateAccessToken", { token }), { valid: true });
    assert.deepEqual(await ask("validateAccessToken", { token }), { valid: true });
    assert.equal(simulator.requests.length, 1);
    assert.deepEqual(await ask("validateAccessToken", { token: "nonsense" }), { valid: false });
  });
});
