import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import { differences } from "../reliability/differences";
import { assertNoSecrets, canaryKey, canaryRtmpURL } from "../support/canary";
import { FaceProcess } from "../support/faceProcess";
import type { RoomCode, WireError } from "../support/providerClient";
import { faces } from "../support/providerHost";

for (const face of faces)
  describe(`the ${face} face, as a process that the engine starts`, () => {
    let simulator: Simulator;
    let provider: FaceProcess | undefined;
    const printed: string[] = [];

    const start = async (type: RoomCode = "meetingRoom", config: Record<string, string> = {}) => {
      const usual = { appName: "demo", secretKey: canaryKey, endpoint: simulator.url, retrySeconds: "1" };
      provider = await FaceProcess.start(face, { ...usual, ...config });
      return provider.rooms(type);
    };
    const startAnew = async (type?: RoomCode) => {
      await provider?.stop();
      return start(type);
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
      p = await startAnew();
      assert.equal((await p.diff(id, outs, inputs)).changes, "none");
      const read = await p.read(id, outs, inputs);
      const { __provider } = inputs;
      assert.deepEqual([read.id, { ...read.props, __provider }, read.inputs], [id, { ...outs, __provider }, inputs]);
      const next = (await p.check(inputs, { privacy: "public", roomName: "r" })).inputs;
      const { changes, replaces } = await p.diff(id, outs, next);
      assert.deepEqual([changes, replaces], [differences.ofAChange[face], []]);
      const updated = await p.update(id, outs, next);
      assert.equal(updated.outs.privacy, "public");
      assert.equal("maxParticipants" in updated.outs, false);
      p = await startAnew();
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
      assert.match(
        message,
        /app "demo" already has a room with that name[\s\S]*It was not changed[\s\S]*import[\s\S]*adoptExisting[\s\S]*\[NameTaken\]$/,
      );
    });

    it("keeps a room whose setting did not take, with the story and with all that a later delete needs", async () => {
      const p = await start();
      simulator.faults.inject({
        fault: "status",
        operation: "create",
        afterCommit: true,
        status: 200,
        body: {
          _id: "6b02ce269338de260e311489",
          roomName: "half",
          privacy: "public",
          created: new Date().toISOString(),
        },
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
      const live = provider?.rooms("liveStreamingRoom") ?? assert.fail();
      const creates = Array.from({ length: 12 }, (_, i) => {
        const roomName = `room-${i}`;
        return i % 2 ? live.create({ roomName }) : p.create({ roomName, privacy: "public" });
      });
      await Promise.all(creates);
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
      assert.match(failures[0]?.reason ?? "", /pulumi config set metered:appName demo\.?$/);
      assert.match(failures[1]?.reason ?? "", /pulumi config set --secret metered:secretKey.*METERED_SECRET_KEY/);
      const { message } = await failure(p.create({ privacy: "public", roomName: "r" }));
      assert.match(message, /secret key is not set[\s\S]*\[InvalidConfiguration\]$/);
      assert.deepEqual(simulator.requests, []);
    });

    it("takes the credentials from the environment where the stack gives none", async () => {
      const env = { METERED_APP_NAME: "demo", METERED_SECRET_KEY: `${canaryKey}\n` };
      provider = await FaceProcess.start(face, { endpoint: simulator.url }, { env });
      const { id } = await provider.rooms("meetingRoom").create({ privacy: "public", roomName: "r" });
      assert.equal(id, "r");
    });

    it("prints no more than a short line for an error of a read, and no secret", async () => {
      const p = await start();
      const { outs } = await p.create({ privacy: "public", roomName: "r", rtmpOutURL: canaryRtmpURL });
      simulator.setSwitches({ badKey: 401 });
      simulator.faults.inject({
        fault: "status",
        status: 401,
        body: { message: `bad key ${canaryKey} ${canaryRtmpURL}` },
      });
      const { message } = await failure(p.read("r", outs));
      assert.match(message, /doesn't accept the app's secret key[\s\S]*\[InvalidSecretKey\]$/);
      assertNoSecrets("the message", message);
      const lines = provider?.printed.split("\n").filter((line) => line !== "");
      assert.deepEqual(lines, differences.printedOfInvalidSecretKey[face]);
    });

    it("says of a live room that cannot be deleted what to do, and keeps it", async () => {
      let p = await start("liveStreamingRoom");
      const { id, outs } = await p.create({ roomName: "live" });
      assert.equal(outs.viewerURL, `${simulator.url}/${outs.roomId}/player`);
      p = await startAnew("liveStreamingRoom");
      for (const liveDelete of ["absent html 404", "absent json 404"] as const) {
        simulator.setSwitches({ liveDelete });
        const { message } = await failure(p.delete(id, outs));
        assert.match(
          message,
          /no way to delete a live-streaming room[\s\S]*retainOnDelete[\s\S]*dashboard[\s\S]*pulumi state delete[\s\S]*\[CannotDelete\]$/,
        );
      }
      simulator.setSwitches({ liveDelete: "archives" });
      await p.delete(id, outs);
      assert.equal(simulator.rooms[0]?.archived, true);
    });

    it("says that Live Streaming may be off, for a bare refusal of a live room", async () => {
      const p = await start("liveStreamingRoom");
      simulator.setSwitches({ liveStreaming: "off" });
      const { message } = await failure(p.create({ roomName: "live" }));
      assert.match(
        message,
        /app "demo"[\s\S]*Most likely Live Streaming is off for the app[\s\S]*\[LiveStreamingOff\]$/,
      );
      const read = await failure(p.read("live", { roomId: "x", roomName: "live", appName: "demo" }));
      assert.match(
        read.message,
        /Can't tell whether[\s\S]*Live Streaming is off[\s\S]*pulumi state delete[\s\S]*\[RoomStatusUnknown\]$/,
      );
    });
  });
