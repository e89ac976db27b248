import assert from "node:assert/strict";
import type { ConfigurationProblem } from "../../provider/src/errors";
import {
  type Configuration,
  explicitProvider,
  isDefaultProvider,
  readConfiguration,
} from "../../provider/src/pulumi/configuration";
import { assertNoSecrets, canaryKey } from "../support/canary";

type Settings = Readonly<Record<string, string | undefined>>;

const complete = { appName: "demo", secretKey: canaryKey };

function configured(settings: Settings, env: NodeJS.ProcessEnv = {}) {
  return readConfiguration((key) => settings[key.replace(/^metered:/, "")], env);
}

function right(settings: Settings, env?: NodeJS.ProcessEnv): Configuration {
  const found = configured(settings, env);
  assert.ok(!("problems" in found), "problems" in found ? JSON.stringify(found.problems) : "");
  return found;
}

function problems(settings: Settings, env?: NodeJS.ProcessEnv): readonly ConfigurationProblem[] {
  const found = configured(settings, env);
  assert.ok("problems" in found, "it should have been refused");
  assertNoSecrets("a problem", JSON.stringify(found.problems));
  return found.problems;
}

const NO_APP = { problem: "missing", key: "appName" };
const NO_KEY = { problem: "missing", key: "secretKey" };

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

  describe("of the account", () => {
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
      for (const appName of ["kV3".repeat(22), "k".repeat(30).toUpperCase() + "V"]) {
        const [problem] = problems({ ...complete, appName });
        assert.deepEqual(problem, { problem: "app name", given: undefined, meant: undefined });
      }
    });

    for (const [appName, meant] of [
      ["https://demo.metered.live", "demo"],
      ["https://demo.metered.live/standup?x#y", "demo"],
      ["demo.metered.live", "demo"],
      ["demo.metered.live:443", "demo"],
      ["Demo", "demo"],
      ["demo/", "demo"],
      ["demo.example.com", undefined],
      ["my app", undefined],
      ["-demo", undefined],
      ["my_app", undefined],
    ] as const) {
      it(`refuses ${appName} for an app's name${meant ? ", and knows what was meant" : ""}`, () => {
        const problem = { problem: "app name", given: appName, meant };
        assert.deepEqual(problems({ ...complete, appName }), [problem]);
        assert.deepEqual(problems({ secretKey: canaryKey }, { METERED_APP_NAME: appName }), [problem]);
      });
    }
  });

  describe("of the endpoint", () => {
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

  describe("of numbers and switches", () => {
    for (const [key, byDefault] of [
      ["timeoutSeconds", 30],
      ["retrySeconds", 120],
      ["maxConcurrentRequests", 16],
    ] as const) {
      it(`refuses a ${key} that is no number above 0`, () => {
        for (const text of ["0", "-1", "ten", "1s", "Infinity", "NaN", "1,5"]) {
          assert.deepEqual(problems({ ...complete, [key]: text }), [
            { problem: "number", key, given: text, byDefault },
          ]);
        }
      });
    }

    it("refuses an adoptExisting that is neither true nor false", () => {
      for (const text of ["yes", "1", "TRUE"]) {
        assert.deepEqual(problems({ ...complete, adoptExisting: text }), [
          { problem: "true or false", key: "adoptExisting", given: text },
        ]);
      }
      assert.equal(right({ ...complete, adoptExisting: "false" }).adoptExisting, false);
    });

    it("shortens what is far too long", () => {
      const [problem] = problems({ ...complete, timeoutSeconds: "9".repeat(400) });
      assert.equal(problem && "given" in problem && problem.given?.length, 40);
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
    const from = (provider: string | undefined) => explicitProvider((key) => (key === "metered:provider" ? provider : "x"));
    assert.deepEqual([from(" eu "), from(""), from(" "), from(undefined)], ["eu", undefined, undefined, undefined]);
    for (const name of ["default", "default_0_1_0"]) assert.equal(isDefaultProvider(name), true, name);
    for (const name of ["eu", "defaults", "my-default"]) assert.equal(isDefaultProvider(name), false, name);
  });
});
