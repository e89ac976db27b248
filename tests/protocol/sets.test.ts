import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import { generateNameInSet } from "../../provider/src/rooms/name";
import { assertNoSecrets, canaryKey, canaryRtmpURL } from "../support/canary";
import { FakeEngine } from "../support/fakeEngine";
import { isSecret, type PluginClient, revealed } from "../support/pluginClient";
import { PluginProcess } from "../support/pluginProcess";
import { type Bag, ProviderClient, type WireError } from "../support/providerClient";
import { ProviderProcess } from "../support/providerProcess";

const TEXT = 'exports.handler=()=>require("pulumi-metered/runtime").meetingRoomSet';
const URN = "urn:pulumi:dev::rooms::metered:index:MeetingRoomSet::courses";
const SET = "courses-1a2b3c4d";
const privately = { privacy: "private" };

function failure(call: Promise<unknown>): Promise<WireError> {
  return call.then(
    () => assert.fail("should have failed"),
    (error: WireError) => error,
  );
}

describe("a set through the dynamic face, as a process that the engine starts", () => {
  let simulator: Simulator;
  let process: ProviderProcess;
  let sets: ProviderClient;

  /** A process of another run: what was created in this one is never what Pulumi had before. */
  const begin = async () => {
    sets?.close();
    await process?.stop();
    const config = { appName: "demo", secretKey: canaryKey, endpoint: simulator.url, retrySeconds: "1" };
    process = await ProviderProcess.start(config);
    sets = new ProviderClient(process.port, TEXT);
  };
  beforeEach(async () => {
    simulator = await startSimulator({ secretKey: canaryKey });
    await begin();
  });
  afterEach(async () => {
    sets.close();
    await process.stop();
    await simulator.close();
    assertNoSecrets("what the process printed", process.printed);
  });

  it("lives its whole life, in Pulumi's wire format", async () => {
    const rooms = { a: { ...privately, rtmpOutURL: canaryRtmpURL }, b: { ...privately, roomName: "bee" } };
    const { inputs, failures } = await sets.check({}, { rooms, __auto: SET });
    assert.deepEqual(failures, []);
    assert.deepEqual(inputs.secretSettings, { a: { rtmpOutURL: canaryRtmpURL } });
    const { id, outs } = await sets.create(inputs);
    assert.equal(id, SET);
    assert.equal((await sets.diff(id, outs, inputs)).changes, "none");
    const read = await sets.read(id, outs);
    assert.deepEqual([read.id, read.props, read.inputs], [id, outs, inputs]);
    const next = (await sets.check(inputs, { rooms: { b: privately, c: privately }, __auto: SET })).inputs;
    const diff = await sets.diff(id, outs, next);
    assert.deepEqual([diff.changes, diff.replaces], ["some", []]);
    const updated = await sets.update(id, outs, next);
    assert.deepEqual(Object.keys(updated.outs.rooms as object).sort(), ["b", "c"]);
    assert.equal("secretSettings" in updated.outs, false);
    assert.match(process.printed, /Meeting room set "courses-1a2b3c4d": 1 to create, 1 to replace, 1 to delete\./);
    await begin();
    await sets.delete(id, updated.outs);
    assert.ok(simulator.rooms.every(({ archived }) => archived));
  });

  it("is kept in the state when some rooms fail, with the line that says where its code is", async () => {
    simulator.addRoom("meeting", "taken", { privacy: "public" });
    const rooms = { a: privately, b: { ...privately, roomName: "taken" } };
    const { inputs } = await sets.check({}, { rooms, __auto: SET });
    const { initFailure } = await failure(sets.create(inputs));
    assert.equal(initFailure?.id, SET);
    assert.equal(initFailure?.properties.__provider, TEXT);
    assert.deepEqual(Object.keys(initFailure?.properties.rooms as object), ["a"]);
    assert.match(initFailure?.reasons[0] ?? "", /1 of 2 rooms could not be created/);
  });
});

