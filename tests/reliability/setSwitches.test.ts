import assert from "node:assert/strict";
import { type RoomKind, type Switches, switches } from "metered-simulator";
import type { Bag } from "../../provider/src/pulumi/state";
import { liveStreamingRoomSet, meetingRoomSet, type SetType } from "../../provider/src/rooms/set/setType";
import { isExhaustive } from "../support/exhaustive";
import { coveringArray, type Row } from "./coveringArray";
import { type Program, SetWorld } from "./setWorld";
import { classesTold } from "./told";

/** What happens to rooms, as resources of their own or as all of a set. */
interface Act {
  readonly title: string;
  readonly settings?: Bag;
  readonly outside?: "archive" | "edit";
}

interface Story {
  readonly type: SetType;
  readonly kind: RoomKind;
  /** Groups of behaviours that have nothing to do with it. */
  readonly elsewhere: readonly string[];
  readonly acts: readonly Act[];
  /** What somebody changes outside. */
  readonly edit: Readonly<Record<string, string>>;
}

function actsWith([first, second, third]: readonly [Bag, Bag, Bag]): readonly Act[] {
  return [
    { title: "create", settings: first },
    { title: "no change", settings: first },
    { title: "update", settings: second },
    { title: "remove a setting", settings: third },
    { title: "refresh" },
    { title: "refresh after an edit", outside: "edit" },
    { title: "put it back", settings: third },
    { title: "refresh after one was deleted", outside: "archive" },
    { title: "create again", settings: first },
    { title: "destroy" },
  ];
}

const stories: readonly Story[] = [
  {
    type: meetingRoomSet,
    kind: "meeting",
    elsewhere: ["Access tokens", "TURN", "Live streaming"],
    acts: actsWith([
      { privacy: "private", maxParticipants: 5 },
      { privacy: "public", maxParticipants: 6, enableChat: true },
      { privacy: "public", enableChat: true },
    ]),
    edit: { privacy: "private" },
  },
  {
    type: liveStreamingRoomSet,
    kind: "live",
    elsewhere: ["Access tokens", "TURN"],
    acts: actsWith([{ displayMessage: "hello" }, { displayMessage: "welcome", customCSS: "x" }, { customCSS: "x" }]),
    edit: { customCSS: "y" },
  },
];

for (const story of stories) {
  const { label } = story.type.room;
  describe(`under every combination of 2 behaviours of the API, a set of ${label}s`, () => {
    const rows = rowsFor(story);
    for (const [index, row] of (isExhaustive ? rows : rows.slice(0, 4)).entries()) {
      it(`of one does what the room does by itself, row ${index + 1}`, async () => {
        assert.deepEqual(await told(story, row, "set", ["standup"]), await told(story, row, "single", ["standup"]));
      });

      it(`of three ends as the rooms do by themselves, row ${index + 1}`, async () => {
        const names = ["standup", "daily", "retro"];
        const [set, single] = [await told(story, row, "set", names), await told(story, row, "single", names)];
        // From there on, the list of rooms tells a set what a single room can't know, and a destroy keeps it as a whole.
        const unsure = single.findIndex(({ classes }) => classes.includes("RoomStatusUnknown"));
        const ends = (all: readonly Told[]) =>
          all.slice(0, unsure < 0 ? undefined : unsure).map(({ requests: _, ...end }) => end);
        assert.ok(ends(set).length >= 5);
        assert.deepEqual(ends(set), ends(single));
      });
    }
  });
}

function rowsFor({ elsewhere }: Story): Row[] {
  const about = Object.entries(switches).filter(([, { group }]) => !elsewhere.includes(group));
  return coveringArray(Object.fromEntries(about.map(([name, { values }]) => [name, values])), 2);
}

type Shape = "set" | "single";

interface Told {
  readonly title: string;
  readonly classes: readonly string[];
  readonly requests: readonly string[];
  readonly rooms: readonly unknown[];
  readonly known: number;
}

/** Of each act the classes of errors, the requests, and what is on the server afterwards. */
async function told(story: Story, row: Row, shape: Shape, names: readonly string[]): Promise<Told[]> {
  const { type, kind, acts, edit } = story;
  const world = await SetWorld.start({ ...row, app: "known" } as unknown as Partial<Switches>, type);
  const { simulator } = world;
  const all: Told[] = [];
  try {
    for (const { title, settings, outside } of acts) {
      const [room] = world.living;
      if (room && outside === "archive") simulator.archiveRoom(kind, room.roomName);
      if (room && outside === "edit") simulator.editRoom(kind, room.roomName, edit);
      simulator.requests.clear();
      const said = settings
        ? await world.up(programOf(shape, names, settings))
        : await (title === "destroy" ? world.destroy() : world.refresh());
      all.push({
        title,
        classes: [...new Set(classesTold(said ?? ""))].filter((each) => each !== "SomeRoomsFailed").sort(),
        requests: simulator.requests.map(({ method, path }) => `${method} ${path}`),
        rooms: simulator.rooms
          .map(({ roomName, archived, settings: own }) => ({ roomName, archived, own }))
          .sort((a, b) => a.roomName.localeCompare(b.roomName)),
        known: world.known.size,
      });
    }
    return all;
  } finally {
    await world.close();
  }
}

function programOf(shape: Shape, names: readonly string[], settings: Bag): Program {
  const rooms = Object.fromEntries(names.map((roomName) => [roomName, { ...settings, roomName }]));
  return shape === "set" ? { sets: { courses: rooms } } : { singles: rooms };
}
