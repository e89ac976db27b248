import assert from "node:assert/strict";
import { isCause } from "../../provider/src/errors";
import { fingerprint } from "../../provider/src/objects/fingerprint";
import { turnCredential } from "../../provider/src/turn/credential";
import { credentialLifecycle } from "../../provider/src/turn/credentials";
import { errorOf, factsOf } from "../support/failures";
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
  const { read, update, remove, lookUp } = credentialLifecycle;
  const find = (id: string) => {
    assert.ok(lookUp);
    return lookUp(place, id);
  };

  describe("when it is read", () => {
    beforeEach(() => {
      turn.listed = [credential("other"), credential("u")];
    });

    it("is looked for where it is, and then tries its own key", async () => {
      assert.deepEqual(await read(place, known()), known());
      await read(place, known({}, { projectId: "1", label: null }));
      assert.deepEqual(turn.asked, [
        ["CREDENTIALS", "app", { projectId: undefined, label: "app" }],
        ["ICE", "k", undefined],
        ["CREDENTIALS", "(without a label)", { projectId: "1", label: undefined }],
        ["ICE", "k", undefined],
      ]);
    });

    it("doesn't depend on what the list shows of others, or of how to use it", async () => {
      const unusable = { password: undefined, apiKey: undefined };
      turn.listed = [
        { ...credential("old"), ...unusable },
        { ...credential("u"), ...unusable },
      ];
      assert.deepEqual(await read(place, known()), known());
      assert.equal((await factsOf(find("u"), "UnexpectedResponse")).action, "look up");
    });

    it("is found where Metered keeps its label in another spelling", async () => {
      turn.next("CREDENTIALS", () => []);
      assert.deepEqual(await read(place, known()), known());
      assert.deepEqual(turn.asked.slice(0, 2), [
        ["CREDENTIALS", "app", { projectId: undefined, label: "app" }],
        ["CREDENTIALS", "app", { projectId: undefined }],
      ]);
    });

    it("is gone where it isn't listed, or has expired by Metered's word or by its clock", async () => {
      assert.equal(await read(place, known({ facts: { ...facts, username: "x" } })), undefined);
      turn.listed = [credential("u", { isExpired: true })];
      assert.equal(await read(place, known()), undefined);
      turn.listed = [credential("u")];
      place.offset = 600;
      assert.equal(await read(place, known()), undefined);
      // Once more without its label, before it counts as gone.
      assert.equal(turn.story, "CREDENTIALS CREDENTIALS CREDENTIALS CREDENTIALS");
    });

    it("is disabled where Metered says so, or no longer takes its key, and the user hears of it", async () => {
      turn.listed = [credential("u", { isDisabled: true })];
      assert.equal((await read(place, known()))?.isDisabled, true);
      turn.listed = [credential("u")];
      turn.next("ICE", () => undefined);
      assert.equal((await read(place, known()))?.isDisabled, true);
      const subject = { label: "TURN credential", name: "app", resource: "TurnCredential" };
      const note = { note: "disabled", subject };
      assert.deepEqual(place.notes, [note, note]);
      turn.next("ICE", () => undefined);
      assert.equal((await read(place, known({ origin: "lookup" })))?.isDisabled, true);
      assert.equal(place.notes.length, 2, "a lookup is no resource to replace");
    });

    it("is given five minutes to be known everywhere, and none where its creation isn't known", async () => {
      for (const [createdAt, asks] of [
        [NOW - 299, false],
        [NOW - 300, true],
        [undefined, true],
      ] as const) {
        turn.asked.length = 0;
        await read(place, known({ facts: { ...facts, createdAt } }));
        assert.equal(turn.story, asks ? "CREDENTIALS ICE" : "CREDENTIALS");
      }
    });

    it("is told by its key alone on a plan without a list", async () => {
      turn.failNext("CREDENTIALS", errors.plan());
      assert.deepEqual(await read(place, known()), known());
      turn.failNext("CREDENTIALS", errors.plan()).next("ICE", () => undefined);
      assert.equal((await read(place, known()))?.isDisabled, true);
    });

    it("is gone with its project, if that is certain", async () => {
      turn.failNext("CREDENTIALS", errors.missing());
      assert.equal(await read(place, known()), undefined);
      for (const error of [errors.missing(false), errors.lost()]) {
        turn.failNext("CREDENTIALS", error);
        assert.equal(await errorOf(read(place, known())), error);
      }
    });

    it("learns how far the clocks are apart by now", async () => {
      place.offset = -3600;
      assert.equal((await read(place, known({ clockOffset: 7200 })))?.clockOffset, -3600);
    });
  });

  describe("when it is deleted", () => {
    it("is, by its username, in its project", async () => {
      await remove(place, known());
      await remove(place, known({}, { projectId: "1" }));
      assert.deepEqual(turn.asked, [
        ["DELETE", "app", undefined, "u"],
        ["DELETE", "(without a label)", "1", "u"],
      ]);
    });

    for (const [what, error, list, isGone] of [
      ["isn't found, and isn't listed", errors.missing(), () => [], true],
      ["isn't found, and is listed: the key was wrong", errors.missing(), () => [credential("u")], false],
      ["isn't found, and the plan has no list, which took the key", errors.missing(), () => fail(errors.plan()), true],
      ["is answered without sense, and isn't listed", errors.unreadable(), () => [], true],
      ["is answered without sense, and is listed", errors.unreadable(), () => [credential("u")], false],
      ["is answered without sense, on a plan without a list", errors.unreadable(), () => fail(errors.plan()), false],
    ] as const) {
      it(`${isGone ? "is gone" : "isn't gone"} where it ${what}`, async () => {
        turn.failNext("DELETE", error).next("CREDENTIALS", list);
        if (isGone) await remove(place, known());
        else assert.equal(await errorOf(remove(place, known())), error);
        assert.match(turn.story, /^DELETE CREDENTIALS( CREDENTIALS)?$/);
      });
    }

    it("stays after any other error, which is passed on, and so is that of the list", async () => {
      const lost = errors.lost();
      turn.failNext("DELETE", lost);
      assert.equal(await errorOf(remove(place, known())), lost);
      assert.equal(turn.story, "DELETE");
      turn.failNext("DELETE", errors.missing()).failNext("CREDENTIALS", lost);
      assert.equal(await errorOf(remove(place, known())), lost);
    });
  });

  describe("when it is looked up", () => {
    it("is found by its username or its id, in its project, expired ones in between", async () => {
      turn.listed = [credential("x"), credential("u", { createdAt: undefined, answeredAt: NOW * 1000 })];
      const found = await find("u");
      assert.deepEqual([found.id, found.settings, found.isDisabled], [fingerprint("u"), wanted, false]);
      assert.deepEqual(found.facts, { username: "u", password: "p", apiKey: "key of u", iceServers: ICE });
      assert.deepEqual(await find(fingerprint("u")), found);
      turn.listed = [credential("u", { label: undefined, expiryInSeconds: undefined, isDisabled: true })];
      const bare = await find("1/u");
      assert.deepEqual([bare.settings, bare.isDisabled], [{ projectId: "1" }, true]);
      assert.deepEqual(
        turn.asked.filter(([action]) => action === "CREDENTIALS").map(([, , filter]) => filter),
        [undefined, undefined, "1"].map((projectId) => ({ all: true, projectId })),
      );
    });

    it("isn't found where it isn't there, or has expired", async () => {
      for (const listed of [[], [credential("x")], [credential("u", { isExpired: true })]]) {
        turn.listed = listed;
        const { action, certain, subject, app } = await factsOf(find("u"), "ObjectNotFound");
        assert.deepEqual([action, certain, subject?.name, app], ["look up", true, "u", "demo"]);
      }
    });

    it("has to be whole", async () => {
      turn.listed = [credential("u")];
      turn.failNext("ICE", errors.lost());
      assert.ok(isCause(await errorOf(find("u")), "NoConnection"));
      for (const missing of [{ password: undefined }, { apiKey: undefined }]) {
        turn.listed = [{ ...credential("u"), ...missing }];
        const { problem, mayHaveHappened } = await factsOf(find("u"), "UnexpectedResponse");
        assert.deepEqual(
          [problem, mayHaveHappened],
          ["lists the credential without its password or its apiKey", false],
        );
      }
    });
  });

  for (const [action, work] of Object.entries({
    read: () => read(place, known({ appName: "acme" })),
    update: () => update(place, known({ appName: "acme" }), wanted),
    delete: () => remove(place, known({ appName: "acme" })),
  })) {
    it(`of another app is refused without a call, in words of a ${action}`, async () => {
      const { action: told, owner, subject } = await factsOf(work(), "AppChanged");
      assert.deepEqual([told, owner, subject?.name, turn.story], [action, "acme", "app", ""]);
    });
  }
});

function fail(error: Error): never {
  throw error;
}
