import { deepEqual, equal } from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import { schema } from "./simulator/apiDocument";
import type { Json, Reply } from "./simulator/calls";
import { documented } from "./simulator/documentedCall";

const project = "/api/v2/turn/project/{projectId}";

describe("simulator/openapi.yaml, beyond rooms", () => {
  let sim: Simulator;
  beforeEach(async () => {
    sim = await startSimulator();
  });
  afterEach(() => sim.close());

  const key = () => ({ secretKey: sim.secretKey });
  const call = (method: string, path: string, body?: unknown, query: Record<string, string> = {}) =>
    documented(sim, method, path, { body, query: { ...key(), ...query } });
  const inProject = (projectId: string, method: string, path: string, body?: unknown, query?: Record<string, string>) =>
    documented(sim, method, path, { params: { projectId }, body, query: { ...key(), ...query } });
  const ends = async (reply: Promise<Reply>, status: number, message?: string): Promise<Json> => {
    const { status: got, json } = await reply;
    deepEqual([got, message && (json.message ?? json.error)], [status, message]);
    return json;
  };

  it("describes access tokens: created, validated, refused", async () => {
    const { token } = await ends(call("POST", "/api/v1/token", { roomName: "a", isAdmin: true }), 200);
    await ends(call("POST", "/api/v1/token/validate", { token }), 200);
    await ends(call("POST", "/api/v1/token/validate", { token: "a.b.c" }), 400, "invalid token");
    await ends(call("POST", "/api/v1/token/validate"), 400, "token is required");
    await ends(call("POST", "/api/v1/token", { isAdmin: "yes" }), 400);
    await ends(call("POST", "/api/v1/token", "{"), 400, "Invalid request");
  });

  it("describes recordings and sessions", async () => {
    const { _id: recordingId } = sim.addRecording("a", { participantUsername: "ann" });
    const one = { params: { recordingId }, query: key() };
    sim.addRoom("meeting", "a");
    for (const name of ["a", "b"]) sim.startSession(name);
    await ends(call("GET", "/api/v1/rooms/active/meetingsessions"), 200);
    await ends(documented(sim, "GET", "/api/v1/recordings/room/{roomName}", { params: { roomName: "a" } }), 200);
    await ends(documented(sim, "GET", "/api/v1/recording/{recordingId}/download", one), 200);
    await ends(documented(sim, "DELETE", "/api/v1/recording/{recordingId}", one), 200);
    await ends(documented(sim, "DELETE", "/api/v1/recording/{recordingId}", one), 400, "recording not found");
    await ends(documented(sim, "GET", "/api/v1/recording/{recordingId}/download", one), 400, "recording not found");
  });

  it("describes TURN credentials: created, listed, disabled, enabled, deleted, refused", async () => {
    const one = "/api/v1/turn/credential";
    const { username, apiKey } = await ends(call("POST", one, { label: "a", expiryInSeconds: 60 }), 200);
    await ends(call("POST", "/api/v2/turn/credential"), 200);
    await ends(call("GET", "/api/v2/turn/credentials", undefined, { page: "1", all: "true" }), 200);
    await ends(documented(sim, "GET", "/api/v1/turn/credentials", { query: { apiKey: String(apiKey) } }), 200);
    await ends(documented(sim, "GET", "/api/v1/turn/credentials", { query: {} }), 400, "Please specify API Key");
    await ends(documented(sim, "GET", "/api/v1/turn/credentials", { query: { apiKey: "a" } }), 401, "Invalid API Key");
    await ends(call("POST", `${one}/disable`, { username }), 200, "Turn credential disabled successfully");
    await ends(call("POST", `${one}/disable`, { username }), 400, "credential is already disabled");
    await ends(call("POST", `${one}/disable`, { username: "a" }), 401, "credential not found");
    await ends(call("POST", `${one}/enable`, { username }), 200, "Credential enabled successfully");
    await ends(call("POST", `${one}/enable`, { username }), 400, "Credential is already enabled");
    await ends(call("POST", `${one}/enable`, {}), 400, "`username` field missing in the request body");
    await ends(call("DELETE", `/api/v2/turn/credential/by_label`, undefined, { label: "a" }), 200);
    await ends(call("DELETE", one, { username }), 400, "credential of the specified username is not found");
    await ends(call("DELETE", one, { username: sim.turnCredentials[0]?.username }), 200, "credential removed");
    deepEqual(sim.turnCredentials, []);
  });

  it("describes TURN projects and their credentials", async () => {
    const body = { projectName: "a", quotaInBytes: 2_000_000, notificationEmails: ["ops@a.example"] };
    const { _id } = await ends(call("POST", "/api/v2/turn/project", body), 200);
    const id = String(_id);
    await ends(call("GET", "/api/v2/turn/projects"), 200);
    await ends(inProject(id, "PUT", project, { webhookUrl: "https://a.example/x" }), 200);
    const { username } = await ends(inProject(id, "POST", `${project}/credential`, { label: "x" }), 200);
    await ends(inProject(id, "GET", `${project}/credentials`), 200);
    await ends(inProject(id, "DELETE", `${project}/credential`, { username }), 200);
    await ends(inProject(id, "DELETE", `${project}/credential`, {}), 400);
    await ends(inProject(id, "DELETE", `${project}/credential/by_label`, { label: "x" }), 200);
    await ends(inProject(id, "DELETE", `${project}/credential/by_label`, { label: "" }), 400, "Label cannot be empty");
    await ends(inProject(id, "DELETE", project), 200);
    await ends(inProject(id, "DELETE", project), 400, "Project not found");
    await ends(inProject("a", "DELETE", project), 400, "Invalid projectId");
    await ends(call("DELETE", "/api/v2/turn/project"), 400, "projectId is required");
  });

  it("describes usage", async () => {
    const { username } = sim.addTurnCredential({ label: "x" });
    sim.addTurnUsage(username, 3_000_000_000, "2026-01-02");
    sim.setClock(Date.UTC(2026, 0, 20));
    const { _id } = await ends(call("POST", "/api/v2/turn/project", { projectName: "a" }), 200);
    const period = { startDate: "2026-01-01", endDate: "2026-01-20" };
    const replies = [
      await call("GET", "/api/v1/turn/current_usage"),
      await call("GET", "/api/v1/turn/current_usage_by_date"),
      await call("GET", "/api/v1/turn/current_usage_by_user"),
      await call("GET", "/api/v2/turn/current_usage_by_user"),
      await call("GET", "/api/v1/turn/current_usage_for_user", undefined, { username }),
      await call("GET", "/api/v2/turn/usage_daily_by_user", undefined, { ...period, page: "1" }),
      await call("GET", "/api/v2/payment/usage-charges", undefined, period),
    ];
    for (const { status, text } of replies) deepEqual([status, text.includes('"usageInGB":3')], [200, true], text);
    for (const path of ["current_usage", "current_usage_by_date", "current_usage_for_user"]) {
      equal((await inProject(String(_id), "GET", `${project}/${path}`, undefined, { username })).status, 200);
    }
    await ends(call("GET", "/api/v1/turn/current_usage_for_user"), 400, "username is required");
    await ends(call("GET", "/api/v2/payment/usage-charges"), 400);
  });

  /** A create takes a body exactly if the schema does. */
  async function agree(name: string, path: string, bodies: readonly object[]): Promise<void> {
    const validate = schema(name);
    for (const body of bodies) {
      const expected = validate(body) ? 200 : 400;
      equal((await call("POST", path, body)).status, expected, JSON.stringify(body));
    }
  }

  const oddValues = [
    true,
    false,
    null,
    0,
    -1,
    1,
    60,
    1.5,
    2 ** 53,
    "",
    "text",
    "x".repeat(99),
    "x".repeat(100),
    [],
    {},
  ];

  it("says which bodies of a credential are accepted", () =>
    agree(
      "TurnCredentialSettings",
      "/api/v1/turn/credential",
      ["label", "expiryInSeconds", "other"].flatMap((name) => oddValues.map((value) => ({ [name]: value }))),
    ));

  it("says which bodies of a project are accepted", async () => {
    const more = [1_048_575, 1_048_576, "https://a.example/x", "http://a.example", ["a@b.example"], ["a"], "notify"];
    const names = ["quotaInBytes", "webhookUrl", "notificationEmails", "quotaExceededAction", "other"];
    const emails = Array.from({ length: 11 }, (_, i) => `${i}@a.example`);
    const values = [...oddValues, ...more, emails, emails.slice(1)];
    let count = 0;
    const projectName = () => `project-${count++}`;
    const rest = names.flatMap((name) => values.map((value) => ({ projectName: projectName(), [name]: value })));
    const named = oddValues.map((value) => ({ projectName: value }));
    await agree("NewTurnProject", "/api/v2/turn/project", [...rest, ...named, {}]);
  });

  it("says which bodies of a token are accepted", async () => {
    const fields = Object.keys((schema("TokenSettings").schema as { properties: object }).properties);
    equal(fields.length, 15);
    const ahead = Math.floor(sim.now() / 1000) + 60;
    const values = oddValues.map((value) => (value === 60 || value === 1 ? ahead : value));
    await agree(
      "TokenSettings",
      "/api/v1/token",
      [...fields, "other"].flatMap((name) => values.map((value) => ({ [name]: value }))),
    );
  });
});
