import assert from "node:assert/strict";
import { generateNameInSet } from "../../provider/src/rooms/name";
import { canaryRtmpURL } from "../support/canary";
import { onEngine } from "../support/onEngine";

describe("a set of meeting rooms on the real engine", function () {
  this.timeout(240_000);
  const on = onEngine();

  const declare = (rooms: object, more = "") =>
    on.stack.program(`
      const set = new metered.MeetingRoomSet("courses", { rooms: ${JSON.stringify(rooms)} });
      exports.name = set.room("math").roomName; exports.url = set.room("math").url;
      exports.count = set.rooms.apply((rooms) => Object.keys(rooms).length);
      ${more}
    `);
  const living = () => on.simulator.rooms.filter(({ archived }) => !archived).map(({ roomName }) => roomName);
  const asked = () => {
    const calls = on.simulator.requests.map(({ method }) => method).sort();
    on.simulator.requests.clear();
    return calls;
  };
  const set = () => on.stack.room("courses");
  const privately = { privacy: "private" };

  it("lives its whole life with the fewest requests", async () => {
    declare({ math: privately, art: { ...privately, roomName: "art-room" }, lab: privately });
    const { text } = await on.stack.pulumi("up");
    assert.match(text, /meeting room set "courses-[0-9a-f]{8}": 3 to create\./i);
    assert.deepEqual(asked(), ["POST", "POST", "POST"]);
    assert.match(set().id, /^courses-[0-9a-f]{8}$/);
    const name = generateNameInSet(set().id, "math");
    const { name: shown, url, count } = on.stack.outputs();
    assert.deepEqual([shown, url, count], [name, `${on.simulator.url}/${name}`, 3]);
    await on.stack.pulumi("up", "--expect-no-changes");
    await on.stack.pulumi("preview", "--expect-no-changes");
    assert.deepEqual(asked(), []);
    await on.stack.pulumi("refresh", "--expect-no-changes");
    assert.deepEqual(asked(), ["GET"]);
    declare({
      math: { ...privately, maxParticipants: 5 },
      art: { ...privately, roomName: "art-room", autoJoin: true },
      bio: privately,
    });
    await on.stack.upAndSettle();
    assert.deepEqual(asked(), ["DELETE", "GET", "GET", "POST", "PUT", "PUT"]);
    assert.equal(living().length, 3);
    await on.stack.pulumi("destroy");
    assert.deepEqual(asked(), ["DELETE", "DELETE", "DELETE", "GET"]);
    assert.deepEqual(living(), []);
  });

  it("shows names in a preview, and that the rest is not known yet", async () => {
    declare({ math: privately }, 'exports.all = set.rooms.apply((rooms) => { throw new Error("not yet"); });');
    const { text } = await on.stack.pulumi("preview", "--diff");
    assert.match(text, /name\s*: "math-[0-9a-f]{8}"/);
    assert.deepEqual(asked(), []);
  });

  it("keeps what exists when some rooms fail, and goes on with the rest", async () => {
    on.simulator.addRoom("meeting", "taken", { privacy: "public" });
    declare({ math: privately, art: { ...privately, roomName: "taken" }, lab: privately });
    const { text } = await on.stack.failing("up");
    assert.match(text, /1 of 3 rooms could not be created/);
    assert.match(text, /rooms\["art"\]: Can't create meeting room "taken"/);
    assert.deepEqual(Object.keys(set().outputs.rooms as object).sort(), ["lab", "math"]);
    asked();
    declare({ math: privately, art: { ...privately, roomName: "free" }, lab: privately });
    await on.stack.pulumi("up");
    assert.deepEqual(asked(), ["POST"]);
    await on.stack.assertSettled();
    assert.equal(on.stack.outputs().count, 3);
  });

  it("keeps secret settings encrypted, and all else readable", async () => {
    declare({ math: { ...privately, rtmpOutURL: canaryRtmpURL }, art: privately });
    await on.stack.upAndSettle();
    const { outputs, inputs } = set();
    assert.equal(JSON.stringify([outputs, inputs]).includes(canaryRtmpURL), false);
    assert.equal((outputs.rooms as Record<string, { privacy: string }>).math?.privacy, "private");
    assert.equal(typeof on.stack.outputs().url, "string");
    declare({ math: privately });
    assert.equal(on.simulator.rooms.filter(({ settings }) => settings.rtmpOutURL === canaryRtmpURL).length, 1);
  });
});
