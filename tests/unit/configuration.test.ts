import assert from "node:assert/strict";
import { type Configuration, readConfiguration } from "../../provider/src/runtime/configuration";
import { assertNoSecrets, canaryKey } from "../support/canary";

type Settings = Readonly<Record<string, string | undefined>>;

const complete = { appName: "demo", secretKey: canaryKey };

function configured(settings: Settings, env: NodeJS.ProcessEnv = {}) {
  return readConfiguration((key) => settings[key.replace(/^metered:/, "")], env);
}

function right(settings: Settings, env?: NodeJS.ProcessEnv): Configuration {
  const found = configured(settings, env);
  assert.ok(!("problems" in found), "problems" in found ? found.problems.join("\n") : "");
  return found;
}

function problems(settings: Settings, env?: NodeJS.ProcessEnv): string[] {
  const found = configured(settings, env);
  assert.ok("problems" in found, "it should have been refused");
  assertNoSecrets("a problem", found.problems.join("\n"));
  return found.problems;
}

const NO_APP =
  "The Metered app is not configured: run pulumi config set metered:appName NAME, or set METERED_APP_NAME. NAME is the first part of the app's address, NAME.metered.live.";
const NO_KEY =
  "The Metered secret key is not configured: run pulumi config set --secret metered:secretKey, or set METERED_SECRET_KEY. The key stands in Metered's dashboard under Developers.";

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
    assert.match(problems(complete, unchecked).join(), /^NODE_TLS_REJECT_UNAUTHORIZED=0 switches.*unset it\./);
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
    it("names every command and variable that mends a missing app or key, both at once", () => {
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
      const half = (key: string) => `The metered.Provider "eu" has no ${key}: give it both appName and secretKey.`;
      assert.deepEqual(problems({ provider: "eu" }, env), [half("appName"), half("secretKey")]);
      assert.deepEqual(problems({ provider: "eu", appName: "demo" }, env), [half("secretKey")]);
      assert.deepEqual(problems({ provider: "eu", secretKey: canaryKey }, env), [half("appName")]);
      assert.equal(right({ provider: "eu", ...complete }, env).account.appName, "demo");
    });

    it("takes every name that an app may have", () => {
      for (const appName of ["a", "0", "demo-2", "a".repeat(63)]) {
        assert.equal(right({ ...complete, appName }).account.appName, appName);
      }
    });

    it("does not repeat what may be a key, pasted to the wrong place", () => {
      const [problem] = problems({ ...complete, appName: "kV3".repeat(22) });
      assert.equal(problem, `metered:appName ${RIGHT.replace("but ", "")}.`);
    });

    const RIGHT = 'but must be the app\'s name alone: lower-case letters, digits and "-", at most 63';
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
      it(`refuses ${appName.slice(0, 40)} for an app's name${meant ? ", and says what was meant" : ""}`, () => {
        const command = meant ? `. Run: pulumi config set metered:appName ${meant}` : ".";
        const problem = `metered:appName is ${JSON.stringify(appName)}, ${RIGHT}${command}`;
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

    const RIGHT = "metered:endpoint must be the address of a server, like http://127.0.0.1:8080";
    const PLAIN =
      "metered:endpoint must start with https:// (plain http only to this machine), since every call carries the secret key.";
    for (const [title, endpoint, problem] of [
      ["no URL", "nowhere", `${RIGHT}; what is configured is no URL.`],
      ["no URL but a host", "127.0.0.1:8080", `${RIGHT}; what is configured is no URL.`],
      ["a URL of another kind", "ftp://127.0.0.1", `${RIGHT}, not one with ftp:`],
      ["http to another machine", "http://metered.example.com", PLAIN],
      ["http to a machine that looks like this one", "http://127.0.0.1.example.com", PLAIN],
      ["http to the whole network", "http://0.0.0.0:8080", PLAIN],
      ["a login", "https://user:canary-token@metered.example.com", `${RIGHT}, without a login, "?" or "#".`],
      ["a password", "https://:canary-token@metered.example.com", `${RIGHT}, without a login, "?" or "#".`],
      ["a user", "https://canary-token@metered.example.com", `${RIGHT}, without a login, "?" or "#".`],
      ["a query", "https://metered.example.com?secretKey=canary-key", `${RIGHT}, without a login, "?" or "#".`],
      ["a fragment", "https://metered.example.com#canary-key", `${RIGHT}, without a login, "?" or "#".`],
    ] as const) {
      it(`refuses ${title}, and does not quote it`, () => {
        assert.deepEqual(problems({ ...complete, endpoint }), [problem]);
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
            `metered:${key} must be a number above 0, not "${text}" (default: ${byDefault}).`,
          ]);
        }
      });
    }

    it("refuses an adoptExisting that is neither true nor false", () => {
      for (const text of ["yes", "1", "TRUE"]) {
        assert.deepEqual(problems({ ...complete, adoptExisting: text }), [
          `metered:adoptExisting must be true or false, not "${text}".`,
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
    const told = problems(settings).map((problem) => problem.split(" ")[0]);
    assert.deepEqual(
      told.sort(),
      Object.keys(settings)
        .filter((key) => key !== "secretKey")
        .map((key) => `metered:${key}`)
        .sort(),
    );
  });
});
