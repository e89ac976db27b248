import { equal, match, ok } from "node:assert/strict";
import { InvalidSetting, LiveStreamingOff, type MeteredError, RequestRefused } from "../../provider/src/core/errors";
import type { RoomType } from "../../provider/src/core/field";
import { liveStreamingRoom } from "../../provider/src/core/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/core/meetingRoom";
import { clientAt, failure } from "../support/client";
import { type Answer, closeServers, html, json, serve, text } from "../support/servers";

/** What a create makes of an answer. */
async function refused(answer: Answer, type: RoomType = meetingRoom): Promise<MeteredError> {
  const { origin } = await serve([answer]);
  const rooms = clientAt(origin).rooms(type);
  return failure(rooms.create("standup", {}, rooms.tries()));
}

describe("client's errors say what Metered said", () => {
  afterEach(closeServers);

  const told: Record<string, [unknown, string]> = {
    message: [{ success: false, message: "No more rooms today" }, "No more rooms today"],
    "message alone": [{ message: "No more rooms today" }, "No more rooms today"],
    "error as a text": [{ error: "No more rooms today" }, "No more rooms today"],
    "error.message": [{ error: { message: "No more rooms today" } }, "No more rooms today"],
    "message and error": [{ message: "Refused", error: "No more rooms today" }, "Refused; No more rooms today"],
    "error.details": [
      { error: { details: [{ message: '"privacy" is required', path: ["privacy"] }] } },
      '"privacy" is required',
    ],
    "several error.details": [{ error: { details: [{ message: "one" }, { message: "two" }] } }, "one; two"],
    "error.details of texts": [{ error: { details: ["one", "two"] } }, "one; two"],
    "error.details rather than their summary": [{ error: { message: "all", details: [{ message: "one" }] } }, "one"],
    "error.message where the details are empty": [{ error: { message: "all", details: [] } }, "all"],
    "error.message where the details are no list": [{ error: { message: "all", details: "one" } }, "all"],
  };
  for (const [where, [body, words]] of Object.entries(told)) {
    it(`in ${where}`, async () => {
      const { message } = await refused(json(400, body));
      ok(message.startsWith('Metered refused to create the meeting room "standup"'), message);
      ok(message.includes(words), message);
      match(message, /pulumi up/);
    });
  }

  it("and are InvalidSetting only where there are details", async () => {
    ok((await refused(json(400, { error: { details: [{ message: "one" }] } }))) instanceof InvalidSetting);
    ok((await refused(json(400, { error: { details: [] } }))) instanceof RequestRefused);
    ok((await refused(json(400, { error: "one" }))) instanceof RequestRefused);
  });

  it("not what it said in another type", async () => {
    const odd = { message: { a: "hidden-1" }, error: [{ message: "hidden-2" }], details: "hidden-3" };
    const { message } = await refused(json(400, odd));
    ok(!message.includes("hidden"), message);
    for (const details of [[null], [1], [{ message: 1 }], [{}], [["hidden"]]]) {
      const error = await refused(json(400, { error: { details } }));
      ok(error instanceof InvalidSetting && !error.message.includes("hidden"));
    }
  });

  it("in one line, and not for ever", async () => {
    const { message } = await refused(json(400, { message: `one\r\n\ttwo\u0000\u001b[31m${"x".repeat(10_000)}` }));
    match(message, /\("one two \[31mx+…"\)/);
    ok(message.length < 700, `${message.length}`);
  });

  it("and nothing of a page", async () => {
    const { message } = await refused(html(400, "the words of a proxy"));
    equal(
      message,
      'Metered refused to create the meeting room "standup". Check the room\'s settings and the app in the dashboard; ' +
        "the same call may then be repeated with pulumi up.",
    );
  });

  describe("where it said no more than Invalid request", () => {
    const bare = [{ success: false, message: "Invalid request" }, { message: "invalid request." }, {}, { message: "" }];
    for (const body of bare) {
      it(`which is 400 ${JSON.stringify(body)}`, async () => {
        const meeting = await refused(json(400, body));
        ok(meeting instanceof RequestRefused && meeting.isBare && !(meeting instanceof LiveStreamingOff));
        match(meeting.message, /no more than "Invalid request"/);
        ok((await refused(json(400, body), liveStreamingRoom)) instanceof LiveStreamingOff);
      });
    }

    const others: Record<string, Answer> = {
      "another status": json(422, { message: "Invalid request" }),
      "more words": json(400, { message: "Invalid request: no" }),
      "a page": html(400),
      "nothing at all": text(400, ""),
      "a page with another status": html(418),
    };
    for (const [what, answer] of Object.entries(others)) {
      it(`which ${what} is not`, async () => {
        for (const type of [meetingRoom, liveStreamingRoom]) {
          const error = await refused(answer, type);
          ok(error instanceof RequestRefused && !error.isBare, error.message);
          ok(!error.message.includes('no more than "Invalid request"'), error.message);
        }
      });
    }
  });
});
