import assert from "node:assert/strict";
import { fingerprint } from "../../provider/src/objects/fingerprint";
import { turnCredential } from "../../provider/src/turn/credential";
import { credentialLifecycle } from "../../provider/src/turn/credentials";
import { errorOf } from "../support/failures";
import { credential, errors, type FakePlace, FakeTurn, fakePlace, ICE, knownObject } from "../support/fakeTurn";
import { NOW } from "../support/objects";

const wanted = { label: "app", expiryInSeconds: 3600 };
const secrets = { username: "u", password: "p", apiKey: "k" };
const times = { createdAt: NOW - 3000, expiresAt: NOW + 600 };
const facts = { ...secrets, ...times, iceServers: ICE };

describe("a TURN credential", () => {
  let turn: FakeTurn;
  let place: FakePlace;
  beforeEach(() => {
    turn = new FakeTurn();
    place = fakePlace(turnCredential, turn);
  });
  const known = (more: object = {}, settings: object = wanted) => knownObject({ ...settings }, { facts, ...more });
  const { create, update } = credentialLifecycle;

  describe("when it is created", () => {
    it("is asked for with what the program says and no more, then for its ICE servers", async () => {
      for (const [settings, projectId, body] of [
        [{ ...wanted, rotateBeforeSeconds: 60, triggers: ["1"] }, undefined, wanted],
        [{ projectId: "1" }, "1", {}],
        [{ label: "web", region: "eu" }, undefined, { label: "web" }],
      ] as const) {
        turn.asked.length = 0;
        await create(place, settings);
        const name = "label" in settings ? settings.label : "(without a label)";
        const region = "region" in settings ? settings.region : undefined;
        assert.deepEqual(turn.asked, [
          ["POST", name, projectId, body],
          ["ICE", "key of new", region],
        ]);
      }
    });

    it("has what Metered says, and an end by the time of its creation or of the response", async () => {
      const { known: made, shortfalls } = await create(place, wanted);
      assert.deepEqual(shortfalls, []);
      assert.deepEqual(made, {
        ...{ id: fingerprint("new"), appName: "demo", settings: wanted, clockOffset: 0, isDisabled: false },
        origin: "ours",
        facts: {
          ...{ username: "new", password: "p", apiKey: "key of new", iceServers: ICE },
          ...{ createdAt: NOW, expiresAt: NOW + 3600 },
        },
      });
      turn.created = credential("new", { createdAt: undefined, answeredAt: NOW * 1000 + 900 });
      assert.deepEqual((await create(place, wanted)).known.facts, made.facts);
      turn.created = credential("new", { createdAt: undefined, answeredAt: undefined });
      const { createdAt: _, expiresAt: __, ...timeless } = made.facts;
      assert.deepEqual((await create(place, wanted)).known.facts, timeless);
      turn.created = credential("new", { expiryInSeconds: undefined });
      assert.equal("expiresAt" in (await create(place, { label: "app" })).known.facts, false);
    });

    it("ends when Metered says, and the user hears where that is another time than was asked for", async () => {
      turn.created = credential("new", { expiryInSeconds: 600 });
      const { known: made, shortfalls } = await create(place, wanted);
      assert.deepEqual(shortfalls, [
        { shortfall: "not taken", setting: "expiryInSeconds", sent: "3600", shown: "600" },
      ]);
      assert.equal(made.facts.expiresAt, NOW + 600);
      assert.equal(made.settings, wanted);
      const unasked = await create(place, { label: "app" });
      assert.deepEqual([unasked.shortfalls, unasked.known.facts.expiresAt], [[], NOW + 600]);
      assert.deepEqual((await update(place, made, wanted)).shortfalls, [], "and nothing is to be done about it");
    });

    it("keeps how far the clocks are apart", async () => {
      place.offset = 7200;
      assert.equal((await create(place, wanted)).known.clockOffset, 7200);
    });

    it("is under way until its response, and then handed out, so that it is no other's lost one", async () => {
      turn.next("POST", () => {
        assert.deepEqual([...place.underWay], [wanted]);
        return credential("mine");
      });
      await create(place, wanted);
      assert.deepEqual([[...place.underWay], [...place.handedOut]], [[], ["mine"]]);
      turn.failNext("POST", errors.plan());
      await errorOf(create(place, wanted));
      assert.equal(place.underWay.size, 0);
    });

    it("is looked for after a lost response alone: whatever else fails created nothing", async () => {
      for (const error of [errors.plan(), new TypeError("a bug")]) {
        turn.failNext("POST", error);
        assert.equal(await errorOf(create(place, wanted)), error);
      }
      assert.equal(turn.story, "POST POST");
      turn.failNext("POST", errors.lost());
      turn.listed = [credential("found")];
      assert.equal((await create(place, wanted)).known.facts.username, "found");
      assert.deepEqual([...place.handedOut], ["found"]);
    });

    it("is kept without its ICE servers, whatever went wrong with them", async () => {
      turn.triesLeft = 2;
      for (let times = 0; times < 3; times++) turn.next("ICE", () => undefined);
      const unknown = await create(place, wanted);
      assert.deepEqual(unknown.shortfalls, [{ shortfall: "no ICE servers" }]);
      assert.equal(turn.story, "POST ICE ICE ICE");
      turn.failNext("ICE", errors.plan());
      const failed = await create(place, wanted);
      assert.deepEqual(failed.shortfalls, [{ shortfall: "no ICE servers", problem: "Metered refused" }]);
      for (const { known: made, lost } of [unknown, failed]) {
        assert.deepEqual([made.facts.username, "iceServers" in made.facts, lost], ["new", false, undefined]);
      }
      const bug = new TypeError("a bug");
      turn.failNext("ICE", bug);
      assert.equal(await errorOf(create(place, wanted)), bug);
    });
  });

  describe("when it is updated", () => {
    it("gets what only decides when it is replaced without a call", async () => {
      const news = { ...wanted, rotateBeforeSeconds: 60 };
      const done = await update(place, known(), news);
      assert.deepEqual([done.known.settings, done.known.facts, done.shortfalls], [news, facts, []]);
      assert.equal(turn.story, "");
    });

    it("gets the ICE servers that it lacks, or those of another region", async () => {
      await update(place, known({ facts: secrets }), wanted);
      await update(place, known(), { ...wanted, region: "eu" });
      await update(place, known({}, { ...wanted, region: "eu" }), wanted);
      assert.deepEqual(turn.asked, [
        ["ICE", "k", undefined],
        ["ICE", "k", "eu"],
        ["ICE", "k", undefined],
      ]);
    });
  });
});
