import assert from "node:assert/strict";
import { join } from "node:path";
import { onEngine } from "../support/onEngine";

describe("Pulumi's commands and their flags, more of them", function () {
  this.timeout(300_000);
  const on = onEngine();

  const room = (settings: string, options = "{}") =>
    on.stack.program(`new metered.MeetingRoom("r", { privacy: "public", ${settings} }, ${options});`);
  const living = () => on.simulator.rooms.filter(({ archived }) => !archived);
  const names = () => living().map(({ roomName }) => roomName);

  it("update plans: what the preview planned is what up does", async () => {
    room("maxParticipants: 5");
    const plan = join(on.stack.folder, "plan.json");
    const env = { PULUMI_EXPERIMENTAL: "1" };
    assert.equal((await on.stack.run(["preview", "--save-plan", plan], env)).code, 0);
    const run = await on.stack.run(["up", "--plan", plan], env);
    assert.equal(run.code, 0, run.text);
    assert.equal(living().length, 1);
    await on.stack.assertSettled();
  });

  it("up --target: only the named room is made", async () => {
    on.stack.program('for (const n of ["a", "b"]) new metered.MeetingRoom(n, { privacy: "public", roomName: n });');
    await on.stack.pulumi("up", "--target", "urn:pulumi:dev::rooms::pulumi-nodejs:dynamic/metered:MeetingRoom::b");
    assert.deepEqual(names(), ["b"]);
    await on.stack.upAndSettle();
  });
});
