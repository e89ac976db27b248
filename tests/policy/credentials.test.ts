import assert from "node:assert/strict";
import { asCredential, expiringCredentials, globalAdminTokens } from "../../policy/credentials";
import { packageTokenOf, tokenOf } from "../../provider/src/pulumi/types";
import { accessToken } from "../../provider/src/tokens/accessToken";
import { turnCredential } from "../../provider/src/turn/credential";
import { turnProject } from "../../provider/src/turn/project";

const DAY = 86_400;
const NOW = 1_790_000_000;
const usual = { requireExpiry: true, maxDays: 0 };

for (const tokenFor of [tokenOf, packageTokenOf]) {
  const urnIn = (stack: string, type: { name: string }) => `urn:pulumi:${stack}::rooms::${tokenFor(type)}::x`;
  const check = (type: { name: string }, settings: Record<string, unknown>, config = usual) => {
    const credential = asCredential(tokenFor(type), urnIn("dev", type), settings);
    assert.ok(credential);
    return expiringCredentials.check(credential, config, NOW).length;
  };

  describe(`the guard rail for credentials, of ${tokenFor({ name: "…" })}`, () => {
    it("refuses what never expires, unless that is allowed", () => {
      assert.equal(check(turnCredential, {}), 1);
      assert.equal(check(accessToken, { roomName: "r" }), 1);
      assert.equal(check(accessToken, { roomName: "r" }, { ...usual, requireExpiry: false }), 0);
      assert.equal(check(accessToken, { expireUnixSec: 1 }), 0);
      assert.equal(check(turnCredential, { expiryInSeconds: 999 * DAY }), 0);
    });

    it("refuses an end that is no time", () => {
      for (const end of [null, 0, -1, "", "60", true]) {
        assert.equal(check(turnCredential, { expiryInSeconds: end }), 1, String(end));
        assert.equal(check(accessToken, { expiryInSeconds: end, expireUnixSec: null }), 1, String(end));
        assert.equal(check(accessToken, { expiryInSeconds: null, expireUnixSec: end }), 1, String(end));
      }
      assert.equal(check(accessToken, { expiryInSeconds: null, expireUnixSec: 1 }), 0);
      assert.equal(check(turnCredential, { expireUnixSec: NOW + DAY }), 1, "an input that credentials don't have");
    });

    it("refuses what lives longer than is allowed", () => {
      const strict = { ...usual, maxDays: 30 };
      assert.equal(check(turnCredential, { expiryInSeconds: 30 * DAY }, strict), 0);
      assert.equal(check(turnCredential, { expiryInSeconds: 30 * DAY + 1 }, strict), 1);
    });

    it("refuses tokens whose end is further away than is allowed", () => {
      const strict = { ...usual, maxDays: 30 };
      const until = (expireUnixSec: unknown, config = strict) => check(accessToken, { expireUnixSec }, config);
      assert.equal(until(NOW + 30 * DAY), 0);
      assert.equal(until(NOW + 30 * DAY + 1), 1);
      assert.equal(until(4_070_908_800), 1);
      assert.equal(until(4_070_908_800, usual), 0, "without a limit");
      assert.equal(until(NOW - DAY), 0, "in the past");
      assert.equal(until(undefined, { ...strict, requireExpiry: false }), 0, "without an end, where that is allowed");
      assert.equal(check(accessToken, { expiryInSeconds: 30 * DAY + 1, rotateBeforeSeconds: DAY }, strict), 1);
    });

    it("refuses tokens for an admin in every room, but for named stacks", () => {
      const stacks = ["ops", "support"];
      const problems = (settings: object, stack = "dev", type: { name: string } = accessToken) => {
        const credential = asCredential(tokenFor(type), urnIn(stack, type), { ...settings });
        return credential ? globalAdminTokens.check(credential, { stacks }, NOW).length : assert.fail();
      };
      assert.equal(problems({ globalToken: true, isAdmin: true }), 1);
      assert.equal(problems({ globalToken: true, isAdmin: true }, "ops"), 0);
      assert.equal(problems({ globalToken: true, isAdmin: true }, "ops-2"), 1);
      assert.equal(problems({ globalToken: true }), 0);
      assert.equal(problems({ roomName: "lobby", isAdmin: true }), 0);
      assert.equal(problems({ isAdmin: true, globalToken: true }, "dev", turnCredential), 0);
    });

    it("looks at credentials and tokens only", () => {
      assert.equal(asCredential(tokenFor(turnProject), urnIn("dev", turnProject), {}), undefined);
    });
  });
}
