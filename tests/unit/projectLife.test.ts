import assert from "node:assert/strict";
import type { KnownObject } from "../../provider/src/objects/known";
import { turnProject } from "../../provider/src/turn/project";
import { projectLifecycle } from "../../provider/src/turn/projects";
import { errorOf, factsOf } from "../support/failures";
import { credential, errors, type FakePlace, FakeTurn, fakePlace, knownObject, project } from "../support/fakeTurn";

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
  const { read, update, remove, lookUp } = projectLifecycle;
  const find = (id: string) => {
    assert.ok(lookUp);
    return lookUp(place, id);
  };

  it("is read from the list, and gone where that doesn't have it", async () => {
    shows({ quotaInBytes: 3_000_000 });
    const state = known({ facts: { apiKey: "key" } });
    assert.deepEqual(await read(place, state), { ...state, settings: { ...wanted, quotaInBytes: 3_000_000 } });
    assert.deepEqual(turn.asked, [["LIST", "calls"]]);
    assert.equal(await read(place, known({ id: "id of others" })), undefined);
  });

  describe("when it is updated", () => {
    it("gets what differs, and is looked at where the response shows nothing", async () => {
      shows({ quotaInBytes: 1 });
      const news = { ...wanted, projectName: "calls-2" };
      const body = { projectName: "calls-2", quotaInBytes: 2_000_000 };
      turn.next("PUT", () => project("calls-2", news));
      const done = await update(place, known(), news);
      assert.deepEqual([done.known.settings, done.shortfalls, done.lost, place.notes], [news, [], undefined, []]);
      assert.deepEqual(turn.asked, [
        ["LIST", "calls"],
        ["PUT", "calls-2", "id of calls", body],
      ]);
      const { shortfalls } = await update(place, known(), wanted);
      assert.equal(turn.story, "LIST PUT LIST PUT LIST");
      assert.deepEqual(shortfalls, [{ shortfall: "not taken", setting: "quotaInBytes", sent: "2000000", shown: "1" }]);
      // Deleted at that very moment: the next refresh sees that.
      turn.next("LIST", () => turn.projectList).next("LIST", () => []);
      assert.deepEqual((await update(place, known(), wanted)).shortfalls, []);
    });

    it("is left alone where nothing differs, and tells what can't be cleared", async () => {
      const webhookUrl = "https://example.com/hook";
      shows({ ...wanted, webhookUrl });
      const done = await update(place, known({}, { ...wanted, webhookUrl }), wanted);
      assert.deepEqual([turn.story, done.known.settings, done.shortfalls], ["LIST", wanted, []]);
      assert.deepEqual(place.notes, [{ note: "value kept", subject, settings: ["webhookUrl"] }]);
    });

    it("is an error where it is gone", async () => {
      const facts = await factsOf(update(place, known(), wanted), "ObjectNotFound");
      assert.deepEqual(facts, { cause: "ObjectNotFound", certain: true, action: "update", subject, app: "demo" });
    });

    it("marks what was sent as doubtful after a lost response, and passes on all other errors", async () => {
      shows({ quotaInBytes: 1 });
      const lost = errors.lost();
      turn.failNext("PUT", lost);
      const done = await update(place, known(), wanted);
      assert.deepEqual(done, {
        ...{ known: known({}, { projectName: "calls", quotaInBytes: null }), shortfalls: [], lost },
      });
      for (const error of [errors.plan(), new TypeError("a bug")]) {
        turn.failNext("PUT", error);
        assert.equal(await errorOf(update(place, known(), wanted)), error);
      }
    });
  });

  describe("when it is deleted", () => {
    it("is, where it has no credentials; without a look at them where the program says so", async () => {
      shows(wanted);
      await remove(place, known());
      assert.deepEqual(turn.asked.slice(1), [
        ["CREDENTIALS", "calls", { projectId: "id of calls" }],
        ["DELETE", "calls", "id of calls"],
      ]);
      turn.listed = [credential("theirs")];
      await remove(place, known({}, { ...wanted, forceDestroy: true }));
      assert.equal(turn.story, "LIST CREDENTIALS DELETE LIST DELETE");
    });

    it("is left alone where others' credentials would go with it, and where it's gone already", async () => {
      shows(wanted);
      turn.listed = [credential("theirs"), credential("others")];
      const facts = await factsOf(remove(place, known({}, { ...wanted, forceDestroy: false })), "CannotDelete");
      const call = { action: "delete", subject, app: "demo" };
      assert.deepEqual(facts, { cause: "CannotDelete", how: "in use", credentials: 2, ...call });
      turn.projectList = [];
      await remove(place, known());
      assert.equal(turn.story, "LIST CREDENTIALS LIST");
    });

    for (const error of [errors.missing(), errors.unreadable()]) {
      it(`is gone after ${error.name} where the list no longer has it`, async () => {
        shows(wanted);
        turn.next("DELETE", () => {
          turn.projectList = [];
          throw error;
        });
        await remove(place, known());
        shows(wanted);
        turn.failNext("DELETE", error);
        assert.equal(await errorOf(remove(place, known())), error);
      });
    }

    it("passes on all other errors without another look", async () => {
      shows(wanted);
      const error = errors.plan();
      turn.failNext("DELETE", error);
      assert.equal(await errorOf(remove(place, known())), error);
      assert.equal(turn.story, "LIST CREDENTIALS DELETE");
    });
  });

  it("is looked up with what a program would declare: no defaults, nothing without a value", async () => {
    shows({ quotaInBytes: 0, quotaExceededAction: "DISABLE", webhookUrl: null, notificationEmails: [] });
    assert.deepEqual((await find("id of calls")).settings, { projectName: "calls" });
    const all = { quotaInBytes: 3_000_000, quotaExceededAction: "notify", notificationEmails: ["ops@example.com"] };
    shows({ ...all, webhookUrl: "https://example.com" });
    assert.deepEqual((await find("id of calls")).settings, {
      ...{ projectName: "calls", ...all, webhookUrl: "https://example.com" },
    });
    const { action, certain, subject: about } = await factsOf(find("x"), "ObjectNotFound");
    assert.deepEqual([action, certain, about], ["look up", true, { ...subject, name: "x" }]);
    assert.deepEqual(turn.asked.at(-1), ["LIST", "x"]);
  });

  for (const [action, work] of Object.entries({
    read: () => read(place, known({ appName: "acme" })),
    update: () => update(place, known({ appName: "acme" }), wanted),
    delete: () => remove(place, known({ appName: "acme" })),
  })) {
    it(`of another app is refused without a call, in words of a ${action}`, async () => {
      const { action: told, owner, subject: about } = await factsOf(work(), "AppChanged");
      assert.deepEqual([told, owner, about, turn.story], [action, "acme", subject, ""]);
    });
  }
});
