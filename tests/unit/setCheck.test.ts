import assert from "node:assert/strict";
import { compareSet } from "../../provider/src/pulumi/setOperations";
import { problemsOfSet } from "../../provider/src/pulumi/setProblems";
import { settledSetInputs } from "../../provider/src/pulumi/setState";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { generateNameInSet } from "../../provider/src/rooms/name";
import { liveStreamingRoomSet, meetingRoomSet } from "../../provider/src/rooms/set/setType";
import { UNKNOWN } from "../../provider/src/schema/kinds";
import { FakeApi } from "../support/fakeApi";
import { NOW } from "../support/rooms";
import { manyRooms, SET, SetStory, setPlace } from "../support/sets";

const publicRoom = { privacy: "public" };

function problems(news: Record<string, unknown>, olds: Record<string, unknown> = {}, type = meetingRoomSet): string[] {
  const given = { __auto: SET, ...news };
  return problemsOfSet(type, olds, settledSetInputs(type, olds, given), NOW);
}

describe("the check of a set", () => {
  it("names room, property, problem and cure, for all rooms at once", () => {
    assert.deepEqual(
      problems({
        rooms: {
          "math-1": { privacy: "public", maxParticipants: -3 },
          'say "hi"': { privacy: "open", roomName: "a b" },
          lab: { maxParticipant: 3, privacy: "private" },
          x: {},
        },
      }),
      [
        'rooms["math-1"].maxParticipants must be 1 or more, not -3',
        'rooms["say \\"hi\\""].roomName must be URL-friendly, because it ends the room\'s address: letters a to z, digits, "-" and "_", without spaces',
        'rooms["say \\"hi\\""].privacy must be "public" or "private", not another string',
        'rooms["lab"].maxParticipant is not an input of a meeting room: did you mean maxParticipants?',
        'rooms["x"].privacy is missing: it must be "public" or "private"',
      ],
    );
  });

  it("lets stay what a room has, also under another key, where it's known by its name", () => {
    const kept = { privacy: "public", roomName: "lab", expireUnixSec: NOW - 60, meetingLeftWebhook: "string" };
    const other = { privacy: "public", roomName: "gym", compositionLayout: "broadcaster" };
    const olds = { __auto: SET, rooms: { a: kept, b: other } };
    assert.deepEqual(problems({ rooms: { z: kept, b: other } }, olds), []);
    assert.deepEqual(problems({ rooms: { a: other, b: { ...kept, roomName: "Lab" } } }, olds), [], "a swap of keys");
    const named = { [generateNameInSet(SET, "a")]: "z" };
    const nameless = { privacy: "public", expireUnixSec: NOW - 60 };
    const moved = Object.entries(named).map(([roomName, key]) => [key, { ...nameless, roomName }]);
    assert.deepEqual(problems({ rooms: Object.fromEntries(moved) }, { __auto: SET, rooms: { a: nameless } }), []);
    assert.equal(problems({ rooms: { z: { ...kept, roomName: "new" }, b: other } }, olds).length, 2);
  });

  it("tells the first twenty in words, and counts the rest", () => {
    const told = problems({ rooms: manyRooms(50, { privacy: "open" }) });
    assert.equal(told.length, 21);
    assert.equal(told.at(-1), "30 more problems of this kind");
    assert.equal(problems({ rooms: manyRooms(21, { privacy: "open" }) }).at(-1), "1 more problem of this kind");
    assert.equal(problems({ rooms: manyRooms(20, { privacy: "open" }) }).length, 20);
  });

  it("judges what the program says of the set itself", () => {
    assert.deepEqual(problems({}), ["rooms is missing: it must be a map from keys to the settings of rooms"]);
    const noMap = ["rooms must be a map from keys to the settings of rooms, not a list or a single value"];
    assert.deepEqual(problems({ rooms: [publicRoom] }), noMap);
    assert.deepEqual(problems({ rooms: "x" }), noMap);
    assert.deepEqual(problems({ rooms: {}, secretSettings: ["x"] }), [
      "secretSettings must be a map from keys to secret settings",
    ]);
    assert.deepEqual(problems({ rooms: { a: null } }), ['rooms["a"] must contain the settings of a room']);
    assert.deepEqual(problems({ rooms: {}, retainRemoved: "yes" }), ["retainRemoved must be true or false"]);
    assert.deepEqual(problems({ rooms: {}, room: {} }), [
      "room is not an input of a meeting room set: its inputs are rooms, secretSettings, retainRemoved",
    ]);
    assert.deepEqual(problems({ rooms: {} }), []);
    assert.deepEqual(problems({ rooms: { a: {} } }, {}, liveStreamingRoomSet), []);
  });

  it("refuses two rooms of one name, given or generated, and in whatever case", () => {
    const generated = generateNameInSet(SET, "a");
    const rooms = { a: publicRoom, b: { ...publicRoom, roomName: generated.toUpperCase() } };
    const name = JSON.stringify(generated.toUpperCase());
    assert.deepEqual(problems({ rooms }), [
      `rooms["b"].roomName is ${name}, the same as that of rooms["a"]: two rooms can't have the same name`,
    ]);
  });

  it("refuses secret settings that belong to no room, and judges those that do", () => {
    const rtmpOutURL = "http://live.example.com/key-4711";
    assert.match(
      problems({ rooms: {}, secretSettings: { a: { rtmpOutURL } } })[0] ?? "",
      /^secretSettings\["a"\] belongs to no room/,
    );
    const told = problems({ rooms: { a: publicRoom }, secretSettings: { a: { rtmpOutURL } } });
    assert.match(told[0] ?? "", /^rooms\["a"\]\.rtmpOutURL must be a URL/);
    assert.equal(JSON.stringify(told).includes("4711"), false);
  });

  it("refuses more than Pulumi can be told of if some rooms fail, and says in how many sets they fit", () => {
    const styled = (count: number, customCSS: string) =>
      problems({ rooms: manyRooms(count, { customCSS }) }, {}, liveStreamingRoomSet);
    assert.deepEqual(styled(90, "x".repeat(100_000)), []);
    assert.deepEqual(styled(210, "x".repeat(100_000)), [
      "rooms is too large: the outputs of 210 rooms take about 22 MB, of which Pulumi can keep 10 MB if some of the rooms fail. Divide the rooms among 3 or more sets",
    ]);
    assert.match(styled(90, "é".repeat(100_000)).join(), /90 rooms take about 19 MB/);
    assert.match(problems({ rooms: { a: { ...publicRoom, roomName: "x".repeat(5_000_000) } } }).join(), /about 16 MB/);
    // Each has two addresses of Metered's own, which are longer than all that a program says of it.
    assert.match(problems({ rooms: manyRooms(25_000, {}) }, {}, liveStreamingRoomSet).join(), /take about 1\d MB/);
  });

  it("passes what isn't known yet: the map, a room, a value, a name", () => {
    assert.deepEqual(problems({ rooms: UNKNOWN }), []);
    assert.deepEqual(
      problems({ rooms: { a: UNKNOWN, b: { privacy: UNKNOWN, roomName: UNKNOWN, maxParticipants: UNKNOWN } } }),
      [],
    );
    const streams = { ...publicRoom, enableComposition: true, enableRTMPOut: true };
    for (const secretSettings of [UNKNOWN, { a: UNKNOWN }, { a: { rtmpOutURL: UNKNOWN } }]) {
      assert.deepEqual(problems({ rooms: { a: streams }, secretSettings }), []);
      assert.equal(problems({ rooms: { a: { ...streams, maxParticipants: -1 } }, secretSettings }).length, 1);
    }
    assert.match(
      problems({ rooms: { a: streams, b: {} }, secretSettings: { b: UNKNOWN } })[0] ?? "",
      /needs rtmpOutURL/,
    );
  });

  it("lets stay what a room has already, and finds a problem that comes new", () => {
    const old = settledSetInputs(
      meetingRoomSet,
      {},
      { __auto: SET, rooms: { a: { ...publicRoom, expireUnixSec: NOW - 5 } } },
    );
    const rooms = { a: { ...publicRoom, expireUnixSec: NOW - 5 } };
    assert.deepEqual(problems({ rooms }, old), []);
    assert.deepEqual(problems({ rooms: { a: { ...rooms.a, maxParticipants: 4 } } }, old), []);
    assert.deepEqual(problems({ rooms: { a: { ...rooms.a, maxParticipants: -1 } } }, old), [
      'rooms["a"].maxParticipants must be 1 or more, not -1',
    ]);
    assert.equal(problems({ rooms: { b: rooms.a } }, old).length, 1);
  });

  it("keeps the set's name from the last run, so that an alias renames no room", () => {
    const olds = { __auto: SET };
    assert.equal(settledSetInputs(meetingRoomSet, olds, { rooms: {}, __auto: "other-00000000" }).__auto, SET);
  });
});

