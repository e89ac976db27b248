import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { objectDiff, setDiff } from "../../provider/src/pulumi/dynamic/diffs";
import { dynamicProvider } from "../../provider/src/pulumi/dynamic/dynamicProvider";
import { objectKind, setKind } from "../../provider/src/pulumi/kinds";
import { ProviderProcess } from "../../provider/src/pulumi/process";
import { OBJECT_TYPES, objectTypeOf, setTypeOf } from "../../provider/src/pulumi/types";
import { assertNoneOf, canaryKey } from "../support/canary";
import { withoutMarks } from "../support/marks";
import { currentRelease, FILES, Replay, recordedReleases, statesFolder } from "../support/recordedStates";
import type { StateResource } from "../support/stack";
import { turnSecretsOf } from "../support/turnSecrets";

const nameOf = ({ urn }: StateResource) => urn.split("::").at(-1) ?? "";
const isLookup = ({ outputs }: StateResource) => outputs.__lookup === true;

describe("TURN, tokens and sets in states that were recorded", () => {
  let replay: Replay;
  afterEach(() => replay.close());

  /** The provider as Pulumi calls it, in a run of its own. */
  function providerOf({ type: token }: StateResource) {
    const config = { appName: "demo", secretKey: canaryKey, endpoint: replay.simulator.url };
    const process = new ProviderProcess((key) => config[key.replace("metered:", "") as keyof typeof config], {});
    const shared = { process };
    const [type, set] = [objectTypeOf(token), setTypeOf(token)];
    if (set) return dynamicProvider(setKind(set), (olds, found) => setDiff(set, olds, found), shared);
    assert.ok(type, token);
    return dynamicProvider(objectKind(type), (olds, found) => objectDiff(type, olds, found), shared);
  }
  const all = () => [...replay.objects, ...replay.sets];
  const managed = () => all().filter((each) => !isLookup(each));
  const writes = () => replay.simulator.requests.filter(({ method }) => method !== "GET");

  for (const release of recordedReleases()) {
    describe(`by ${release}`, () => {
      beforeEach(async () => {
        replay = await Replay.start(release);
      });

      it("pass check as they are, and show no change", async () => {
        for (const each of managed()) {
          const { check, diff } = providerOf(each);
          const checked = await check?.(each.inputs, each.inputs);
          assert.deepEqual(checked?.failures, [], nameOf(each));
          assert.deepEqual(withoutMarks(checked?.inputs ?? {}), each.inputs, nameOf(each));
          const more = { ...each.outputs, nobodyKnows: [1, { deep: "er" }] };
          for (const outputs of [each.outputs, more])
            assert.deepEqual(await diff?.(each.id, outputs, each.inputs), { changes: false }, nameOf(each));
        }
      });

      it("are what a refresh finds, to the last output", async () => {
        for (const each of all()) {
          const found = await providerOf(each).read?.(each.id, each.outputs);
          // Pulumi keeps the provider's text beside what is answered.
          const { __provider } = each.inputs;
          assert.deepEqual(
            [found?.id, { ...found?.props, __provider }, { ...found?.inputs, __provider }],
            [each.id, each.outputs, each.inputs],
            nameOf(each),
          );
        }
        assert.deepEqual(writes(), []);
      });

      it("hold no secret in clear", () => {
        const tokens = replay.objects.map(({ outputs }) => String(outputs.token ?? ""));
        const secrets = [...turnSecretsOf(replay.simulator), ...tokens].filter((secret) => secret !== "");
        for (const file of [FILES.state, FILES.program, FILES.configuration]) {
          const text = readFileSync(join(statesFolder, release, file), "utf8");
          assertNoneOf(secrets, file, text);
        }
      });

      it("can be deleted, each of them and nothing else", async () => {
        const { simulator } = replay;
        const others = simulator.turnProjects.filter(({ _id }) => !managed().some(({ id }) => id === _id));
        const rooms = replay.living.length;
        // Credentials before the projects that they belong to.
        for (const each of managed().reverse()) await providerOf(each).delete?.(each.id, each.outputs);
        assert.deepEqual([simulator.turnCredentials, simulator.turnProjects], [[], others]);
        const inSets = replay.sets.flatMap(({ outputs }) => Object.keys(outputs.rooms as object)).length;
        assert.equal(replay.living.length, rooms - inSets);
      });
    });
  }
});

describe("the record of this version, of TURN, tokens and sets", () => {
  it("holds every setting and every output", async () => {
    const replay = await Replay.start(currentRelease);
    try {
      const advice =
        "is in no recorded state: add it to tools/states/program.ts and run npm run record:states -- --again";
      for (const type of OBJECT_TYPES) {
        const own = replay.objects.filter((each) => objectTypeOf(each.type) === type);
        const inputs = new Set(own.flatMap((each) => Object.keys(each.inputs)));
        const outputs = new Set(own.flatMap((each) => Object.keys(each.outputs)));
        for (const name of Object.keys(type.fields)) assert.ok(inputs.has(name), `${type.name}.${name} ${advice}`);
        for (const name of Object.keys(type.outputs)) assert.ok(outputs.has(name), `${type.name}.${name} ${advice}`);
      }
      assert.ok(replay.objects.some(isLookup), `an object that exists and is looked up ${advice}`);
      assert.ok(
        replay.sets.some(({ inputs }) => inputs.secretSettings),
        `a set with a secret ${advice}`,
      );
    } finally {
      await replay.close();
    }
  });
});
