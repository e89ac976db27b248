import assert from "node:assert/strict";
import { EngineWorld, type Rooms } from "../support/engineWorld";
import { faces } from "../support/providerHost";

const named = (roomName: string, options = "{}") => ({ args: { roomName }, options });
const NAMES = ["ada", "ben", "cem", "dora", "emil", "fay", "gus", "hana"];

/** A resource for each name of a list, called after its place in it. */
function listed(names: readonly string[]): Rooms {
  return Object.fromEntries(names.map((name, i) => [`seat-${i}`, named(name)]));
}

for (const face of faces) {
  describe(`names that are handed on within one run, on the real engine, more of it (${face})`, function () {
    this.timeout(600_000);
    let world: EngineWorld;
    afterEach(() => world.close());

    /** Runs a program that is renamed within one run, and looks at what came of it. */
    async function becomes(before: Rooms, after: Rooms): Promise<string> {
      world.program(before);
      await world.stack.pulumi("up");
      world.program(after);
      const { text } = await world.stack.pulumi("up");
      assertNamed(after);
      await world.assertConverged(Object.keys(after));
      return text;
    }

    function assertNamed(rooms: Rooms): void {
      const wanted = Object.entries(rooms).map(([name, { args }]) => [name, (args as { roomName: string }).roomName]);
      assert.deepEqual(
        wanted.map(([name = ""]) => [name, world.stack.room(name).id]),
        wanted,
      );
    }

    for (const [adoptExisting, order] of [
      ["false", ["first", "second"]],
      ["true", ["second", "first"]],
    ] as const) {
      it(`a name goes to a new room, ${order.join(" before ")}, adoptExisting ${adoptExisting}`, async () => {
        world = await EngineWorld.start({ adoptExisting }, { latencyMs: 100 }, face);
        const after = { first: named("xeno"), second: named("ben") };
        const inOrder = Object.fromEntries(order.map((name) => [name, after[name]]));
        assert.doesNotMatch(await becomes({ first: named("ben") }, inOrder), /Adopted/);
      });
    }

    const more = ["ivan", ...NAMES];
    const lists: Readonly<Record<string, readonly [readonly string[], readonly string[]]>> = {
      "a list moves up, and its last room gets a new name": [NAMES, [...NAMES.slice(1), "ivan"]],
      "a list moves down, and its first room gets a new name": [NAMES, ["ivan", ...NAMES.slice(0, -1)]],
      "a list gets a new first room": [NAMES, more],
      "a list goes round": [NAMES, [...NAMES.slice(1), NAMES[0] ?? ""]],
    };
    for (const [what, [before, after]] of Object.entries(lists)) {
      it(`${what}`, async () => {
        world = await EngineWorld.start({}, { latencyMs: 20 }, face);
        await becomes(listed(before), listed(after));
      });
    }

    it("a list gets a new first room, two at a time: Pulumi doesn't tell of all of them, and the error says what helps", async () => {
      world = await EngineWorld.start({}, { latencyMs: 20 }, face);
      world.program(listed(NAMES));
      await world.stack.pulumi("up");
      world.program(listed(more));
      const { code, text } = await world.stack.run(["up", "--parallel", "2"]);
      if (code !== 0) {
        assert.match(text, /--parallel/);
        await world.stack.pulumi("up", "--parallel", "16");
      }
      assertNamed(listed(more));
      await world.assertConverged(Object.keys(listed(more)));
    });

    it("a list loses its first room: the name of the last one is left to be adopted, as the error says", async () => {
      world = await EngineWorld.start({}, { latencyMs: 20 }, face);
      world.program(listed(NAMES));
      await world.stack.pulumi("up");
      world.program(listed(NAMES.slice(1)));
      // Pulumi tells of a resource that is no longer in the program only at the very end of a run.
      assert.match((await world.stack.failing("up")).text, /meeting room "hana".*adoptExisting.*\[NameTaken\]/s);
      await world.stack.configure({ config: { adoptExisting: "true" } });
      await world.stack.pulumi("up");
      await world.stack.configure();
      assertNamed(listed(NAMES.slice(1)));
      await world.assertConverged(Object.keys(listed(NAMES.slice(1))));
    });

    it("a swap of two rooms, of which one is in lower case on the server", async () => {
      world = await EngineWorld.start({}, { switches: { nameCase: "lowered" } }, face);
      world.program({ first: named("Ada"), second: named("ben") });
      await world.stack.pulumi("up");
      world.program({ first: named("Ben"), second: named("ada") });
      await world.stack.pulumi("up");
      assert.deepEqual([world.stack.room("first").id, world.stack.room("second").id], ["ben", "ada"]);
      await world.assertConverged(["first", "second"]);
    });

    it("a name that the server has in lower case may be written so: there is nothing to do", async () => {
      world = await EngineWorld.start({}, { switches: { nameCase: "lowered" } }, face);
      world.program({ r: named("StandUp") });
      await world.stack.pulumi("up");
      assert.deepEqual(world.names(), ["standup"]);
      for (const name of ["standup", "STANDUP"]) {
        world.program({ r: named(name) });
        world.simulator.requests.clear();
        await world.stack.pulumi("up", "--expect-no-changes");
        assert.deepEqual(world.simulator.requests, []);
      }
      await world.assertConverged(["r"]);
    });

    it("a name whose holder can't be renamed: both errors say so, and all is well once it can", async () => {
      world = await EngineWorld.start({}, {}, face);
      world.program({ first: named("ben") });
      await world.stack.pulumi("up");
      const { roomId } = world.stack.room("first").outputs;
      const body = { error: { details: [{ message: '"roomName" is not allowed', path: ["roomName"] }] } };
      world.simulator.faults.inject({ fault: "status", status: 400, body, operation: "create", roomName: "xeno" });
      const after = { first: named("xeno"), second: named("ben") };
      world.program(after);
      const { text } = await world.stack.failing("up", "--continue-on-error");
      assert.match(text, /meeting room "xeno".*"roomName" is not allowed.*\[InvalidSetting\]/s);
      assert.match(text, /was to release this name, but its room couldn't be created as "xeno".*\[NameUsedTwice\]/s);
      assert.deepEqual([world.names(), world.stack.room("first").outputs.roomId], [["ben"], roomId]);
      await world.stack.pulumi("up");
      assertNamed(after);
      await world.assertConverged(["first", "second"]);
    });

    it("a name whose holder waits for the one that wants it: the error names what to do", async () => {
      world = await EngineWorld.start({}, {}, face);
      world.program({ first: named("ben") });
      await world.stack.pulumi("up");
      world.write(`
        const second = new metered.MeetingRoom("second", { roomName: "ben", privacy: "public" });
        new metered.MeetingRoom("first", { roomName: second.roomName.apply(() => "xeno"), privacy: "public" });
      `);
      const { text } = await world.stack.failing("up");
      assert.match(text, /\[(NameUsedTwice|NameTaken)\]/);
      assert.deepEqual(world.names(), ["ben"]);
      world.program({ first: named("ben") });
      await world.assertConverged(["first"]);
    });

    for (const order of [
      ["one", "two"],
      ["two", "one"],
    ]) {
      it(`two new resources of one name, ${order.join(" before ")}: one gets the room, the other an error`, async () => {
        world = await EngineWorld.start({ adoptExisting: "true" }, {}, face);
        world.simulator.faults.inject({ fault: "delay", ms: 400, operation: "create", afterCommit: true });
        world.program(Object.fromEntries(order.map((name) => [name, named("same")])));
        const { text } = await world.stack.failing("up", "--continue-on-error");
        assert.match(text, /"same".*already has that room.*\[NameUsedTwice\]/s);
        const [only] = world.stack.rooms();
        assert.deepEqual([world.stack.rooms().length, world.names()], [1, ["same"]]);
        const kept = only?.urn.split("::").at(-1) ?? "";
        world.program({ [kept]: named("same") });
        await world.assertConverged([kept]);
      });
    }

    for (const [why, status, body] of [
      ["its name", 400, { message: "room with the name Two already exist, please choose a different name" }],
      ["another setting", 400, { error: { details: [{ message: '"privacy" must be public', path: ["privacy"] }] } }],
      ["the plan's limit", 403, { message: "Maximum room limit reached, please upgrade your plan" }],
    ] as const) {
      it(`a rename that Metered refuses because of ${why} leaves the old room`, async () => {
        world = await EngineWorld.start({}, {}, face);
        world.program({ one: {} });
        await world.stack.pulumi("up");
        const { roomId } = world.stack.room("one").outputs;
        world.simulator.faults.inject({ fault: "status", status, body, operation: "create", roomName: "Two" });
        world.program({ one: named("Two") });
        await world.stack.failing("up");
        assert.deepEqual([world.names(), world.stack.room("one").outputs.roomId], [["one"], roomId]);
        world.program({ one: {} });
        await world.assertConverged(["one"]);
      });
    }
  });
}
