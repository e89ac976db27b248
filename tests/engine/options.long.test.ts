import assert from "node:assert/strict";
import { onEngine } from "../support/onEngine";

describe("Pulumi's resource options, more of it", function () {
  this.timeout(180_000);
  const on = onEngine();

  const room = (settings: string, options = "{}") =>
    on.stack.program(`new metered.MeetingRoom("r", { privacy: "public", ${settings} }, ${options});`);
  const living = () => on.simulator.rooms.filter(({ archived }) => !archived);

  for (const adoptExisting of ["false", "true"]) {
    it(`deleteBeforeReplace: false: a given name is taken, and nothing is lost (adoptExisting: ${adoptExisting})`, async () => {
      await on.stack.configure({ config: { adoptExisting } });
      room('roomName: "r"', "{ deleteBeforeReplace: false }");
      await on.stack.pulumi("up");
      const { outputs, urn } = on.stack.room("r");
      const { text } = await on.stack.failing("up", "--replace", urn);
      assert.match(text, /a room of that name exists/);
      assert.equal(on.stack.room("r").outputs.roomId, outputs.roomId);
      assert.deepEqual(
        living().map(({ _id }) => _id),
        [outputs.roomId],
      );
      await on.stack.assertSettled();
    });
  }
});
