import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi/output";
import { setMocks } from "@pulumi/pulumi/runtime/mocks";
import * as metered from "../../provider/src";
import { outsideOfEngine, settled } from "../support/program";

/** A program in which the id of every room is what the state has: made out of the name that the program registers. */
async function inPreview(idOf: (roomName: string) => string | undefined, isPreview = true): Promise<void> {
  const newResource = ({ inputs }: { inputs: { roomName: string } }) => ({ id: idOf(inputs.roomName), state: inputs });
  await setMocks({ call: () => ({}), newResource }, "rooms", "dev", isPreview);
}

describe("the name of a room in the preview of an update", () => {
  afterEach(outsideOfEngine);
  const nameOf = async (room: metered.MeetingRoom) => (await settled(room.roomName)).value;
  const make = (args: object = {}) => new metered.MeetingRoom("standup", { privacy: "public", ...args });

  it("is the numbered one that the room had to take, which its id tells", async () => {
    await inPreview((name) => `${name}-2`);
    assert.match(await nameOf(make()), /^standup-[0-9a-f]{8}-2$/);
    assert.match(await nameOf(make({ roomName: output(undefined) })), /^standup-[0-9a-f]{8}-2$/);
    const stage = new metered.LiveStreamingRoom("stage");
    assert.match((await settled(stage.roomName)).value, /^stage-[0-9a-f]{8}-2$/);
  });

  it("is the program's where the id is a spelling of it, has nothing to do with it, or isn't known yet", async () => {
    for (const idOf of [(name: string) => name.toUpperCase(), () => "another", () => undefined]) {
      await inPreview(idOf);
      assert.match(await nameOf(make()), /^standup-[0-9a-f]{8}$/);
    }
    await inPreview((name) => `${name}-2`);
    assert.equal(await nameOf(make({ roomName: "standup" })), "standup");
  });

  it("is what the update answers with, once it is done", async () => {
    await inPreview((name) => `${name}-2`, false);
    assert.match(await nameOf(make()), /^standup-[0-9a-f]{8}$/);
  });

  it("is no reason for a program without arguments to fail", async () => {
    await inPreview((name) => name);
    const untyped = metered.MeetingRoom as unknown as new (name: string) => metered.MeetingRoom;
    assert.match(await nameOf(new untyped("standup")), /^standup-[0-9a-f]{8}$/);
  });
});
