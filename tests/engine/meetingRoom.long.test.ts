import assert from "node:assert/strict";
import { canaryKey } from "../support/canary";
import { onEngine } from "../support/onEngine";

describe("a meeting room on the real engine, more of it", function () {
  this.timeout(180_000);
  const on = onEngine();

  const living = (name: string) => on.simulator.rooms.filter((room) => room.roomName === name && !room.archived);

  it("is created again when it was archived outside Pulumi", async () => {
    on.stack.program('new metered.MeetingRoom("r", { roomName: "archived", privacy: "public" });');
    await on.stack.pulumi("up");
    on.simulator.archiveRoom("meeting", "archived");
    await on.stack.pulumi("refresh");
    assert.deepEqual(on.stack.rooms(), []);
    await on.stack.upAndSettle();
    assert.equal(living("archived").length, 1);
  });

  for (const force of ["up --replace", "taint"]) {
    it(`is replaced by ${force} under its name with deleteBeforeReplace, the old one first`, async () => {
      on.stack.program('new metered.MeetingRoom("r", { privacy: "public" }, { deleteBeforeReplace: true });');
      await on.stack.pulumi("up");
      const { urn, id, outputs } = on.stack.room("r");
      if (force === "taint") {
        await on.stack.pulumi("state", "taint", urn, "--yes");
        await on.stack.pulumi("up");
      } else await on.stack.pulumi("up", "--replace", urn);
      assert.equal(on.stack.room("r").id, id);
      assert.notEqual(on.stack.room("r").outputs.roomId, outputs.roomId);
      assert.deepEqual(
        living(id).map(({ _id }) => _id),
        [on.stack.room("r").outputs.roomId],
      );
      await on.stack.assertSettled();
    });
  }

  it("is not touched with a wrong key, which the error tells how to fix", async () => {
    on.stack.program('new metered.MeetingRoom("r", { roomName: "kept", privacy: "public" });');
    await on.stack.pulumi("up");
    await on.stack.configure({ secretKey: `${canaryKey}-wrong` });
    // A new key counts from the next up on, unless the program is run.
    const { text } = await on.stack.failing("refresh", "--run-program");
    assert.match(
      text,
      /in app "demo": Metered doesn't accept the app's secret key.*pulumi config set --secret metered:secretKey.*\[InvalidSecretKey\]/s,
    );
    assert.equal(on.stack.rooms().length, 1);
  });
});
