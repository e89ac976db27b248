import assert from "node:assert/strict";
import { canaryKey } from "../support/canary";
import { revealed } from "../support/pluginClient";
import { PluginProcess } from "../support/pluginProcess";
import { codeOf } from "../support/providerClient";
import { ProviderProcess } from "../support/providerProcess";
import { Replay, recordedReleases } from "../support/recordedStates";
import { types } from "../support/rooms";
import type { StateResource } from "../support/stack";

const isFinished = ({ outputs }: StateResource) =>
  outputs.deleteOnExp === true && Number(outputs.expireUnixSec) < Date.now() / 1000;
/** As the plugin would have the resource: only its type is another. */
const urnAtPlugin = ({ urn }: StateResource) => urn.replaceAll("pulumi-nodejs:dynamic/metered:", "metered:index:");
/** What a program declares: what the provider has added is left out. */
const declared = ({ inputs }: StateResource) =>
  Object.fromEntries(
    Object.entries(inputs).filter(([name]) => !name.startsWith("__") && !(name === "roomName" && inputs.__auto)),
  );

for (const release of recordedReleases()) {
  describe(`the dynamic resources of ${release}, taken over by the plugin`, () => {
    let replay: Replay;
    let plugin: PluginProcess;
    const isManaged = ({ outputs }: StateResource) => outputs.__lookup !== true;
    const managed = () => replay.rooms.filter(isManaged);
    const others = () => [...replay.objects, ...replay.sets].filter(isManaged);

    before(async () => {
      replay = await Replay.start(release);
      plugin = await PluginProcess.configured({
        appName: "demo",
        secretKey: canaryKey,
        endpoint: replay.simulator.url,
      });
    });
    after(async () => {
      await plugin.stop();
      await replay.close();
    });

    it("are unchanged, whatever they hold, before and after a refresh", async () => {
      for (const room of [...managed(), ...others()]) {
        const urn = urnAtPlugin(room);
        const { inputs, failures } = await plugin.check(urn, room.inputs, declared(room));
        assert.deepEqual(failures, [], urn);
        const expected = isInDoubt(room) ? "some" : "none";
        assert.equal((await plugin.diff(urn, room.id, room.outputs, inputs)).changes, expected, urn);
        const read = await plugin.read(urn, room.id, room.outputs, room.inputs);
        assert.deepEqual([read.id, "__provider" in read.props], [room.id, false], urn);
        assert.equal((await plugin.diff(urn, room.id, read.props, inputs)).changes, expected, `${urn} after a refresh`);
      }
      assert.ok(managed().length > 5 && others().length > 5);
    });

    it("go back without a write on Metered", async () => {
      const config = { appName: "demo", secretKey: canaryKey, endpoint: replay.simulator.url };
      for (const type of types) {
        const dynamic = await ProviderProcess.start(config, codeOf(type));
        for (const room of managed().filter(
          (each) => each.type.endsWith(`:${type.name}`) && !isFinished(each) && !isInDoubt(each),
        )) {
          const read = await plugin.read(urnAtPlugin(room), room.id, room.outputs, room.inputs);
          const byPlugin = { ...revealed(read.props), __provider: undefined };
          replay.simulator.requests.clear();
          // "unknown": the engine then sees that the inputs name their code again.
          const { changes, replaces } = await dynamic.diff(room.id, byPlugin, room.inputs);
          assert.deepEqual([changes, replaces], ["unknown", []], room.urn);
          const { outs } = await dynamic.update(room.id, byPlugin, room.inputs);
          assert.deepEqual(outs, room.outputs, room.urn);
          const writes = replay.simulator.requests.filter(({ method }) => method !== "GET");
          assert.deepEqual(writes, [], room.urn);
        }
        await dynamic.stop();
      }
    });
  });
}

/** What a lost update left in doubt is looked at, and settled with a write if need be, by the next one. */
function isInDoubt({ outputs }: { readonly outputs: object }): boolean {
  return Object.values(outputs).includes(null);
}
