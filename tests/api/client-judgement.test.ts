import { deepEqual, doesNotMatch, equal, match, ok, throws } from "node:assert/strict";
import { hideKeys, redact } from "../../provider/src/api/redact";
import { confirmDelete, errorFor, type MarkedCall, roomOf } from "../../provider/src/api/replies";
import {
  BadKey,
  NameTaken,
  RequestRefused,
  RoomNotFound,
  UnknownApp,
  UnreadableReply,
} from "../../provider/src/core/errors";
import { assertNoSecrets, canaryKey } from "../support/canary";
import { clientAt, failure } from "../support/client";
import { closeServers, json, serve } from "../support/servers";

type Action = MarkedCall["action"];

const call = (action: Action, more: Partial<MarkedCall> = {}): MarkedCall => ({
  action,
  name: "standup",
  subject: 'meeting room "standup"',
  appName: "demo",
  isLive: false,
  changes: action !== "read" && action !== "list",
  secrets: [],
  ...more,
});
const answer = (status: number, body: unknown) => ({
  status,
  text: typeof body === "string" ? body : JSON.stringify(body),
  date: undefined,
});
const judged = (action: Action, status: number, body: unknown) => errorFor(call(action), answer(status, body), 1);

describe("what the client makes of a status and a message", () => {
  it("a name is taken only for a create", () => {
    for (const message of ["roomName already exists", "roomName already  exists"]) {
      ok(judged("create", 400, { message }) instanceof NameTaken);
      ok(judged("update", 400, { message }) instanceof RequestRefused);
    }
    ok(judged("create", 409, { message: "Conflict" }) instanceof NameTaken);
    ok(judged("update", 409, { message: "Conflict" }) instanceof RequestRefused);
  });

  it("a 404 is about the app where no room could be missing", () => {
    for (const action of ["create", "list"] as const) ok(judged(action, 404, { message: "" }) instanceof UnknownApp);
    for (const action of ["read", "update", "delete"] as const) {
      ok(judged(action, 404, { message: "" }) instanceof RoomNotFound);
      const page = judged(action, 404, "<html></html>");
      ok(page instanceof UnknownApp);
      doesNotMatch(page.message, /""|: \./);
    }
  });

  it("a key is meant however it is spelled, and an app by any of its names", () => {
    for (const message of [
      "wrong api key",
      "wrong apikey",
      "wrong secret key",
      "wrong secretKey",
      "wrong secret_key",
    ]) {
      ok(judged("read", 400, { message }) instanceof BadKey, message);
    }
    for (const message of ["app not found", "application demo not found", "The app demo does not exist"]) {
      ok(judged("read", 400, { message }) instanceof UnknownApp, message);
    }
  });

  it("no more than an invalid request is bare, whatever is around it; a word on the plan is not", () => {
    const isBare = (message: string) => (judged("update", 400, { message }) as RequestRefused).isBare;
    deepEqual(["Invalid request", " invalid request.\n", "", "  "].map(isBare), [true, true, true, true]);
    deepEqual(["Invalid request today", "your plan has no rooms left"].map(isBare), [false, false]);
  });

  it("an empty reply to a change may have changed something, a redirect has not", () => {
    const may = (action: Action, status: number) => judged(action, status, "").mayHaveHappened;
    deepEqual(
      [204, 299, 300, 302, 399].map((status) => may("update", status)),
      [true, true, false, false, false],
    );
    equal(may("read", 204), false);
  });

  it("a delete is done where any status of success says so", () => {
    for (const status of [200, 204, 299]) confirmDelete(call("delete"), answer(status, { success: true }), 1);
    throws(() => confirmDelete(call("delete"), answer(200, { success: false }), 1), { message: /does not confirm it/ });
    throws(() => confirmDelete(call("delete"), answer(300, { success: true }), 1), UnreadableReply);
  });

  it("a room has an id and a name, and a moment only where it says one", () => {
    const room = { _id: "61005784c3c9104421af1534", roomName: "standup" };
    for (const part of ["_id", "roomName"]) {
      for (const wrong of ["", 7, null]) equal(roomOf({ ...room, [part]: wrong }, undefined), undefined);
    }
    equal(roomOf({ ...room, created: 7 }, undefined)?.createdAt, undefined);
    equal(roomOf({ ...room, created: "2030-01-01T00:00:00Z" }, undefined)?.createdAt, Date.UTC(2030, 0, 1));
  });
});

describe("what the client shows of a server's words", () => {
  afterEach(closeServers);

  it("is 300 characters at most, without blanks around", () => {
    equal(redact(` ${"x".repeat(300)} `, []), "x".repeat(300));
    equal(redact("x".repeat(301), []), `${"x".repeat(300)}…`);
  });

  it("is no key in an address, and the rest of it", () => {
    equal(hideKeys("at /rooms?secretKey=abc123&x=1"), "at /rooms?secretKey=[secret]&x=1");
    equal(hideKeys('{"secret_key": "abc123", "x": 1}'), '{"secret_key": "[secret]", "x": 1}');
  });

  it("is no key in a list's refusal, nor in what is no list", async () => {
    const { origin } = await serve([json(400, { message: `no such ${canaryKey}` }), json(200, { rooms: canaryKey })]);
    const client = clientAt(origin, { secretKey: canaryKey });
    const refusal = await failure(client.list());
    match(refusal.message, /no such \[secret\]/);
    const noList = await failure(client.list());
    ok(noList instanceof UnreadableReply && !noList.mayHaveHappened);
    for (const { message } of [refusal, noList]) assertNoSecrets("an error", message);
  });
});
