import assert from "node:assert/strict";
import { turnProject } from "../../provider/src/turn/project";
import { changesFor, liveProjectSettings, shortfallsOf, shownIn } from "../../provider/src/turn/projectSettings";
import { project } from "../support/fakeTurn";

const shows = (body: Record<string, unknown>) => project("calls", body);
const hook = "https://example.com/hook";

describe("what a response shows of a TURN project", () => {
  it("is every setting that Metered knows, null where it has no value, and nothing where it says nothing", () => {
    const body = { quotaInBytes: "2000000", webhookUrl: null, forceDestroy: true, notificationEmails: ["a@b.c"] };
    assert.deepEqual(shownIn(turnProject, shows(body)), {
      ...{ projectName: "calls", quotaInBytes: 2_000_000, webhookUrl: null, notificationEmails: ["a@b.c"] },
    });
  });
});

describe("the settings that a refresh finds of a TURN project", () => {
  const live = (declared: object, body: Record<string, unknown>) =>
    liveProjectSettings(turnProject, { ...declared }, shows(body));

  for (const [what, declared, shown, found] of [
    ["what differs", { quotaInBytes: 1 }, { quotaInBytes: 2 }, { quotaInBytes: 2 }],
    ["the program's spelling", { webhookUrl: hook }, { webhookUrl: "HTTPS://example.com/hook" }, { webhookUrl: hook }],
    [
      "what isn't shown as it was",
      { webhookUrl: hook, forceDestroy: true },
      {},
      { webhookUrl: hook, forceDestroy: true },
    ],
    ["nothing of what has no value any more", { webhookUrl: hook }, { webhookUrl: null }, {}],
    ["nothing of what isn't declared", {}, { quotaInBytes: 2, webhookUrl: hook }, {}],
    ["what was in doubt", { quotaInBytes: null }, { quotaInBytes: 2 }, { quotaInBytes: 2 }],
    ["what stays in doubt", { quotaInBytes: null }, {}, { quotaInBytes: null }],
  ] as const) {
    it(`are ${what}`, () => assert.deepEqual(live(declared, shown), found));
  }
});

describe("what is sent to change a TURN project", () => {
  for (const [what, known, wanted, shown, body, kept] of [
    ["nothing of what is as it should be", {}, { quotaInBytes: 2 }, { quotaInBytes: 2 }, {}, []],
    ["nothing for a spelling", {}, { quotaExceededAction: "notify" }, { quotaExceededAction: "NOTIFY_ONLY" }, {}, []],
    ["what differs", {}, { quotaInBytes: 2 }, { quotaInBytes: 3 }, { quotaInBytes: 2 }, []],
    ["what isn't shown", {}, { webhookUrl: hook }, {}, { webhookUrl: hook }, []],
    ["what has no value", {}, { webhookUrl: hook }, { webhookUrl: null }, { webhookUrl: hook }, []],
    ["nothing of what is only Pulumi's", {}, { forceDestroy: true }, {}, {}, []],
    ["the default of what was removed", { quotaInBytes: 2 }, {}, { quotaInBytes: 2 }, { quotaInBytes: 0 }, []],
    ["nothing of what has its default already", { quotaInBytes: 2 }, {}, { quotaInBytes: 0 }, {}, []],
    [
      "an empty list",
      { notificationEmails: ["a@b.c"] },
      {},
      { notificationEmails: ["a@b.c"] },
      { notificationEmails: [] },
      [],
    ],
    ["nothing of what can't be cleared", { webhookUrl: hook }, {}, { webhookUrl: hook }, {}, ["webhookUrl"]],
    ["nothing of what was never declared", {}, {}, { quotaInBytes: 2, webhookUrl: hook }, {}, []],
  ] as const) {
    it(`is ${what}`, () => {
      assert.deepEqual(changesFor(turnProject, { ...known }, { ...wanted }, shows(shown)), { body, kept });
    });
  }
});

describe("why a TURN project is not as declared", () => {
  const of = (sent: object, body: Record<string, unknown>) => shortfallsOf(turnProject, { ...sent }, shows(body));

  it("is each setting that is shown otherwise than it was sent, as JSON, and no other", () => {
    assert.deepEqual(
      of({ quotaInBytes: 2, quotaExceededAction: "none" }, { quotaInBytes: 3, quotaExceededAction: "NONE" }),
      [{ shortfall: "not taken", setting: "quotaInBytes", sent: "2", shown: "3" }],
    );
    assert.deepEqual(of({ notificationEmails: ["a@b.c"] }, { notificationEmails: null }), [
      { shortfall: "not taken", setting: "notificationEmails", sent: '["a@b.c"]', shown: "null" },
    ]);
    assert.deepEqual(of({ quotaInBytes: 2, unheardOf: 1 }, { unheardOf: 2 }), []);
  });

  it("never quotes a URL, which may hide a token", () => {
    const shortfall = { shortfall: "not taken", setting: "webhookUrl", sent: "one" };
    assert.deepEqual(of({ webhookUrl: hook }, { webhookUrl: "https://else.example.com" }), [
      { ...shortfall, shown: "another URL" },
    ]);
    assert.deepEqual(of({ webhookUrl: hook }, { webhookUrl: null }), [{ ...shortfall, shown: "null" }]);
  });
});
