import assert from "node:assert/strict";
import { RunError } from "@pulumi/pulumi";
import { roomsOf } from "../../examples/many-rooms/rooms";
import { dataFiles, recipes } from "../support/recipes";

const GOOD = dataFiles.get("timetable.json") ?? "";

describe("docs/recipes/timetable.md", () => {
  it("makes a set of the rooms of its file", () => {
    assert.deepEqual(Object.keys(roomsFrom(GOOD)), ["algebra-monday", "algebra-thursday", "choir-friday"]);
  });

  it("says what is wrong with a file, all at once", () => {
    const bad = JSON.parse(GOOD);
    bad.termEnds = "summer";
    bad.lessons[1].day = "thrusday";
    bad.lessons.push({ course: "choir", day: "friday", seats: "many" }, { day: "monday", seats: 3 });
    assert.throws(() => roomsFrom(JSON.stringify(bad)), {
      constructor: RunError,
      message: [
        "timetable.json can't be used:",
        'termEnds: "summer" isn\'t a time.',
        'Lesson 2: "thrusday" isn\'t a day.',
        'Lesson 4: "many" isn\'t a number of seats.',
        "Lesson 4: choir-friday is listed twice.",
        "Lesson 5: the course is missing.",
      ].join("\n  "),
    });
  });
});

describe("examples/many-rooms", () => {
  const termEnds = "2035-07-13T18:00:00+02:00";
  const course = { name: "art", seats: 12, groups: ["mon-09"] };

  it("refuses a timetable in which two rooms have one key", () => {
    const exam = { starts: termEnds, ends: termEnds };
    for (const [key, ...courses] of [
      ["art", course, { ...course, groups: ["tue-09"] }],
      ["art-mon-09", { ...course, groups: ["mon-09", "mon-09"] }],
      ["art-exam", { ...course, groups: ["exam"], exam }],
      ["art-a-b", { ...course, groups: ["a-b"] }, { ...course, name: "art-a", groups: ["b"] }],
    ] as const) {
      assert.throws(() => roomsOf({ termEnds, courses }), new RegExp(`"${key}" twice`));
    }
  });

  it("refuses a time that is none", () => {
    assert.throws(() => roomsOf({ termEnds: "summer", courses: [course] }), /"summer" in the timetable is not a time/);
  });
});

/** The rooms of the set that the recipe declares. */
function roomsFrom(file: string): object {
  let rooms = {};
  const modules: Readonly<Record<string, unknown>> = {
    "node:fs": { readFileSync: () => file },
    "node:path": { join: (_folder: string, name: string) => name },
    "@pulumi/pulumi": { RunError },
    "pulumi-metered": {
      MeetingRoomSet: class {
        constructor(_name: string, args: { rooms: object }) {
          rooms = args.rooms;
        }
      },
    },
  };
  new Function("require", "exports", "__dirname", recipes().get("timetable") ?? "")(
    (name: string) => modules[name],
    {},
    ".",
  );
  return rooms;
}
