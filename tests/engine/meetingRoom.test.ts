import assert from "node:assert/strict";
import { canaryRtmpURL } from "../support/canary";
import { slowTest } from "../support/exhaustive";
import { onEngine } from "../support/onEngine";

describe("a meeting room on the real engine", function () {
  this.timeout(300_000);
  const on = onEngine();

  const living = (name: string) => on.simulator.rooms.filter((room) => room.roomName === name && !room.archived);

  it("is created by one call, with complete outputs, and is then left alone", async () => {
    on.stack.program(`
      const room = new metered.MeetingRoom("standup", { privacy: "private", maxParticipants: 12 });
      exports.url = room.url; exports.name = room.roomName; exports.autoJoin = room.autoJoin;
    `);
    await on.stack.pulumi("up");
    assert.deepEqual(
      on.simulator.requests.map(({ method }) => method),
      ["POST"],
    );
    const { id, outputs } = on.stack.room("standup");
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
      url: `${on.simulator.url}/${id}`,
    });
    on.simulator.requests.clear();
    await on.stack.pulumi("up", "--expect-no-changes");
    await on.stack.pulumi("preview", "--expect-no-changes");
    assert.deepEqual(on.simulator.requests, []);
    await on.stack.pulumi("refresh", "--expect-no-changes");
    await on.stack.pulumi("up", "--expect-no-changes");
    assert.deepEqual(
      on.simulator.requests.map(({ method }) => method),
      ["GET"],
    );
    await on.stack.pulumi("destroy");
    assert.deepEqual(living(id), []);
  });

  it("keeps an rtmpOutURL secret everywhere, with every other setting given as well", async () => {
    on.stack.program(`
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
    await on.stack.upAndSettle();
    const [room] = living("all-settings");
    assert.equal(Object.keys(room?.settings ?? {}).length, 30);
    assert.equal(room?.settings.rtmpOutURL, canaryRtmpURL);
    on.stack.program("");
  });

  it("is updated in place by a GET and a PUT, and only for what changed", async () => {
    const program = (more: string) =>
      on.stack.program(`new metered.MeetingRoom("r", { roomName: "changing", privacy: "public", ${more} });`);
    program("maxParticipants: 5, enableChat: true");
    await on.stack.pulumi("up");
    const roomId = on.stack.room("r").outputs.roomId;
    on.simulator.requests.clear();
    program("maxParticipants: 6, recordRoom: true");
    const preview = await on.stack.pulumi("preview", "--diff");
    assert.match(preview.text, /~ maxParticipants: 5 => 6/);
    assert.match(preview.text, /\+ recordRoom\s*: true/);
    assert.match(preview.text, /- enableChat\s*: true/);
    const run = await on.stack.upAndSettle();
    assert.match(run.text, /Meeting room "changing": enableChat was removed from the program/);
    assert.deepEqual(
      on.simulator.requests.slice(0, 2).map(({ method }) => method),
      ["GET", "PUT"],
    );
    assert.deepEqual(on.simulator.requests[1]?.body, { privacy: "public", maxParticipants: 6, recordRoom: true });
    assert.equal(on.stack.room("r").outputs.roomId, roomId);
    assert.equal(living("changing")[0]?.settings.enableChat, true);
  });

  it("is replaced, the new one first, when its name changes; a taken new name loses nothing", async () => {
    const program = (roomName: string) =>
      on.stack.program(`new metered.MeetingRoom("r", { roomName: "${roomName}", privacy: "public" });`);
    program("old-name");
    await on.stack.pulumi("up");
    on.simulator.addRoom("meeting", "taken-name");
    program("taken-name");
    const refused = await on.stack.failing("up");
    assert.match(refused.text, /Can't create meeting room "taken-name".*It was not changed\..*\[NameTaken\]/s);
    assert.equal(living("old-name").length, 1);
    program("new-name");
    assert.match((await on.stack.pulumi("preview")).text, /replace/);
    on.simulator.requests.clear();
    await on.stack.upAndSettle();
    assert.deepEqual(
      on.simulator.requests.slice(0, 3).map(({ method, roomName }) => [method, roomName]),
      [
        ["POST", "new-name"],
        ["GET", "old-name"],
        ["DELETE", "old-name"],
      ],
    );
    assert.equal(living("old-name").length, 0);
  });

  slowTest("says which room failed and why when Metered refuses a setting, and the next up repairs it", async () => {
    on.stack.program('new metered.MeetingRoom("r", { roomName: "refused", privacy: "public" });');
    on.simulator.faults.inject({
      fault: "status",
      operation: "create",
      status: 400,
      body: { error: { details: [{ message: '"privacy" must be one of [public, private]', path: ["privacy"] }] } },
    });
    const { text } = await on.stack.failing("up");
    assert.match(
      text,
      /Can't create meeting room "refused" in app "demo": Metered rejected an input\..*"privacy" must be one of.*\[InvalidSetting\]/,
    );
    assert.deepEqual(on.stack.rooms(), []);
    await on.stack.upAndSettle();
  });

  slowTest("is not touched when the stack is switched to another app", async () => {
    on.stack.program('new metered.MeetingRoom("r", { roomName: "ours", privacy: "public" });');
    await on.stack.pulumi("up");
    on.simulator.requests.clear();
    await on.stack.configure({ config: { appName: "other" } });
    for (const command of ["preview", "up"]) {
      const { text } = await on.stack.failing(command);
      assert.match(
        text,
        /belongs to Metered app "demo", but this stack is now configured for app "other".*\[AppChanged\]/s,
      );
    }
    assert.deepEqual(on.simulator.requests, []);
    assert.equal(living("ours").length, 1);
  });

  it("refuses bad input in the preview, all problems at once, before any call", async () => {
    on.stack.program('new metered.MeetingRoom("r", { privacy: "secret", maxParticipants: -1, enableChats: true });');
    const { text } = await on.stack.failing("preview");
    assert.match(text, /has a problem: privacy must be "public" or "private"/);
    assert.match(text, /has a problem: maxParticipants must be 1 or more/);
    assert.match(text, /enableChats .*did you mean enableChat\?/);
    assert.deepEqual(on.simulator.requests, []);
  });

  it("can be looked up by name with every setting, and is then neither changed nor deleted", async () => {
    on.simulator.addRoom("meeting", "by-hand", { privacy: "private", maxParticipants: 7, rtmpOutURL: canaryRtmpURL });
    on.stack.program(`
      const room = metered.MeetingRoom.get("found", "by-hand");
      exports.max = room.maxParticipants; exports.url = room.url; exports.rtmp = room.rtmpOutURL;
    `);
    await on.stack.upAndSettle();
    const { text } = await on.stack.pulumi("stack", "output", "--json");
    assert.deepEqual(JSON.parse(text), { max: 7, url: `${on.simulator.url}/by-hand`, rtmp: "[secret]" });
    await on.stack.pulumi("destroy");
    assert.equal(living("by-hand").length, 1);
    on.stack.program('metered.MeetingRoom.get("missing", "nowhere");');
    assert.match(
      (await on.stack.failing("up")).text,
      /Can't look up meeting room "nowhere": app "demo" has no such room.*\[RoomNotFound\]/,
    );
  });
});

function soon(): number {
  return Math.floor(Date.now() / 1000) + 3600;
}
