import assert from "node:assert/strict";
import { MeteredError } from "../../provider/src/errors";
import { turnCredential } from "../../provider/src/turn/credential";
import { foundAgain } from "../../provider/src/turn/lostCredential";
import { problemOf } from "../../provider/src/turn/problem";
import { factsOf } from "../support/failures";
import { CALL, credential, errors, type FakePlace, FakeTurn, fakePlace } from "../support/fakeTurn";
import { NOW } from "../support/objects";

const wanted = { label: "app", expiryInSeconds: 3600, projectId: "1" };

describe("a TURN credential whose create was lost", () => {
  let turn: FakeTurn;
  let place: FakePlace;
  beforeEach(() => {
    turn = new FakeTurn();
    place = fakePlace(turnCredential, turn);
  });
  const find = (settings: object = wanted) => foundAgain(place, { ...settings }, NOW * 1000 + 900, errors.lost());

  it("is the only one in the list with its label, its expiry and a time since", async () => {
    turn.listed = [
      credential("mine"),
      credential("of another label", { label: "web" }),
      credential("without a label", { label: undefined }),
      credential("of another expiry", { expiryInSeconds: 60 }),
      credential("without an expiry", { expiryInSeconds: undefined }),
      credential("older", { createdAt: NOW - 3 }),
      credential("of another resource"),
    ];
    place.handedOut.add("of another resource");
    assert.equal((await find()).username, "mine");
    assert.deepEqual(turn.asked, [["CREDENTIALS", "app", { label: "app", projectId: "1" }]]);
  });

  it("may be two seconds older than the call, by the server's clock, since whole seconds are told", async () => {
    turn.listed = [credential("mine", { createdAt: NOW - 2 })];
    assert.equal((await find()).username, "mine");
    place.offset = 3600;
    assert.equal((await factsOf(find(), "PossiblyCreated")).candidates, 0);
    turn.listed = [credential("mine", { createdAt: NOW + 3598 })];
    assert.equal((await find()).username, "mine");
  });

  for (const [why, listed, candidates] of [
    ["there is none", () => [], 0],
    ["there are two", () => [credential("mine"), credential("theirs")], 2],
    ["Metered doesn't tell when it was created", () => [credential("mine", { createdAt: undefined })], 1],
    ["another may be it", () => [credential("mine"), credential("x", { createdAt: undefined })], 2],
  ] as const) {
    it(`isn't told apart where ${why}`, async () => {
      turn.listed = listed();
      const facts = await factsOf(find(), "PossiblyCreated");
      assert.deepEqual(facts, {
        ...{ cause: "PossiblyCreated", since: NOW, candidates },
        ...{ problem: "connection lost before the response was complete", expiryInSeconds: 3600, projectId: "1" },
        ...{ action: "create", app: "demo" },
        subject: { label: "TURN credential", name: "app", resource: "TurnCredential" },
      });
    });
  }

  it("isn't told apart where the list fails, or without a label, when anything could be it", async () => {
    turn.failNext("CREDENTIALS", errors.plan());
    assert.equal((await factsOf(find(), "PossiblyCreated")).candidates, 0);
    turn.asked.length = 0;
    turn.listed = [credential("mine", { label: undefined })];
    const facts = await factsOf(find({ projectId: undefined }), "PossiblyCreated");
    assert.deepEqual([turn.story, "expiryInSeconds" in facts, "projectId" in facts], ["", false, false]);
  });

  it("isn't told from that of a twin whose response is still to come", async () => {
    turn.listed = [credential("mine")];
    const mine = { ...wanted };
    place.underWay.add(mine);
    const own = () => foundAgain(place, mine, NOW * 1000, errors.lost());
    assert.equal((await own()).username, "mine");
    for (const other of [{ label: "web" }, { expiryInSeconds: 60 }, { projectId: "2" }]) {
      place.underWay.add({ ...wanted, ...other });
    }
    assert.equal((await own()).username, "mine");
    place.underWay.add({ ...wanted, region: "eu" });
    await factsOf(own(), "PossiblyCreated");
  });
});

describe("what went wrong, in the middle of a sentence", () => {
  const spent = { attempts: 1, seconds: 0, ...CALL };
  for (const [error, said] of [
    [errors.lost(), "connection lost before the response was complete"],
    [
      new MeteredError({ cause: "ServerError", status: 502, said: "", mayHaveHappened: true, ...spent }),
      "Metered failed with HTTP 502",
    ],
    [
      new MeteredError({ cause: "RateLimited", isUnchanged: false, ...spent }),
      "Metered asked for fewer requests (HTTP 429)",
    ],
    [errors.unreadable(), "the response could not be read"],
    [errors.plan(), "Metered refused"],
  ] as const) {
    it(`is of ${error.name} "${said}"`, () => assert.equal(problemOf(error), said));
  }
});
