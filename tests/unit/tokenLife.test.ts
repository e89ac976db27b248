import assert from "node:assert/strict";
import { MeteredError } from "../../provider/src/errors";
import { fingerprint } from "../../provider/src/objects/fingerprint";
import { accessToken } from "../../provider/src/tokens/accessToken";
import { tokenLifecycle } from "../../provider/src/tokens/accessTokens";
import type { TokenApi } from "../../provider/src/tokens/api";
import { errorOf, factsOf } from "../support/failures";
import { CALL, type FakePlace, FakeTurn, fakePlace, knownObject } from "../support/fakeTurn";
import { NOW } from "../support/objects";

const wanted = { roomName: "standup", isAdmin: true, expiryInSeconds: 3600, rotateBeforeSeconds: 60, triggers: ["1"] };
const refused = new MeteredError({ cause: "RequestRefused", said: "expired", isBare: false, ...CALL });

describe("an access token", () => {
  let place: FakePlace;
  let sent: Record<string, unknown>[];
  /** What each request comes to, and how far the server's clock is ahead by its response. */
  let replies: { readonly token?: string; readonly error?: unknown; readonly offset?: number }[];
  beforeEach(() => {
    sent = [];
    replies = [];
    const create: TokenApi["create"] = async (subject, body) => {
      assert.deepEqual(subject, { label: "access token", name: "standup", resource: "AccessToken" });
      sent.push({ ...body });
      const { token = `token ${sent.length}`, error, offset } = replies.shift() ?? {};
      place.offset = offset ?? place.offset;
      if (error) throw error;
      return token;
    };
    const isValid = () => assert.fail("nobody asks whether it is valid");
    place = fakePlace(accessToken, new FakeTurn(), { create, isValid });
  });
  const { create, read, update, remove } = tokenLifecycle;
  const ends = () => sent.map(({ expireUnixSec }) => expireUnixSec);

  it("is issued with what Metered knows, and an end by the server's clock", async () => {
    replies = [{ token: "t", offset: 0 }];
    const { known, shortfalls } = await create(place, wanted);
    assert.deepEqual(sent, [{ roomName: "standup", isAdmin: true, expireUnixSec: NOW + 3600 }]);
    assert.deepEqual(shortfalls, []);
    const facts = { token: "t", expiresAt: NOW + 3600 };
    assert.deepEqual(known, knownObject(wanted, { id: fingerprint("t"), facts }));
  });

  it("ends when the program says, or never, and then one request is enough by whatever clock", async () => {
    replies = [{ offset: 9999 }, { offset: -9999 }];
    const fixed = await create(place, { roomName: "standup", expireUnixSec: NOW + 7 });
    const unending = await create(place, { roomName: "standup" });
    assert.deepEqual(sent, [{ roomName: "standup", expireUnixSec: NOW + 7 }, { roomName: "standup" }]);
    assert.equal(fixed.known.facts.expiresAt, NOW + 7);
    assert.equal("expiresAt" in unending.known.facts, false);
  });

  it("is issued again where the clocks turn out to be more than a minute apart", async () => {
    for (const [offset, times] of [
      [60, 1],
      [-60, 1],
      [61, 2],
      [-61, 2],
    ] as const) {
      sent.length = 0;
      place.offset = undefined;
      replies = [{ offset }];
      const { known } = await create(place, wanted);
      const end = NOW + 3600 + (times === 2 ? offset : 0);
      assert.deepEqual(ends(), [NOW + 3600, end].slice(0, times));
      const { token, expiresAt } = known.facts;
      assert.deepEqual([token, expiresAt], [`token ${times}`, end], `${offset}`);
      assert.equal(known.clockOffset, offset);
    }
  });

  it("isn't issued again for a long wait, whatever came of it", async () => {
    const failed = new MeteredError({ cause: "RateLimited", isUnchanged: true, attempts: 9, seconds: 75, ...CALL });
    for (const reply of [{ token: "t" }, { error: failed }]) {
      sent.length = 0;
      replies = [
        {
          ...reply,
          get offset() {
            place.at += 75;
            return 0;
          },
        },
      ];
      await create(place, wanted).catch(() => undefined);
      assert.equal(sent.length, 1);
    }
  });

  it("is issued again, too, where the first one was refused for its end, and fails only if that doesn't help", async () => {
    replies = [{ error: refused, offset: 7200 }];
    assert.equal((await create(place, wanted)).known.facts.token, "token 2");
    assert.deepEqual(ends(), [NOW + 3600, NOW + 10_800]);
    for (const all of [
      [{ error: refused, offset: 7200 }],
      [{ error: new Error("first"), offset: 0 }, { error: refused }],
    ]) {
      replies = all;
      assert.equal(await errorOf(create(place, wanted)), refused);
    }
  });

  it("lasts until its lifetime is over, without a call, and with a fixed end for good", async () => {
    const facts = { token: "t", expiresAt: NOW };
    assert.equal(await read(place, knownObject(wanted, { facts })), undefined);
    const known = knownObject(wanted, { facts, clockOffset: -1 });
    assert.equal(await read(place, known), known);
    const fixed = knownObject({ roomName: "standup", expireUnixSec: NOW - 9 }, { facts });
    assert.equal(await read(place, fixed), fixed);
  });

  it("gets what only decides when it is replaced, and is deleted, without a call", async () => {
    const known = knownObject(wanted, { facts: { token: "t" } });
    const news = { ...wanted, rotateBeforeSeconds: 7 };
    assert.deepEqual(await update(place, known, news), { known: { ...known, settings: news }, shortfalls: [] });
    await remove(place, known);
    assert.deepEqual(sent, []);
  });

  for (const [action, work] of Object.entries({
    read: () => read(place, knownObject(wanted, { appName: "acme" })),
    update: () => update(place, knownObject(wanted, { appName: "acme" }), wanted),
    delete: () => remove(place, knownObject(wanted, { appName: "acme" })),
  })) {
    it(`of another app is refused, in words of a ${action}`, async () => {
      const { action: told, owner, subject } = await factsOf(work(), "AppChanged");
      assert.deepEqual([told, owner, subject?.name], [action, "acme", "standup"]);
    });
  }
});
