import assert from "node:assert/strict";
import { type UsageApi, usageApi } from "../../provider/src/metered/usage";
import { factsOf } from "../support/failures";
import { FakeCaller } from "../support/fakeCaller";

const of = { action: "look up", app: "demo", what: "the TURN usage" };

describe("what TURN has relayed", () => {
  let fake: FakeCaller;
  let usage: UsageApi;
  beforeEach(() => {
    fake = new FakeCaller();
    usage = usageApi(fake.caller, {});
  });

  for (const [what, ask, path, query, projectId] of [
    ["the app", () => usage.app(), "/v1/turn/current_usage", {}, undefined],
    ["a project", () => usage.project("a/b"), "/v2/turn/project/a%2Fb/current_usage", {}, "a/b"],
    ["a user", () => usage.user("u"), "/v1/turn/current_usage_for_user", { username: "u" }, undefined],
    [
      "a user of a project",
      () => usage.user("u", "a/b"),
      "/v2/turn/project/a%2Fb/current_usage_for_user",
      { username: "u" },
      "a/b",
    ],
  ] as const) {
    it(`is asked for ${what}, and told as it comes`, async () => {
      fake.answer({ usageInGB: 2 });
      assert.deepEqual(await ask(), { usageInGB: 2 });
      assert.deepEqual(fake.requests, [{ method: "GET", path, query }]);
      const subject = projectId && { label: "TURN project", name: projectId, resource: "TurnProject" };
      assert.deepEqual(fake.asked[0]?.about.call, subject ? { ...of, subject } : of);
      fake.answer([]);
      assert.equal((await factsOf(ask(), "UnexpectedResponse")).problem, "isn't about usage");
    });
  }

  it("is told of each user, of all pages, with the label where there is one", async () => {
    fake.answer({ data: [{ username: "u", usageInGB: 1, label: "app", more: 1 }], has_more: true });
    fake.answer({ data: [{ username: "v", usageInGB: 0, label: null }] });
    assert.deepEqual(await usage.byUser(), [
      { username: "u", usageInGB: 1, label: "app" },
      { username: "v", usageInGB: 0 },
    ]);
    const path = "/v2/turn/current_usage_by_user";
    assert.deepEqual(
      fake.requests,
      [1, 2].map((page) => ({ method: "GET", path, query: { page } })),
    );
    for (const wrong of [null, {}, { username: "u" }, { usageInGB: 1 }, { username: "u", usageInGB: "1" }]) {
      fake.answer({ data: [wrong] });
      assert.equal((await factsOf(usage.byUser(), "UnexpectedResponse")).problem, "isn't about usage");
    }
  });

  it("is not told of a project that is missing, in Metered's words", async () => {
    fake.answer({});
    await usage.app();
    const missing = fake.asked[0]?.about.missing;
    for (const words of ["Project not found", "the project does not exist"]) assert.ok(missing?.test(words), words);
    for (const words of ["user not found", "subproject not found"]) assert.ok(!missing?.test(words), words);
  });
});