describe("the diff of a set", () => {
  const stepsOf = async (rooms: object) => {
    const story = new SetStory();
    await story.up({ a: publicRoom, b: { ...publicRoom, roomName: "bee" }, c: publicRoom });
    const place = setPlace(new FakeApi(meetingRoom));
    const inputs = settledSetInputs(meetingRoomSet, story.inputs, { rooms, __auto: SET });
    const { steps, isChanged } = compareSet(place, story.outputs, inputs);
    return [isChanged, Object.fromEntries(steps.map(({ key, step }) => [key, step]))];
  };

  it("tells per key what becomes of it", async () => {
    const rooms = { a: { privacy: "private" }, b: { ...publicRoom, roomName: "wasp" }, d: publicRoom };
    assert.deepEqual(await stepsOf(rooms), [true, { a: "update", b: "rename", d: "create", c: "delete" }]);
  });

  it("is none for the same rooms in another order", async () => {
    const rooms = { c: publicRoom, b: { ...publicRoom, roomName: "bee" }, a: publicRoom };
    assert.deepEqual(await stepsOf(rooms), [false, { a: "keep", b: "keep", c: "keep" }]);
  });

  it("goes by names before it goes by keys", async () => {
    const rooms = { a: publicRoom, bee: { ...publicRoom, roomName: "BEE" }, b: publicRoom, c: publicRoom };
    assert.deepEqual(await stepsOf(rooms), [true, { a: "keep", bee: "keep", b: "create", c: "keep" }]);
  });

  it("is one for what isn't known yet, and gives nothing up for it", async () => {
    const [isChanged, steps] = await stepsOf({ a: { ...publicRoom, roomName: UNKNOWN }, b: UNKNOWN });
    assert.deepEqual([isChanged, steps], [true, { a: "rename", b: "rename", c: "delete" }]);
    const story = new SetStory();
    await story.up({ a: publicRoom });
    const place = story.place();
    assert.equal(compareSet(place, story.outputs, { rooms: UNKNOWN, __auto: SET }).isChanged, true);
    compareSet(place, story.outputs, { rooms: { b: { ...publicRoom, roomName: UNKNOWN } }, __auto: SET });
    assert.equal(place.claims.departureOf(meetingRoom, generateNameInSet(SET, "a")), undefined);
  });

  it("refuses another app's set", async () => {
    const story = new SetStory();
    await story.up({ a: publicRoom });
    story.outputs = { ...story.outputs, appName: "other" };
    await assert.rejects(story.up({}), { name: "AppChanged" });
    await assert.rejects(story.refresh(), { name: "AppChanged" });
    await assert.rejects(story.destroy(), { name: "AppChanged" });
  });
});
