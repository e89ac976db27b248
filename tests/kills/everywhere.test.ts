import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Operation } from "metered-simulator";
import { generateName } from "../../provider/src/rooms/name";
import { EngineWorld, type Rooms } from "../support/engineWorld";
import { slowTests } from "../support/exhaustive";
import type { TestStack } from "../support/stack";
import { type } from "./documented";
import { endWhile, type Held, ways } from "./heldRun";

/** Enough for all calls to be held at once. */
const ALL_AT_ONCE = ["--parallel", "32"];

const named = (name: string, more: object = {}) => ({ args: { roomName: name, ...more } });
const auto = (name: string) =>
  generateName({ project: "rooms", stack: "dev", parentTypes: "", kind: "MeetingRoom", name });

/** Before the run, in it, and where each room is when it ends. */
const beforeRooms: Rooms = {
  calm: {},
  "update-looked": named("update-looked", { maxParticipants: 5 }),
  "update-held": named("update-held", { maxParticipants: 5 }),
  "update-done": named("update-done", { maxParticipants: 5 }),
  "rename-create-held": named("rename-create-held-1"),
  "rename-create-done": named("rename-create-done-1"),
};
const changed: Rooms = {
  calm: {},
  "create-held": {},
  "create-done": {},
  "generated-done": named(undefined as never),
  "update-looked": named("update-looked", { maxParticipants: 6 }),
  "update-held": named("update-held", { maxParticipants: 6 }),
  "update-done": named("update-done", { maxParticipants: 6 }),
  "rename-create-held": named("rename-create-held-2"),
  "rename-create-done": named("rename-create-done-2"),
  later: { options: '{ dependsOn: [rooms["create-done"], rooms["rename-create-done"]] }' },
};
const held: readonly Held[] = [
  { operation: "create", roomName: "create-held" },
  { operation: "create", roomName: "create-done", afterCommit: true },
  { operation: "create", roomName: auto("generated-done"), afterCommit: true },
  { operation: "get", roomName: "update-looked" },
  { operation: "update", roomName: "update-held" },
  { operation: "update", roomName: "update-done", afterCommit: true },
  { operation: "create", roomName: "rename-create-held-2" },
  { operation: "create", roomName: "rename-create-done-2", afterCommit: true },
];

/** Calls that the server has done, and whose replies are held back. */
const done =
  (operation: Operation) =>
  (roomName: string): Held => ({ operation, roomName, afterCommit: true });

