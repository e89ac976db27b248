import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import fc from "fast-check";
import type { Bag } from "../../provider/src/pulumi/state";
import { type Program, SetWorld } from "../reliability/setWorld";
import { isExhaustive } from "../support/exhaustive";
import { mishaps } from "./operations";

const RUNS = isExhaustive ? 400 : 30;
/** One that nobody has seen yet is for whoever searches, not for somebody else's change. */
const SEEDS = isExhaustive ? [...Array.from({ length: 8 }, (_, i) => i + 1), randomInt(2 ** 31)] : [1];

const NAMES = ["ada", "bea", "Cleo", "dora"];
const KEYS = ["one", "two.three", 'four "4"', "fünf"];
type Place = "a" | "b" | "single";
const places: readonly Place[] = ["a", "b", "single"];

/** A room of the program: where it is declared, under which key, and its name if the program gives one. */
interface Room {
  readonly place: Place;
  readonly key: string;
  readonly name: string | undefined;
  readonly isPrivate: boolean;
}

type Operation =
  /** Puts a room with this name (or a generated one) there, wherever it was before. */
  | { readonly do: "put"; readonly name: number | undefined; readonly key: number; readonly place: number }
  | { readonly do: "remove" | "change" | "rename key"; readonly index: number; readonly key: number }
  /** What colleagues do in the dashboard. */
  | { readonly do: "archive" | "recreate" | "edit"; readonly index: number }
  | { readonly do: "take the name"; readonly name: number }
  | {
      readonly do: "up";
      readonly adopt: boolean;
      readonly killed: number | undefined;
      readonly mishap:
        | { readonly trouble: string; readonly call: string; readonly times: 1 | 2 | "always" }
        | undefined;
    }
  | { readonly do: "refresh" };

const index = fc.nat({ max: 7 });
const nat3 = fc.nat({ max: 3 });
const maybe = <T>(arbitrary: fc.Arbitrary<T>, freq: number) => fc.option(arbitrary, { nil: undefined, freq });
const put = fc.record({ do: fc.constant("put" as const), name: maybe(nat3, 3), key: nat3, place: fc.nat({ max: 2 }) });
const up = fc.record({
  do: fc.constant("up" as const),
  adopt: fc.boolean(),
  killed: fc.option(fc.nat({ max: 3 }), { nil: undefined, freq: 5 }),
  mishap: maybe(
    fc.record({
      trouble: fc.constantFrom(...mishaps.keys()),
      call: fc.constantFrom("create", "get", "list", "update", "delete"),
      times: fc.constantFrom<(1 | 2 | "always")[]>(1, 2, "always"),
    }),
    1,
  ),
});
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 6, arbitrary: put },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom("remove" as const, "change" as const, "rename key" as const),
      index,
      key: nat3,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom("archive" as const, "recreate" as const, "edit" as const), index }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("take the name" as const), name: nat3 }) },
  { weight: 5, arbitrary: up },
  { weight: 1, arbitrary: fc.constant({ do: "refresh" as const }) },
);

describe("any story of sets ends well: one room for each key, and nobody else's touched", function () {
  this.timeout(RUNS * 20_000);
  for (const seed of SEEDS) {
    it(`${RUNS} stories, seed ${seed}`, () =>
      fc.assert(fc.asyncProperty(fc.array(operation, { minLength: 3, maxLength: 12 }), play), { seed, numRuns: RUNS }));
  }
});

async function play(operations: readonly Operation[]): Promise<void> {
  const world = await SetWorld.start();
  try {
    const story = new Story(world);
    for (const each of operations) await story.tell(each);
    await story.end();
  } finally {
    await world.close();
  }
}

class Story {
  private rooms: Room[] = [];
  /** Rooms of colleagues, and those of the program that the user was told may be left behind. */
  private readonly theirs = new Set<string>();
  private readonly leftBehind = new Set<string>();

  constructor(private readonly world: SetWorld) {}

  async tell(operation: Operation): Promise<void> {
    const { simulator } = this.world;
    switch (operation.do) {
      case "put":
        return this.put(operation);
      case "remove":
        this.rooms = this.rooms.filter((room) => room !== this.room(operation.index));
        return;
      case "change":
        return this.replace(operation.index, (room) => ({ ...room, isPrivate: !room.isPrivate }));
      case "rename key":
        return this.replace(operation.index, (room) => ({ ...room, key: KEYS[operation.key] ?? "" }));
      case "archive":
      case "recreate":
      case "edit":
        return this.colleague(operation);
      case "take the name": {
        const name = NAMES[operation.name] ?? "";
        if (this.world.living.some(({ roomName }) => roomName === name)) return;
        this.theirs.add(simulator.addRoom("meeting", name, { privacy: "public" })._id);
        return;
      }
      case "up":
        return this.up(operation);
      case "refresh":
        return this.look(await this.world.refresh(), false);
    }
  }

