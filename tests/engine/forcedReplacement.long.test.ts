import assert from "node:assert/strict";
import { EngineWorld, type Rooms } from "../support/engineWorld";
import { faces } from "../support/providerHost";

for (const face of faces) {
  describe(`replacements that Pulumi is told to make, on the real engine (${face})`, function () {
    this.timeout(600_000);
    let world: EngineWorld;
    beforeEach(async () => {
      world = await EngineWorld.start({}, {}, face);
    });
    afterEach(() => world.close());

    const keys = ["replaced", "tainted"];
    const rooms = (given: boolean, options = "{}"): Rooms =>
      Object.fromEntries(keys.map((key) => [key, { args: { roomName: given ? key : undefined }, options }]));
    const roomIds = (names: readonly string[] = keys) => names.map((key) => world.stack.room(key).outputs.roomId);

    /** Creates a room for each way to replace one by force, and answers what `up` has to be called with. */
    async function forced(given: boolean): Promise<string[]> {
      world.program(rooms(given));
      await world.stack.pulumi("up");
      await world.stack.pulumi("state", "taint", world.stack.room("tainted").urn, "--yes");
      return ["--replace", world.stack.room("replaced").urn];
    }

    /** What was done on Metered, in the order of time: `POST name` and `DELETE name`. */
    const writes = () =>
      world.simulator.requests
        .filter(({ method, status }) => method !== "GET" && status === 200)
        .map(({ method, roomName }) => `${method} ${roomName}`);

    /** Replaces the rooms by force, with the resource option that deletes the old ones first or with none. */
    async function replaceAll(given: boolean, args: readonly string[], options?: string): Promise<void> {
      const [before, names] = [roomIds(), world.names()];
      world.program(rooms(given, options));
      await world.stack.pulumi("up", ...args);
      for (const id of before) assert.ok(!roomIds().includes(id));
      assert.deepEqual(world.names(), names);
      await world.assertConverged(keys);
    }

    // Of a resource that it is told to replace, Pulumi hands the provider no more than of a new one.
    for (const given of [true, false]) {
      it(`a ${given ? "given" : "generated"} name is taken: the error names deleteBeforeReplace, and the old room stays`, async () => {
        const args = await forced(given);
        const [before, names] = [roomIds(), world.names()];
        const { text } = await world.stack.failing("up", "--continue-on-error", ...args);
        for (const name of names) {
          assert.match(
            text,
            new RegExp(`create meeting room "${name}"[^]*deleteBeforeReplace: true[^]*\\[NameTaken\\]`),
          );
        }
        assert.deepEqual([world.names(), roomIds()], [names, before]);
        await replaceAll(given, args, "{ deleteBeforeReplace: true }");
      });
    }

    it("with adoptExisting the room that was to be replaced is kept, rather than lost", async () => {
      const args = await forced(true);
      const before = roomIds();
      await world.stack.configure({ config: { adoptExisting: "true" } });
      await world.stack.pulumi("up", ...args);
      await world.stack.configure();
      assert.deepEqual(roomIds(), before);
      await world.assertConverged(keys);
    });

    it("a replacementTrigger loses no room of a given name: the error names deleteBeforeReplace, which then replaces it", async () => {
      const options = (trigger: string, more = "") => `{ replacementTrigger: "${trigger}"${more} }`;
      world.program(rooms(true, options("a")));
      await world.stack.pulumi("up");
      const [before, names] = [roomIds(), world.names()];
      world.program(rooms(true, options("b")));
      const { text } = await world.stack.failing("up", "--continue-on-error");
      for (const name of names)
        assert.match(text, new RegExp(`room "${name}"[^]*deleteBeforeReplace: true[^]*\\[NameTaken\\]`));
      assert.deepEqual([world.names(), roomIds()], [names, before]);
      await replaceAll(true, [], options("b", ", deleteBeforeReplace: true"));
    });

    it("renames come before the old room goes, unless deleteBeforeReplace is set", async () => {
      const options = {
        unset: "{}",
        "set-true": "{ deleteBeforeReplace: true }",
        "set-false": "{ deleteBeforeReplace: false }",
      };
      const called = (when: string): Rooms =>
        Object.fromEntries(
          Object.entries(options).map(([key, each]) => [key, { args: { roomName: `${key}-${when}` }, options: each }]),
        );
      world.program(called("before"));
      await world.stack.pulumi("up");
      world.simulator.requests.clear();
      world.program(called("after"));
      await world.stack.pulumi("up");
      for (const key of Object.keys(options)) {
        const isCreatedFirst = writes().indexOf(`POST ${key}-after`) < writes().indexOf(`DELETE ${key}-before`);
        assert.equal(isCreatedFirst, key !== "set-true", key);
      }
      await world.assertConverged(Object.keys(options));
    });

    it("replaceOnChanges of another setting: the old room goes first, and the name stays", async () => {
      const options = '{ replaceOnChanges: ["maxParticipants"] }';
      const program = (maxParticipants: number) =>
        world.program({
          generated: { args: { roomName: undefined, maxParticipants }, options },
          given: { args: { maxParticipants }, options },
        });
      const both = ["generated", "given"];
      program(5);
      await world.stack.pulumi("up");
      const [names, before] = [world.names(), roomIds(both)];
      program(6);
      await world.stack.pulumi("up");
      assert.deepEqual(world.names(), names);
      for (const id of before) assert.ok(!roomIds(both).includes(id));
      await world.assertConverged(both);
    });
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
      for (const name of ["one", "two"]) {
        world.write(`
          pulumi.runtime.registerStackTransformation(({ type, props, opts }) =>
            type.endsWith(":MeetingRoom") ? { props: { ...props, roomName: "${name}" }, opts } : undefined);
          new metered.MeetingRoom("r", { privacy: "public" });
        `);
        await world.stack.pulumi("up");
        assert.deepEqual([world.names(), world.stack.room("r").id], [[name], name]);
        await world.assertConverged(["r"]);
      }
    });

    it("a resource that is renamed with an alias keeps its room, whether its name is generated or given", async () => {
      const program = (suffix: string, options?: (name: string) => string): void =>
        world.program({
          [`generated${suffix}`]: { args: { roomName: undefined }, options: options?.("generated") ?? "{}" },
          [`given${suffix}`]: { args: { roomName: "given" }, options: options?.("given") ?? "{}" },
        });
      program("");
      await world.stack.pulumi("up");
      const names = world.names();
      world.simulator.requests.clear();
      program("-2", (name) => `{ aliases: [{ name: "${name}" }] }`);
      await world.stack.pulumi("up", "--expect-no-changes");
      assert.deepEqual([world.names(), writes()], [names, []]);
      program("-2");
      await world.assertConverged(["generated-2", "given-2"]);
    });

    it("ignoreChanges of the name: another one is not taken, whether the name is generated or given", async () => {
      const options = '{ ignoreChanges: ["roomName"] }';
      const program = (args: object) => world.program({ generated: { args, options }, given: { args, options } });
      world.program({ generated: { args: { roomName: undefined }, options }, given: { options } });
      await world.stack.pulumi("up");
      const names = world.names();
      await world.assertConverged(["generated", "given"]);
      world.simulator.requests.clear();
      program({ roomName: "other" });
      await world.stack.pulumi("up");
      assert.deepEqual([world.names(), writes()], [names, []]);
      await world.assertConverged(["generated", "given"]);
    });

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
