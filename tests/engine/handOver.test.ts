import assert from "node:assert/strict";
import { EngineWorld } from "../support/engineWorld";
import { slowTest } from "../support/exhaustive";

const named = (roomName: string) => ({ args: { roomName } });

describe("names that are handed on within one run, on the real engine", function () {
  this.timeout(300_000);
  let world: EngineWorld;
  afterEach(() => world.close());

  for (const face of ["dynamic", "plugin"] as const) {
    it(`a new room that takes the name of a renamed one gets a room of its own, though rooms are adopted (${face})`, async () => {
      world = await EngineWorld.start({ adoptExisting: "true" }, { latencyMs: 100 }, face);
      world.program({ first: named("ben") });
      await world.stack.pulumi("up");
      const ben = world.stack.room("first").outputs.roomId;
      world.program({ first: named("xeno"), second: named("ben") });
      const { text } = await world.stack.pulumi("up");
      assert.doesNotMatch(text, /Adopted/);
      assert.deepEqual(world.names(), ["ben", "xeno"]);
      assert.notEqual(world.stack.room("second").outputs.roomId, ben);
      await world.assertConverged(["first", "second"]);
    });
  }

  slowTest("rooms that swap their names have done so after one run", async () => {
    world = await EngineWorld.start();
    world.program({ first: named("ada"), second: named("ben") });
    await world.stack.pulumi("up");
    world.program({ first: named("ben"), second: named("ada") });
    await world.stack.pulumi("up");
    assert.deepEqual([world.stack.room("first").id, world.stack.room("second").id], ["ben", "ada"]);
    await world.assertConverged(["first", "second"]);
  });

  slowTest("a room keeps its name and its place in the state when the new one is refused", async () => {
    world = await EngineWorld.start();
    world.program({ one: {} });
    await world.stack.pulumi("up");
    const { roomId } = world.stack.room("one").outputs;
    const body = { message: "Maximum room limit reached, please upgrade your plan" };
    world.simulator.faults.inject({ fault: "status", status: 403, body, operation: "create", roomName: "Two" });
    world.program({ one: named("Two") });
    assert.match((await world.stack.failing("up")).text, /deleteBeforeReplace: true.*\[PlanLimit\]/s);
    assert.deepEqual([world.names(), world.stack.room("one").outputs.roomId], [["one"], roomId]);
    world.program({ one: {} });
    await world.assertConverged(["one"]);
    world.program({ one: named("Two") });
    await world.stack.pulumi("up");
    assert.deepEqual(world.names(), ["Two"]);
    await world.assertConverged(["one"]);
  });
});
