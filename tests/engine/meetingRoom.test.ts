import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import { canaryKey, canaryRtmpURL } from "../support/canary";
import { TestStack } from "../support/stack";

describe("a meeting room on the real engine", function () {
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

  const living = (name: string) => simulator.rooms.filter((room) => room.roomName === name && !room.archived);

  it("is created by one call, with complete outputs, and is then left alone", async () => {
    stack.program(`
      const room = new metered.MeetingRoom("standup", { privacy: "private", maxParticipants: 12 });
      exports.url = room.url; exports.name = room.roomName; exports.autoJoin = room.autoJoin;
    `);
    await stack.pulumi("up");
    assert.deepEqual(
      simulator.requests.map(({ method }) => method),
      ["POST"],
    );
    const { id, outputs } = stack.room("standup");
    assert.match(id, /^standup-[0-9a-f]{8}$/);
    const [room] = living(id);
    assert.deepEqual(outputs, {
      __auto: true,
      __provider: 'exports.handler=()=>require("pulumi-metered/runtime").meetingRoom',
      appName: "demo",
      created: room?.created,
      maxParticipants: 12,
      privacy: "private",
      roomId: room?._id,
      roomName: id,
      url: `${simulator.url}/${id}`,
    });
    simulator.requests.clear();
    await stack.pulumi("up", "--expect-no-changes");
    await stack.pulumi("preview", "--expect-no-changes");
    assert.deepEqual(simulator.requests, []);
    await stack.pulumi("refresh", "--expect-no-changes");
    await stack.pulumi("up", "--expect-no-changes");
    assert.deepEqual(
      simulator.requests.map(({ method }) => method),
      ["GET"],
    );
    await stack.pulumi("destroy");
    assert.deepEqual(living(id), []);
  });

  it("keeps an rtmpOutURL secret everywhere, with every other setting given as well", async () => {
    stack.program(`
      new metered.MeetingRoom("all", {
        roomName: "all-settings", privacy: "public", expireUnixSec: ${soon()}, ejectAtRoomExp: true, notBeforeUnixSec: ${soon() - 600},
        maxParticipants: 5, autoJoin: true, showInviteBox: false, enableRequestToJoin: true, enableChat: true, newChatForMeetingSession: false,
        enableScreenSharing: false, joinVideoOn: false, joinAudioOn: false, enableRecording: true, recordRoom: true, ownerOnlyBroadcast: true,
        ejectAfterElapsedTimeInSec: 60, endMeetingAfterNoActivityInSec: 90, audioOnlyRoom: false,
        meetingJoinWebhook: "https://hooks.example.com/join", meetingLeftWebhook: "https://hooks.example.com/left",
        meetingStartedWebhook: "https://hooks.example.com/started", meetingEndedWebhook: "https://hooks.example.com",
        enableComposition: true, compositionLayout: "active_speaker", recordComposition: true, enableRTMPOut: true,
        rtmpOutURL: ${JSON.stringify(canaryRtmpURL)}, enableLiveStreaming: true, deleteOnExp: false,
      });
    `);
    // The program itself holds the canary here, so it is taken away before the search.
    await stack.upAndSettle();
    const [room] = living("all-settings");
    assert.equal(Object.keys(room?.settings ?? {}).length, 30);
    assert.equal(room?.settings.rtmpOutURL, canaryRtmpURL);
    stack.program("");
  });

  it("is updated in place by a GET and a PUT, and only for what changed", async () => {
    const program = (more: string) =>
      stack.program(`new metered.MeetingRoom("r", { roomName: "changing", privacy: "public", ${more} });`);
    program("maxParticipants: 5, enableChat: true");
    await stack.pulumi("up");
    const roomId = stack.room("r").outputs.roomId;
    simulator.requests.clear();
    program("maxParticipants: 6, recordRoom: true");
    const preview = await stack.pulumi("preview", "--diff");
    assert.match(preview.text, /~ maxParticipants: 5 => 6/);
    assert.match(preview.text, /\+ recordRoom\s*: true/);
    assert.match(preview.text, /- enableChat\s*: true/);
    const run = await stack.upAndSettle();
    assert.match(run.text, /enableChat is no longer declared/);
    assert.deepEqual(
      simulator.requests.slice(0, 2).map(({ method }) => method),
      ["GET", "PUT"],
    );
    assert.deepEqual(simulator.requests[1]?.body, { privacy: "public", maxParticipants: 6, recordRoom: true });
    assert.equal(stack.room("r").outputs.roomId, roomId);
    assert.equal(living("changing")[0]?.settings.enableChat, true);
  });

  it("shows what was changed outside, puts it back once, and ignores what it does not declare", async () => {
    stack.program('new metered.MeetingRoom("r", { roomName: "drifting", privacy: "public", maxParticipants: 5 });');
    await stack.pulumi("up");
    simulator.editRoom("meeting", "drifting", { enableChat: true });
    await stack.assertSettled();
    simulator.editRoom("meeting", "drifting", { maxParticipants: 50 });
    const refresh = await stack.pulumi("refresh", "--diff");
    assert.match(refresh.text, /~ maxParticipants: 5 => 50/);
    const preview = await stack.pulumi("preview", "--diff");
    assert.match(preview.text, /~ maxParticipants: 50 => 5/);
    await stack.upAndSettle();
    assert.equal(living("drifting")[0]?.settings.maxParticipants, 5);
    assert.equal(living("drifting")[0]?.settings.enableChat, true);
  });

  it("is made anew when somebody archived it", async () => {
    stack.program('new metered.MeetingRoom("r", { roomName: "archived", privacy: "public" });');
    await stack.pulumi("up");
    simulator.archiveRoom("meeting", "archived");
    await stack.pulumi("refresh");
    assert.deepEqual(stack.rooms(), []);
    await stack.upAndSettle();
    assert.equal(living("archived").length, 1);
  });

  it("is replaced, the old one first, when its name changes; a taken new name loses nothing", async () => {
    const program = (roomName: string) =>
      stack.program(`new metered.MeetingRoom("r", { roomName: "${roomName}", privacy: "public" });`);
    program("old-name");
    await stack.pulumi("up");
    simulator.addRoom("meeting", "taken-name");
    program("taken-name");
    const refused = await stack.failing("up");
    assert.match(refused.text, /Cannot rename the meeting room "old-name" to "taken-name".*Nothing was deleted/);
    assert.equal(living("old-name").length, 1);
    program("new-name");
    assert.match((await stack.pulumi("preview")).text, /replace/);
    simulator.requests.clear();
    await stack.upAndSettle();
    assert.deepEqual(
      simulator.requests.slice(0, 4).map(({ method, roomName }) => [method, roomName]),
      [
        ["GET", "new-name"],
        ["GET", "old-name"],
        ["DELETE", "old-name"],
        ["POST", "new-name"],
      ],
    );
    assert.equal(living("old-name").length, 0);
  });

  for (const force of ["up --replace", "taint"]) {
    it(`is replaced by ${force}, the old one first`, async () => {
      stack.program('new metered.MeetingRoom("r", { privacy: "public" });');
      await stack.pulumi("up");
      const { urn, id, outputs } = stack.room("r");
      if (force === "taint") {
        await stack.pulumi("state", "taint", urn, "--yes");
        await stack.pulumi("up");
      } else await stack.pulumi("up", "--replace", urn);
      assert.equal(stack.room("r").id, id);
      assert.notEqual(stack.room("r").outputs.roomId, outputs.roomId);
      assert.deepEqual(
        living(id).map(({ _id }) => _id),
        [stack.room("r").outputs.roomId],
      );
      await stack.assertSettled();
    });
  }

  it("says which room failed and why when Metered refuses a setting, and the next up repairs it", async () => {
    stack.program('new metered.MeetingRoom("r", { roomName: "refused", privacy: "public" });');
    simulator.faults.inject({
      fault: "status",
      operation: "create",
      status: 400,
      body: { error: { details: [{ message: '"privacy" must be one of [public, private]', path: ["privacy"] }] } },
    });
    const { text } = await stack.failing("up");
    assert.match(text, /Metered refused to create the meeting room "refused": "privacy" must be one of/);
    assert.deepEqual(stack.rooms(), []);
    await stack.upAndSettle();
  });

  it("is not touched with a wrong key, which the error tells how to mend", async () => {
    stack.program('new metered.MeetingRoom("r", { roomName: "kept", privacy: "public" });');
    await stack.pulumi("up");
    await stack.configure({ secretKey: `${canaryKey}-wrong` });
    // A new key counts from the next up on, unless the program is run.
    const { text } = await stack.failing("refresh", "--run-program");
    assert.match(
      text,
      /does not accept the secret key for the app "demo".*pulumi config set --secret metered:secretKey/,
    );
    assert.equal(stack.rooms().length, 1);
  });

  it("is not touched when the stack is switched to another app", async () => {
    stack.program('new metered.MeetingRoom("r", { roomName: "ours", privacy: "public" });');
    await stack.pulumi("up");
    simulator.requests.clear();
    await stack.configure({ config: { appName: "other" } });
    for (const command of ["preview", "up"]) {
      const { text } = await stack.failing(command);
      assert.match(text, /belongs to the Metered app "demo", but the configured app is "other"/);
    }
    assert.deepEqual(simulator.requests, []);
    assert.equal(living("ours").length, 1);
  });

  it("refuses bad input in the preview, all problems at once, before any call", async () => {
    stack.program('new metered.MeetingRoom("r", { privacy: "secret", maxParticipants: -1, enableChats: true });');
    const { text } = await stack.failing("preview");
    assert.match(text, /property privacy value \{secret\} has a problem: must be "public" or "private"/);
    assert.match(text, /property maxParticipants value \{-1\} has a problem: must be 1 or more/);
    assert.match(text, /enableChats is not a setting of a meeting room: did you mean enableChat\?/);
    assert.deepEqual(simulator.requests, []);
  });

  it("can be looked up by name with every setting, and is then neither changed nor deleted", async () => {
    simulator.addRoom("meeting", "by-hand", { privacy: "private", maxParticipants: 7, rtmpOutURL: canaryRtmpURL });
    stack.program(`
      const room = metered.MeetingRoom.get("found", "by-hand");
      exports.max = room.maxParticipants; exports.url = room.url; exports.rtmp = room.rtmpOutURL;
    `);
    await stack.upAndSettle();
    const { text } = await stack.pulumi("stack", "output", "--json");
    assert.deepEqual(JSON.parse(text), { max: 7, url: `${simulator.url}/by-hand`, rtmp: "[secret]" });
    await stack.pulumi("destroy");
    assert.equal(living("by-hand").length, 1);
    stack.program('metered.MeetingRoom.get("missing", "nowhere");');
    assert.match((await stack.failing("up")).text, /Cannot look up the meeting room "nowhere": it does not exist/);
  });
});

function soon(): number {
  return Math.floor(Date.now() / 1000) + 3600;
}
