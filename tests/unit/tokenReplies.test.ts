import assert from "node:assert/strict";
import { MeteredError } from "../../provider/src/errors";
import { tokenApi } from "../../provider/src/metered/tokens";
import type { TokenApi } from "../../provider/src/tokens/api";
import { errorOf, factsOf } from "../support/failures";
import { FakeCaller } from "../support/fakeCaller";
import { CALL, errors } from "../support/fakeTurn";

const subject = { label: "access token", name: "standup", resource: "AccessToken" };
const spent = { attempts: 1, seconds: 0, ...CALL };

describe("what the endpoints for access tokens say", () => {
  let fake: FakeCaller;
  let tokens: TokenApi;
  beforeEach(() => {
    fake = new FakeCaller();
    tokens = tokenApi(fake.caller, {});
  });

  it("is a token, under either of two names, asked for by a request that may be repeated", async () => {
    fake.answer({ token: "t" }).answer({ accessToken: "a" }).answer({ token: "t", accessToken: "a" });
    assert.equal(await tokens.create(subject, { roomName: "standup" }), "t");
    assert.equal(await tokens.create(subject, {}), "a");
    assert.equal(await tokens.create(subject, {}), "t");
    const [first] = fake.asked;
    const request = { method: "POST", path: "/v1/token", body: { roomName: "standup" }, isSafe: true };
    const call = { action: "create", subject, app: "demo" };
    assert.deepEqual([first?.request, first?.about], [request, { call, secrets: [] }]);
  });

  it("is no token in any other body, and nothing was changed: Metered keeps none", async () => {
    for (const body of [undefined, "t", ["t"], {}, { token: "" }, { token: 7 }, { token: "", accessToken: "a" }]) {
      fake.answer(body);
      const { problem, mayHaveHappened, action } = await factsOf(tokens.create(subject, {}), "UnexpectedResponse");
      assert.deepEqual([problem, mayHaveHappened, action], ["has no token", false, "create"], JSON.stringify(body));
    }
  });

  it("is an error as it is, but for that nothing can have been changed", async () => {
    const { facts } = errors.lost();
    fake.fail(new MeteredError(facts));
    const lost = await factsOf(tokens.create(subject, {}), "NoConnection");
    assert.deepEqual(lost, { ...facts, mayHaveHappened: false });
    for (const error of [
      errors.plan(),
      new MeteredError({ cause: "RateLimited", isUnchanged: false, ...spent }),
      new TypeError("a bug"),
    ]) {
      fake.fail(error);
      assert.equal(await errorOf(tokens.create(subject, {})), error);
    }
  });

  for (const [body, isValid] of [
    [{ success: true }, true],
    [{ valid: true }, true],
    [{ valid: true, message: "Token is valid" }, true],
    [{ success: true, error: "none" }, true],
    [{ decodedToken: {} }, true],
    ["valid", true],
    [undefined, true],
    [{ success: false }, false],
    [{ valid: false }, false],
    [{ success: true, valid: false }, false],
    [{ success: false, valid: true }, false],
    [{ message: "invalid token" }, false],
    [{ error: "invalid token" }, false],
  ] as const) {
    it(`is that a token is ${isValid ? "accepted" : "refused"} where they answer ${JSON.stringify(body)}`, async () => {
      fake.answer(body);
      assert.equal(await tokens.isValid("t"), isValid);
    });
  }

  it("is a question without the secret key, about a token that no message repeats", async () => {
    fake.answer({ success: true });
    await tokens.isValid("t");
    const [{ about, request } = {}] = fake.asked;
    assert.deepEqual(request, {
      ...{ method: "POST", path: "/v1/token/validate", body: { token: "t" }, keyless: true, isSafe: true },
    });
    const call = { action: "list", app: "demo", what: "whether an access token is valid" };
    assert.deepEqual(about, { call, secrets: ["t"] });
  });

  it("is that a token is refused where Metered refuses the question, and an error where it doesn't come to that", async () => {
    for (const refusal of [
      new MeteredError({ cause: "RequestRefused", said: "", isBare: false, ...CALL }),
      new MeteredError({ cause: "InvalidSecretKey", said: "", ...CALL }),
      new MeteredError({ cause: "InvalidSetting", said: "", ...CALL }),
    ]) {
      fake.fail(refusal);
      assert.equal(await tokens.isValid("t"), false, refusal.name);
    }
    for (const error of [errors.lost(), errors.plan(), new MeteredError({ cause: "UnknownApp", said: "", ...CALL })]) {
      fake.fail(error);
      assert.equal(await errorOf(tokens.isValid("t")), error);
    }
  });
});