  /** The user's way back to rest. */
  async end(): Promise<void> {
    this.look(await this.world.refresh(), false);
    const first = await this.world.up(this.program);
    this.look(first, false);
    if (first !== undefined) {
      assert.match(first, /already has a room with that|another room with that name/);
      const second = await this.world.up(this.program, { adopt: true });
      this.look(second, true);
      assert.equal(second, undefined);
    }
    const orphans = this.world.living.filter(({ _id }) => this.theirs.has(_id) || this.leftBehind.has(_id));
    await this.world.assertConverged(
      this.program,
      orphans.map(({ _id }) => _id),
    );
    const kept = new Set(this.theirs);
    assert.equal(await this.world.destroy(), undefined);
    for (const id of kept) assert.ok(this.isUntouched(id), "a colleague's room was deleted");
    this.look(undefined, false);
  }

  private isUntouched(id: string): boolean {
    return this.world.living.some(({ _id }) => _id === id);
  }

  private get program(): Program {
    const sets: Record<string, Record<string, Bag>> = {};
    const singles: Record<string, Bag> = {};
    for (const { place, key, name, isPrivate } of this.rooms) {
      const settings = { privacy: isPrivate ? "private" : "public", ...(name === undefined ? {} : { roomName: name }) };
      if (place === "single") singles[`single-${name}`] = settings;
      else sets[place] = { ...sets[place], [key]: settings };
    }
    return { sets, singles };
  }

  private put({ name: number, key: keyNumber, place: placeNumber }: Operation & { do: "put" }): void {
    const [name, key] = [number === undefined ? undefined : NAMES[number], KEYS[keyNumber] ?? ""];
    const place = places[placeNumber] ?? "a";
    if (place === "single" && name === undefined) return;
    const isOther = (room: Room) =>
      (name === undefined || room.name !== name) && !(room.place === place && place !== "single" && room.key === key);
    const before = this.rooms.find((room) => name !== undefined && room.name === name);
    this.rooms = [...this.rooms.filter(isOther), { place, key, name, isPrivate: before?.isPrivate ?? true }];
  }

  private room(at: number): Room | undefined {
    return this.rooms[at % Math.max(1, this.rooms.length)];
  }

  private replace(at: number, change: (room: Room) => Room): void {
    const room = this.room(at);
    if (!room) return;
    const changed = change(room);
    const isFree = (other: Room) => other === room || other.place !== changed.place || other.key !== changed.key;
    if (changed.place !== "single" && !this.rooms.every(isFree)) return;
    this.rooms = this.rooms.map((each) => (each === room ? changed : each));
  }

  private colleague({ do: what, index: at }: { readonly do: string; readonly index: number }): void {
    const { simulator, living } = this.world;
    const own = living.filter(({ _id }) => !this.theirs.has(_id));
    const room = own[at % Math.max(1, own.length)];
    if (!room) return;
    if (what === "archive") simulator.archiveRoom("meeting", room.roomName);
    else if (what === "edit") simulator.editRoom("meeting", room.roomName, { privacy: "public" });
    else this.theirs.add(simulator.recreateRoom("meeting", room.roomName)._id);
  }

  private async up({ adopt, killed, mishap }: Operation & { do: "up" }): Promise<void> {
    const { simulator } = this.world;
    const fault = mishap && mishaps.get(mishap.trouble);
    if (mishap && fault) simulator.faults.inject({ ...fault, operation: mishap.call, times: mishap.times } as never);
    const dies = killed === undefined ? {} : { killed: { name: "a", after: killed } };
    const said = await this.world.up(this.program, { adopt, ...dies });
    simulator.faults.clear();
    this.look(said, adopt, killed !== undefined);
  }

  /** After every run: each room of ours is in the state, or the user was told; a colleague's is untouched without the flag. */
  private look(said: string | undefined, adopt: boolean, wasKilled = false): void {
    const { living, known, simulator } = this.world;
    const inState = new Set(known.values());
    for (const id of this.theirs) {
      if (inState.has(id)) {
        assert.ok(adopt, "a colleague's room was adopted without the flag");
        this.theirs.delete(id);
      } else if (!this.isUntouched(id) && !(adopt && wasKilled)) {
        assert.fail("a colleague's room was deleted");
      }
    }
    for (const { _id, roomName } of living) {
      if (inState.has(_id)) this.leftBehind.delete(_id);
      else if (!this.theirs.has(_id) && !this.leftBehind.has(_id)) {
        assert.ok(wasKilled || /may have been created/.test(said ?? ""), `nobody knows of ${roomName}: ${said}`);
        this.leftBehind.add(_id);
      }
    }
    assert.ok(simulator.rooms.length < 500);
  }
}
