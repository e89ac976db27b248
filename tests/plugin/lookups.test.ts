import assert from "node:assert/strict";
import { onPlugin, wireFailure } from "../support/onPlugin";
import { urnOf } from "../support/pluginClient";

describe("pulumi-resource-metered, asked for rooms that exist,", () => {
  const on = onPlugin();
  const room = urnOf("MeetingRoom", "standup");

  it("imports a room as a program would declare it, and looks one up with all that there is", async () => {
    const settings = { privacy: "private", showInviteBox: true, enableChat: true };
    const { _id } = on.simulator.addRoom("meeting", "theirs", settings);
    const imported = await on.plugin.read(room, "theirs");
    const { roomName, privacy, enableChat, showInviteBox } = imported.inputs;
    // What is as Metered documents its default needs no line in a program.
    assert.deepEqual([roomName, privacy, enableChat, showInviteBox], ["theirs", "private", true, undefined]);
    assert.deepEqual([imported.id, imported.props.roomId], ["theirs", _id]);
    const again = await on.plugin.check(room, imported.inputs, imported.inputs);
    assert.equal((await on.plugin.diff(room, "theirs", imported.props, again.inputs, imported.inputs)).changes, "none");
    const { props } = await on.plugin.read(room, "theirs", {}, {});
    assert.deepEqual([props.showInviteBox, props.roomId], [true, _id]);
  });

  it("looks rooms up, anew after a change", async () => {
    const { _id } = on.simulator.addRoom("meeting", "course-1", { privacy: "private" });
    const one = await on.plugin.invoke("getMeetingRoom", { roomName: "course-1" });
    assert.deepEqual([one.result.id, one.result.roomId, one.result.privacy], ["course-1", _id, "private"]);
    const stream = on.simulator.addRoom("live", "stream");
    const found = await on.plugin.invoke("getLiveStreamingRoom", { roomName: "stream" });
    assert.equal(found.result.roomId, stream._id);
    const names = async () => {
      const { result } = await on.plugin.invoke("getMeetingRooms", { namePrefix: "course-" });
      return (result.rooms as { id: string }[]).map(({ id }) => id);
    };
    assert.deepEqual(await names(), ["course-1"]);
    await on.plugin.create(urnOf("MeetingRoom", "second"), { privacy: "public", roomName: "course-2" });
    assert.deepEqual(await names(), ["course-1", "course-2"]);
    const nameless = await on.plugin.invoke("getMeetingRoom", {});
    assert.deepEqual(nameless.failures, ["roomName: getMeetingRoom needs a roomName, as a string"]);
    assert.match(
      (await wireFailure(on.plugin.invoke("getMeetingRoom", { roomName: "nowhere" }))).message,
      /\[RoomNotFound\]$/,
    );
  });

  it("refuses arguments that a lookup doesn't take, instead of finding more than was asked for", async () => {
    const refused = [
      [
        "getMeetingRooms",
        { namePrefx: "course-" },
        "getMeetingRooms: namePrefx is not an argument: did you mean namePrefix?",
      ],
      ["getTurnCredentials", { includeExpired: "yes" }, "getTurnCredentials: includeExpired must be true or false"],
      ["getMeetingRoom", { name: "a" }, "getMeetingRoom: name is not an argument: it takes roomName"],
    ] as const;
    for (const [name, args, says] of refused) {
      const { message } = await wireFailure(on.plugin.invoke(name, args));
      assert.ok(message.includes(says), message);
    }
    assert.equal(on.simulator.requests.length, 0);
  });

  it("says that a lookup waits, where Metered keeps it waiting", async () => {
    on.simulator.addRoom("meeting", "town-hall");
    for (const [name, args] of [
      ["getMeetingRoom", { roomName: "town-hall" }],
      ["getTurnUsage", {}],
      ["getTurnProjects", {}],
    ] as const) {
      on.simulator.faults.inject({ fault: "status", status: 429, retryAfter: "2.1" });
      on.engine.heard.length = 0;
      await on.plugin.invoke(name, args);
      const said = on.engine.heard.map(({ severity, line }) => [severity, /aiting for Metered app "demo"/.test(line)]);
      assert.deepEqual(said, [["info", true]], name);
    }
  });
});
