import assert from "node:assert/strict";
import { Claims } from "../../provider/src/rooms/claims";
import type { Departure } from "../../provider/src/rooms/departures";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { START } from "../support/fakeApi";
import { allQuiet, moment, VirtualTime } from "../support/virtualTime";

const ONGOING = "waits";
const OWNER = "its resource";
/** Longer than anybody waits for something that doesn't come. */
const LONG = 10_000;

let time: VirtualTime;
let claims: Claims;

function newRun(): void {
  time = new VirtualTime(START);
  claims = new Claims(time);
}

/** A room is to leave its name, for another one or, in a set, for none. */
function leave(name: string, newName?: string, roomId = `room of ${name}`): Departure {
  claims.depart({ type: meetingRoom, roomId, name, owner: OWNER, newName });
  const departure = claims.departureOf(meetingRoom, name);
  assert.ok(departure);
  return departure;
}

/** What a wait has come to by now. */
function following(wait: Promise<unknown>): () => Promise<unknown> {
  let come: unknown = ONGOING;
  wait.then((value) => {
    come = value;
  });
  return async () => {
    await allQuiet();
    return come;
  };
}

const waitFor = (departure: Departure) => following(claims.departed(meetingRoom, departure.name, departure, OWNER));
const arrive = (name: string, work = async () => undefined, owner = OWNER) =>
  claims.arriving(meetingRoom, name, owner, work);

describe("whoever wants the name of a room that leaves it", () => {
  beforeEach(newRun);

  it("waits as long as its next room takes to be created, under whatever spelling, and then goes on", async () => {
    const come = waitFor(leave("one", "two"));
    const answer = moment();
    const arriving = arrive("TWO", () => answer.come.then(() => undefined));
    await time.advance(LONG);
    assert.equal(await come(), ONGOING);
    answer.now();
    await arriving;
    assert.equal(await come(), undefined);
  });

  it("does not take a room of another name, or of the other kind, for the next one", async () => {
    const come = waitFor(leave("one", "two"));
    await arrive("three");
    await claims.arriving(liveStreamingRoom, "two", OWNER, async () => undefined);
    await arrive("two", undefined, "another resource");
    assert.equal(await come(), ONGOING);
  });

  it("takes the room of any resource for the next one where its own resource isn't known", async () => {
    claims.depart({ type: meetingRoom, roomId: "1", name: "one", owner: undefined, newName: "two" });
    const departure = claims.departureOf(meetingRoom, "one");
    assert.ok(departure);
    const come = waitFor(departure);
    await arrive("two");
    assert.equal(await come(), undefined);
  });

  it("takes the room of an unknown resource for the next one", async () => {
    const come = waitFor(leave("one", "two"));
    await claims.arriving(meetingRoom, "two", undefined, async () => undefined);
    assert.equal(await come(), undefined);
  });

  it("is told of another resource that is to have the name, as soon as that is known, unless it isn't known itself", async () => {
    const departure = leave("one", "two");
    const [come, unknown] = [waitFor(departure), following(claims.departed(meetingRoom, "one", departure, undefined))];
    claims.depart({ type: meetingRoom, roomId: "3", name: "three", owner: "another resource", newName: "ONE" });
    assert.deepEqual([await come(), await unknown()], ["rival", ONGOING]);
    assert.equal(claims.rivalFor(meetingRoom, "one", OWNER), "another resource");
    assert.equal(claims.rivalFor(meetingRoom, "one", "another resource"), undefined);
  });

  it("is told that the next room could not be created, or that nobody has begun to", async () => {
    const come = waitFor(leave("one", "two"));
    await assert.rejects(
      arrive("two", () => Promise.reject(new Error("refused"))),
      /refused/,
    );
    assert.equal(await come(), "failed");
    const other = waitFor(leave("three", "four"));
    await time.advance(1000);
    assert.equal(await other(), ONGOING);
    await time.advance(LONG);
    assert.equal(await other(), "not begun");
  });

  it("goes on at once where the resource itself deletes its room first", async () => {
    const departure = leave("one", "two");
    const come = waitFor(departure);
    await claims.handOver(departure, async () => undefined);
    assert.equal(await come(), undefined);
    assert.ok(departure.isHandedOver);
  });

  it("goes on at once where it would wait, in the end, for itself", async () => {
    const [one, two, three] = [leave("one", "two"), leave("two", "three"), leave("three", "one")];
    const [first, second] = [waitFor(one), waitFor(two)];
    assert.deepEqual([await first(), await second()], [ONGOING, ONGOING]);
    assert.equal(await waitFor(three)(), undefined);
  });

  it("is not misled by names that go round without its own, or by others that nobody waits for", async () => {
    const [one, two, three] = [leave("one", "two"), leave("two", "three"), leave("three", "four")];
    const waits = [waitFor(two), waitFor(three)];
    leave("three", "two", three.roomId);
    waits.push(waitFor(one));
    for (const come of waits) assert.equal(await come(), ONGOING);
    newRun();
    leave("six", "five");
    assert.equal(await waitFor(leave("five", "six"))(), ONGOING);
  });

  it("waits on where the room turns out to stay: another room of the name that it was to have is no sign", async () => {
    for (const staying of ["keeps", "changes"] as const) {
      const departure = leave("one", "Two");
      const come = waitFor(departure);
      claims.claim(departure.roomId, { owner: "its resource", how: staying });
      assert.equal(claims.departureOf(meetingRoom, "one"), undefined);
      await arrive("two");
      assert.equal(await come(), ONGOING);
      await time.advance(LONG);
      assert.equal(await come(), "not begun");
    }
  });

  it("goes by the last word on a room, and on a name", async () => {
    const before = leave("one", "two");
    const after = leave("one", "three");
    await arrive("two");
    assert.deepEqual([before.state, after.state], ["announced", "announced"]);
    await arrive("three");
    assert.equal(after.state, "created");
    // The same room under the name that it really has.
    leave("One_Two", "six", before.roomId);
    assert.equal(claims.departureOf(meetingRoom, "one"), undefined);
  });
});