describe("a set through the plugin, as a process that the engine starts", () => {
  let simulator: Simulator;
  let engine: Awaited<ReturnType<typeof FakeEngine.start>>;
  let plugin: PluginProcess;
  const start = (url = simulator.url) =>
    PluginProcess.configured({ appName: "demo", secretKey: canaryKey, endpoint: url }, engine.address);

  beforeEach(async () => {
    simulator = await startSimulator({ secretKey: canaryKey });
    engine = await FakeEngine.start();
    plugin = await start();
  });
  afterEach(async () => {
    await plugin.stop();
    engine.close();
    await simulator.close();
    assertNoSecrets("what the user was told", JSON.stringify(engine.heard));
  });
  const declared = async (client: PluginClient, rooms: Bag, olds: Bag = {}) => {
    const { inputs, failures } = await client.check(URN, olds, { rooms });
    assert.deepEqual(failures, []);
    return inputs;
  };

  it("lives its whole life, with a detailed diff by key", async () => {
    const inputs = await declared(plugin, { a: { ...privately, rtmpOutURL: canaryRtmpURL }, b: privately });
    assert.ok(isSecret(inputs.secretSettings), "a secret setting is secret wherever the program has it");
    const set = String(inputs.__auto);
    const planned = await plugin.create(URN, inputs, { preview: true });
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    const { b: before } = planned.outs.rooms as Record<string, Bag>;
    assert.deepEqual(
      [before?.roomName, before?.url, before?.privacy],
      [generateNameInSet(set, "b"), unknown, "private"],
    );
    assert.equal(simulator.requests.length, 0);
    const counts = () =>
      engine.heard.flatMap(({ line, urn }) => (urn === URN ? [/: (\d+ to .*)$/.exec(line)?.[1]] : []));
    assert.deepEqual(counts(), ["2 to create."]);
    const { id, outs } = await plugin.create(URN, inputs);
    assert.ok(isSecret(outs.secretSettings));
    assert.equal(isSecret(outs.rooms), false);
    assert.equal((await plugin.diff(URN, id, revealed(outs), inputs)).changes, "none");
    const news = await declared(
      plugin,
      { 'b "1"': privately, b: { privacy: "public", maxParticipants: 2 } },
      revealed(inputs),
    );
    const { properties, replaces, changes } = await plugin.diff(URN, id, revealed(outs), news);
    assert.deepEqual([changes, replaces], ["some", []]);
    assert.deepEqual(properties, {
      'rooms["a"]': "DELETE",
      'rooms["b \\"1\\""]': "ADD",
      'rooms["b"].privacy': "UPDATE",
      'rooms["b"].maxParticipants': "ADD",
    });
    const named = { ...privately, roomName: generateNameInSet(set, "b") };
    const others = await declared(plugin, { a: named, c: privately }, revealed(inputs));
    const moved = await plugin.diff(URN, id, revealed(outs), others);
    assert.deepEqual(moved.properties, { 'rooms["a"]': "UPDATE", 'rooms["b"]': "DELETE", 'rooms["c"]': "ADD" });
    const preview = await plugin.update(URN, id, revealed(outs), news, { preview: true });
    assert.equal((preview.outs.rooms as Record<string, Bag>).b?.url, (outs.rooms as Record<string, Bag>).b?.url);
    const updated = await plugin.update(URN, id, revealed(outs), news);
    const read = await plugin.read(URN, id, updated.outs, news);
    assert.deepEqual([read.props, read.inputs], [updated.outs, news]);
    await plugin.stop();
    plugin = await start();
    await plugin.delete(URN, id, updated.outs);
    assert.ok(simulator.rooms.every(({ archived }) => archived));
    assert.ok(
      engine.heard.some(({ line, urn }) => urn === URN && /1 to create, 1 to update, 1 to delete\.$/.test(line)),
    );
  });

  it("finishes what is under way when it is cancelled, begins no more, and keeps what was done", async () => {
    await plugin.stop();
    const slow = await startSimulator({ secretKey: canaryKey, latencyMs: 300 });
    try {
      plugin = await start(slow.url);
      const rooms = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`r${i}`, privately]));
      const inputs = await declared(plugin, rooms);
      const creating = failure(plugin.create(URN, inputs));
      while (slow.rooms.length === 0) await new Promise((resolve) => setImmediate(resolve));
      await plugin.cancel();
      const { initFailure } = await creating;
      const kept = Object.values(initFailure?.properties.rooms as Record<string, Bag>);
      assert.deepEqual(kept.map(({ roomId }) => roomId).sort(), slow.rooms.map(({ _id }) => _id).sort());
      assert.ok(kept.length < 200);
    } finally {
      await slow.close();
    }
  });

  it("can't be imported, and says how existing rooms become a set", async () => {
    const { message } = await failure(plugin.read(URN, "courses"));
    assert.match(message, /can't be imported or looked up.*import --all --set NAME.*adoptExisting/);
  });
});
