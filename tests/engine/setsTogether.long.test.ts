import assert from "node:assert/strict";
import { notTakenBy } from "../support/documents/runBy";
import { take } from "../support/documents/shell";
import { EngineWorld } from "../support/engineWorld";

describe("sets on the real engine, with what else a program holds", function () {
  this.timeout(300_000);
  let world: EngineWorld;
  afterEach(() => world.close());

  const asked = () => {
    const calls = world.simulator.requests.map(({ method }) => method).sort();
    world.simulator.requests.clear();
    return calls;
  };
  /** Sets the program: for each set or room its class and its inputs, as text. */
  const declare = (...resources: readonly (readonly [kind: string, name: string, inputs: string])[]) =>
    world.write(resources.map(([kind, name, inputs]) => `new metered.${kind}("${name}", ${inputs});`).join("\n"));

  it("hand rooms on to each other and to single resources, and change nothing on Metered", async () => {
    world = await EngineWorld.start();
    const named = (...names: string[]) =>
      `{ rooms: ${JSON.stringify(Object.fromEntries(names.map((name) => [name, { privacy: "public", roomName: name }])))} }`;
    declare(["MeetingRoomSet", "a", named("x", "y", "z")], ["MeetingRoomSet", "b", named("q")]);
    await world.stack.pulumi("up");
    const ids = world.living.map(({ _id }) => _id).sort();
    asked();
    declare(
      ["MeetingRoomSet", "a", named("y")],
      ["MeetingRoomSet", "b", named("q", "x")],
      ["MeetingRoom", "single", '{ privacy: "public", roomName: "z" }'],
    );
    await world.stack.pulumi("up");
    // Pulumi may create the single resource before it tells of the set. The name is then refused, and the room looked for.
    const refused = ["GET", "POST"];
    const calls = asked();
    assert.deepEqual(calls, calls.length === 0 ? [] : refused);
    assert.deepEqual(world.living.map(({ _id }) => _id).sort(), ids);
    await world.stack.assertSettled();
    assert.deepEqual(world.living.map(({ _id }) => _id).sort(), ids);
  });

  it("take single rooms in with adoptExisting, which the engine then doesn't delete", async () => {
    world = await EngineWorld.start();
    declare(["MeetingRoom", "x", '{ privacy: "public", roomName: "x" }']);
    await world.stack.pulumi("up");
    const [before] = world.living;
    declare(["MeetingRoomSet", "a", '{ rooms: { mine: { privacy: "public", roomName: "x" } } }']);
    await world.stack.shell(take("choosing-a-shape.md", "pulumi config set metered:adoptExisting true"));
    assert.deepEqual(
      world.living.map(({ _id }) => _id),
      [before?._id],
    );
    assert.equal(asked().includes("DELETE"), false);
    await world.stack.assertSettled();
  });

  it("move from the dynamic face to the plugin without a change", async () => {
    world = await EngineWorld.start({}, {}, "plugin");
    const inputs = '{ rooms: { a: { privacy: "public" }, b: { privacy: "private", roomName: "bee" } } }';
    world.stack.program(`new metered.MeetingRoomSet("set", ${inputs});`);
    await world.stack.pulumi("up");
    declare(["MeetingRoomSet", "set", inputs]);
    await world.stack.pulumi("up");
    assert.equal(world.stack.room("set").type, "metered:index:MeetingRoomSet");
    assert.equal(world.living.length, 2);
    await world.stack.assertSettled();
  });
});

describe("the commands that sets and single resources take", () => {
  it("are all run above", () => assert.deepEqual(notTakenBy(__filename), []));
});