describe("a room that leaves its name", () => {
  beforeEach(newRun);

  it("is deleted once, whoever asks first, and again only where that failed", async () => {
    const departure = leave("one", "two");
    let deletions = 0;
    const answer = moment();
    const fail = async () => {
      deletions++;
      await answer.come;
      throw new Error("refused");
    };
    const both = [claims.handOver(departure, fail), claims.handOver(departure, fail)];
    answer.now();
    for (const each of both) await assert.rejects(each, /refused/);
    assert.deepEqual([deletions, departure.isHandedOver], [1, false]);
    await claims.handOver(departure, async () => void deletions++);
    assert.deepEqual([deletions, departure.isHandedOver], [2, true]);
  });

  it("is its set's until that lets it go, and then goes", async () => {
    const departure = leave("one");
    const come = waitFor(departure);
    claims.letGo(meetingRoom, "one", "another room");
    claims.letGo(meetingRoom, "two", departure.roomId);
    claims.letGo(liveStreamingRoom, "one", departure.roomId);
    assert.deepEqual([departure.state, await come()], ["announced", ONGOING]);
    claims.letGo(meetingRoom, "ONE", departure.roomId);
    assert.deepEqual([departure.state, await come()], ["created", undefined]);
  });

  it("does not go because a set lets go of it that no longer has it: its next room comes first", async () => {
    const departure = leave("one", "two");
    claims.letGo(meetingRoom, "one", departure.roomId);
    assert.equal(departure.state, "announced");
  });
});

describe("whoever meets a room", () => {
  beforeEach(newRun);
  const meet = (owner?: string, roomId = "1") =>
    following(claims.told(meetingRoom, `room ${roomId}`, roomId, owner).then(() => "told"));

  it("knows at once where its resource has spoken: it has the room, or gives it up", async () => {
    claims.claim("1", { owner: undefined, how: "keeps" });
    assert.equal(await meet()(), "told");
    leave("room 1", "two", "1");
    assert.equal(await meet()(), "told");
  });

  it("waits for that a moment, and longer while names change hands", async () => {
    const come = meet();
    await time.advance(499);
    assert.equal(await come(), ONGOING);
    await time.advance(1);
    assert.equal(await come(), "told");
    leave("three", "four");
    const longer = meet();
    await time.advance(1000);
    assert.equal(await longer(), ONGOING);
    await time.advance(LONG);
    assert.equal(await longer(), "told");
  });

  it("waits once for all that it meets, until Pulumi has something new to tell", async () => {
    leave("three", "four");
    const [first, second] = [meet("a set", "1"), meet("a set", "2")];
    await time.advance(LONG);
    assert.deepEqual([await first(), await second()], ["told", "told"]);
    assert.equal(await meet("a set", "3")(), "told");
    const other = meet("another set", "4");
    assert.equal(await other(), ONGOING);
    const [one, another] = [meet(), meet(undefined, "5")];
    assert.deepEqual([await one(), await another()], [ONGOING, ONGOING], "nobody knows whose they are");
    claims.heard();
    const anew = meet("a set", "6");
    await time.advance(1000);
    assert.equal(await anew(), ONGOING);
    await time.advance(LONG);
    assert.equal(await anew(), "told");
  });

  it("knows as soon as it is said, and not by what is said of another room of the name", async () => {
    const come = meet();
    leave("room 1", "two", "2");
    claims.claim("3", { owner: undefined, how: "keeps" });
    assert.equal(await come(), ONGOING);
    claims.claim("1", { owner: undefined, how: "keeps" });
    assert.equal(await come(), "told");
  });
});

describe("whoever deletes rooms that others may want", () => {
  beforeEach(newRun);
  const quiet = () => following(claims.quiet().then(() => "quiet"));

  it("begins at once where Pulumi has told of nothing", async () => {
    assert.equal(await quiet()(), "quiet");
  });

  it("waits until Pulumi has told of nothing for half a second", async () => {
    claims.heard();
    const come = quiet();
    await time.advance(400);
    claims.heard();
    await time.advance(499);
    assert.equal(await come(), ONGOING);
    await time.advance(501);
    assert.equal(await come(), "quiet");
  });
});
