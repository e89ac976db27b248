import assert from "node:assert/strict";
import { canaryKey } from "../support/canary";
import { complete, problems, right } from "../support/configured";

const NO_APP = { problem: "missing", key: "appName" };
const NO_KEY = { problem: "missing", key: "secretKey" };

describe("the configuration of the account", () => {
  it("misses app and key, both at once", () => {
    assert.deepEqual(problems({}), [NO_APP, NO_KEY]);
    assert.deepEqual(problems({ appName: "demo" }), [NO_KEY]);
    assert.deepEqual(problems({ secretKey: canaryKey }), [NO_APP]);
    assert.deepEqual(problems({ appName: " ", secretKey: "" }, { METERED_APP_NAME: "", METERED_SECRET_KEY: " " }), [
      NO_APP,
      NO_KEY,
    ]);
  });

  it("falls back to the environment for either", () => {
    const env = { METERED_APP_NAME: "acme", METERED_SECRET_KEY: " canary-key-env " };
    const { account } = right({}, env);
    assert.deepEqual([account.appName, account.secretKey], ["acme", "canary-key-env"]);
    assert.equal(account.origin, "https://acme.metered.live");
    assert.equal(right({ secretKey: canaryKey }, env).account.secretKey, canaryKey);
    assert.equal(right({ appName: "demo" }, env).account.appName, "demo");
  });

  it("takes nothing from the environment for an explicit provider: half a pair would be another account's", () => {
    const env = { METERED_APP_NAME: "acme", METERED_SECRET_KEY: "canary-key-env" };
    assert.deepEqual(problems({ provider: "eu" }, env), [NO_APP, NO_KEY]);
    assert.deepEqual(problems({ provider: "eu", appName: "demo" }, env), [NO_KEY]);
    assert.deepEqual(problems({ provider: "eu", secretKey: canaryKey }, env), [NO_APP]);
    assert.equal(right({ provider: "eu", ...complete }, env).account.appName, "demo");
  });

  it("takes every name that an app may have", () => {
    for (const appName of ["a", "0", "demo-2", "a".repeat(63)]) {
      assert.equal(right({ ...complete, appName }).account.appName, appName);
    }
  });

  it("does not repeat what may be a key, pasted to the wrong place", () => {
    for (const appName of ["kV3".repeat(22), "HUNTER_22", "Hunter22", "HUNTER22/x", "https://HUNTER22"]) {
      const [problem] = problems({ ...complete, appName });
      assert.deepEqual(problem, { problem: "app name", meant: undefined });
    }
  });

  for (const [appName, meant] of [
    ["https://demo.metered.live", "demo"],
    ["https://demo.metered.live/standup?x#y", "demo"],
    ["demo.metered.live", "demo"],
    ["demo.metered.live:443", "demo"],
    ["https://demo.metered.live/api/v1/rooms?secretKey=canary", "demo"],
    ["Demo.metered.ca", "demo"],
    ["Demo", undefined],
    ["demo/", undefined],
    ["demo.example.com", undefined],
    ["my app", undefined],
    ["-demo", undefined],
    ["my_app", undefined],
  ] as const) {
    it(`refuses ${appName} for an app's name${meant ? ", and knows what was meant" : ""}`, () => {
      const problem = { problem: "app name", meant };
      assert.deepEqual(problems({ ...complete, appName }), [problem]);
      assert.deepEqual(problems({ secretKey: canaryKey }, { METERED_APP_NAME: appName }), [problem]);
    });
  }
});

describe("the configuration of the endpoint", () => {
  it("takes https anywhere and http on this machine", () => {
    for (const [endpoint, origin] of [
      ["https://metered.example.com/", "https://metered.example.com"],
      ["https://metered.example.com:8443/eu//", "https://metered.example.com:8443/eu"],
      ["http://localhost:8080", "http://localhost:8080"],
      ["http://127.0.0.1:8080", "http://127.0.0.1:8080"],
      ["http://127.1.2.3", "http://127.1.2.3"],
      ["http://[::1]:8080", "http://[::1]:8080"],
    ] as const) {
      assert.equal(right({ ...complete, endpoint }).account.origin, origin);
    }
  });

  for (const [title, endpoint, flaw, given] of [
    ["no URL", "nowhere", "no URL"],
    ["no URL but a host", "127.0.0.1:8080", "no URL"],
    ["a URL of another kind", "ftp://127.0.0.1", "scheme", "ftp:"],
    ["http to another machine", "http://metered.example.com", "plain http"],
    ["http to a machine that looks like this one", "http://127.0.0.1.example.com", "plain http"],
    ["http to the whole network", "http://0.0.0.0:8080", "plain http"],
    ["a login", "https://user:canary-token@metered.example.com", "login"],
    ["a password", "https://:canary-token@metered.example.com", "login"],
    ["a user", "https://canary-token@metered.example.com", "login"],
    ["a query", "https://metered.example.com?secretKey=canary-key", "login"],
    ["a fragment", "https://metered.example.com#canary-key", "login"],
  ] as const) {
    it(`refuses ${title}, and does not quote it`, () => {
      const [problem, ...others] = problems({ ...complete, endpoint });
      assert.deepEqual(others, []);
      assert.deepEqual(problem, { problem: "endpoint", flaw, ...(given === undefined ? {} : { given }) });
    });
  }
});
