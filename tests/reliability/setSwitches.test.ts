import assert from "node:assert/strict";
import { type Switches, switches } from "metered-simulator";
import type { Bag } from "../../provider/src/pulumi/state";
import { isExhaustive } from "../support/exhaustive";
import { coveringArray, type Row } from "./coveringArray";
import { type Program, SetWorld } from "./setWorld";
import { classesTold } from "./told";

const elsewhere = ["Access tokens", "TURN", "Live streaming"];
const factors = Object.fromEntries(
  Object.entries(switches)
    .filter(([, { group }]) => !elsewhere.includes(group))
    .map(([name, { values }]) => [name, values]),
);
const rows = coveringArray(factors, 2);

/** What happens to one room, as a resource of its own or as the only one of a set. */
const acts: readonly { readonly title: string; readonly settings?: Bag; readonly outside?: "archive" | "edit" }[] = [
  { title: "create", settings: { privacy: "private", maxParticipants: 5 } },
  { title: "no change", settings: { privacy: "private", maxParticipants: 5 } },
  { title: "update", settings: { privacy: "public", maxParticipants: 6, enableChat: true } },
  { title: "remove a setting", settings: { privacy: "public", enableChat: true } },
  { title: "refresh" },
  { title: "refresh after an edit", outside: "edit" },
  { title: "put it back", settings: { privacy: "public", enableChat: true } },
  { title: "refresh after it was deleted", outside: "archive" },
  { title: "create again", settings: { privacy: "private" } },
  { title: "destroy" },
];

type Shape = "set" | "single";

describe("under every combination of 2 behaviours of the API, a set of one room does what the room does by itself", () => {
  for (const [index, row] of (isExhaustive ? rows : rows.slice(0, 4)).entries()) {
    it(`row ${index + 1}`, async () => {
      assert.deepEqual(await told(row, "set"), await told(row, "single"));
    });
  }
});

/** Of each act the requests, the class of error, and what is on the server afterwards. */
async function told(row: Row, shape: Shape): Promise<unknown[]> {
  const world = await SetWorld.start({ ...row, app: "known" } as unknown as Partial<Switches>);
  const { simulator } = world;
  const story: unknown[] = [];
  try {
    for (const { title, settings, outside } of acts) {
      const [room] = world.living;
      if (room && outside === "archive") simulator.archiveRoom("meeting", room.roomName);
      if (room && outside === "edit") simulator.editRoom("meeting", room.roomName, { privacy: "private" });
      simulator.requests.clear();
      const said = settings
        ? await world.up(programOf(shape, settings))
        : await (title === "destroy" ? world.destroy() : world.refresh());
      const classes = classesTold(said ?? "").filter((each) => each !== "SomeRoomsFailed");
      story.push({
        title,
        classes,
        requests: simulator.requests.map(({ method, path }) => `${method} ${path}`),
        rooms: simulator.rooms.map(({ roomName, archived, settings: own }) => ({ roomName, archived, own })),
        known: world.known.size,
      });
    }
    return story;
  } finally {
    await world.close();
  }
}

function programOf(shape: Shape, settings: Bag): Program {
  const room = { ...settings, roomName: "standup" };
  return shape === "set" ? { sets: { courses: { only: room } } } : { singles: { standup: room } };
}
