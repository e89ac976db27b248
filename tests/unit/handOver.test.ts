import assert from "node:assert/strict";
import fc from "fast-check";
import { isCause, MeteredError } from "../../provider/src/errors";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { type Conditions, EngineRun, type Program, type Stack } from "../support/engineRun";
import { FakeApi, START } from "../support/fakeApi";
import { leastInputs } from "../support/rooms";
import { VirtualTime } from "../support/virtualTime";

const named = (roomName: string) => leastInputs(meetingRoom, { roomName });
/** A program whose resources have these names: `{ a: "one" }`. */
const programOf = (names: Readonly<Record<string, string>>): Program =>
  Object.fromEntries(Object.entries(names).map(([resource, name]) => [resource, named(name)]));

class World {
  readonly api = new FakeApi(meetingRoom);
  readonly time = new VirtualTime(START);
  stack: Stack = { rooms: new Map(), leaving: [] };

  constructor(private readonly conditions: Conditions) {}

  async up(program: Program, conditions: Partial<Conditions> = {}) {
    const run = new EngineRun(this.api, this.time, { ...this.conditions, ...conditions }, this.stack);
    const ended = await this.time.until(run.up(program));
    this.stack = ended.stack;
    return ended.errors;
  }

  get living() {
    return this.api.rooms.filter((room) => room.archived !== true);
  }

  /** Every resource has a room of its own, with the name that the program says, and there is no other. */
  assertAsDeclared(program: Program): void {
    const rooms = Object.entries(program).map(([resource, { roomName }]) => {
      const { outputs, id } = this.stack.rooms.get(resource) ?? {};
      assert.deepEqual([id, outputs?.roomName], [roomName, roomName], resource);
      assert.equal(this.api.room(String(roomName))?._id, outputs?.roomId, `${resource} has another room than its own`);
      return outputs?.roomId;
    });
    assert.equal(new Set(rooms).size, rooms.length, "two resources share a room");
    assert.deepEqual(this.living.map(({ _id }) => _id).sort(), rooms.sort());
    assert.deepEqual([...this.stack.rooms.keys()].sort(), Object.keys(program).sort());
  }
}

const faces: readonly Conditions[] = [{ knowsOwners: true }, { knowsOwners: false }];

/** What programs do with names from one run to the next, and in which order they tell of their resources. */
const changes: Record<string, readonly [Readonly<Record<string, string>>, Readonly<Record<string, string>>]> = {
  "a new resource takes over the name of a renamed one": [{ a: "one" }, { a: "two", b: "one" }],
  "two resources swap their names": [
    { a: "one", b: "two" },
    { a: "two", b: "one" },
  ],
  "three names go round in a circle": [
    { a: "one", b: "two", c: "three" },
    { a: "two", b: "three", c: "one" },
  ],
  "a list shifts to its end": [
    { a: "one", b: "two", c: "three" },
    { a: "two", b: "three", c: "four" },
  ],
  "a new one comes in front of a list": [
    { a: "one", b: "two" },
    { a: "zero", b: "one", c: "two" },
  ],
};

function ordersOf<T>(list: readonly T[]): T[][] {
  if (list.length <= 1) return [[...list]];
  return list.flatMap((first, i) => ordersOf(list.filter((_, j) => j !== i)).map((rest) => [first, ...rest]));
}

