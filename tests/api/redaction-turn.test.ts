import { ok } from "node:assert/strict";
import { inspect } from "node:util";
import { MeteredError, type Subject } from "../../provider/src/errors";
import { sayError } from "../../provider/src/pulumi/words/errors";
import { assertNoneOf } from "../support/canary";
import { clientAt } from "../support/client";
import { closeServers, json, serve } from "../support/servers";

const USERNAME = "canary-username-7Qf";
const PASSWORD = "canary-password-9Zx";
const API_KEY = "canary-apiKey-Kj5";
const TOKEN = "canary.token.Vb3-w";
const HOOK = "https://hooks.example.com/quota?token=canary-hook";
const BEARER = { name: "canary-name-2Wd", email: "canary-email-6Rt@example.com", meta: "canary-meta-1Xs" };
const EMAIL = "canary-quota-8Lq@example.com";
const ALL = [USERNAME, PASSWORD, API_KEY, TOKEN, HOOK, EMAIL, ...Object.values(BEARER)];
const iceServers = [{ urls: "turn:relay", username: USERNAME, credential: PASSWORD }];
const subject: Subject = { label: "TURN credential", name: "web", resource: "TurnCredential" };

/** Of each call about TURN and tokens that fails: the secrets that it sends, and all that can be got out of its error. */
async function told(status: number, body: object): Promise<{ sent: readonly string[]; text: string }[]> {
  const { origin } = await serve([json(status, body)]);
  const client = clientAt(origin, { patienceMs: -1 });
  const [turn, tokens] = [client.turn(), client.tokens()];
  const id = "0123456789abcdef01234567";
  const calls: [sent: readonly string[], call: Promise<unknown>][] = [
    [[], turn.createCredential(subject, undefined, { label: "web" })],
    [[], turn.credentials(subject, {})],
    [[USERNAME], turn.deleteCredential(subject, undefined, USERNAME)],
    [[API_KEY], turn.iceServers(subject, API_KEY, undefined)],
    [[HOOK, EMAIL], turn.createProject(subject, { projectName: "web", webhookUrl: HOOK, notificationEmails: [EMAIL] })],
    [[], turn.projects(subject)],
    [[HOOK], turn.updateProject(subject, id, { webhookUrl: HOOK })],
    [[], turn.deleteProject(subject, id)],
    [Object.values(BEARER), tokens.create(subject, { globalToken: true, ...BEARER })],
    [[TOKEN], tokens.isValid(TOKEN)],
  ];
  const ends = await Promise.allSettled(calls.map(([, call]) => call));
  return ends.flatMap((end, i) => {
    const error: unknown = end.status === "rejected" ? end.reason : undefined;
    if (!(error instanceof MeteredError)) return [];
    const hidden = inspect(error, { depth: 10, showHidden: true, maxStringLength: null });
    const said = sayError(error.facts, { face: "dynamic", account: { kind: "stack" } });
    return [{ sent: calls[i]?.[0] ?? [], text: [hidden, JSON.stringify(error), said].join("\n") }];
  });
}

describe("no TURN secret and no token in an error", () => {
  afterEach(closeServers);

  it("when the response is one that Metered doesn't document, and full of secrets", async () => {
    const bodies = [
      { password: PASSWORD, apiKey: API_KEY, label: "web" },
      { data: { username: USERNAME, password: PASSWORD, apiKey: API_KEY } },
      { success: false, token: [TOKEN], iceServers, webhookUrl: HOOK },
      [{ password: PASSWORD, iceServers, apiKey: API_KEY, token: TOKEN }],
    ];
    for (const body of bodies) {
      const errors = await told(200, body);
      ok(errors.length > 5);
      for (const { text } of errors) assertNoneOf(ALL, "an error", text);
    }
  });

  it("when Metered refuses, and repeats what was sent", async () => {
    let found = 0;
    for (const status of [400, 404, 409, 500]) {
      for (const secret of ALL.filter((each) => each !== PASSWORD)) {
        const bodies = [
          { message: `refused: ${secret}` },
          { error: `refused: ${encodeURIComponent(secret)}` },
          { error: { details: [{ message: secret, context: { value: secret } }], _original: { secret, iceServers } } },
        ];
        for (const body of bodies) {
          for (const { sent, text } of await told(status, body)) {
            if (!sent.includes(secret)) continue;
            found++;
            assertNoneOf(ALL, `an error of HTTP ${status}`, text);
          }
        }
      }
    }
    ok(found > 20);
  });
});
