import assert from "node:assert/strict";
import { generateName } from "../../provider/src/rooms/name";
import { EngineWorld, type Rooms } from "../support/engineWorld";
import { type } from "./documented";
import { endWhile, type Way } from "./heldRun";

const made = generateName({ project: "rooms", stack: "dev", parentTypes: "", kind: "MeetingRoom", name: "made" });
const rooms: Rooms = {
  given: {},
  made: { args: { roomName: undefined } },
  held: { options: "{ dependsOn: [rooms.given, rooms.made] }" },
};

/** What docs/choosing-a-shape.md says of it. */
describe("without checkpoints", function () {
  this.timeout(600_000);
  let world: EngineWorld;
  beforeEach(async () => {
    world = await EngineWorld.start();
    world.program(rooms);
  });
  afterEach(() => world.close());

  async function cutOff(command: "up" | "destroy", way: Way): Promise<void> {
    const { stack, simulator } = world;
    stack.env.PULUMI_SKIP_CHECKPOINTS = "true";
    const held =
      command === "up"
        ? ({ operation: "create", roomName: "held" } as const)
        : ({ operation: "delete", roomName: "given" } as const);
    await endWhile([held], way, stack, simulator, [command]);
    delete stack.env.PULUMI_SKIP_CHECKPOINTS;
  }

  it("an up that is killed leaves no trace in the state, and no room is lost or made twice", async () => {
    const { stack } = world;
    await cutOff("up", "SIGKILL");
    assert.deepEqual(world.names(), ["given", made].sort());
    assert.deepEqual([stack.state(), stack.pending()], [[], []]);
    await type(stack, "The way out", "pulumi up --yes");
    const { text } = await stack.shell("npx pulumi-metered doctor");
    assert.match(text, new RegExp(`${made} has an auto-generated name of this stack`));
    await type(stack, "When `up` says that a name is taken");
    assert.equal(world.simulator.rooms.length, 3);
    await world.assertConverged(Object.keys(rooms));
  });

  it("a destroy that is killed leaves all rooms in the state, and is repeated", async () => {
    const { stack } = world;
    await stack.pulumi("up");
    await cutOff("destroy", "SIGKILL");
    assert.equal(stack.rooms().length, 3);
    assert.ok(!world.names().includes("held"));
    await type(stack, "When it was a destroy");
    assert.deepEqual([world.names(), stack.rooms()], [[], []]);
  });

  it("an up that is interrupted once writes the state", async () => {
    const { stack } = world;
    await cutOff("up", "SIGINT once");
    assert.deepEqual(stack.rooms().length, 3);
    await stack.pulumi("up");
    await world.assertConverged(Object.keys(rooms));
  });
});
