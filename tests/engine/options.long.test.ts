import assert from "node:assert/strict";
import { onEngine } from "../support/onEngine";

describe("Pulumi's resource options, more of it", function () {
  this.timeout(180_000);
  const on = onEngine();

  const room = (settings: string, options = "{}") =>
    on.stack.program(`new metered.MeetingRoom("r", { privacy: "public", ${settings} }, ${options});`);
  const living = () => on.simulator.rooms.filter(({ archived }) => !archived);

  for (const adoptExisting of ["false", "true"]) {
    it(`a replacement by force: a given name is taken, and nothing is lost (adoptExisting: ${adoptExisting})`, async () => {
      await on.stack.configure({ config: { adoptExisting } });
      room('roomName: "r"');
      await on.stack.pulumi("up");
      const { outputs, urn } = on.stack.room("r");
      const { text } = await on.stack.failing("up", "--replace", urn);
      assert.match(text, /may be the one to be replaced.*deleteBeforeReplace: true.*\[NameTaken\]/s);
      assert.deepEqual(
        living().map(({ _id }) => _id),
        [outputs.roomId],
      );
      assert.equal(on.stack.room("r").outputs.roomId, outputs.roomId);
      await on.stack.assertSettled();
    });
  }

  it("transformations: a rule of the stack can set and change settings", async () => {
    on.stack.program(`
      pulumi.runtime.registerStackTransformation(({ type, props, opts }) =>
        type === "pulumi-nodejs:dynamic/metered:MeetingRoom" ? { props: { ...props, privacy: "private" }, opts } : undefined);
      new metered.MeetingRoom("r", { privacy: "public" });
    `);
    await on.stack.upAndSettle();
    assert.equal(living()[0]?.settings.privacy, "private");
  });
});
