import { deepEqual, equal, match } from "node:assert/strict";
import { type Cause, MeteredError } from "../../provider/src/errors";
import { judge } from "../../provider/src/metered/judge";
import { hideKeys, redact } from "../../provider/src/metered/redact";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { assertNoSecrets, canaryKey } from "../support/canary";
import { clientAt, factsOf, factsOfFailure } from "../support/client";
import { about, judged, outcome } from "../support/judging";
import { closeServers, json, serve } from "../support/servers";

describe("what a message quotes of a program", () => {
  const quoting = (message: string, quoted: string, name = "standup") => {
    try {
      judge({ ...about("create", name), secrets: [quoted] }, "demo.metered.live", outcome(400, { message }));
    } catch (error) {
      if (error instanceof MeteredError) return error.facts;
    }
    throw new Error("no refusal");
  };

  it("says nothing of what the message is about", () => {
    for (const quoted of ["live_83475_SECRETKEY", "Please upgrade your plan", "The app was not found"]) {
      equal(quoting(`The value "${quoted}" is not allowed`, quoted).cause, "RequestRefused", quoted);
    }
  });

  it("may be short enough to be among Metered's own words, and then doesn't count as quoted", () => {
    equal(quoting('Your plan has no "maxParticipants"', "plan").cause, "PlanLimit");
    equal(quoting("Please upgrade! It has to be done", "Please upgrade!").cause, "PlanLimit");
    equal(quoting("Please upgrade!! It has to be done", "Please upgrade!!").cause, "RequestRefused");
  });

  it("is the name, as a whole, each time, in whatever case", () => {
    equal(quoting("plan-1 isn't allowed, PLAN-1 is reserved", "-", "plan-1").cause, "RequestRefused");
    equal(quoting("plan-1 is not in your plan", "-", "plan-1").cause, "PlanLimit");
    equal(quoting("plan-10 isn't allowed", "-", "plan-1").cause, "PlanLimit");
  });

  it("is the message where it's all of it, as far as words go", () => {
    equal(quoting("room already exists!", "room already exists").cause, "NameTaken");
  });

  it("is found in a text of any length", () => {
    const css = ".a { color: red }\n".repeat(2000);
    deepEqual(quoting(`"customCSS" with value "${css}" is too long`, css), {
      ...quoting('"customCSS" with value "[secret]" is too long', "-"),
    });
  });

  it("is judged by its beginning, since patterns would take their time over a long one", () => {
    const long = "app maximum reached ".repeat(50_000);
    equal(causeOfMessage(`${long} not found`), "RequestRefused");
  });

  function causeOfMessage(message: string): Cause {
    return quoting(message, "-").cause;
  }

  it("is read as whole characters, which Pulumi can pass on", () => {
    const { said } = factsOf(judged("create", 400, '{"message":"half \\ud83d of it"}'), "RequestRefused");
    equal(said, "half \ufffd of it");
  });
});

describe("what the client shows of a server's words", () => {
  it("is what a call has sent, but for its secrets", async () => {
    const refused = json(400, { message: "private isn't one of public; rtmp-key isn't an address" });
    const rooms = clientAt((await serve([refused])).origin).rooms(meetingRoom);
    const call = rooms.update("standup", { privacy: "private", rtmpOutURL: "rtmp-key", maxParticipants: 1 });
    const { said } = await factsOfFailure(call, "RequestRefused");
    equal(said, "private isn't one of public; [secret] isn't an address");
    await closeServers();
  });

  afterEach(closeServers);

  it("is the name of the setting, though an address of the program has a part of it", async () => {
    const message = "meetingStartedWebhook must be a valid uri";
    const rooms = clientAt((await serve([json(400, { message })])).origin).rooms(meetingRoom);
    const meetingStartedWebhook = "https://hooks.example.com/meetingStarted/token-4711";
    const { said } = await factsOfFailure(rooms.update("standup", { meetingStartedWebhook }), "RequestRefused");
    equal(said, message);
  });

  it("is 300 characters at most, without blanks around", () => {
    equal(redact(` ${"x".repeat(300)} `, []), "x".repeat(300));
    equal(redact("x".repeat(301), []), `${"x".repeat(300)}…`);
  });

  it("is no key in an address, and the rest of it", () => {
    equal(hideKeys("at /rooms?secretKey=abc123&x=1"), "at /rooms?secretKey=[secret]&x=1");
    equal(hideKeys('{"secret_key": "abc123", "x": 1}'), '{"secret_key": "[secret]", "x": 1}');
    equal(hideKeys("to rtmp://live.example.com/abc123 now"), "to [secret] now");
    equal(hideKeys('to {"url":"rtmps:\\/\\/live.example.com\\/abc123"} now'), 'to {"url":"[secret] now');
  });

  it("is no address but Metered's own, since one that this call hasn't sent may hide a token, too", () => {
    for (const address of [
      "https://hooks.slack.com/services/T0/B0/canary",
      "http://user:canary@10.0.0.7:8080",
      "https://x.example.com?token=canary",
      "https:\\/\\/x.example.com\\/canary",
      "wss://x.example.com/canary",
      "https://dashboard.metered.ca/x?token=canary",
      "https://user:canary@metered.ca",
      "https://metered.ca.example.com/canary",
    ]) {
      equal(redact(`could not call ${address} (404)`, []), "could not call [secret] (404)");
      equal(redact(JSON.stringify({ hook: address }), []), '{"hook":"[secret]"}');
    }
    const plan = "upgrade at https://dashboard.metered.ca/billing";
    equal(redact(plan, []), plan);
  });

  it("is no key in a list's refusal, nor in what is no list", async () => {
    const { origin } = await serve([json(400, { message: `no such ${canaryKey}` }), json(200, { rooms: canaryKey })]);
    const client = clientAt(origin, { secretKey: canaryKey });
    const refusal = await factsOfFailure(client.list(), "RequestRefused");
    match(refusal.said, /no such \[secret\]/);
    const noList = await factsOfFailure(client.list(), "UnexpectedResponse");
    equal(noList.mayHaveHappened, false);
    for (const facts of [refusal, noList]) assertNoSecrets("an error", JSON.stringify(facts));
  });
});
