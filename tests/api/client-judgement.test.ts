import { deepEqual, equal, match, throws } from "node:assert/strict";
import { type Cause, isCause } from "../../provider/src/errors";
import { judge } from "../../provider/src/metered/judge";
import { confirmDelete, roomOf } from "../../provider/src/metered/rooms";
import { factsOf } from "../support/client";
import { type Action, about, judged, outcome } from "../support/judging";

describe("what the client makes of a status and a message", () => {
  const causeOf = (status: number, message: string, action: Action = "update"): Cause =>
    judged(action, status, { message }).facts.cause;

  it("a name is taken only for a create", () => {
    for (const message of ["roomName already exists", "roomName already  exists"]) {
      equal(causeOf(400, message, "create"), "NameTaken");
      equal(causeOf(400, message, "update"), "RequestRefused");
    }
    equal(causeOf(409, "Conflict", "create"), "NameTaken");
    equal(causeOf(409, "Conflict", "update"), "RequestRefused");
  });

  it("a 404 is about the app where no room could be missing", () => {
    for (const action of ["create", "list"] as const) equal(causeOf(404, "", action), "UnknownApp");
    for (const action of ["read", "update", "delete"] as const) {
      equal(causeOf(404, "", action), "RoomNotFound");
      equal(factsOf(judged(action, 404, "<html></html>"), "UnknownApp").said, "");
    }
  });

  it("a key is meant however it is spelled, and an app by any of its names", () => {
    const key = ["wrong api key", "wrong apikey", "wrong secret key", "wrong secretKey", "wrong secret_key"];
    for (const message of [...key, "authorization failed", "Unauthorized", "you are not authorized"]) {
      for (const status of [400, 403, 404]) equal(causeOf(status, message), "InvalidSecretKey", message);
    }
    for (const message of ["app not found", "application demo not found", "The app demo does not exist"]) {
      equal(causeOf(400, message), "UnknownApp", message);
    }
  });

  it("401 is about the key, whatever its words", () => {
    for (const message of ["", "Invalid request", "room not found", "no"]) {
      equal(causeOf(401, message), "InvalidSecretKey");
    }
  });

  it("403 is about the key only where its words are, or where it gives no reason", () => {
    const denials = [
      "Forbidden",
      "forbidden.",
      "Access denied",
      "Permission denied",
      "Not allowed",
      "Invalid credentials",
    ];
    for (const message of [
      "",
      " ",
      " Forbidden ",
      "Invalid request",
      ...denials,
      "Authentication required",
      "Authentication failed!",
    ]) {
      equal(causeOf(403, message), "InvalidSecretKey", message);
    }
    for (const message of ["room not found", "Forbidden: the name is reserved", "Recording is not allowed"]) {
      const { said, isBare } = factsOf(judged("update", 403, { message }), "RequestRefused");
      deepEqual([said, isBare], [message, false]);
    }
    equal(factsOf(judged("update", 403, { error: { details: ["one"] } }), "InvalidSetting").said, "one");
  });

  it("a word on the plan is about the plan, at any status but 401", () => {
    const words = [
      "Maximum room limit reached, please upgrade your plan",
      "Maximum credential limit reached",
      "api not available under free plan",
      "Invalid request. Not subscribed to any turn server plan",
      "Your subscription has ended",
      "Please upgrade",
    ];
    for (const message of words) {
      for (const status of [400, 402, 403, 404, 422]) {
        equal(factsOf(judged("create", status, { message }), "PlanLimit").said, message);
      }
    }
    equal(causeOf(402, "Payment required"), "PlanLimit");
    equal(judged("update", 402, "<html>pay here</html>").facts.cause, "UnexpectedResponse");
    equal(causeOf(400, "rate limit reached"), "RequestRefused");
  });

  it("a word on a limit is about the plan where Metered forbids, and a lack of rights with a word on the plan is", () => {
    const limits = [
      "You have reached the maximum number of rooms",
      "Room quota exceeded",
      "Maximum number of rooms reached",
      "The number of rooms exceeded what is allowed",
    ];
    for (const message of limits) {
      deepEqual(
        [402, 403].map((status) => causeOf(status, message)),
        ["PlanLimit", "PlanLimit"],
        message,
      );
      equal(causeOf(400, message), "RequestRefused", message);
    }
    for (const message of ["You are not authorized to record, please upgrade", "Unauthorized under the free plan"]) {
      for (const status of [400, 403]) equal(causeOf(status, message), "PlanLimit", message);
    }
    for (const message of ["Rate limit exceeded", "Time exceeded", "The maximum is 10", "Maximum of names"]) {
      equal(causeOf(403, message), "RequestRefused", message);
    }
    equal(causeOf(403, "wrong secret key, see your plan"), "InvalidSecretKey");
  });

  it("a page of a refusal doesn't come from Metered's API, where that would answer in JSON", () => {
    for (const status of [402, 405, 406, 410, 411, 413, 414, 415, 421, 425, 431, 451, 494]) {
      for (const page of ["", "<html>Request Entity Too Large</html>", '"no"', "[]"]) {
        const { problem, mayHaveHappened } = factsOf(judged("update", status, page), "UnexpectedResponse");
        match(problem, new RegExp(`most likely from a proxy or firewall \\(HTTP ${status}, `));
        equal(mayHaveHappened, false);
      }
      equal(judged("update", status, { message: "no" }).facts.cause, status === 402 ? "PlanLimit" : "RequestRefused");
    }
    for (const status of [400, 409, 422]) equal(judged("update", status, "no").facts.cause, "RequestRefused");
  });

  it("a request that is broken off on its way may have been carried out, one that the network keeps may not", () => {
    for (const body of ["", {}]) {
      const broken = factsOf(judged("create", 499, body), "NoConnection");
      deepEqual([broken.problem, broken.mayHaveHappened], ["the request was aborted on the way (HTTP 499)", true]);
      const kept = factsOf(judged("create", 511, body), "NoConnection");
      deepEqual([kept.problem, kept.mayHaveHappened], ["the network asks for a login (HTTP 511)", false]);
    }
    equal(judged("update", 511, "", true).mayHaveHappened, true);
  });

  it("no more than an invalid request is bare, whatever is around it", () => {
    const isBare = (message: string) => factsOf(judged("update", 400, { message }), "RequestRefused").isBare;
    deepEqual(["Invalid request", " invalid request.\n", "", "  "].map(isBare), [true, true, true, true]);
    equal(isBare("Invalid request today"), false);
  });

  it("an undocumented answer to a change may have changed something, a redirect by itself has not", () => {
    const may = (action: Action, status: number, earlier = false) =>
      factsOf(judged(action, status, "", earlier), "UnexpectedResponse").mayHaveHappened;
    for (const status of [300, 302, 304, 399]) {
      deepEqual([may("update", status), may("update", status, true), may("read", status, true)], [false, true, false]);
    }
  });

  it("a change may have happened where an earlier attempt may have arrived, whatever the last one came to", () => {
    const may = (status: number, action: Action = "update") => judged(action, status, "", true).mayHaveHappened;
    for (const status of [302, 401, 403, 407, 408, 500]) {
      deepEqual([may(status), may(status, "read")], [true, false], `${status}`);
    }
    const isUnchanged = (action: Action, earlier: boolean) =>
      factsOf(judged(action, 429, {}, earlier), "RateLimited").isUnchanged;
    deepEqual(
      [isUnchanged("update", true), isUnchanged("update", false), isUnchanged("read", true)],
      [false, true, true],
    );
  });

  it("attempts and seconds are told where a call was repeated", () => {
    for (const [status, cause] of [
      [407, "NoConnection"],
      [408, "NoConnection"],
      [429, "RateLimited"],
      [503, "ServerError"],
    ] as const) {
      const { attempts, seconds } = factsOf(judged("read", status, ""), cause);
      deepEqual([attempts, seconds], [2, 7]);
    }
  });

  it("a proxy that wants a login is told as such", () => {
    const { host, problem, advice, mayHaveHappened } = factsOf(judged("create", 407, ""), "NoConnection");
    deepEqual([host, advice, mayHaveHappened], ["demo.metered.live", "proxy login", false]);
    equal(problem, "the proxy asks for a login (HTTP 407)");
  });

  it("a delete is done where any status of success says so", () => {
    const confirm = (status: number, body: unknown) =>
      confirmDelete(about("delete"), judge(about("delete"), "", outcome(status, body)));
    for (const status of [200, 204, 299]) confirm(status, { success: true });
    const isUnconfirmed = (error: unknown) =>
      isCause(error, "UnexpectedResponse") && error.facts.problem === "doesn't confirm the deletion";
    throws(() => confirm(200, { success: false }), isUnconfirmed);
    throws(() => confirm(200, "done"), isUnconfirmed);
    throws(
      () => confirm(300, { success: true }),
      (error) => isCause(error, "UnexpectedResponse"),
    );
  });

  it("a room has an id and a name, and a time only where it says one", () => {
    const room = { _id: "61005784c3c9104421af1534", roomName: "standup" };
    for (const part of ["_id", "roomName"]) {
      for (const wrong of ["", 7, null]) equal(roomOf({ ...room, [part]: wrong }, undefined), undefined);
    }
    equal(roomOf({ ...room, created: 7 }, undefined)?.createdAt, undefined);
    equal(roomOf({ ...room, created: "2030-01-01T00:00:00Z" }, undefined)?.createdAt, Date.UTC(2030, 0, 1));
  });
});
