import assert from "node:assert/strict";
import { onEngine } from "../support/onEngine";

describe("a program whose resources aren't quite what it says", function () {
  this.timeout(300_000);
  const on = onEngine();

  it("keeps a stream key encrypted that a transformation adds, and looks rooms up in full", async () => {
    on.simulator.addRoom("meeting", "found", {
      privacy: "private",
      enableChat: false,
      rtmpOutURL: "rtmp://a.example/canary-found",
    });
    on.stack.program(`
      pulumi.runtime.registerStackTransformation(({ type, props, opts }) => {
        if (/MeetingRoomSet$/.test(type)) return { props: { ...props, rooms: { ...props.rooms, more: { privacy: "public", rtmpOutURL: "rtmp://a.example/canary-set" } } }, opts };
        if (/MeetingRoom$/.test(type)) return { props: { ...props, enableChat: true, enableComposition: true, enableRTMPOut: true, ...(props.__lookup ? {} : { rtmpOutURL: "rtmp://a.example/canary-room" }) }, opts };
      });
      new metered.MeetingRoom("room", { privacy: "private" });
      new metered.MeetingRoomSet("set", { rooms: { one: { privacy: "public" } } });
      const found = metered.MeetingRoom.get("looked-up", "found");
      exports.privacy = found.privacy;
      exports.chat = found.enableChat;`);
    const { text } = await on.stack.upAndSettle();
    assert.deepEqual(on.stack.outputs(), { privacy: "private", chat: false });
    assert.doesNotMatch(JSON.stringify(on.stack.state()), /canary-/);
    assert.doesNotMatch(String(text), /canary-/);
    for (const key of ["canary-room", "canary-set"]) assert.ok(JSON.stringify(on.simulator.rooms).includes(key), key);
    await on.stack.pulumi("refresh");
    assert.deepEqual(on.stack.outputs(), { privacy: "private", chat: false });
  });

  it("shows a numbered name in the preview of an update, so that nothing that depends on it changes", async () => {
    Object.assign(on.simulator.switches, { nameReuse: "reserved" });
    const program = (maxParticipants: number) =>
      on.stack.program(`
        const room = new metered.MeetingRoom("room", { privacy: "private", maxParticipants: ${maxParticipants} });
        exports.id = metered.getMeetingRoomOutput({ roomName: room.roomName }).roomId;
        new metered.AccessToken("token", { roomName: room.roomName });`);
    program(2);
    await on.stack.pulumi("up");
    await on.stack.pulumi("destroy");
    await on.stack.pulumi("up");
    program(3);
    const { text } = await on.stack.pulumi("preview");
    assert.match(text, /~ 1 to update/);
    assert.doesNotMatch(text, /to replace/);
    await on.stack.upAndSettle();
  });

  it("ignores the changes of a set's rooms with their secret settings", async () => {
    const program = (url: string, more = "") =>
      on.stack.program(`
        const room = { privacy: "private", enableComposition: true, enableRTMPOut: true, rtmpOutURL: "rtmp://a.example/${url}" };
        new metered.MeetingRoomSet("set", { rooms: { a: room${more} } }, { ignoreChanges: ["rooms"] });`);
    program("one");
    await on.stack.pulumi("up");
    program("two", ", b: room");
    await on.stack.pulumi("up", "--expect-no-changes");
  });
});
