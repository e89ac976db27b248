import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

/** What a program that ends with `print(…)` prints, run with the SDK's mocks in a process of its own. */
function run(body: string): Record<string, unknown> {
  const script = `
    const pulumi = require("@pulumi/pulumi");
    const registered = {};
    pulumi.runtime.setMocks({
      newResource: ({ name, inputs, id }) => {
        registered[name] = Object.keys(inputs).sort();
        return { id: id || name, state: { ...inputs, url: "https://demo.metered.live/" + name } };
      },
      call: () => ({}),
    }, "rooms", "dev", process.env.PREVIEW === "true");
    const metered = require("pulumi-metered");
    const print = (values) => pulumi.all(values).apply((found) => console.log(JSON.stringify({ ...found, registered })));
    ${body}`;
  return JSON.parse(execFileSync(process.execPath, ["-e", script], { cwd: root, encoding: "utf8" })) as never;
}

describe("a setting that is not declared", () => {
  it("is not registered, and reads as an Output without a value", () => {
    const found = run(`
      const room = new metered.MeetingRoom("standup", { privacy: "public", maxParticipants: 12, autoJoin: undefined });
      const isOutput = pulumi.Output.isInstance(room.enableChat) && pulumi.Output.isInstance(room.autoJoin);
      print({ isOutput, chat: room.enableChat.apply(String), join: room.autoJoin.apply(String),
        max: room.maxParticipants, privacy: room.privacy, url: room.url });`);
    assert.deepEqual(found, {
      isOutput: true,
      chat: "undefined",
      join: "undefined",
      max: 12,
      privacy: "public",
      url: "https://demo.metered.live/standup",
      registered: { standup: ["__auto", "__provider", "maxParticipants", "privacy", "roomName"] },
    });
  });

  it("does not show that of another room", () => {
    const found = run(`
      const [a, b] = [{ enableRecording: true }, {}].map((args, i) => new metered.LiveStreamingRoom("live-" + i, args));
      print({ a: a.enableRecording, b: b.enableRecording.apply(String), message: a.displayMessage.apply(String) });`);
    const { registered: _, ...values } = found;
    assert.deepEqual(values, { a: true, b: "undefined", message: "undefined" });
  });

  it("is read from the server where the room is looked up", () => {
    const found = run(`
      const keys = Object.keys(metered.MeetingRoom.get("lobby", "lobby"));
      print({ settings: ["enableChat", "rtmpOutURL", "privacy"].every((key) => keys.includes(key)) });`);
    assert.equal(found.settings, true);
  });
});
