import assert from "node:assert/strict";
import { packageTokenOf, tokenOf } from "../../provider/src/pulumi/types";
import { generateNameInSet } from "../../provider/src/rooms/name";
import { liveStreamingRoomSet, meetingRoomSet, type SetType } from "../../provider/src/rooms/set/setType";
import { URN } from "../support/fakePulumi";
import { onDoctor } from "./onDoctor";

const SET = "courses-1a2b3c4d";
const unlock = "pulumi cancel --yes   # if Pulumi says that the stack is locked";
const adopt = ["pulumi config set metered:adoptExisting true", "pulumi up", "pulumi config rm metered:adoptExisting"];
const clear = "pulumi refresh --clear-pending-creates";

describe("pulumi-metered doctor, about sets", function () {
  this.timeout(60_000);
  const on = onDoctor();

  const nameOf = (key: string) => generateNameInSet(SET, key);
  const inputsFor = (...keys: string[]) => ({
    rooms: Object.fromEntries(keys.map((key) => [key, { privacy: "public" }])),
    __auto: SET,
  });
  const addRooms = (...names: string[]) => {
    for (const name of names) on.simulator.addRoom("meeting", name, { privacy: "public" });
  };
  /** An operation on the set that was cut off. */
  const cutOff = (type: string, inputs: object, more: { set?: SetType; token?: string; id?: string } = {}) => {
    const { set = meetingRoomSet, token = tokenOf(set), id = "" } = more;
    on.pulumi.set({ pending: [{ type, resource: { urn: `${URN}${token}::courses`, type: token, id, inputs } }] });
  };
  const stateOf = (keys: readonly string[]) => ({
    urn: `${URN}${tokenOf(meetingRoomSet)}::courses`,
    type: tokenOf(meetingRoomSet),
    id: SET,
    inputs: inputsFor(...keys),
    outputs: {
      rooms: Object.fromEntries(
        keys.map((key) => [key, { roomName: nameOf(key), roomId: `id-${key}`, privacy: "public" }]),
      ),
      appName: "demo",
      __auto: SET,
    },
  });

  it("says which rooms a killed create has left, which are missing, and how to adopt them", async () => {
    addRooms(nameOf("math"), "art-room");
    const { rooms, ...more } = inputsFor("math", "lab", "bio");
    cutOff("creating", { rooms: { ...rooms, art: { privacy: "public", roomName: "Art-Room" } }, ...more });
    const { message, commands } = await on.trouble();
    assert.equal(
      message,
      `an update was interrupted while creating meeting room set "${SET}" (resource "courses"); of its 4 new rooms, ` +
        `${nameOf("math")} and Art-Room exist, and ${nameOf("lab")} and ${nameOf("bio")} don't. ` +
        "To adopt what exists and create the rest:",
    );
    assert.deepEqual(commands, [unlock, ...adopt, clear]);
  });

  it("names few of many, and says when all of them exist, or none", async () => {
    const keys = Array.from({ length: 2000 }, (_, i) => `room ${i}`);
    addRooms(...keys.slice(0, 8).map(nameOf));
    cutOff("creating", inputsFor(...keys));
    const named = keys.slice(0, 5).map(nameOf).join(", ");
    const { message } = await on.trouble();
    assert.match(message, /of its 2,000 new rooms, /);
    assert.ok(message.includes(`${named} and 3 more exist, and `), message);
    assert.match(message, / and 1,987 more don't\./);
    cutOff("creating", inputsFor(...keys.slice(0, 8)));
    assert.match((await on.trouble()).message, / and 3 more exist\. To adopt them:$/);
    cutOff("creating", inputsFor(...keys.slice(100, 103)), { token: packageTokenOf(meetingRoomSet) });
    const none = (await on.examine()).find(({ message }) => message.includes("interrupted"));
    assert.match(none?.message ?? "", /none of its 3 new rooms exists\. To create them:$/);
    assert.deepEqual(none?.commands, [unlock, "pulumi up", clear]);
  });

  it("tells an update that only goes on from one that has created rooms", async () => {
    addRooms(...["math", "lab"].map(nameOf));
    on.pulumi.set({ resources: [...(on.pulumi.stack.resources ?? []), stateOf(["math"])] });
    cutOff("updating", inputsFor("math", "lab", "bio"), { id: SET });
    const created = await on.trouble();
    assert.match(created.message, /of its 2 new rooms, lab-\w+ exists, and bio-\w+ doesn't\./);
    assert.deepEqual(created.commands, [unlock, ...adopt]);
    on.pulumi.set({ resources: [stateOf(["math", "lab"])] });
    cutOff("updating", inputsFor("math", "lab"), { id: SET });
    const others = await on.trouble();
    assert.match(others.message, /while updating .*\. The next pulumi up checks its rooms and continues\.$/);
    assert.deepEqual(others.commands, [unlock, "pulumi up"]);
  });

  it("has only Pulumi's note to clear where an update has created the whole set since", async () => {
    addRooms(...["math", "lab"].map(nameOf));
    on.pulumi.set({ resources: [...(on.pulumi.stack.resources ?? []), stateOf(["math", "lab"])] });
    cutOff("creating", inputsFor("math", "lab"));
    const { message, commands } = await on.trouble();
    assert.match(message, /while creating .*; it's in the state by now\. To clear Pulumi's note of that:$/);
    assert.deepEqual(commands, [clear]);
  });

  it("sends whoever deleted a set on with the same command", async () => {
    addRooms(...["math", "lab"].map(nameOf));
    on.pulumi.set({ resources: [...(on.pulumi.stack.resources ?? []), stateOf(["math", "lab"])] });
    cutOff("deleting", inputsFor("math", "lab"), { id: SET });
    const { message, commands } = await on.trouble();
    assert.match(message, /Run the same command again: it deletes what is left\.$/);
    assert.deepEqual(commands, [unlock, "pulumi up   # or pulumi destroy, if it was one"]);
  });

  it("doesn't know of live-streaming rooms which of them exist", async () => {
    cutOff("creating", { rooms: { a: {}, b: {} }, __auto: SET }, { set: liveStreamingRoomSet });
    const { message, commands } = await on.trouble();
    assert.match(message, /creating live-streaming room set .*; any of its 2 new rooms may exist\. To adopt those/);
    assert.deepEqual(commands, [unlock, ...adopt, clear]);
  });

  it("takes no room of a set in the stack for one that nobody has", async () => {
    addRooms(...["math", "lab"].map(nameOf));
    on.pulumi.set({ resources: [...(on.pulumi.stack.resources ?? []), stateOf(["math", "lab"])] });
    assert.ok((await on.examine()).every(({ status }) => status === "ok"));
  });
});