for (const face of faces) {
  describe(`names that change hands within a run, ${face.knowsOwners ? "in the plugin" : "in dynamic resources"}`, () => {
    for (const [title, [before, after]] of Object.entries(changes)) {
      it(`${title}: it converges in one run, in every order, however long the calls take`, async () => {
        for (const order of ordersOf(Object.keys(after))) {
          for (const adoptExisting of [false, true]) {
            for (const slow of [undefined, ...Object.values(after)]) {
              const world = new World({ ...face, adoptExisting });
              assert.deepEqual(await world.up(programOf(before)), []);
              world.api.pause = ({ name }) => world.time.sleep(name === slow ? 30_000 : 100);
              world.api.notes.length = 0;
              const program = programOf(Object.fromEntries(order.map((key) => [key, after[key] ?? ""])));
              assert.deepEqual((await world.up(program, { pace: 10 })).map(String), [], order.join());
              world.assertAsDeclared(program);
              assert.deepEqual(world.api.notes, [], "all of it was to be expected");
            }
          }
        }
      });
    }

    it("are no reason for an update to adopt another resource's room, if that has told of it in time", async () => {
      const program = (b: string) => ({
        a: leastInputs(meetingRoom, { roomName: "one", maxParticipants: 3 }),
        b: named(b),
      });
      for (const pace of [10, 10_000]) {
        const world = new World({ ...face, pace });
        await world.up({ a: named("one") });
        for (const room of world.api.rooms) room.archived = true;
        await world.up({ a: named("one"), b: named("one") });
        world.api.pause = () => world.time.sleep(50);
        const errors = await world.up(program("one"), { adoptExisting: true });
        assert.deepEqual(errors.map(String), ["NameUsedTwice: NameUsedTwice"]);
        const rooms = new Set([...world.stack.rooms.values()].map(({ outputs }) => outputs.roomId));
        assert.equal(rooms.size, pace === 10 ? 2 : 1);
        // Where Pulumi says whose a room is, nothing goes on as if all were well.
        const later = await world.up(program("one"));
        assert.equal(later.length > 0, pace === 10 || face.knowsOwners);
        if (pace === 10) continue;
        assert.deepEqual(await world.up(program("two")), []);
        world.assertAsDeclared(program("two"));
      }
    });

    it("say that a refused create has cost a room, and a later run makes it good", async () => {
      const world = new World(face);
      await world.up(programOf({ a: "one", b: "two" }));
      world.api.pause = async ({ action, name }) => {
        await world.time.sleep(50);
        if (action === "create" && world.api.calls.some((call) => call.action === "delete"))
          throw new MeteredError({ cause: "PlanLimit", said: "", ...world.api.callOf("create", name) });
      };
      const errors = await world.up(programOf({ a: "two", b: "one" }), { pace: 10 });
      const [gone] = world.api.rooms.filter(({ archived }) => archived);
      assert.deepEqual(
        errors.map((error) => error instanceof MeteredError && "released" in error.facts && error.facts.released),
        [[gone?.roomName], [gone?.roomName]],
      );
      world.api.pause = () => world.time.sleep(50);
      assert.deepEqual(await world.up(programOf({ a: "two", b: "one" }), { pace: 10 }), []);
      world.assertAsDeclared(programOf({ a: "two", b: "one" }));
    });

    it("need adoptExisting where a resource is removed: Pulumi tells of that only when all creates are done", async () => {
      const after = programOf({ a: "two", b: "three" });
      const world = new World(face);
      await world.up(programOf({ a: "one", b: "two", c: "three" }));
      const rooms = structuredClone(world.living);
      const errors = await world.up(after);
      assert.deepEqual(errors.map(({ name }) => name).sort(), ["NameTaken", "NameUsedTwice"]);
      assert.deepEqual(world.living, rooms, "nothing is lost");
      assert.deepEqual(await world.up(after, { adoptExisting: true }), []);
      world.assertAsDeclared(after);
    });

    if (face.knowsOwners) {
      it("cost nobody a room where another resource wants one of the names, too", async () => {
        for (const order of ordersOf(["a", "b", "c"])) {
          for (const slow of [undefined, "one", "two"]) {
            const world = new World(face);
            await world.up(programOf({ a: "one", b: "two" }));
            world.api.pause = ({ name }) => world.time.sleep(name === slow ? 3000 : 100);
            const after: Readonly<Record<string, string>> = { a: "two", b: "one", c: "two" };
            const program = programOf(Object.fromEntries(order.map((key) => [key, after[key] ?? ""])));
            const errors = await world.up(program, { pace: 10 });
            assert.ok(errors.length > 0 && errors.every((error) => isCause(error, "NameUsedTwice")), String(errors));
            assert.equal(world.living.length, 2, `${order.join()}: ${world.living.map(({ roomName }) => roomName)}`);
            assert.deepEqual(await world.up(programOf({ a: "two", b: "one" })), []);
            world.assertAsDeclared(programOf({ a: "two", b: "one" }));
          }
        }
      });
    }

    const names = fc.shuffledSubarray(["one", "two", "three", "four", "five"], { minLength: 4, maxLength: 4 });
    const delays = fc.infiniteStream(fc.constantFrom(0, 50, 400, 3000));
    const programFor = (list: readonly string[], keys: readonly string[]) =>
      programOf(Object.fromEntries(keys.map((key, i) => [key, list[i] ?? ""])));

    it("converge in one run, whatever names change hands, in any order and with any speed of Metered", () =>
      fc.assert(
        fc.asyncProperty(names, names, fc.boolean(), delays, async (first, second, adoptExisting, delay) => {
          const world = new World({ ...face, adoptExisting });
          assert.deepEqual(await world.up(programFor(first, ["a", "b", "c"])), []);
          world.api.pause = () => world.time.sleep(delay.next().value ?? 0);
          const program = programFor(second, ["d", "c", "b", "a"]);
          assert.deepEqual((await world.up(program, { pace: 10 })).map(String), []);
          world.assertAsDeclared(program);
        }),
        { numRuns: 60 },
      ));

    it("are said to be in each other's way where Pulumi does too little at a time, and adoptExisting makes it good", () =>
      fc.assert(
        fc.asyncProperty(names, names, fc.integer({ min: 1, max: 3 }), async (first, second, parallel) => {
          const world = new World(face);
          assert.deepEqual(await world.up(programFor(first, ["a", "b", "c"])), []);
          world.api.pause = () => world.time.sleep(50);
          const program = programFor(second, ["d", "c", "b", "a"]);
          for (const error of await world.up(program, { pace: 10, parallel })) {
            assert.ok(isCause(error, "NameUsedTwice", "NameTaken"), `${error.stack}`);
          }
          // What a failed run has left to be deleted, Pulumi deletes at the end of the next one, and tells of it no sooner.
          assert.deepEqual((await world.up(program, { pace: 10, adoptExisting: true })).map(String), []);
          world.assertAsDeclared(program);
        }),
        { numRuns: 60 },
      ));

    it("lose no room and leave nobody waiting where calls fail, and a later run makes it good", () =>
      fc.assert(
        fc.asyncProperty(
          names,
          names,
          fc.uniqueArray(fc.tuple(fc.constantFrom("create", "get", "delete"), fc.nat(6)), { maxLength: 3 }),
          fc.subarray(["a", "b", "c"]),
          async (first, second, faults, deletingFirst) => {
            const world = new World({ ...face, deletingFirst });
            assert.deepEqual(await world.up(programFor(first, ["a", "b", "c"])), []);
            world.api.calls.length = 0;
            world.api.pause = async ({ action, name }) => {
              await world.time.sleep(50);
              const before = world.api.calls.filter((call) => call.action === action).length;
              const isFaulty = faults.some(([kind, number]) => kind === action && number === before - 1);
              if (isFaulty)
                throw new MeteredError({ cause: "PlanLimit", said: "no", ...world.api.callOf("create", name) });
            };
            const program = programFor(second, ["d", "c", "b", "a"]);
            await world.up(program, { pace: 10 });
            const rooms = [...world.stack.rooms.values()].map(({ outputs }) => outputs.roomId);
            assert.equal(new Set(rooms).size, rooms.length, "two resources share a room");
            world.api.pause = () => world.time.sleep(50);
            assert.deepEqual((await world.up(program, { pace: 10, adoptExisting: true })).map(String), []);
            world.assertAsDeclared(program);
          },
        ),
        { numRuns: 100 },
      ));

    it("change hands, too, where renamed resources delete their rooms first (deleteBeforeReplace)", () =>
      fc.assert(
        fc.asyncProperty(names, names, fc.subarray(["a", "b", "c"]), async (first, second, deletingFirst) => {
          const world = new World({ ...face, deletingFirst });
          assert.deepEqual(await world.up(programFor(first, ["a", "b", "c"])), []);
          world.api.pause = () => world.time.sleep(50);
          const program = programFor(second, ["d", "c", "b", "a"]);
          assert.deepEqual((await world.up(program, { pace: 10 })).map(String), []);
          world.assertAsDeclared(program);
        }),
        { numRuns: 60 },
      ));
  });
}
