import assert from "node:assert/strict";
import type { ObjectType } from "../../provider/src/objects/objectType";
import { checkObject } from "../../provider/src/pulumi/objectOperations";
import { UNKNOWN } from "../../provider/src/schema/kinds";
import { accessToken } from "../../provider/src/tokens/accessToken";
import { turnCredential } from "../../provider/src/turn/credential";
import { turnProject } from "../../provider/src/turn/project";
import { NOW, offline } from "../support/objects";

const projectId = "6b02ce269338de260e311489";
const problems = (type: ObjectType, news: object, olds: object = {}) =>
  checkObject(offline(type), { ...olds }, { ...news }).problems;
const emails = (count: number) => Array.from({ length: count }, (_, i) => `ops${i}@example.com`);

describe("what a TURN project may be", () => {
  it("is everything that Metered documents", () => {
    const settings = { projectName: "x".repeat(99), quotaInBytes: 1_048_576, quotaExceededAction: "notify" };
    const more = { webhookUrl: "https://example.com/hook", notificationEmails: emails(10), forceDestroy: true };
    assert.deepEqual(problems(turnProject, { ...settings, ...more }), []);
    assert.deepEqual(problems(turnProject, { projectName: "p", quotaInBytes: 0, notificationEmails: [] }), []);
  });

  it("is told all at once, each with the property, the problem and the cure", () => {
    const wrong = {
      projectName: "x".repeat(100),
      quotaInBytes: 1_048_575,
      quotaExceededAction: "stop",
      webhookUrl: "http://example.com/hook?token=canary",
      notificationEmails: emails(11),
      forceDestroy: "yes",
    };
    assert.deepEqual(problems(turnProject, wrong), [
      "projectName must have fewer than 100 characters, not 100",
      "quotaInBytes must be 0, for no quota, or 1048576 bytes or more, not 1048575",
      'quotaExceededAction must be "disable" or "notify" or "none", not another string',
      "webhookUrl must be a URL that starts with https://, not with http:",
      "notificationEmails must contain at most 10 email addresses, not 11",
      "forceDestroy must be true or false, not a string",
    ]);
    assert.deepEqual(problems(turnProject, {}), ["projectName is missing: it must be a string"]);
    assert.deepEqual(problems(turnProject, { projectName: "p", notificationEmails: ["ops@example.com", "ops"] }), [
      "notificationEmails must contain only email addresses, and number 2 isn't one",
    ]);
    assert.deepEqual(problems(turnProject, { projectName: "p", notificationEmails: "ops@example.com" }), [
      "notificationEmails must be a list of strings, not a string",
    ]);
  });

  it("keeps what the state has, however it got there", () => {
    const old = { projectName: "p", webhookUrl: "http://example.com", notificationEmails: ["ops"] };
    assert.deepEqual(problems(turnProject, { ...old, quotaInBytes: 0 }, old), []);
  });
});

describe("what a TURN credential may be", () => {
  it("is everything that Metered documents, and nothing at all", () => {
    const all = {
      projectId,
      label: "app",
      expiryInSeconds: 3600,
      rotateBeforeSeconds: 600,
      triggers: ["1"],
      region: "eu",
    };
    assert.deepEqual(problems(turnCredential, all), []);
    assert.deepEqual(problems(turnCredential, {}), []);
  });

  it("has a positive lifetime, which is longer than the time before its end at which it's replaced", () => {
    assert.deepEqual(problems(turnCredential, { expiryInSeconds: 0 }), [
      "expiryInSeconds must be 1 second or more, not 0",
    ]);
    assert.deepEqual(problems(turnCredential, { expiryInSeconds: 60, rotateBeforeSeconds: 60 }), [
      "rotateBeforeSeconds must be less than expiryInSeconds: otherwise every run would replace it",
    ]);
    assert.deepEqual(problems(turnCredential, { rotateBeforeSeconds: 60 }), [
      "rotateBeforeSeconds needs expiryInSeconds: a credential that never expires doesn't need rotation",
    ]);
  });

  it("has a label of 1 to 99 characters, an id of a project, strings for triggers", () => {
    assert.deepEqual(problems(turnCredential, { label: "", projectId: "my-project", triggers: [1] }), [
      "projectId must be a Metered ID (`_id`) of 24 hex digits",
      "label must not be empty",
      "triggers must contain only strings",
    ]);
  });

  it("is judged only as far as a preview knows it", () => {
    assert.deepEqual(
      problems(turnCredential, { projectId: UNKNOWN, expiryInSeconds: UNKNOWN, rotateBeforeSeconds: 60 }),
      [],
    );
    assert.deepEqual(problems(turnCredential, { triggers: ["1", UNKNOWN] }), []);
  });
});

describe("what an access token may be", () => {
  it("is for one room or for all, not for none and not for both", () => {
    assert.deepEqual(problems(accessToken, { roomName: "standup" }), []);
    assert.deepEqual(problems(accessToken, { globalToken: true }), []);
    assert.deepEqual(problems(accessToken, { roomName: "standup", globalToken: false }), []);
    assert.deepEqual(problems(accessToken, { roomName: UNKNOWN }), []);
    const one = "a token is for one room or for all of them";
    assert.deepEqual(problems(accessToken, {}), [`roomName is missing, and so is globalToken: ${one}`]);
    assert.deepEqual(problems(accessToken, { globalToken: false }), [
      `roomName is missing, and so is globalToken: ${one}`,
    ]);
    assert.deepEqual(problems(accessToken, { roomName: "standup", globalToken: true }), [
      `globalToken: true and roomName can't be combined: ${one}`,
    ]);
  });

  it("ends in the future when that is first set, and may be over later", () => {
    const past = { roomName: "standup", expireUnixSec: NOW - 1 };
    assert.match(
      problems(accessToken, past)[0] ?? "",
      /^expireUnixSec is in the past .* so the token would never be accepted$/,
    );
    assert.deepEqual(problems(accessToken, past, past), []);
  });

  it("has one end: a time, or a lifetime, and only what has a lifetime is replaced before it", () => {
    const both = { roomName: "standup", expireUnixSec: NOW + 60, expiryInSeconds: 60 };
    assert.equal(problems(accessToken, both).length, 1);
    const fixed = { roomName: "standup", expireUnixSec: NOW + 60, rotateBeforeSeconds: 30 };
    assert.match(problems(accessToken, fixed)[0] ?? "", /^rotateBeforeSeconds needs expiryInSeconds/);
  });
});
