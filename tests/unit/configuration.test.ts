import assert from "node:assert/strict";
import { explicitProvider, isDefaultProvider, readConfiguration } from "../../provider/src/pulumi/configuration";
import { canaryKey } from "../support/canary";
import { complete, problems, right } from "../support/configured";

describe("the configuration", () => {
  it("asks every key of the stack's configuration by its full name", () => {
    const asked = new Set<string>();
    readConfiguration((key) => void asked.add(key), {});
    assert.deepEqual(
      [...asked].sort(),
      [
        "adoptExisting",
        "appName",
        "endpoint",
        "maxConcurrentRequests",
        "provider",
        "retrySeconds",
        "secretKey",
        "timeoutSeconds",
      ].map((key) => `metered:${key}`),
    );
  });

  it("needs no more than app and key", () => {
    assert.deepEqual(right(complete), {
      adoptExisting: false,
      account: {
        appName: "demo",
        secretKey: canaryKey,
        origin: "https://demo.metered.live",
        timeoutMs: 30_000,
        patienceMs: 120_000,
        maxConcurrentRequests: 16,
      },
    });
  });

  it("does not work where Node is told to check no certificate, except without TLS on this machine", () => {
    const unchecked = { NODE_TLS_REJECT_UNAUTHORIZED: "0" };
    assert.deepEqual(problems(complete, unchecked), [{ problem: "certificates unchecked" }]);
    const elsewhere = { ...complete, endpoint: "https://metered.example.com" };
    assert.deepEqual(problems(elsewhere, unchecked), [{ problem: "certificates unchecked" }]);
    right({ ...complete, endpoint: "http://127.0.0.1:8080" }, unchecked);
    right(complete, { NODE_TLS_REJECT_UNAUTHORIZED: "1" });
  });

  it("takes an endpoint in any spelling for the same, so that no proxy sees a request that isn't encrypted", () => {
    const originOf = (endpoint: string) => right({ ...complete, endpoint }).account.origin;
    assert.equal(originOf("HTTP://127.0.0.1:8080/"), "http://127.0.0.1:8080");
    assert.equal(originOf("HTTPS://Metered.Example.com:443/base//"), "https://metered.example.com/base");
    assert.equal(originOf("https://metered.example.com?"), "https://metered.example.com");
    right({ ...complete, endpoint: "Http://localhost" }, { NODE_TLS_REJECT_UNAUTHORIZED: "0" });
  });

  it("waits as long as a timer can, and never more", () => {
    const { timeoutMs, patienceMs } = right({ ...complete, timeoutSeconds: "3000000", retrySeconds: "1e300" }).account;
    assert.deepEqual([timeoutMs, patienceMs], [2_147_483_000, 2_147_483_000]);
  });

  it("takes everything that may be set, white space around it aside", () => {
    const settings = {
      appName: " demo ",
      secretKey: `${canaryKey}\n`,
      endpoint: "http://127.0.0.1:8080/",
      timeoutSeconds: "0.5",
      retrySeconds: " 7 ",
      maxConcurrentRequests: "2.5",
      adoptExisting: "true",
    };
    assert.deepEqual(right(settings), {
      adoptExisting: true,
      account: {
        appName: "demo",
        secretKey: canaryKey,
        origin: "http://127.0.0.1:8080",
        timeoutMs: 500,
        patienceMs: 7000,
        maxConcurrentRequests: 3,
      },
    });
  });

  describe("of numbers and switches", () => {
    for (const [key, byDefault] of [
      ["timeoutSeconds", 30],
      ["retrySeconds", 120],
      ["maxConcurrentRequests", 16],
    ] as const) {
      it(`refuses a ${key} that is no number above 0`, () => {
        for (const text of ["0", "-1", "ten", "1s", "Infinity", "NaN", "1,5"]) {
          assert.deepEqual(problems({ ...complete, [key]: text }), [{ problem: "number", key, byDefault }]);
        }
      });
    }

    it("refuses an adoptExisting that is neither true nor false", () => {
      for (const text of ["yes", "1", "TRUE"]) {
        assert.deepEqual(problems({ ...complete, adoptExisting: text }), [
          { problem: "true or false", key: "adoptExisting" },
        ]);
      }
      assert.equal(right({ ...complete, adoptExisting: "false" }).adoptExisting, false);
    });

    it("takes an empty value for one that is not set", () => {
      const empty = {
        timeoutSeconds: "",
        retrySeconds: " ",
        maxConcurrentRequests: "",
        adoptExisting: "",
        endpoint: "",
      };
      assert.deepEqual(right({ ...complete, ...empty }), right(complete));
    });
  });

  it("tells all problems at once, none of which quotes the key", () => {
    const settings = {
      appName: "my app",
      secretKey: canaryKey,
      endpoint: "http://metered.example.com",
      timeoutSeconds: "soon",
      retrySeconds: "later",
      maxConcurrentRequests: "many",
      adoptExisting: "maybe",
    };
    const told = problems(settings).map((problem) => ("key" in problem ? problem.key : problem.problem));
    assert.deepEqual(told, [
      "app name",
      "timeoutSeconds",
      "retrySeconds",
      "maxConcurrentRequests",
      "adoptExisting",
      "endpoint",
    ]);
  });

  it("is an explicit provider's where it says so", () => {
    const from = (provider: string | undefined) =>
      explicitProvider((key) => (key === "metered:provider" ? provider : "x"));
    assert.deepEqual([from(" eu "), from(""), from(" "), from(undefined)], ["eu", undefined, undefined, undefined]);
    const pulumis = ["default", "default_0_1_0", "default_1_0_0_alpha_1", "default_0_1_0_https_//example.com"];
    for (const name of [...pulumis, "default_https_//example.com"]) assert.equal(isDefaultProvider(name), true, name);
    for (const name of ["eu", "defaults", "my-default", "default_eu"])
      assert.equal(isDefaultProvider(name), false, name);
  });
});