slowTests("a run that is cut off in the middle of everything", function () {
  this.timeout(1_200_000);
  let world: EngineWorld;
  afterEach(() => world.close());

  for (const way of ways) {
    for (const adoptExisting of ["true", "false"]) {
      it(`by ${way}, adoptExisting ${adoptExisting}: creates, updates and replacements`, async () => {
        world = await EngineWorld.start({ adoptExisting });
        const { stack, simulator } = world;
        world.program(beforeRooms);
        await stack.pulumi("up");
        world.program(changed);
        await endWhile(held, way, stack, simulator, ["up", ...ALL_AT_ONCE]);
        if (way === "SIGINT once") assert.deepEqual(stack.pending(), [], "what was under way was waited for");
        const isWhole = way === "SIGINT once" || adoptExisting === "true";
        const [, up] = await type(stack, "The way out", isWhole ? undefined : "pulumi up --yes");
        if (!isWhole) {
          // Pulumi begins nothing more after the first of them.
          assert.match(
            up?.text ?? "",
            /create meeting room "(create-done|generated-done-\w+|rename-create-done-2)": app "demo" already has a room with that/,
          );
          assert.match(up?.text ?? "", /set metered:adoptExisting to true for one pulumi up.*\[NameTaken\]/s);
          await type(stack, "When `up` says that a name is taken");
        }
        await world.assertConverged(Object.keys(changed));
      });
    }
  }

  for (const way of ways) {
    it(`by ${way}: the rooms that renamed resources leave are being deleted`, async () => {
      world = await EngineWorld.start();
      const { stack, simulator } = world;
      const keys = ["looked", "delete-held", "delete-done"];
      const renamed = (number: number): Rooms => ({
        calm: {},
        ...Object.fromEntries(keys.map((key) => [key, named(`${key}-${number}`)])),
      });
      world.program(renamed(1));
      await stack.pulumi("up");
      world.program(renamed(2));
      const deletes: readonly Held[] = [
        { operation: "get", roomName: "looked-1" },
        { operation: "delete", roomName: "delete-held-1" },
        { operation: "delete", roomName: "delete-done-1", afterCommit: true },
      ];
      await endWhile(deletes, way, stack, simulator, ["up", ...ALL_AT_ONCE]);
      await type(stack, "The way out");
      await world.assertConverged(["calm", ...keys]);
    });
  }

  for (const way of ways) {
    it(`by ${way}: deletes, by destroy and by a program without the rooms`, async () => {
      world = await EngineWorld.start();
      const { stack, simulator } = world;
      const rooms: Rooms = { calm: {}, "delete-looked": {}, "delete-held": {}, "delete-done": {} };
      for (const command of ["destroy", "up"]) {
        simulator.faults.clear();
        world.program(rooms);
        await stack.pulumi("up");
        world.program({ calm: {} });
        const deletes: readonly Held[] = [
          { operation: "get", roomName: "delete-looked" },
          { operation: "delete", roomName: "delete-held" },
          { operation: "delete", roomName: "delete-done", afterCommit: true },
        ];
        await endWhile(deletes, way, stack, simulator, [command, ...ALL_AT_ONCE]);
        if (command === "up") await type(stack, "The way out");
        else await type(stack, "When it was a destroy");
        if (command === "up") await world.assertConverged(["calm"]);
        else assert.deepEqual([stack.rooms(), world.living, stack.pending()], [[], [], []]);
      }
    });
  }

  it("and the program is edited before it runs again", async () => {
    world = await EngineWorld.start({ adoptExisting: "true" });
    const { stack, simulator } = world;
    world.program({
      "update-reverted": named("update-reverted", { maxParticipants: 5 }),
      "update-changed": named("update-changed", { maxParticipants: 5 }),
      "update-removed": named("update-removed", { maxParticipants: 5 }),
      "rename-reverted": named("rename-reverted-1"),
      "rename-changed": named("rename-changed-1"),
      "rename-removed": named("rename-removed-1"),
    });
    await stack.pulumi("up");
    world.program({
      "create-changed": {},
      "create-renamed": {},
      "create-removed": {},
      "update-reverted": named("update-reverted", { maxParticipants: 6 }),
      "update-changed": named("update-changed", { maxParticipants: 6 }),
      "update-removed": named("update-removed", { maxParticipants: 6 }),
      "rename-reverted": named("rename-reverted-2"),
      "rename-changed": named("rename-changed-2"),
      "rename-removed": named("rename-removed-2"),
    });
    await endWhile(
      [
        ...["create-changed", "create-renamed", "create-removed"].map(done("create")),
        ...["rename-reverted-2", "rename-changed-2", "rename-removed-2"].map(done("create")),
        ...["update-reverted", "update-changed", "update-removed"].map(done("update")),
      ],
      "SIGKILL",
      stack,
      simulator,
      ["up", ...ALL_AT_ONCE],
    );
    const edited: Rooms = {
      "create-changed": named("create-changed", { maxParticipants: 7 }),
      "create-renamed": named("create-renamed-anew"),
      "update-reverted": named("update-reverted", { maxParticipants: 5 }),
      "update-changed": named("update-changed", { maxParticipants: 7 }),
      "rename-reverted": named("rename-reverted-1"),
      "rename-changed": named("rename-changed-3"),
    };
    world.program(edited);
    const renamed = ["rename-changed-2", "rename-removed-2", "rename-reverted-2"];
    const orphans = ["create-removed", "create-renamed", ...renamed];
    assert.deepEqual(await pendingNames(stack), ["create-changed", ...orphans]);
    await type(stack, "The way out");
    await type(stack, "When the program was changed since");
    await world.assertConverged(Object.keys(edited), orphans);
    const again = orphans.map((name) => [`again-${name}`, named(name)] as const);
    world.program({ ...edited, ...Object.fromEntries(again) });
    await stack.pulumi("up");
    world.program(edited);
    await stack.pulumi("up");
    await world.assertConverged(Object.keys(edited));
  });

  it("and the stack is destroyed: what was being created is left behind, and can be found", async () => {
    world = await EngineWorld.start();
    const { stack, simulator } = world;
    world.program({ calm: {}, cut: { options: "{ dependsOn: rooms.calm }" } });
    await endWhile([done("create")("cut")], "SIGKILL", stack, simulator, ["up"]);
    await type(stack, "When it was a destroy");
    assert.deepEqual([stack.rooms(), world.names(), await pendingNames(stack)], [[], ["cut"], ["cut"]]);
  });

  for (const [named, roomName] of [
    ["generated", undefined],
    ["given", "r"],
  ] as const) {
    it(`in a replacement by force: the next run adopts the new room, its name ${named}`, () =>
      cutOffReplacement(roomName));
  }

  async function cutOffReplacement(roomName: string | undefined): Promise<void> {
    world = await EngineWorld.start({ adoptExisting: "true" });
    const { stack, simulator } = world;
    const name = roomName ?? auto("r");
    world.program({ r: { args: { roomName }, options: "{ deleteBeforeReplace: true }" } });
    await stack.pulumi("up");
    const replace = ["up", "--replace", stack.room("r").urn];
    await endWhile([done("create")(name)], "SIGKILL", stack, simulator, replace);
    assert.deepEqual(await pendingNames(stack), [name]);
    await type(stack, "The way out");
    await world.assertConverged(["r"]);
    await stack.pulumi(...replace);
    assert.equal(stack.room("r").id, name);
    await world.assertConverged(["r"]);
  }
});

/** The names that the page says how to find. */
async function pendingNames(stack: TestStack): Promise<string[]> {
  await type(stack, "Orphaned rooms");
  const state = JSON.parse(readFileSync(join(stack.folder, "state.json"), "utf8")) as {
    deployment: { pending_operations?: { type: string; resource: { inputs: { roomName: string } } }[] };
  };
  const creates = state.deployment.pending_operations?.filter((operation) => operation.type === "creating") ?? [];
  return creates.map(({ resource }) => resource.inputs.roomName).sort();
}
