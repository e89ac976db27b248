import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EngineWorld, type Rooms } from "../support/engineWorld";
import { isExhaustive } from "../support/exhaustive";
import { CUT_ATTRIBUTES, documented, removeEmptyAttributes, type } from "./documented";
import { endWhile } from "./heldRun";

describe("a run that is cut off", function () {
  this.timeout(600_000);
  let world: EngineWorld;
  before(async () => {
    world = await EngineWorld.start();
  });
  after(() => world.close());

  it("killed while it creates rooms: the error of the cut room names the ways, and one more up converges", async () => {
    const { stack, simulator } = world;
    world.program(rooms(5));
    const held = [
      { operation: "create", roomName: "held" },
      { operation: "create", roomName: "cut", afterCommit: true },
    ] as const;
    await endWhile(held, "SIGKILL", stack, simulator, ["up"]);
    assert.deepEqual(world.names(), ["cut", "first"]);
    assert.deepEqual(stack.pending().sort(), ["creating cut", "creating held"]);
    assert.match((await stack.failing("up")).text, /pulumi cancel/);
    const [, up] = await type(stack, "The way out", "pulumi up --yes");
    assert.match(
      up?.text ?? "",
      /create meeting room "cut": app "demo" already has a room with that name.*npx pulumi-metered import cut\n.*metered:adoptExisting.*\[NameTaken\]/s,
    );
    await type(stack, "When `up` says that a name is taken");
    await world.assertConverged(Object.keys(rooms(5)));
  });

  it("killed while it writes the attributes of the state's file: without those, all is there", async () => {
    const { stack } = world;
    world.program(rooms(2));
    await stack.pulumi("up");
    const [attributes] = readdirSync(stack.folder, { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith("dev.json.attrs"),
    );
    writeFileSync(join(stack.folder, attributes ?? ""), "");
    assert.match((await stack.failing("up")).text, new RegExp(CUT_ATTRIBUTES));
    removeEmptyAttributes(stack.folder);
    await world.assertConverged(Object.keys(rooms(2)));
  });

  if (!isExhaustive) return;

  it("the provider process killed while it updates rooms: one more up is enough", async () => {
    const { stack, simulator } = world;
    world.program(rooms(6));
    const held = [
      { operation: "update", roomName: "held" },
      { operation: "update", roomName: "cut", afterCommit: true },
    ] as const;
    const { code, text } = await endWhile(held, "the provider's SIGKILL", stack, simulator, ["up"]);
    assert.notEqual(code, 0, text);
    await stack.pulumi("up");
    await world.assertConverged(Object.keys(rooms(6)));
    assert.deepEqual(
      world.living.map(({ settings }) => settings.maxParticipants),
      [6, 6, 6, 6],
    );
  });
});

/** Two are made or changed at the same time, between others. */
function rooms(maxParticipants: number): Rooms {
  const args = { maxParticipants };
  return {
    first: { args },
    held: { args, options: "{ dependsOn: rooms.first }" },
    cut: { args, options: "{ dependsOn: rooms.first }" },
    later: { args, options: "{ dependsOn: [rooms.held, rooms.cut] }" },
  };
}

describe("docs/interrupted.md", () => {
  it("every command of the page is typed by a test", () => {
    const tests = readdirSync(__dirname).map((name) => readFileSync(join(__dirname, name), "utf8"));
    for (const heading of documented.keys())
      assert.ok(
        tests.some((text) => text.includes(`type(stack, ${JSON.stringify(heading)}`)),
        heading,
      );
    assert.equal(documented.size, 5);
  });
});
