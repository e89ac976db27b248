import assert from "node:assert/strict";
import type { KnownObject } from "../../provider/src/objects/known";
import { turnProject } from "../../provider/src/turn/project";
import { projectLifecycle } from "../../provider/src/turn/projects";
import { errorOf, factsOf } from "../support/failures";
import { credential, errors, type FakePlace, FakeTurn, fakePlace, knownObject, project } from "../support/fakeTurn";
import { NOW } from "../support/objects";

const wanted = { projectName: "calls", quotaInBytes: 2_000_000 };
const subject = { label: "TURN project", name: "calls", resource: "TurnProject" };

describe("a TURN project", () => {
  let turn: FakeTurn;
  let place: FakePlace;
  beforeEach(() => {
    turn = new FakeTurn();
    place = fakePlace(turnProject, turn);
  });
  const known = (more: Partial<KnownObject> = {}, settings: object = wanted) => knownObject({ ...settings }, more);
  const shows = (body: object, createdAt?: number) => {
    turn.projectList = [project("talks"), project("calls", { ...body }, createdAt)];
  };
  const { create } = projectLifecycle;

  describe("when it is created", () => {
    it("is asked for with what Metered knows, and has what the response shows", async () => {
      const settings = { ...wanted, forceDestroy: true };
      turn.next("POST", () => project("calls", { ...wanted, created: "2030-01-01T00:00:00Z" }));
      const { known: made, shortfalls } = await create(place, settings);
      assert.deepEqual(turn.asked, [["POST", "calls", wanted]]);
      assert.deepEqual(shortfalls, []);
      const facts = { apiKey: "key", created: "2030-01-01T00:00:00Z" };
      assert.deepEqual(made, known({ facts }, settings));
      turn.next("POST", () => ({ ...project("calls", { created: 7 }), apiKey: undefined }));
      assert.deepEqual((await create(place, wanted)).known.facts, {});
    });

    it("is kept where a setting did not take", async () => {
      turn.next("POST", () => project("calls", { quotaInBytes: 0 }));
      const { shortfalls } = await create(place, wanted);
      assert.deepEqual(
        shortfalls.map((each) => "setting" in each && each.setting),
        ["quotaInBytes"],
      );
    });

    it("whose name is taken says since when, as far as the list shows it", async () => {
      for (const [list, how, since] of [
        [() => [project("talks"), project("calls", {}, NOW)], "exists", NOW],
        [() => [project("calls")], "exists", undefined],
        [() => [project("talks")], "unseen", undefined],
        [() => fail(errors.plan()), "unseen", undefined],
      ] as const) {
        turn.failNext("POST", errors.taken()).next("LIST", list);
        const facts = await factsOf(create(place, wanted), "NameTaken");
        assert.deepEqual(facts, { cause: "NameTaken", how, since, action: "create", subject, app: "demo" });
      }
    });

    it("passes on what certainly created nothing", async () => {
      for (const error of [errors.plan(), new TypeError("a bug")]) {
        turn.failNext("POST", error);
        assert.equal(await errorOf(create(place, wanted)), error);
      }
      assert.equal(turn.story, "POST POST");
    });
  });

  describe("whose create was lost", () => {
    const recreate = (isFirst = true) => {
      turn.asked.length = 0;
      // Each as if in a process of its own.
      if (isFirst) place.handedOut.clear();
      turn.failNext("POST", errors.lost());
      return create(place, wanted);
    };

    it("makes way for one whose key is in a response, where it is certainly ours", async () => {
      for (const createdAt of [NOW - 2, NOW, NOW + 60]) {
        shows(wanted, createdAt);
        assert.equal((await recreate()).known.facts.apiKey, "key");
        assert.deepEqual(turn.asked, [
          ["POST", "calls", wanted],
          ["LIST", "calls"],
          ["CREDENTIALS", "calls", { projectId: "id of calls" }],
          ["DELETE", "calls", "id of calls"],
          ["POST", "calls", wanted],
        ]);
      }
      place.offset = -3600;
      shows(wanted, NOW - 3602);
      await recreate();
      assert.equal(turn.story, "POST LIST CREDENTIALS DELETE POST");
    });

    it("is another's where it is older, of an unknown time, with other settings, or in use", async () => {
      for (const [body, createdAt, credentials] of [
        [wanted, NOW - 3, []],
        [wanted, undefined, []],
        [{ ...wanted, quotaInBytes: 1 }, NOW, []],
        [wanted, NOW, [credential("theirs")]],
      ] as const) {
        shows(body, createdAt);
        turn.listed = [...credentials];
        assert.equal((await factsOf(recreate(), "NameTaken")).how, "exists");
        assert.doesNotMatch(turn.story, /DELETE/);
      }
    });

    it("is another resource's where that has got its response in this process", async () => {
      await create(place, wanted);
      shows(wanted, NOW);
      assert.equal((await factsOf(recreate(false), "NameTaken")).how, "exists");
      assert.doesNotMatch(turn.story, /DELETE/);
      turn.projectList.push({ ...project("calls", wanted, NOW), projectId: "mine" });
      await recreate(false);
      assert.deepEqual(turn.asked[3], ["DELETE", "calls", "mine"]);
    });

    it("may be a twin's whose response is still to come, so it stays, and the create is told as lost", async () => {
      let answer: (reply: unknown) => void = () => undefined;
      turn.next("POST", () => new Promise((resolve) => (answer = resolve)));
      const first = create(place, { ...wanted });
      shows(wanted, NOW);
      const lost = errors.lost();
      turn.failNext("POST", lost);
      assert.equal(await errorOf(create(place, wanted)), lost);
      answer(project("calls", wanted, NOW));
      assert.equal((await first).known.facts.apiKey, "key");
      assert.doesNotMatch(turn.story, /DELETE/);
      assert.equal(place.underWay.size, 0);
      place.underWay.add({ ...wanted, projectName: "talks" });
      assert.equal((await recreate()).known.facts.apiKey, "key", "one of another name is no twin");
    });

    it("is told as lost where nothing can be told: it isn't listed, or a look fails", async () => {
      const lost = errors.lost();
      const fails = async () => {
        turn.failNext("POST", lost);
        assert.equal(await errorOf(create(place, wanted)), lost);
      };
      turn.projectList = [project("talks", wanted, NOW)];
      await fails();
      shows(wanted, NOW);
      turn.failNext("LIST", errors.plan());
      await fails();
      turn.failNext("CREDENTIALS", errors.plan());
      await fails();
      assert.doesNotMatch(turn.story, /DELETE/);
    });
  });
});

function fail(error: Error): never {
  throw error;
}
