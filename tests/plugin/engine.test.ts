import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { onEngine } from "../support/onEngine";
import { pluginProgram, usePlugin } from "../support/pluginProgram";

const schema = join(__dirname, "..", "..", "provider", "schema.json");

describe("the plugin on the real engine", function () {
  this.timeout(180_000);
  const on = onEngine();

  it("has a schema that Pulumi accepts, and makes a room of which nothing is left to do", async () => {
    execFileSync("pulumi", ["schema", "check", schema], { env: on.stack.env, stdio: "pipe" });
    usePlugin(on.stack);
    pluginProgram(on.stack, 'new metered.MeetingRoom("standup", { privacy: "private", maxParticipants: 12 });');
    await on.stack.upAndSettle();
  });

  it("is told of Pulumi's auto-naming", async () => {
    usePlugin(on.stack);
    await on.stack.pulumi("config", "set", "--path", "pulumi:autonaming.mode", "verbatim");
    pluginProgram(on.stack, 'new metered.MeetingRoom("town-hall", { privacy: "private" });');
    await on.stack.pulumi("up");
    assert.ok(on.simulator.rooms.some(({ roomName }) => roomName === "town-hall"));
  });
});
