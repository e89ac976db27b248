import assert from "node:assert/strict";
import { onEngine } from "../support/onEngine";

describe("Pulumi's resource options, more of it", function () {
  this.timeout(180_000);
  const on = onEngine();

  const room = (settings: string, options = "{}") =>
    on.stack.program(`new metered.MeetingRoom("r", { privacy: "public", ${settings} }, ${options});`);
  const names = () => living().map(({ roomName }) => roomName);
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

  it("deleteBeforeReplace: false: a made name is numbered, the new room stands before the old one goes", async () => {
    room("", "{ deleteBeforeReplace: false }");
    await on.stack.pulumi("up");
    const { id, urn } = on.stack.room("r");
    on.simulator.requests.clear();
    await on.stack.pulumi("up", "--replace", urn);
    assert.equal(on.stack.room("r").id, `${id}-2`);
    assert.equal(on.stack.room("r").outputs.roomName, `${id}-2`);
    assert.deepEqual(names(), [`${id}-2`]);
    const writes = on.simulator.requests.filter(({ method, status }) => method !== "GET" && status === 200);
    assert.deepEqual(
      writes.map(({ method }) => method),
      ["POST", "DELETE"],
    );
    await on.stack.assertSettled();
  });

  it("aliases: a renamed resource keeps its room, and its made name", async () => {
    on.stack.program('new metered.MeetingRoom("before", { privacy: "public" });');
    await on.stack.pulumi("up");
    const { id } = on.stack.room("before");
    on.stack.program('new metered.MeetingRoom("after", { privacy: "public" }, { aliases: [{ name: "before" }] });');
    on.simulator.requests.clear();
    await on.stack.upAndSettle("--expect-no-changes");
    assert.equal(on.stack.room("after").id, id);
    assert.equal(
      on.simulator.requests.some(({ method }) => method !== "GET"),
      false,
    );
  });

  it("a made name and the same name given by hand are one", async () => {
    room("");
    await on.stack.pulumi("up");
    room(`roomName: "${on.stack.room("r").id}"`);
    await on.stack.pulumi("up", "--expect-no-changes");
    room("");
    await on.stack.pulumi("up", "--expect-no-changes");
  });

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
