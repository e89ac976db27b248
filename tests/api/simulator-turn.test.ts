import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import type { Json } from "./simulator/calls";
import { TurnCalls } from "./simulator/turnCalls";

describe("TURN in the simulator", () => {
  let sim: Simulator;
  let turn: TurnCalls;
  beforeEach(async () => {
    sim = await startSimulator();
    turn = new TurnCalls(sim);
  });
  afterEach(() => sim.close());

  const iceServers = async (apiKey: unknown, more: Record<string, string> = {}) => {
    const reply = await turn.send("GET", "/v1/turn/credentials", undefined, { apiKey: String(apiKey), ...more });
    return { ...reply, list: JSON.parse(reply.text) as Json[] };
  };
  const labels = (entries: Json[]) => entries.map(({ label }) => label);

  it("gives browsers five servers for an apiKey, four of them with the credential", async () => {
    const { username, password, apiKey } = await turn.create();
    const { list } = await iceServers(apiKey, { region: "europe" });
    equal(list.length, 5);
    deepEqual(
      list.slice(1).map(({ username: name, credential }) => [name, credential]),
      Array(4).fill([username, password]),
    );
    match(String(list[1]?.urls), /^turn:europe\.relay\.metered\.ca:80$/);
    equal((await iceServers(apiKey, { region: "mars" })).status, 400);
  });

  it("lets credentials expire by its clock: gone from the list, without ICE servers, not to be enabled", async () => {
    const { username, apiKey } = await turn.create({ expiryInSeconds: 60 });
    await turn.create();
    equal((await turn.list()).length, 2);
    sim.setClock(sim.now() + 60_000);
    equal((await turn.list()).length, 1);
    deepEqual(
      (await turn.list({ all: "true" })).map(({ expired }) => expired),
      [true, false],
    );
    equal((await iceServers(apiKey)).status, 401);
    await turn.send("POST", "/v1/turn/credential/disable", { username });
    const { status, json } = await turn.send("POST", "/v1/turn/credential/enable", { username });
    deepEqual([status, json.message], [400, "Cannot enable this credential"]);
    equal((await turn.send("DELETE", "/v1/turn/credential", { username })).status, 200);
  });

  it("takes a disabled credential's ICE servers away, and gives them back", async () => {
    const { username, apiKey } = await turn.create();
    await turn.send("POST", "/v1/turn/credential/disable", { username });
    equal((await iceServers(apiKey)).status, 401);
    await turn.send("POST", "/v1/turn/credential/enable", { username });
    equal((await iceServers(apiKey)).status, 200);
  });

  it("lists fifty a page, by label if asked, and leaves an unset label out", async () => {
    for (let i = 0; i < 51; i += 1) sim.addTurnCredential(i === 50 ? { label: "last" } : {});
    const { json } = await turn.send("GET", "/v2/turn/credentials");
    const pagination = { total_records: 51, current_page: 1, total_pages: 2, next_page: 2, prev_page: null };
    deepEqual([(json.data as Json[]).length, json.pagination], [50, pagination]);
    deepEqual(labels(await turn.list({ page: "2" })), ["last"]);
    deepEqual(labels(await turn.list({ label: "last" })), ["last"]);
    equal("label" in ((await turn.list())[0] ?? {}), false);
    for (const page of ["0", "-1", "x"]) equal((await turn.list({ page })).length, 50);
    deepEqual(await turn.list({ page: "3" }), []);
  });

  it("deletes by label what is in force, and nothing else", async () => {
    const { username } = await turn.create({ label: "a" });
    await turn.create({ label: "a", expiryInSeconds: 1 });
    await turn.create({ label: "a" });
    await turn.create({ label: "b" });
    await turn.send("POST", "/v1/turn/credential/disable", { username });
    sim.setClock(sim.now() + 1000);
    const byLabel = (query: Record<string, string>) =>
      turn.send("DELETE", "/v2/turn/credential/by_label", undefined, turn.key(query));
    deepEqual((await byLabel({ label: "a" })).json, { deleted: 1 });
    deepEqual(labels(await turn.list({ all: "" })), ["a", "a", "b"]);
    equal((await byLabel({ label: "x".repeat(100) })).status, 400);
    equal((await byLabel({})).status, 400);
  });

  it("keeps projects apart: their credentials, their keys, their usage", async () => {
    const [first, second] = [await turn.project({ projectName: "a" }), await turn.project({ projectName: "b" })];
    const { username } = await turn.create({ label: "x" }, String(first._id));
    equal((await turn.list({}, String(first._id))).length, 1);
    for (const project of [undefined, String(second._id)]) deepEqual(await turn.list({}, project), []);
    deepEqual((await turn.send("DELETE", "/v1/turn/credential", { username })).status, 400);
    const path = `/v2/turn/project/${first._id}/credentials`;
    const statusFor = async (projectApiKey: unknown) =>
      (await turn.send("GET", path, undefined, { projectApiKey: String(projectApiKey) })).status;
    deepEqual([await statusFor(first.apiKey), await statusFor(second.apiKey), await statusFor("x")], [200, 400, 400]);
    sim.addTurnUsage(String(username), 5);
    const usageOf = async ({ _id }: Json) => (await turn.send("GET", `/v2/turn/project/${_id}/current_usage`)).json;
    deepEqual([(await usageOf(first)).usageInBytes, (await usageOf(second)).usageInBytes], [5, 0]);
  });

  it("deletes a project with its credentials", async () => {
    const { _id } = await turn.project({ projectName: "a" });
    await turn.create({}, String(_id));
    await turn.create();
    deepEqual((await turn.send("DELETE", `/v2/turn/project/${_id}`)).json, { success: true });
    deepEqual([sim.turnProjects.length, sim.turnCredentials.length], [0, 1]);
    const { json } = await turn.send("GET", `/v2/turn/project/${_id}/credentials`);
    equal(json.message, "Project not found");
  });

  it("keeps a project's other settings in an update, and its name its own", async () => {
    const { _id, apiKey } = await turn.project({ projectName: "a", quotaInBytes: 2_000_000 });
    await turn.project({ projectName: "b" });
    equal((await turn.project({ projectName: "a" })).message, "Project with the name a already exists");
    const update = (body: object) => turn.send("PUT", `/v2/turn/project/${_id}`, body);
    equal((await update({ projectName: "b" })).status, 400);
    equal((await update({ projectName: "a", webhookUrl: "https://a.example" })).status, 200);
    deepEqual(
      [sim.turnProjects[0]?.quotaInBytes, sim.turnProjects[0]?.webhookUrl, sim.turnProjects[0]?.apiKey],
      [2_000_000, "https://a.example", apiKey],
    );
  });

  it("counts usage of the month, the day and the user, and what exceeds a quota", async () => {
    sim.setClock(Date.UTC(2026, 4, 20));
    const { _id } = await turn.project({ projectName: "a", quotaInBytes: 2_000_000 });
    const { username } = await turn.create({ label: "x" }, String(_id));
    sim.addTurnUsage(String(username), 3_000_000, "2026-05-02");
    sim.addTurnUsage("other", 1e9, "2026-05-02");
    sim.addTurnUsage("other", 7e9, "2026-04-30");
    const get = async (path: string, more = {}) => (await turn.send("GET", path, undefined, turn.key(more))).text;
    equal(await get("/v1/turn/current_usage"), '{"quotaInGB":50,"usageInGB":1.003,"overageInGB":0}');
    equal(await get("/v1/turn/current_usage_by_date"), '[{"date":"2026-05-02","usageInGB":1.003}]');
    equal(
      await get(`/v2/turn/project/${_id}/current_usage`),
      '{"quotaInBytes":2000000,"usageInBytes":3000000,"overageInBytes":1000000}',
    );
    equal(
      await get(`/v2/turn/project/${_id}/current_usage_for_user`, { username }),
      '{"label":"x","usageInBytes":3000000}',
    );
    equal(await get("/v1/turn/current_usage_for_user", { username: "other" }), '{"usageInGB":1}');
  });

  it("gives statistics four times a minute, and says when to come back", async () => {
    const period = { startDate: "2026-04-01", endDate: "2026-04-30" };
    const ask = (path: string) => turn.send("GET", path, undefined, turn.key(period));
    sim.setClock(Date.UTC(2026, 4, 20));
    const statuses: number[] = [];
    for (let i = 0; i < 5; i += 1) statuses.push((await ask("/v2/turn/usage_daily_by_user")).status);
    deepEqual(statuses, [200, 200, 200, 200, 429]);
    equal((await ask("/v2/turn/usage_daily_by_user")).headers.get("retry-after"), "60");
    equal((await ask("/v2/payment/usage-charges")).status, 200);
    sim.setClock(sim.now() + 60_000);
    equal((await ask("/v2/turn/usage_daily_by_user")).status, 200);
  });

  it("words a wrong key as the page of each route does", async () => {
    const documented: [method: string, path: string, status: number, message: string][] = [
      ["GET", "/v2/turn/projects", 400, "invalid secretKey app not found"],
      ["POST", "/v1/turn/credential/disable", 400, "Invalid request. App not found"],
      ["POST", "/v1/turn/credential/enable", 401, "Invalid secret key"],
      ["DELETE", "/v1/turn/credential", 400, "credential of the specified username is not found"],
      ["DELETE", "/v2/turn/credential/by_label", 400, "invalid secretKey"],
      ["GET", "/v1/turn/current_usage_by_date", 401, "Invalid secret key"],
    ];
    for (const [method, path, status, message] of documented) {
      const reply = await turn.send(method, path, undefined, { secretKey: "wrong" });
      deepEqual([reply.status, reply.json], [status, { message }], path);
    }
    equal((await turn.send("POST", "/v1/turn/credential/enable", {}, {})).json.message, "Please specify secret key");
  });

  it("keeps passwords and keys out of its log", async () => {
    const { password, apiKey } = await turn.create();
    const { apiKey: projectApiKey } = await turn.project({ projectName: "a" });
    await turn.list();
    await iceServers(apiKey);
    await turn.send("POST", "/v1/turn/credential", { password, apiKey });
    const log = JSON.stringify(sim.requests);
    for (const secret of [password, apiKey, projectApiKey, sim.secretKey]) equal(log.includes(String(secret)), false);
    deepEqual(sim.requests.at(-1)?.body, { password: "••••••••", apiKey: "••••••••" });
  });

  it("makes every credential another", async () => {
    const [first, second] = [await turn.create(), await turn.create()];
    for (const key of ["username", "password", "apiKey"]) notEqual(first[key], second[key]);
  });
});
