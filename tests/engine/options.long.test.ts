import assert from "node:assert/strict";
import { onEngine } from "../support/onEngine";

describe("Pulumi's resource options, more of it", function () {
  this.timeout(300_000);
  const on = onEngine();

  const living = () => on.simulator.rooms.filter(({ archived }) => !archived);

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
