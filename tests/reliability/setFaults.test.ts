import assert from "node:assert/strict";
import type { Bag } from "../../provider/src/pulumi/state";
import { isExhaustive } from "../support/exhaustive";
import { type Call, type Trouble, troubles } from "./faults";
import { type Program, SetWorld } from "./setWorld";

/** One of each way in which a request can end. */
const QUICK = [
  "cut after commit, once",
  "cut after commit, always",
  "429, always",
  "500, after the server has done it, once",
  "truncated JSON, always",
  "401, once",
  "409, once",
];

const privately = { privacy: "private" };
const named = (settings: Bag, ...names: readonly string[]): Program => ({
  sets: { courses: Object.fromEntries(names.map((name) => [`key of ${name}`, { ...settings, roomName: name }])) },
});

/** An operation on a set of which one room meets the trouble. */
interface Target {
  readonly title: string;
  readonly call: Call;
  readonly before: Program | undefined;
  /** Undefined for a refresh. */
  readonly after: Program | undefined;
}

const five = named(privately, "a", "b", "c", "d", "e");
const targets: readonly Target[] = [
  { title: "create", call: "create", before: undefined, after: five },
  { title: "update", call: "update", before: five, after: named({ privacy: "public" }, "a", "b", "c", "d", "e") },
  {
    title: "rename",
    call: "create",
    before: named(privately, "a", "c", "d", "e"),
    after: {
      sets: { courses: { "key of a": { ...privately, roomName: "b" }, "key of c": { ...privately, roomName: "c" } } },
    },
  },
  { title: "removal of a key", call: "delete", before: five, after: named(privately, "a", "c", "d", "e") },
  {
    title: "list of an update",
    call: "list",
    before: five,
    after: named({ privacy: "public" }, "a", "b", "c", "d", "e"),
  },
  { title: "list of a refresh", call: "list", before: five, after: undefined },
  { title: "destroy", call: "delete", before: five, after: {} },
  { title: "list of a destroy", call: "list", before: five, after: {} },
];

describe("every fault at every call of a set: the other rooms are as declared, and one more run is enough", () => {
  for (const target of targets) {
    describe(target.title, () => {
      let world: SetWorld;
      beforeEach(async () => {
        world = await SetWorld.start();
      });
      afterEach(() => world.close());
      for (const trouble of troubles) {
        if (!trouble.fault || trouble.isSlow || trouble.notAt === target.call) continue;
        for (const times of ["once", "always"] as const) {
          if (!isExhaustive && !QUICK.includes(`${trouble.title}, ${times}`)) continue;
          it(`${trouble.title}, ${times}`, () => meet(world, target, trouble, times));
        }
      }
    });
  }
});

async function meet(
  world: SetWorld,
  { call, before, after }: Target,
  trouble: Trouble,
  times: "once" | "always",
): Promise<void> {
  const { simulator } = world;
  if (before) assert.equal(await world.up(before), undefined);
  const first = before ? new Set(world.known.values()) : new Set();
  const about = call === "list" ? {} : { roomName: "b" };
  const injected = simulator.faults.inject({
    ...trouble.fault,
    ...about,
    operation: call,
    times: times === "once" ? 1 : "always",
  } as never);
  const failed = after ? await world.up(after) : await world.refresh();
  assert.ok(injected.fired > 0, "the trouble was met");
  simulator.faults.clear();
  // A trouble of the account or the whole server stops the set; any other is one room's.
  if (failed !== undefined && call !== "list" && !/InvalidSecretKey|UnknownApp/.test(failed)) {
    assert.match(failed, /1 of \d rooms could not be|^Meeting room set|^Can't/);
    const others = world.living.filter(({ roomName }) => roomName !== "b");
    const wanted = Object.values(after?.sets?.courses ?? {}).filter(({ roomName }) => roomName !== "b");
    for (const { roomName, privacy } of wanted) {
      const room = others.find((each) => each.roomName === roomName);
      assert.equal(room?.settings.privacy, privacy, `${roomName} is as declared: ${failed}`);
    }
  }
  await assertGoesOn(world, after ?? before ?? {}, failed);
  const [kept, now] = [new Set(world.known.values()), world.living.map(({ _id }) => _id)];
  assert.deepEqual([...kept].sort(), now.sort());
  if (call !== "create" && call !== "delete" && after?.sets) assert.deepEqual([...kept].sort(), [...first].sort());
}

/** One more run, with the flag where the error has named it. */
async function assertGoesOn(world: SetWorld, program: Program, failed: string | undefined): Promise<void> {
  const next = await world.up(program);
  if (next !== undefined) {
    assert.match(next, /already has a room with that name/);
    assert.match(failed ?? "", /may have been created\.[\s\S]*adoptExisting/);
    assert.equal(await world.up(program, { adopt: true }), undefined);
  }
  await world.assertConverged(program);
}
