import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import { assertNoSecrets, canaryKey, canaryRtmpURL } from "../support/canary";
import { type Bag, ProviderProcess, type WireError } from "../support/providerProcess";

describe("Pulumi's dynamic-provider process", () => {
  let simulator: Simulator;
  let provider: ProviderProcess | undefined;
  const printed: string[] = [];

  const start = async (
    type: "meetingRoom" | "liveStreamingRoom" = "meetingRoom",
    config: Record<string, string> = {},
  ) => {
    provider = await ProviderProcess.start(
      { appName: "demo", secretKey: canaryKey, endpoint: simulator.url, retrySeconds: "1", ...config },
      type,
    );
    return provider;
  };
  const failure = (call: Promise<unknown>) =>
    call.then(
      () => assert.fail("should have failed"),
      (error: WireError) => error,
    );

  beforeEach(async () => {
    simulator = await startSimulator({ secretKey: canaryKey });
  });
  afterEach(async () => {
    if (provider) printed.push(provider.printed);
    await provider?.stop();
    provider = undefined;
    await simulator.close();
  });
  after(() => assertNoSecrets("what the provider processes printed", printed.join("\n")));

  it("carries a room through its whole life in Pulumi's wire format", async () => {
    let p = await start();
    const { inputs, failures } = await p.check({}, { privacy: "private", roomName: "r", maxParticipants: 3 });
    assert.deepEqual(failures, []);
    const { id, outs } = await p.create(inputs);
    assert.equal(id, "r");
    assert.deepEqual(await p.diff(id, outs, inputs), { changes: "none", replaces: [] });
    const read = await p.read(id, outs);
    assert.deepEqual([read.id, read.props, read.inputs], [id, outs, inputs]);
    const next = (await p.check(inputs, { privacy: "public", roomName: "r" })).inputs;
    assert.deepEqual(await p.diff(id, outs, next), { changes: "unknown", replaces: [] });
    const updated = await p.update(id, outs, next);
    assert.equal(updated.outs.privacy, "public");
    assert.equal("maxParticipants" in updated.outs, false);
    await p.stop();
    p = await start();
    await p.delete(id, updated.outs);
    assert.equal(
      simulator.rooms.every((room) => room.archived),
      true,
    );
    await p.delete(id, updated.outs);
    assert.deepEqual((await p.read(id, updated.outs)).id, "");
  });

  it("tells a lost create from another's room: adopts its own, once, and never a stranger's", async () => {
    const p = await start();
    simulator.faults.inject({ fault: "cutAfterCommit", operation: "create" });
    const { id, outs } = await p.create({ privacy: "public", roomName: "mine" });
    assert.equal(id, "mine");
    assert.equal(simulator.rooms.length, 1);
    assert.equal(outs.roomId, simulator.rooms[0]?._id);
    simulator.addRoom("meeting", "theirs", { privacy: "public" });
    const { message } = await failure(p.create({ privacy: "public", roomName: "theirs" }));
    assert.match(message, /a room of that name exists in the Metered app "demo".*left as it is.*adoptExisting.*import/);
  });

  it("keeps a room whose setting did not take, with the story and with all that a later delete needs", async () => {
    const p = await start();
    simulator.faults.inject({
      fault: "status",
      operation: "create",
      afterCommit: true,
      status: 200,
      body: { _id: "6b02ce269338de260e311489", roomName: "half", privacy: "public", created: new Date().toISOString() },
    });
    const error = await failure(p.create({ privacy: "private", roomName: "half" }));
    assert.equal(error.initFailure?.id, "half");
    assert.match(
      error.initFailure?.reasons.join(" ") ?? "",
      /privacy is "public" on Metered, although "private" was sent/,
    );
    assert.equal(error.initFailure?.properties.privacy, "public");
    assert.match(String(error.initFailure?.properties.__provider), /^exports\.handler=/);
  });

  it("serves both kinds of room with one pace: never more requests at once than configured", async () => {
    await simulator.close();
    simulator = await startSimulator({ secretKey: canaryKey, latencyMs: 20 });
    const p = await start("meetingRoom", { maxConcurrentRequests: "2" });
    const live = 'exports.handler=()=>require("pulumi-metered/runtime").liveStreamingRoom';
    const both = Array.from(
      { length: 12 },
      (_, i): Bag => ({
        roomName: `room-${i}`,
        ...(i % 2 ? { __provider: live } : { privacy: "public" }),
      }),
    );
    await Promise.all(both.map((inputs) => p.create(inputs)));
    assert.equal(simulator.rooms.length, 12);
    assert.deepEqual(new Set(simulator.rooms.map(({ kind }) => kind)), new Set(["meeting", "live"]));
  });

  it("answers a check and a diff without any call, also when nothing is configured", async () => {
    const p = await start("meetingRoom", { appName: "https://demo.metered.live", secretKey: "" });
    const { failures } = await p.check({}, { privacy: "public", roomName: "r" });
    assert.deepEqual(
      failures.map(({ property }) => property),
      ["", ""],
    );
    assert.match(failures[0]?.reason ?? "", /pulumi config set metered:appName demo$/);
    assert.match(failures[1]?.reason ?? "", /pulumi config set --secret metered:secretKey.*METERED_SECRET_KEY/);
    const { message } = await failure(p.create({ privacy: "public", roomName: "r" }));
    assert.match(message, /secret key is not configured/);
    assert.deepEqual(simulator.requests, []);
  });

  it("takes the credentials from the environment where the stack gives none", async () => {
    provider = await ProviderProcess.start({ endpoint: simulator.url }, "meetingRoom", {
      METERED_APP_NAME: "demo",
      METERED_SECRET_KEY: `${canaryKey}\n`,
    });
    assert.equal((await provider.create({ privacy: "public", roomName: "r" })).id, "r");
  });

  it("prints one short line for an error of a read, and no secret", async () => {
    const p = await start();
    const { outs } = await p.create({ privacy: "public", roomName: "r", rtmpOutURL: canaryRtmpURL });
    simulator.setSwitches({ badKey: 401 });
    simulator.faults.inject({
      fault: "status",
      status: 401,
      body: { message: `bad key ${canaryKey} ${canaryRtmpURL}` },
    });
    const { message } = await failure(p.read("r", outs));
    assert.match(message, /does not accept the secret key/);
    assertNoSecrets("the message", message);
    assert.deepEqual(p.printed.trim().split("\n"), ["BadKey: see the message at the room"]);
  });

  it("says of a live room that cannot be deleted what to do, and keeps it", async () => {
    let p = await start("liveStreamingRoom");
    const { id, outs } = await p.create({ roomName: "live" });
    assert.equal(outs.viewerURL, `${simulator.url}/${outs.roomId}/player`);
    await p.stop();
    p = await start("liveStreamingRoom");
    for (const liveDelete of ["absent html 404", "absent json 404"] as const) {
      simulator.setSwitches({ liveDelete });
      const { message } = await failure(p.delete(id, outs));
      assert.match(message, /no way to delete one.*dashboard.*pulumi state delete URN/);
    }
    simulator.setSwitches({ liveDelete: "archives" });
    await p.delete(id, outs);
    assert.equal(simulator.rooms[0]?.archived, true);
  });

  it("says that Live Streaming may be off, for a bare refusal of a live room", async () => {
    const p = await start("liveStreamingRoom");
    simulator.setSwitches({ liveStreaming: "off" });
    const { message } = await failure(p.create({ roomName: "live" }));
    assert.match(message, /Live Streaming is not switched on for the app "demo": switch it on in the dashboard/);
    const read = await failure(p.read("live", { roomId: "x", roomName: "live", appName: "demo" }));
    assert.match(
      read.message,
      /Cannot tell whether.*missing, or that Live Streaming is switched off.*pulumi state delete URN/,
    );
  });
});
