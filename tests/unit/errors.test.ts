import assert from "node:assert/strict";
import { inspect } from "node:util";
import { assertNoSecrets, canaryRtmpURL } from "../support/canary";
import { call, errors, texts } from "../support/errorTexts";

const { CannotTell, ForeignRoom, LiveStreamingOff, MeteredError, NotAsDeclared, RequestRefused, RoomNotFound } = errors;

/** Those whose text is the caller's; the lifecycle's tests say what they hold. */
const worded = [
  "BadConfiguration",
  "NameTaken",
  "NameUsedTwice",
  "RoomReplacedOutside",
  "CannotDelete",
  "NotAsDeclared",
];

describe("errors", () => {
  it("are all described here", () => {
    const described = new Set(texts.map(([error]) => error.name));
    const classes = Object.values(errors).filter((each) => typeof each === "function");
    const all = classes.map(({ name }) => name).filter((name) => name !== "MeteredError");
    assert.deepEqual([...described].sort(), all.sort());
  });

  for (const [error, text] of texts) {
    it(`${error.name} says: ${text.slice(0, 90)}…`, () => {
      assert.equal(error.message, text);
    });
  }

  it("name what they are about and the next step, and never say undefined", () => {
    for (const [{ name, message }] of texts) {
      assert.doesNotMatch(message, /undefined|null|NaN|\[object/, message);
      if (worded.includes(name)) continue;
      assert.match(message, /(meeting room "standup"|live-streaming room "stage"|the rooms)/, message);
      assert.match(message, /pulumi (up|refresh|config set|destroy|state delete)|run the command again/, message);
    }
  });

  it("are short where Pulumi prints them beside the message", () => {
    for (const [error] of texts) {
      assert.ok(error instanceof MeteredError && error instanceof Error);
      assert.equal(`${error}`, error.name);
      assert.equal(error.stack, "see the message at the room");
      assert.ok(error.name in errors);
    }
  });

  it("know whether something may have happened on the server all the same", () => {
    for (const [{ message, mayHaveHappened }] of texts) {
      assert.equal(mayHaveHappened, message.includes("all the same"), message);
    }
  });

  it("carry what the lifecycle and Pulumi need of them", () => {
    const refused = new RequestRefused(call("create"), "Invalid request", true);
    assert.deepEqual([refused.said, refused.isBare], ["Invalid request", true]);
    const off = new LiveStreamingOff(call("create", true), "Invalid request");
    assert.ok(off instanceof RequestRefused && off.isBare);
    assert.equal(new RoomNotFound(call("read"), false).certain, false);
    const properties = { privacy: "public" };
    const kept = new NotAsDeclared("standup", properties, ["It is."]);
    assert.deepEqual([kept.id, kept.properties, kept.reasons], ["standup", properties, ["It is."]]);
  });

  it("say what may be meant only where it may be", () => {
    const bare = (action: "create" | "update", isBare: boolean) =>
      /may also be the name/.test(new RequestRefused(call(action), "Invalid request", isBare).message);
    assert.deepEqual([bare("create", true), bare("create", false), bare("update", true)], [true, false, false]);
    const tells = (isLive: boolean) => new CannotTell('room "standup"', isLive).message;
    assert.match(
      tells(true),
      /that Live Streaming is switched off for the app\. Look into.*If Live Streaming is off, switch it/,
    );
    assert.match(
      tells(false),
      /that something else is wrong with the app\. Look into the dashboard\. If the room is gone/,
    );
    assert.match(
      new ForeignRoom("room", "known", "declared").message,
      /declare roomName: "known" and run pulumi up\. .*take the alias out of .*: npx pulumi-metered import --help$/,
    );
  });

  it("are shown by Node in one line", () => {
    const kept = new NotAsDeclared("standup", {}, ["It is."]);
    assert.equal(inspect(kept), "NotAsDeclared: It is.");
    assert.equal(kept.mayHaveHappened, false);
  });

  it("show no setting to whoever prints them", () => {
    const error = new NotAsDeclared("standup", { rtmpOutURL: canaryRtmpURL }, ["It is."]);
    const everything = inspect(error, { depth: 10, showHidden: true, getters: true });
    const names = Object.getOwnPropertyNames(error);
    for (const view of [everything, JSON.stringify(error), JSON.stringify(error, names), `${error}`, error.stack]) {
      assertNoSecrets("an error", view ?? "");
    }
  });
});
