import assert from "node:assert/strict";
import { type Claim, Claims } from "../../provider/src/rooms/claims";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import type { RoomType } from "../../provider/src/rooms/roomType";
import { START } from "../support/fakeApi";
import { allQuiet, moment, VirtualTime } from "../support/virtualTime";

describe("operations on one name", () => {
  let claims: Claims;
  let log: string[];
  beforeEach(() => {
    claims = new Claims(new VirtualTime(START));
    log = [];
  });

  /** Begins an operation that goes on until the test ends it. */
  const begin = (title: string, { type = meetingRoom, name = "standup" }: { type?: RoomType; name?: string } = {}) => {
    const answer = moment();
    const ended = claims.inOrder(type, name, async () => {
      log.push(title);
      await answer.come;
      if (title.includes("fails")) throw new Error(title);
      return title;
    });
    ended.catch(() => undefined);
    return { end: answer.now, ended };
  };

  it("run one after the other, in the order in which they came, whatever comes of them", async () => {
    const first = begin("first fails");
    const second = begin("second");
    await allQuiet();
    assert.deepEqual(log, ["first fails"]);
    first.end();
    await assert.rejects(first.ended, /first fails/);
    await allQuiet();
    // One that comes while another works has to wait, although those before are over.
    const third = begin("third");
    await allQuiet();
    assert.deepEqual(log, ["first fails", "second"]);
    second.end();
    assert.equal(await second.ended, "second");
    await allQuiet();
    assert.deepEqual(log, ["first fails", "second", "third"]);
    third.end();
    await third.ended;
    begin("fourth");
    await allQuiet();
    assert.equal(log.at(-1), "fourth");
  });

  it("are those on its spellings, too, and not those on other names, or on the other kind of rooms", async () => {
    begin("first");
    begin("in upper case", { name: "StandUp" });
    begin("other name", { name: "stand-up" });
    begin("other kind", { type: liveStreamingRoom });
    await allQuiet();
    assert.deepEqual(log, ["first", "other name", "other kind"]);
  });

  it("are noticed by whoever watches: those that end from then on, failed ones as well", async () => {
    const done = (title: string, name = "standup") => {
      const { end, ended } = begin(title, { name });
      end();
      return ended.catch(() => undefined);
    };
    await done("before");
    const isUntouched = claims.watch();
    assert.ok(isUntouched(meetingRoom, "standup"));
    await done("fails", "StandUp");
    assert.ok(!isUntouched(meetingRoom, "standup"));
    assert.ok(isUntouched(liveStreamingRoom, "standup") && isUntouched(meetingRoom, "daily"));
    const afterwards = claims.watch();
    assert.ok(afterwards(meetingRoom, "standup"));
    await done("again");
    assert.ok(!afterwards(meetingRoom, "standup"));
  });
});

describe("what a run knows of rooms", () => {
  let claims: Claims;
  beforeEach(() => {
    claims = new Claims(new VirtualTime(START));
  });

  it("is which names the state has, by kind and in any spelling", () => {
    claims.declare(meetingRoom, "StandUp", "first");
    assert.ok(claims.isDeclared(meetingRoom, "standup"));
    assert.ok(!claims.isDeclared(liveStreamingRoom, "standup") && !claims.isDeclared(meetingRoom, "daily"));
  });

  it("is taken back by nobody but the resource that said so", () => {
    claims.declare(meetingRoom, "standup", "first");
    claims.undeclare(meetingRoom, "standup", "second");
    assert.ok(claims.isDeclared(meetingRoom, "standup"));
    claims.undeclare(meetingRoom, "StandUp", "first");
    assert.ok(!claims.isDeclared(meetingRoom, "standup"));
  });

  it("is which resources have created a room: any one is enough, and nothing else counts", () => {
    const said: readonly Claim[] = [
      { owner: "first", how: "keeps" },
      { owner: "first", how: "created" },
      { owner: "second", how: "adopted" },
      { owner: "third", how: "changes" },
    ];
    assert.ok(!claims.hasCreated("first"));
    for (const [i, claim] of said.entries()) claims.claim(`room ${i}`, claim);
    assert.deepEqual(
      ["first", "second", "third"].map((owner) => claims.hasCreated(owner)),
      [true, false, false],
    );
  });

  it("is whether names change hands: removed rooms alone are no reason to think so", () => {
    const leaving = { type: meetingRoom, owner: undefined };
    assert.ok(!claims.isRenaming);
    claims.depart({ ...leaving, roomId: "1", name: "one", newName: undefined });
    assert.ok(!claims.isRenaming);
    claims.depart({ ...leaving, roomId: "2", name: "two", newName: "three" });
    assert.ok(claims.isRenaming);
    claims.claim("2", { owner: undefined, how: "keeps" });
    assert.ok(!claims.isRenaming);
  });
});
