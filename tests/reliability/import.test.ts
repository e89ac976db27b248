import assert from "node:assert/strict";
import { profiles, type RoomKind, type Settings, type Simulator, switches } from "metered-simulator";
import { planImport } from "../../provider/src/cli/plan";
import { type FoundRoom, readRooms } from "../../provider/src/cli/rooms";
import { MeteredClient } from "../../provider/src/metered/client";
import type { RoomType } from "../../provider/src/rooms/roomType";
import { isExhaustive } from "../support/exhaustive";
import { allSettings, types } from "../support/rooms";
import { World } from "./world";

const SECOND = 1000;

/** Rooms as somebody may have made them by hand: with every setting, with none, and with what has passed. */
function makeRooms(simulator: Simulator, type: RoomType): string[] {
  const kind: RoomKind = type.name === "MeetingRoom" ? "meeting" : "live";
  const now = Math.floor(simulator.now() / SECOND);
  const { roomName: _, ...every } = allSettings(type);
  const moments: Settings = type.fields.expireUnixSec
    ? { expireUnixSec: now + 7200, notBeforeUnixSec: now + 3600 }
    : {};
  const past = { ...moments, expireUnixSec: now - 3600, notBeforeUnixSec: now - 7200, deleteOnExp: false };
  const switchedOff = Object.entries(every).map(([name, value]) => [name, value === true ? false : value]);
  const least: Settings = type.fields.privacy ? { privacy: "private" } : {};
  const rooms: Record<string, Settings> = {
    every: { ...every, ...moments },
    off: { ...(Object.fromEntries(switchedOff) as Settings), ...moments },
    bare: {},
    least,
    past: type.fields.privacy ? { ...every, ...past } : every,
    zero: { ...least, maxParticipants: 0 },
    Odd: { ...least, ...(type.fields.privacy ? { compositionLayout: "broadcaster", enableRTMPOut: true } : {}) },
  };
  const names = isExhaustive ? Object.keys(rooms) : ["every", "past", "Odd"];
  for (const name of names) simulator.addRoom(kind, name, rooms[name]);
  return names;
}

/** Reads, imports and looks again: neither the program nor a look at the server finds anything to do. */
async function assertQuiet(world: World, type: RoomType, names: readonly string[], isListed: boolean): Promise<void> {
  const live = type.canDelete ? [] : names;
  const meetings = type.canDelete && !isListed ? names : [];
  const wanted = { all: type.canDelete && isListed, names: meetings, live };
  const { found, missing } = await readRooms(new MeteredClient(world.account), wanted);
  assert.deepEqual(missing, []);
  await assertSame(world, found, names.length);
  assert.ok(world.simulator.requests.every(({ method }) => method === "GET"));
}

async function assertSame(world: World, found: readonly FoundRoom[], count: number): Promise<void> {
  const connection = {
    account: world.account,
    client: new MeteredClient(world.account),
    stack: undefined,
    provider: undefined,
  };
  const { rooms, skipped } = planImport(found, connection, world.simulator.now() / SECOND);
  assert.deepEqual(skipped, []);
  assert.equal(rooms.length, count);
  for (const { state, name } of rooms) {
    const program = state.inputs;
    world.engine.resource = { ...state, initErrors: [] };
    assert.equal(await world.engine.plan(program), "same", `${name} after the import`);
    const refreshed = await world.engine.refresh();
    assert.equal(refreshed.error, undefined, refreshed.text);
    assert.deepEqual(world.engine.resource, { ...state, initErrors: [] }, `${name} after a refresh`);
    assert.equal(await world.engine.plan(program), "same", `${name} after a refresh`);
    assert.deepEqual((await world.engine.up(program)).steps, []);
  }
}

/** Those under which an account can be read at all, one switch at a time, and the profiles. */
const behaviours: [string, object][] = [
  ...Object.entries(switches)
    .filter(([name]) => !["app", "liveStreaming"].includes(name))
    .flatMap(([name, { values }]) => values.map((value): [string, object] => [`${name}: ${value}`, { [name]: value }])),
  ...Object.entries(profiles),
];

describe("an import leaves nothing to do", function () {
  this.timeout(60_000);

  for (const type of types) {
    it(`for a ${type.label}, under each of ${behaviours.length} behaviours of the API`, async () => {
      const world = await World.start(type);
      try {
        const byDefault = { ...world.switches };
        const names = makeRooms(world.simulator, type);
        for (const [title, changes] of behaviours) {
          world.simulator.setSwitches({ ...byDefault, ...changes });
          try {
            await assertQuiet(world, type, names, true);
            if (title in profiles) await assertQuiet(world, type, names, false);
          } catch (error) {
            throw new Error(`under ${title}`, { cause: error });
          }
        }
      } finally {
        await world.close();
      }
    });
  }
});
