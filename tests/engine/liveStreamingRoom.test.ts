import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import { canaryKey, canaryRtmpURL } from "../support/canary";
import { TestStack } from "../support/stack";

describe("a live-streaming room on the real engine", function () {
  this.timeout(180_000);
  let simulator: Simulator;
  let stack: TestStack;

  beforeEach(async () => {
    simulator = await startSimulator({ secretKey: canaryKey });
    stack = await TestStack.create({ simulator });
  });
  afterEach(async () => {
    await simulator.close();
    stack.dispose();
  });

  const living = () => simulator.rooms.filter((room) => !room.archived);
  const methods = () => simulator.requests.map(({ method }) => method);

  it("is created with every setting, its links as outputs, and is then left alone", async () => {
    await stack.pulumi("config", "set", "--secret", "stream", canaryRtmpURL);
    stack.program(`
      const room = new metered.LiveStreamingRoom("town-hall", {
        roomName: "town-hall", enableLiveStreaming: true, displayMessage: "Soon.", customCSS: "body { margin: 0 }",
        enableRecording: true, recordComposition: true, enableRTMPOut: true, rtmpOutURL: new pulumi.Config().require("stream"),
      });
      exports.watch = room.viewerURL; exports.broadcast = room.broadcastManager; exports.stream = room.rtmpOutURL;
    `);
    await stack.pulumi("up");
    assert.deepEqual(methods(), ["POST"]);
    await stack.assertSettled();
    const [room] = living();
    assert.equal(Object.keys(room?.settings ?? {}).length, 7);
    const { text } = await stack.pulumi("stack", "output", "--json");
    assert.deepEqual(JSON.parse(text), {
      watch: `${simulator.url}/${room?._id}/player`,
      broadcast: `${simulator.url}/livestreaming-rooms/${room?._id}/app/${simulator.appId}/broadcast`,
      stream: "[secret]",
    });
    simulator.setBroadcasting("town-hall", true);
    await stack.pulumi("refresh", "--expect-no-changes");
  });

  it("is updated in place; what Metered never shows is not taken for a change", async () => {
    const program = (more: string) =>
      stack.program(`new metered.LiveStreamingRoom("r", { roomName: "talk", ${more} });`);
    program('displayMessage: "Soon.", enableRecording: true');
    await stack.pulumi("up");
    simulator.requests.clear();
    program('displayMessage: "Now."');
    await stack.upAndSettle();
    assert.deepEqual(methods().slice(0, 2), ["GET", "PUT"]);
    assert.deepEqual(simulator.requests[1]?.body, { displayMessage: "Now.", enableRecording: false });
    simulator.editRoom("live", "talk", { displayMessage: "Later.", customCSS: "p {}" });
    assert.match((await stack.pulumi("refresh", "--diff")).text, /~ displayMessage: "Now." => "Later."/);
    await stack.upAndSettle();
    assert.equal(living()[0]?.settings.displayMessage, "Now.");
    assert.equal(living()[0]?.settings.customCSS, "p {}");
  });

  it("cannot be deleted: the error says what to do, and retainOnDelete leaves it without one", async () => {
    stack.program('new metered.LiveStreamingRoom("r", { roomName: "stays" });');
    await stack.pulumi("up");
    const { text } = await stack.failing("destroy");
    assert.match(text, /Cannot delete the live-streaming room "stays": Metered documents no way/);
    assert.equal(stack.rooms().length, 1);
    stack.program('new metered.LiveStreamingRoom("r", { roomName: "stays" }, { retainOnDelete: true });');
    await stack.pulumi("up");
    await stack.pulumi("destroy");
    assert.equal(living().length, 1);
  });

  it("is deleted, renamed and made anew where Metered lets it be deleted", async () => {
    simulator.setSwitches({ liveDelete: "archives" });
    stack.program('new metered.LiveStreamingRoom("r", { roomName: "first" });');
    await stack.pulumi("up");
    stack.program('new metered.LiveStreamingRoom("r", { roomName: "second" });');
    await stack.upAndSettle();
    assert.deepEqual(
      living().map(({ roomName }) => roomName),
      ["second"],
    );
    await stack.pulumi("up", "--replace", stack.room("r").urn);
    assert.equal(living().length, 1);
    await stack.pulumi("state", "taint", stack.room("r").urn, "--yes");
    await stack.pulumi("up");
    assert.equal(living().length, 1);
    simulator.archiveRoom("live", "second");
    await stack.pulumi("refresh");
    assert.deepEqual(stack.rooms(), []);
    await stack.pulumi("up");
    await stack.pulumi("destroy");
    assert.deepEqual(living(), []);
  });

  it("is not touched with a wrong key, nor when the stack is switched to another app", async () => {
    stack.program('new metered.LiveStreamingRoom("r", { roomName: "ours" });');
    await stack.pulumi("up");
    await stack.configure({ secretKey: `${canaryKey}-wrong` });
    const { text } = await stack.failing("refresh", "--run-program");
    assert.match(text, /does not accept the secret key for the app "demo".*pulumi config set --secret/);
    assert.equal(stack.rooms().length, 1);
    await stack.configure({ config: { appName: "other" } });
    assert.match(
      (await stack.failing("up")).text,
      /belongs to the Metered app "demo", but the configured app is "other"/,
    );
    assert.equal(living().length, 1);
  });

  it("tells that Live Streaming may be switched off, and is made once it is on", async () => {
    simulator.setSwitches({ liveStreaming: "off" });
    stack.program('new metered.LiveStreamingRoom("r", { roomName: "off" });');
    assert.match((await stack.failing("up")).text, /Live Streaming is not switched on for the app "demo"/);
    simulator.setSwitches({ liveStreaming: "on" });
    await stack.upAndSettle();
  });

  it("can be looked up by name", async () => {
    simulator.addRoom("live", "by-hand", { displayMessage: "Soon." });
    stack.program(
      'const r = metered.LiveStreamingRoom.get("r", "by-hand"); exports.m = r.displayMessage; exports.w = r.viewerURL;',
    );
    await stack.upAndSettle();
    const outputs = JSON.parse((await stack.pulumi("stack", "output", "--json")).text);
    assert.deepEqual(outputs, { m: "Soon.", w: `${simulator.url}/${living()[0]?._id}/player` });
  });
});
