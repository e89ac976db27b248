import assert from "node:assert/strict";
import { MeteredError } from "../../provider/src/errors";
import { turnApi } from "../../provider/src/metered/turn";
import type { TurnApi } from "../../provider/src/turn/api";
import { errorOf, factsOf } from "../support/failures";
import { ANSWERED, FakeCaller } from "../support/fakeCaller";
import { CALL } from "../support/fakeTurn";

const subject = { label: "TURN credential", name: "app", resource: "TurnCredential" };
const ID = "6b02ce269338de260e311489";
const login = { username: "u", password: "p", apiKey: "k" };

describe("what the TURN endpoints are asked, and what their responses say", () => {
  let fake: FakeCaller;
  let turn: TurnApi;
  beforeEach(() => {
    fake = new FakeCaller();
    turn = turnApi(fake.caller, {});
  });
  const problemOf = async (call: Promise<unknown>) => (await factsOf(call, "UnexpectedResponse")).problem;

  it("is a credential with all that it has, or with what Metered documents at least", async () => {
    const unset = { label: undefined, expiryInSeconds: undefined, createdAt: undefined };
    const none = { isExpired: false, isDisabled: false, answeredAt: ANSWERED };
    const more = {
      label: "app",
      expiryInSeconds: 60,
      expired: true,
      disabled: true,
      created: "2030-01-01T00:00:00.9Z",
    };
    fake.answer(login).answer({ ...login, ...more });
    assert.deepEqual(await turn.createCredential(subject, undefined, {}), { ...login, ...unset, ...none });
    assert.deepEqual(await turn.createCredential(subject, "a/b", { label: "app" }), {
      ...{ ...login, label: "app", expiryInSeconds: 60, isExpired: true, isDisabled: true },
      ...{ createdAt: ANSWERED / 1000, answeredAt: ANSWERED },
    });
    assert.deepEqual(fake.requests, [
      { method: "POST", path: "/v1/turn/credential", body: {} },
      { method: "POST", path: "/v2/turn/project/a%2Fb/credential", body: { label: "app" } },
    ]);
    assert.deepEqual(fake.asked[0]?.about.call, { action: "create", subject, app: "demo" });
  });

  it("is nothing of another type", async () => {
    fake.answer({ ...login, label: 7, expiryInSeconds: "60", expired: "true", disabled: 1, created: 7, _id: "short" });
    const reply = await turn.createCredential(subject, undefined, {});
    const { label, expiryInSeconds, isExpired, isDisabled, createdAt } = reply;
    assert.deepEqual(
      [label, expiryInSeconds, isExpired, isDisabled, createdAt],
      [undefined, undefined, false, false, undefined],
    );
    for (const name of Object.keys(login)) {
      for (const wrong of [undefined, "", 7]) {
        fake.answer({ ...login, [name]: wrong });
        assert.equal(await problemOf(turn.createCredential(subject, undefined, {})), "isn't a TURN credential");
      }
    }
    fake.answer([login]);
    assert.equal(await problemOf(turn.createCredential(subject, undefined, {})), "isn't a TURN credential");
  });

  it("is a time of creation: what it says or, for want of that, what the _id tells", async () => {
    for (const [body, createdAt] of [
      [{ created: "2030-01-01T00:00:01.9Z", _id: ID }, ANSWERED / 1000 + 1],
      [{ created: "yesterday", _id: ID }, 0x6b02ce26],
      [{ _id: ID.toUpperCase() }, 0x6b02ce26],
      [{ _id: `${ID}0` }, undefined],
      [{ _id: `x${ID.slice(1)}` }, undefined],
      [{ _id: 7 }, undefined],
    ] as const) {
      fake.answer({ ...login, ...body });
      assert.equal((await turn.createCredential(subject, undefined, {})).createdAt, createdAt, JSON.stringify(body));
    }
  });

  it("is a list of credentials, of the app or of a project, each once", async () => {
    const entries = [login, { ...login, username: "v" }, { ...login, label: "later" }];
    fake.answer({ data: entries, has_more: true }).answer({ data: [] });
    const listed = await turn.credentials(subject, { label: "app", all: true });
    assert.deepEqual(
      listed.map(({ username, label, answeredAt }) => [username, label, answeredAt]),
      [
        ["u", "later", undefined],
        ["v", undefined, undefined],
      ],
    );
    fake.answer({ data: [] });
    await turn.credentials(undefined, { projectId: "a/b", label: "" });
    const path = "/v2/turn/credentials";
    assert.deepEqual(fake.requests, [
      { method: "GET", path, query: { all: "true", label: "app", page: 1 } },
      { method: "GET", path, query: { all: "true", label: "app", page: 2 } },
      { method: "GET", path: "/v2/turn/project/a%2Fb/credentials", query: { label: "", page: 1 } },
    ]);
    assert.deepEqual(
      [fake.asked[0], fake.asked[2]].map((each) => each && [each.about.call, each.about.isList]),
      [
        [{ action: "read", subject, app: "demo" }, true],
        [{ action: "list", app: "demo", what: "the TURN credentials" }, false],
      ],
    );
    fake.answer({ data: [login, { username: "v" }] });
    const [, incomplete] = await turn.credentials(subject, {});
    assert.deepEqual([incomplete?.username, incomplete?.password, incomplete?.apiKey], ["v", undefined, undefined]);
    fake.answer({ data: [{ ...login, expiryInSeconds: 0 }] });
    assert.equal((await turn.credentials(subject, {}))[0]?.expiryInSeconds, undefined);
    fake.answer({ data: [login, { password: "p" }] });
    assert.equal(await problemOf(turn.credentials(subject, {})), "lists something that isn't a TURN credential");
  });

  it("is that something is deleted, if a response confirms it", async () => {
    fake.answer({ success: true }).answer({}).answer({ success: true });
    await turn.deleteCredential(subject, undefined, "u");
    await turn.deleteCredential(subject, "a/b", "u");
    await turn.deleteProject(subject, "a/b");
    assert.deepEqual(fake.requests, [
      { method: "DELETE", path: "/v1/turn/credential", body: { username: "u" } },
      { method: "DELETE", path: "/v2/turn/project/a%2Fb/credential", body: { username: "u" } },
      { method: "DELETE", path: "/v2/turn/project/a%2Fb" },
    ]);
    const { call, secrets } = fake.asked[0]?.about ?? {};
    assert.deepEqual([call, secrets], [{ action: "delete", subject, app: "demo" }, ["u"]]);
  });

  it("is ICE servers, with one URL each and a login where there is one", async () => {
    fake.answer([
      { urls: "stun:a", username: "", credential: 7 },
      { urls: ["turn:b", "turn:c", "", 7], username: "u", credential: "p" },
      "turn:d",
    ]);
    assert.deepEqual(await turn.iceServers(subject, "k", "eu"), [
      { urls: "stun:a" },
      { urls: "turn:b", username: "u", credential: "p" },
      { urls: "turn:c", username: "u", credential: "p" },
    ]);
    fake.answer([{ urls: "stun:a" }]);
    await turn.iceServers(undefined, "k", undefined, turn.tries());
    const request = { method: "GET", path: "/v1/turn/credentials", keyless: true };
    assert.deepEqual(fake.requests, [
      { ...request, query: { apiKey: "k", region: "eu" } },
      { ...request, query: { apiKey: "k" } },
    ]);
    assert.deepEqual(
      fake.asked.map(({ about, attempts }) => [about.call, about.secrets, attempts !== undefined]),
      [
        [{ action: "read", subject, app: "demo" }, ["k"], false],
        [{ action: "look up", app: "demo", what: "the ICE servers" }, ["k"], true],
      ],
    );
    for (const body of [{ urls: "stun:a" }, [], [{}], null]) {
      fake.answer(body);
      assert.equal(await problemOf(turn.iceServers(subject, "k")), "isn't a list of ICE servers");
    }
  });

  it("is none where the credential's own key isn't accepted, and no other failure is taken for that", async () => {
    fake.fail(new MeteredError({ cause: "InvalidSecretKey", said: "", ...CALL }));
    assert.equal(await turn.iceServers(subject, "k"), undefined);
    const other = new MeteredError({ cause: "UnknownApp", said: "", ...CALL });
    fake.fail(other);
    assert.equal(await errorOf(turn.iceServers(subject, "k")), other);
  });

  it("is a project, with its key where it is shown", async () => {
    const body = { _id: ID, projectName: "calls", apiKey: "k", created: "2030-01-01T00:00:00Z" };
    fake.answer(body);
    const reply = await turn.createProject(subject, { projectName: "calls", webhookUrl: "https://example.com" });
    const shown = { projectId: ID, projectName: "calls", apiKey: "k", createdAt: ANSWERED / 1000, body };
    assert.deepEqual(reply, shown);
    const { call, secrets } = fake.asked[0]?.about ?? {};
    assert.deepEqual([call, secrets], [{ action: "create", subject, app: "demo" }, ["https://example.com"]]);
    fake.answer([{ ...body, apiKey: "" }]);
    assert.deepEqual(await turn.projects(), [{ ...shown, apiKey: undefined, body: { ...body, apiKey: "" } }]);
    const { about } = fake.asked[1] ?? {};
    assert.deepEqual([about?.call, about?.isList], [{ action: "list", app: "demo", what: "the TURN projects" }, true]);
    for (const wrong of [null, [body], { ...body, _id: "" }, { ...body, projectName: 7 }]) {
      fake.answer(wrong).answer([body, wrong]);
      assert.equal(await problemOf(turn.createProject(subject, {})), "isn't a TURN project");
      assert.equal(await problemOf(turn.projects(subject)), "lists something that isn't a TURN project");
    }
    fake.answer({ data: [] });
    assert.equal(await problemOf(turn.projects(subject)), "isn't a list of TURN projects");
    assert.deepEqual(
      fake.requests.slice(0, 2).map(({ method, path }) => `${method} ${path}`),
      ["POST /v2/turn/project", "GET /v2/turn/projects"],
    );
  });

  it("is an updated project, or that it was updated", async () => {
    const body = { _id: ID, projectName: "calls" };
    fake.answer(body).answer({ success: true }).answer(undefined, 204);
    assert.equal((await turn.updateProject(subject, "a/b", { webhookUrl: "https://x.example" }))?.projectName, "calls");
    assert.equal(await turn.updateProject(subject, ID, { webhookUrl: "" }), undefined);
    assert.equal(await turn.updateProject(subject, ID, {}), undefined);
    const [first, second] = fake.asked;
    assert.deepEqual(first?.request, {
      ...{ method: "PUT", path: "/v2/turn/project/a%2Fb", body: { webhookUrl: "https://x.example" } },
    });
    assert.deepEqual([first?.about.secrets, second?.about.secrets], [["https://x.example"], []]);
    assert.equal(first?.about.call.action, "update");
    for (const wrong of [{ success: false }, undefined, [body]]) {
      fake.answer(wrong);
      assert.equal(await problemOf(turn.updateProject(subject, ID, {})), "isn't a TURN project");
    }
  });

  it("is that a credential or a project is missing, in Metered's words", async () => {
    fake.answer({ success: true });
    await turn.deleteProject(subject, ID);
    const missing = fake.asked[0]?.about.missing;
    for (const words of ["Project not found", "this credential does not exist", "project is NOT FOUND"]) {
      assert.ok(missing?.test(words), words);
    }
    for (const words of ["room not found", "not found", "subprojects not found", "not found: project"]) {
      assert.ok(!missing?.test(words), words);
    }
  });
});
