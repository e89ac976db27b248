import assert from "node:assert/strict";
import { differenceOf } from "../../provider/src/objects/difference";
import { fingerprint } from "../../provider/src/objects/fingerprint";
import { factIn, projectOf, textIn } from "../../provider/src/objects/known";
import { objectSubject, secretOutputs, sentFields } from "../../provider/src/objects/objectType";
import { UNKNOWN } from "../../provider/src/schema/kinds";
import { accessToken } from "../../provider/src/tokens/accessToken";
import { turnCredential } from "../../provider/src/turn/credential";
import { turnProject } from "../../provider/src/turn/project";
import { factsOf } from "../support/failures";
import { ICE, knownObject } from "../support/fakeTurn";
import { NOW, offline } from "../support/objects";

const settings = { label: "app", expiryInSeconds: 3600, triggers: ["1", "2"] };
const facts = { expiresAt: NOW + 3600, iceServers: ICE };
const NONE = { changed: [], replaces: [], isDue: false, isIncomplete: false };

describe("the comparison of an object with its state", () => {
  const compare = (wanted: object, more: object = {}, at = NOW) =>
    differenceOf(offline(turnCredential, at), knownObject(settings, { facts, ...more }), { ...wanted });

  for (const [what, wanted, more, found] of [
    ["nothing where nothing differs, lists item by item", { ...settings, triggers: ["1", "2"] }, {}, {}],
    ["a change that replaces", { ...settings, label: "web" }, {}, { changed: ["label"], replaces: ["label"] }],
    [
      "a change that doesn't",
      { ...settings, rotateBeforeSeconds: 60 },
      {},
      { changed: ["rotateBeforeSeconds"], replaces: [] },
    ],
    [
      "an item that differs",
      { ...settings, triggers: ["1", "3"] },
      {},
      { changed: ["triggers"], replaces: ["triggers"] },
    ],
    [
      "an item that is added",
      { ...settings, triggers: ["1", "2", "3"] },
      {},
      { changed: ["triggers"], replaces: ["triggers"] },
    ],
    [
      "what isn't known yet, although the state has had the same",
      { ...settings, label: UNKNOWN },
      { settings: { ...settings, label: UNKNOWN } },
      { changed: ["label"], replaces: ["label"] },
    ],
    [
      "what was in doubt",
      settings,
      { settings: { ...settings, label: null } },
      { changed: ["label"], replaces: ["label"] },
    ],
    ["that it was switched off", settings, { isDisabled: true }, { replaces: ["username"], isDue: true }],
    ["an output that a create couldn't get", settings, { facts: { expiresAt: NOW + 3600 } }, { isIncomplete: true }],
    [
      "no missing output of what is only looked up",
      settings,
      { facts: { expiresAt: NOW + 3600 }, origin: "lookup" },
      {},
    ],
  ] as const) {
    it(`finds ${what}`, () => assert.deepEqual(compare(wanted, more), { ...NONE, ...found }));
  }

  it("finds that its time is over, by the clock of the server", () => {
    assert.deepEqual(compare(settings, {}, NOW + 3600), { ...NONE, replaces: ["expiresAt"], isDue: true });
    assert.deepEqual(compare(settings, { clockOffset: 3600 }), { ...NONE, replaces: ["expiresAt"], isDue: true });
    const both = compare({ ...settings, label: "web" }, { isDisabled: true }, NOW + 3600);
    assert.deepEqual(both.replaces, ["label", "expiresAt", "username"]);
  });

  it("is refused for another app", async () => {
    const compared = async () => compare(settings, { appName: "acme" });
    const { action, owner, app } = await factsOf(compared(), "AppChanged");
    assert.deepEqual([action, owner, app], ["update", "acme", "demo"]);
    assert.deepEqual(compare(settings, { appName: undefined }), NONE);
  });
});

describe("what is known of an object", () => {
  it("are facts, as texts, and settings, as far as they are certain", () => {
    const settings = { label: "app", region: null, expiryInSeconds: 60 };
    const known = knownObject(settings, { facts: { username: "u", createdAt: 7 } });
    assert.deepEqual(
      ["username", "createdAt", "other"].map((name) => factIn(known, name)),
      ["u", "", ""],
    );
    assert.deepEqual(
      ["label", "region", "expiryInSeconds", "other"].map((name) => textIn(known.settings, name)),
      ["app", undefined, undefined, undefined],
    );
    assert.deepEqual([projectOf(known.settings), projectOf({ projectId: "id of calls" })], [undefined, "id of calls"]);
  });

  it("is an id for what is known by a secret: 16 hex digits, the same for ever", () => {
    assert.equal(fingerprint("u"), "0bfe935e70c321c7");
  });

  it("is what a message calls it", () => {
    for (const [type, given, name] of [
      [turnProject, { projectName: "calls" }, "calls"],
      [turnProject, { projectName: 7 }, ""],
      [turnCredential, { label: "app" }, "app"],
      [turnCredential, {}, "(without a label)"],
      [accessToken, { roomName: "standup" }, "standup"],
      [accessToken, { globalToken: true }, "(every room)"],
    ] as const) {
      assert.deepEqual(objectSubject(type, given), { label: type.label, name, resource: type.name });
    }
  });

  it("are its secret outputs, and the inputs that Metered knows", () => {
    assert.deepEqual(secretOutputs(turnCredential), ["username", "password", "apiKey", "iceServers"]);
    assert.deepEqual(secretOutputs(accessToken), ["token"]);
    const local = Object.keys(turnProject.fields).filter(
      (name) => !sentFields(turnProject).some(([sent]) => sent === name),
    );
    assert.deepEqual(local, ["forceDestroy"]);
  });
});
