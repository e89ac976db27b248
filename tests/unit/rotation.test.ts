import assert from "node:assert/strict";
import type { Note } from "../../provider/src/notes";
import type { ObjectType } from "../../provider/src/objects/objectType";
import { objectDiff } from "../../provider/src/pulumi/dynamic/diffs";
import { compareObject } from "../../provider/src/pulumi/objectOperations";
import { sayNote } from "../../provider/src/pulumi/words/notes";
import { UNKNOWN } from "../../provider/src/schema/kinds";
import { accessToken } from "../../provider/src/tokens/accessToken";
import { turnCredential } from "../../provider/src/turn/credential";
import { DYNAMIC } from "../support/errorTexts";
import { DAY, NOW, offline } from "../support/objects";

const settings = { label: "app", expiryInSeconds: 30 * DAY, rotateBeforeSeconds: 7 * DAY };
const facts = { username: "u", password: "p", apiKey: "k", iceServers: [], createdAt: NOW, expiresAt: NOW + 30 * DAY };
const text = (type: ObjectType) =>
  `exports.handler=()=>require("pulumi-metered/runtime").${type.name[0]?.toLowerCase()}${type.name.slice(1)}`;

interface Clocks {
  /** What the machine's clock shows, in seconds since the creation. */
  readonly after: number;
  /** How far the server is ahead of it, as a response of this run has shown. */
  readonly seen?: number;
}

const diff = (clocks: Clocks, news: object = settings, more: object = {}, type: ObjectType = turnCredential) => {
  const place = offline(type, NOW + clocks.after, clocks.seen);
  const olds = { ...settings, ...facts, appName: "demo", __provider: text(type), ...more };
  return objectDiff(type, olds, compareObject(place, "id", olds, { ...news }));
};
/** What the user is told of a comparison. */
const told = (after: number, news: object = settings, more: object = {}) => {
  const notes: Note[] = [];
  const place = { ...offline(turnCredential, NOW + after), tell: (note: Note) => void notes.push(note) };
  const olds = { ...settings, ...facts, appName: "demo", __provider: text(turnCredential), ...more };
  compareObject(place, "id", olds, { ...news });
  return notes.map((note) => sayNote(note, DYNAMIC));
};
const DUE = { changes: true, replaces: ["expiresAt"], deleteBeforeReplace: false };
const NOTHING = { changes: false };

describe("the rotation of what expires", () => {
  it("comes with the first run that finds less time left than the program wants, although no input differs", () => {
    assert.deepEqual(diff({ after: 23 * DAY - 1 }), NOTHING);
    assert.deepEqual(diff({ after: 23 * DAY }), DUE);
    assert.deepEqual(diff({ after: 60 * DAY }), DUE);
  });

  it("comes when it's over, if the program says nothing", () => {
    const { rotateBeforeSeconds: _, ...plain } = settings;
    const lasting = { rotateBeforeSeconds: undefined };
    assert.deepEqual(diff({ after: 30 * DAY - 1 }, plain, lasting), NOTHING);
    assert.deepEqual(diff({ after: 30 * DAY }, plain, lasting), DUE);
  });

  it("never comes for what doesn't expire, or ends at a fixed time", () => {
    const unending = { expiresAt: undefined, expiryInSeconds: undefined, rotateBeforeSeconds: undefined };
    assert.deepEqual(diff({ after: 9999 * DAY }, { label: "app" }, unending), NOTHING);
    const fixed = { roomName: "standup", expireUnixSec: NOW + DAY };
    const olds = { ...unending, label: undefined, ...fixed, token: "t", expiresAt: NOW + DAY };
    assert.deepEqual(diff({ after: 9999 * DAY }, fixed, olds, accessToken), NOTHING);
  });

  it("goes by the server's clock, as the last run saw it or as this one does", () => {
    assert.deepEqual(diff({ after: 0 }, settings, { __clockOffset: 25 * DAY }), DUE);
    assert.deepEqual(diff({ after: 365 * DAY }, settings, { __clockOffset: -364 * DAY }), NOTHING);
    assert.deepEqual(diff({ after: 0, seen: 25 * DAY }), DUE);
    assert.deepEqual(diff({ after: 0, seen: 0 }, settings, { __clockOffset: 25 * DAY }), NOTHING);
  });

  it("happens along with a change of the program, as one replacement", () => {
    const { changes, replaces } = diff({ after: 25 * DAY }, { ...settings, label: "web" });
    assert.deepEqual([changes, replaces], [true, ["label", "expiresAt"]]);
  });

  it("waits for an expiry that the preview doesn't know", () => {
    const { replaces } = diff({ after: 25 * DAY }, { ...settings, expiryInSeconds: UNKNOWN });
    assert.deepEqual(replaces, ["expiryInSeconds"]);
  });

  it("comes at once for what was disabled outside Pulumi, so that the disabled one is deleted as well", () => {
    assert.deepEqual(diff({ after: 0 }, settings, { __disabled: true }), { ...DUE, replaces: ["username"] });
  });
});

describe("the reason for a rotation", () => {
  it("is told whenever there is one, so that a preview shows it", () => {
    const soon = /^TURN credential "app" expires \d{4}-\S+ \S+ UTC, which is less than rotateBeforeSeconds away, so /;
    const [nearly, ...more] = told(23 * DAY);
    assert.match(nearly ?? "", soon);
    assert.deepEqual(more, []);
    assert.match(
      told(30 * DAY)[0] ?? "",
      /^TURN credential "app" expired \d{4}-\S+ \S+ UTC, so pulumi up replaces it\.$/,
    );
    assert.match(
      told(0, settings, { __disabled: true })[0] ?? "",
      /was disabled outside Pulumi, so pulumi up replaces it/,
    );
  });

  it("isn't told where nothing is due, or where only the program asks for a replacement", () => {
    assert.deepEqual([told(0), told(0, { ...settings, label: "web" })], [[], []]);
  });
});

describe("a change of the program", () => {
  it("replaces create-first where Metered can't change it, and only updates the state where it's Pulumi's", () => {
    assert.deepEqual(diff({ after: 0 }, { ...settings, triggers: ["2"] }), {
      deleteBeforeReplace: false,
      replaces: ["triggers"],
    });
    assert.deepEqual(diff({ after: 0 }, { ...settings, rotateBeforeSeconds: DAY }), { deleteBeforeReplace: false });
    assert.deepEqual(diff({ after: 0 }, { ...settings, region: "eu" }), { deleteBeforeReplace: false });
    assert.deepEqual(diff({ after: 0 }, { ...settings, triggers: ["a"] }, { triggers: ["a"] }), NOTHING);
  });

  it("is refused where the state belongs to another app", () => {
    assert.throws(() => diff({ after: 0 }, settings, { appName: "other" }), { name: "AppChanged" });
  });
});
