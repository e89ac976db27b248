import assert from "node:assert/strict";
import { RunError } from "@pulumi/pulumi/errors";
import { output } from "@pulumi/pulumi/output";
import { setMocks } from "@pulumi/pulumi/runtime/mocks";
import * as metered from "../../provider/src";
import { outsideOfEngine, settled } from "../support/program";

type Untyped = Record<string, new (...args: unknown[]) => object> & Record<string, (...args: unknown[]) => unknown>;

/** The package, as a program in JavaScript has it: nothing stops it from giving what it likes. */
const untyped = metered as object as Untyped & Record<string, { get(...args: unknown[]): object }>;

const exported = Object.keys(metered);
const functions = exported.filter((name) => /^[a-z]/.test(name));
const resources = exported.filter((name) => /^[A-Z]/.test(name) && name !== "Provider");
const lookedUp = resources.filter((name) => "get" in (untyped[name] ?? {}));

/** What holds no arguments, and what a message calls it. */
const misfits = new Map<unknown, RegExp>([
  ["standup", /not as a string\.$/],
  [12, /not as a number\.$/],
  [["standup"], /not as an array\.$/],
  [Promise.resolve({ privacy: "public" }), /not as a Promise\.$/],
  [output({ appName: "demo", secretKey: "key", privacy: "public" }), /not as an Output\.$/],
]);

function refusal(declare: () => object): string {
  try {
    declare();
  } catch (error) {
    assert.ok(RunError.isInstance(error), String(error));
    return error.message;
  }
  return assert.fail("should have been refused");
}

describe("a program without types", () => {
  const registered: { name: string; inputs: Record<string, unknown>; id?: string }[] = [];
  beforeEach(async () => {
    registered.length = 0;
    const newResource = (made: (typeof registered)[number]) => {
      registered.push(made);
      return { id: made.name, state: made.inputs };
    };
    await setMocks({ call: () => ({}), newResource }, "rooms", "dev", false);
  });
  afterEach(outsideOfEngine);

  for (const name of resources) {
    const make = (...args: unknown[]) => new (untyped[name] as Untyped[string])(...args);

    it(`may give metered.${name} no arguments, and is told what is missing like all else`, async () => {
      for (const none of [undefined, null]) {
        const made = make("standup", none) as { urn: never };
        await settled(made.urn);
      }
      const given = registered.map(({ inputs }) => Object.keys(inputs).filter((key) => !/^(__|roomName$)/.test(key)));
      assert.deepEqual(given, [[], []]);
    });

    it(`is told when the arguments of metered.${name} are something else`, () => {
      for (const [misfit, what] of misfits) {
        const message = refusal(() => make("standup", misfit));
        assert.match(message, what);
        assert.ok(message.startsWith(`metered.${name} "standup" takes its arguments as an object`), message);
      }
      assert.deepEqual(registered, []);
    });

    it(`is told what Pulumi would drop of the arguments of metered.${name}, or stumble over`, () => {
      const told = (args: object) => refusal(() => make("standup", args));
      for (const key of ["id", "urn", "__provider", "__auto"])
        assert.equal(told({ [key]: "canary" }), `metered.${name} "standup": ${key} is not an input: leave it out.`);
      assert.equal(
        told({ any: () => "canary" }),
        `metered.${name} "standup": any can't be a function: give it a value.`,
      );
      assert.deepEqual(registered, []);
    });

    it(`is told when the name of metered.${name} is missing`, () => {
      for (const nameless of [[], [""], [{ privacy: "public" }]]) {
        assert.match(
          refusal(() => make(...nameless)),
          new RegExp(`^metered\\.${name} needs a name`),
        );
      }
    });
  }

  for (const name of lookedUp) {
    it(`creates nothing by metered.${name}.get without an id`, () => {
      for (const none of [undefined, null, ""]) {
        assert.match(
          refusal(() => untyped[name]?.get("found", none) ?? {}),
          /\.get\("found", …\) needs an id/,
        );
      }
      assert.deepEqual(registered, []);
    });
  }

  it("is told what of metered.Provider is missing, or isn't an object", () => {
    const provider = (args: unknown) => refusal(() => new metered.Provider("other", args as metered.ProviderArgs));
    for (const none of [undefined, null, {}, { appName: null, secretKey: "key" }]) {
      assert.match(provider(none), /^metered\.Provider "other" has no appName/);
    }
    for (const [misfit, what] of misfits) assert.match(provider(misfit), what);
  });

  it("is told what no input of metered.Provider is, and what can't be one", () => {
    const provider = (more: object) =>
      refusal(() => new metered.Provider("other", { appName: "demo", secretKey: "key", ...more }));
    assert.equal(
      provider({ retrySecond: 5 }),
      'metered.Provider "other": retrySecond is not an input: did you mean retrySeconds?',
    );
    assert.match(
      provider({ region: "eu" }),
      /^metered\.Provider "other": region is not an input: its inputs are appName, /,
    );
    for (const secretKey of [{ key: "canary" }, ["canary"], () => "canary"]) {
      const text = provider({ secretKey });
      assert.match(
        text,
        /^metered\.Provider "other": secretKey must be a string, a number or a boolean, not an? \w+\.$/,
      );
      assert.ok(!text.includes("canary"));
    }
  });

  it("has no key of metered.Provider where that turns out to be an object", async () => {
    const args = { appName: "demo", secretKey: output({ key: "canary" }) };
    const made = new metered.Provider("other", args as object as metered.ProviderArgs);
    await settled(made.urn);
    assert.ok(!JSON.stringify(registered[0]?.inputs).includes("canary"));
  });

  it("gives metered.Provider no text for an input that is null", async () => {
    const args = { appName: "demo", secretKey: "key", endpoint: null, retrySeconds: output(null) };
    const made = new metered.Provider("other", args as object as metered.ProviderArgs);
    await settled(made.urn);
    const { "metered:secretKey": _, ...inputs } = registered[0]?.inputs ?? {};
    assert.deepEqual(inputs, { "metered:appName": "demo", "metered:provider": "other" });
  });
});

describe("a lookup by a program without types", () => {
  const needed = /^get(Ice|MeetingRoom(Output)?$|Live)|^validate/;

  for (const name of functions) {
    /** The very error: of an Output it comes when the Output is settled. */
    const asked = async (args: unknown) => {
      const found = untyped[name]?.(args);
      await ("isKnown" in (found as object) ? settled(found as never) : found);
    };

    it(`is told when the arguments of metered.${name} are something else, or the one that it needs is missing`, async () => {
      const own = name.replace(/Output$/, "");
      for (const [misfit, what] of misfits) {
        // An Output, and a Promise, of arguments are arguments, too, where Outputs are taken.
        if (own !== name && typeof misfit === "object" && !Array.isArray(misfit)) continue;
        await assert.rejects(asked(misfit), (error: Error) => {
          assert.ok(RunError.isInstance(error), String(error));
          return what.test(error.message) && error.message.startsWith(own);
        });
      }
      if (!needed.test(name)) return;
      for (const none of [undefined, null]) await assert.rejects(asked(none), /needs .*, as a string/);
    });
  }
});
