import assert from "node:assert/strict";
import { endOf, isDue, isExpired, keptOffset, serverTime } from "../../provider/src/objects/rotation";
import { knownObject } from "../support/fakeTurn";
import { NOW } from "../support/objects";

const clocks = (clockOffset?: number) => ({ now: () => NOW * 1000, api: { clockOffset } });
const ending = (expiresAt: unknown, settings: object = { expiryInSeconds: 60 }) =>
  knownObject({ ...settings }, { facts: { expiresAt } });

describe("the time on the server", () => {
  it("is this machine's until anything is known: then what the state says, and before that what responses showed", () => {
    assert.equal(serverTime(clocks()), NOW);
    assert.equal(serverTime(clocks(), { clockOffset: 0 }), NOW);
    assert.equal(serverTime(clocks(), { clockOffset: -7 }), NOW - 7);
    assert.equal(serverTime(clocks(5), { clockOffset: -7 }), NOW + 5);
    assert.equal(serverTime(clocks(0), { clockOffset: -7 }), NOW);
  });
});

describe("the difference of the clocks that a state keeps", () => {
  for (const [seen, before, kept, why] of [
    [undefined, 0, 0, "no response, no difference"],
    [undefined, 3600, 3600, "no response, the last one"],
    [59.9, 0, 0, "less than a minute is on the way"],
    [-59.9, 0, 0, "so it is the other way round"],
    [60, 0, 60, "a minute is a difference"],
    [-60, 0, -60, "also the other way round"],
    [3600.4, 0, 3600, "whole seconds"],
    [3650, 3600, 3600, "what is about as before stays as it is"],
    [3660, 3600, 3660, "what is a minute off does not"],
    [0, 3600, 0, "a clock that was set right"],
    [59, 3600, 0, "one that is right by now, about"],
  ] as const) {
    it(`is ${kept} for ${seen} after ${before}: ${why}`, () => {
      assert.equal(keptOffset(clocks(seen), before), kept);
    });
  }

  it("is none for a new object where the clocks agree", () => {
    assert.equal(keptOffset(clocks(1)), 0);
  });
});

describe("the end of an object", () => {
  const lasting = { expiryInSeconds: 60 };

  it("is its lifetime after the whole second of its creation, and none without one", () => {
    assert.equal(endOf(NOW + 0.9, lasting), NOW + 60);
    assert.equal(endOf(NOW, {}), undefined);
  });

  it("is due at that time, or so long before as the program wants", () => {
    const due = (at: number, wanted: object) => isDue(ending(NOW + 60), { ...wanted }, at);
    assert.deepEqual([due(NOW + 59, lasting), due(NOW + 60, lasting)], [false, true]);
    const earlier = { ...lasting, rotateBeforeSeconds: 10 };
    assert.deepEqual([due(NOW + 49, earlier), due(NOW + 50, earlier)], [false, true]);
    // Not known yet in a preview.
    const unknown = { ...lasting, rotateBeforeSeconds: "unknown" };
    assert.deepEqual([due(NOW + 59, unknown), due(NOW + 60, unknown)], [false, true]);
  });

  it("is never due without a lifetime, or where the state has no end", () => {
    assert.equal(isDue(ending(NOW), {}, NOW + 9999), false);
    for (const end of [undefined, null, `${NOW}`]) assert.equal(isDue(ending(end), lasting, NOW + 9999), false);
  });

  it("makes it gone from that very second, if it had a lifetime", () => {
    assert.deepEqual([isExpired(ending(NOW), NOW - 1), isExpired(ending(NOW), NOW)], [false, true]);
    assert.equal(isExpired(ending(NOW, {}), NOW + 9999), false);
    for (const end of [undefined, null, `${NOW}`]) assert.equal(isExpired(ending(end), NOW + 9999), false);
  });
});
