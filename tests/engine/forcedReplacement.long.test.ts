import assert from "node:assert/strict";
import { EngineWorld } from "../support/engineWorld";
import { faces } from "../support/providerHost";

for (const face of faces) {
  describe(`replacements that Pulumi is told to make, on the real engine (${face})`, function () {
    this.timeout(600_000);
    let world: EngineWorld;
    afterEach(() => world.close());

    const room = (args: object, options = "{}") => world.program({ r: { args, options } });
    const roomId = () => world.stack.room("r").outputs.roomId;

    /** Creates the room, tells Pulumi to replace it, and answers what `up` has to be called with. */
    async function forced(how: "--replace" | "taint", args: object, options = "{}"): Promise<string[]> {
      world = await EngineWorld.start({}, {}, face);
      room(args, options);
      await world.stack.pulumi("up");
      const { urn } = world.stack.room("r");
      if (how === "--replace") return ["--replace", urn];
      await world.stack.pulumi("state", "taint", urn, "--yes");
      return [];
    }

    for (const how of ["--replace", "taint"] as const) {
      it(`${how}: a generated name takes the next free one, the new room first`, async () => {
        const args = await forced(how, { roomName: undefined });
        const { id } = world.stack.room("r");
        world.simulator.requests.clear();
        await world.stack.pulumi("up", ...args);
        assert.deepEqual([world.names(), world.stack.room("r").id], [[`${id}-2`], `${id}-2`]);
        const writes = world.simulator.requests.filter(({ method, status }) => method !== "GET" && status === 200);
        assert.deepEqual(
          writes.map(({ method }) => method),
          ["POST", "DELETE"],
        );
        await world.assertConverged(["r"]);
      });

      it(`${how}: a given name fails, names deleteBeforeReplace, and the old room stays`, async () => {
        const args = await forced(how, { roomName: "r" });
        const before = roomId();
        const { text } = await world.stack.failing("up", ...args);
        assert.match(text, /may be the one to be replaced.*deleteBeforeReplace: true.*\[NameTaken\]/s);
        assert.deepEqual([world.names(), roomId()], [["r"], before]);
        room({ roomName: "r" }, "{ deleteBeforeReplace: true }");
        await world.stack.pulumi("up", ...args);
        assert.notEqual(roomId(), before);
        await world.assertConverged(["r"]);
      });
    }

    for (const deleteBeforeReplace of [true, false]) {
      it(`a rename with deleteBeforeReplace: ${deleteBeforeReplace} goes in that order`, async () => {
        world = await EngineWorld.start({}, {}, face);
        const options = `{ deleteBeforeReplace: ${deleteBeforeReplace} }`;
        room({ roomName: "before" }, options);
        await world.stack.pulumi("up");
        world.simulator.requests.clear();
        room({ roomName: "after" }, options);
        await world.stack.pulumi("up");
        const writes = world.simulator.requests.filter(({ method }) => method !== "GET").map(({ method }) => method);
        assert.deepEqual(writes, deleteBeforeReplace ? ["DELETE", "POST"] : ["POST", "DELETE"]);
        await world.assertConverged(["r"]);
      });
    }

    for (const [what, args] of [
      ["generated", { roomName: undefined }],
      ["given", { roomName: "r" }],
    ] as const) {
      it(`replaceOnChanges of another setting, ${what} name: the old room first, and the name stays`, async () => {
        world = await EngineWorld.start({}, {}, face);
        const options = '{ replaceOnChanges: ["maxParticipants"] }';
        room({ ...args, maxParticipants: 5 }, options);
        await world.stack.pulumi("up");
        const before = world.stack.room("r");
        room({ ...args, maxParticipants: 6 }, options);
        await world.stack.pulumi("up");
        assert.equal(world.stack.room("r").id, before.id);
        assert.notEqual(roomId(), before.outputs.roomId);
        await world.assertConverged(["r"]);
      });
    }
  });

  describe(`names and Pulumi's options, on the real engine (${face})`, function () {
    this.timeout(600_000);
    let world: EngineWorld;
    beforeEach(async () => {
      world = await EngineWorld.start({}, {}, face);
    });
    afterEach(() => world.close());

    const writes = () => world.simulator.requests.filter(({ method }) => method !== "GET");

    it("a name that a transformation sets is a given one: a changed rule renames", async () => {
      const program = (rule: string) => `
        pulumi.runtime.registerStackTransformation(({ type, props, opts }) =>
          type.endsWith(":MeetingRoom") ? { props: { ...props, roomName: ${rule} }, opts } : undefined);
        new metered.MeetingRoom("r", { privacy: "public" });
      `;
      for (const name of ["one", "two"]) {
        world.write(program(JSON.stringify(name)));
        await world.stack.pulumi("up");
        assert.deepEqual([world.names(), world.stack.room("r").id], [[name], name]);
        await world.assertConverged(["r"]);
      }
    });

    for (const [what, args] of [
      ["generated", { roomName: undefined }],
      ["given", { roomName: "r" }],
    ] as const) {
      it(`a resource that is renamed with an alias keeps its room, ${what} name`, async () => {
        world.program({ before: { args } });
        await world.stack.pulumi("up");
        const { id } = world.stack.room("before");
        world.program({ after: { args, options: '{ aliases: [{ name: "before" }] }' } });
        world.simulator.requests.clear();
        await world.stack.pulumi("up", "--expect-no-changes");
        assert.deepEqual([world.stack.room("after").id, writes()], [id, []]);
        await world.assertConverged(["after"]);
        world.program({ after: { args } });
        await world.assertConverged(["after"]);
      });

      it(`ignoreChanges of the name: another one is not taken, ${what} name`, async () => {
        const options = '{ ignoreChanges: ["roomName"] }';
        world.program({ r: { args, options } });
        await world.stack.pulumi("up");
        const { id } = world.stack.room("r");
        world.simulator.requests.clear();
        await world.assertConverged(["r"]);
        world.program({ r: { args: { roomName: "other" }, options } });
        await world.stack.pulumi("up");
        assert.deepEqual([world.stack.room("r").id, writes()], [id, []]);
        await world.assertConverged(["r"]);
      });
    }

    it("a generated name and the same one given by hand are one", async () => {
      world.program({ r: { args: { roomName: undefined } } });
      await world.stack.pulumi("up");
      const { id } = world.stack.room("r");
      for (const roomName of [id, undefined]) {
        world.program({ r: { args: { roomName } } });
        world.simulator.requests.clear();
        await world.stack.pulumi("up");
        assert.deepEqual([world.stack.room("r").id, writes()], [id, []]);
        await world.assertConverged(["r"]);
      }
    });
  });
}
