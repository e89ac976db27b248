import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Facts, MeteredError } from "../../provider/src/errors";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import type { RoomType } from "../../provider/src/rooms/roomType";
import { clientAt, factsOf, failure, types } from "../support/client";
import { type Answer, closeServers, html, json, serve, text } from "../support/servers";

/** What a create makes of an answer. */
async function refused(answer: Answer, type: RoomType = meetingRoom): Promise<MeteredError> {
  const { origin } = await serve([answer]);
  const rooms = clientAt(origin).rooms(type);
  return failure(rooms.create("standup", {}, rooms.tries()));
}

/** What an error shows of Metered's words. */
function saidIn({ facts }: MeteredError): string {
  const known: Facts = facts;
  ok("said" in known, known.cause);
  return known.said;
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
      equal(saidIn(await refused(json(400, body))), words);
    });
  }

  it("and are InvalidSetting only where there are details", async () => {
    factsOf(await refused(json(400, { error: { details: [{ message: "one" }] } })), "InvalidSetting");
    factsOf(await refused(json(400, { error: { details: [] } })), "RequestRefused");
    factsOf(await refused(json(400, { error: "one" })), "RequestRefused");
  });

  it("not what it said in another type", async () => {
    const odd = { message: { a: "hidden-1" }, error: [{ message: "hidden-2" }], details: "hidden-3" };
    equal(saidIn(await refused(json(400, odd))), "");
    for (const details of [[null], [1], [{ message: 1 }], [{}], [["hidden"]]]) {
      const error = await refused(json(400, { error: { details } }));
      equal(factsOf(error, "InvalidSetting").said, "");
    }
  });

  it("in one line, and not for ever", async () => {
    const body = { message: `one\r\n\ttwo\u0000\u001b[31m${"x".repeat(10_000)}` };
    const said = saidIn(await refused(json(400, body)));
    match(said, /^one two \[31mx+…$/);
    equal(said.length, 301);
  });

  it("and nothing of a page", async () => {
    const { said, isBare } = factsOf(await refused(html(400, "the words of a proxy")), "RequestRefused");
    deepEqual([said, isBare], ["", false]);
  });

  describe("where it said no more than Invalid request", () => {
    const bare = [{ success: false, message: "Invalid request" }, { message: "invalid request." }, {}, { message: "" }];
    for (const body of bare) {
      it(`which is 400 ${JSON.stringify(body)}`, async () => {
        equal(factsOf(await refused(json(400, body)), "RequestRefused").isBare, true);
        factsOf(await refused(json(400, body), liveStreamingRoom), "LiveStreamingOff");
      });
    }

    const others: Record<string, Answer> = {
      "another status": json(422, { message: "Invalid request" }),
      "more words": json(400, { message: "Invalid request: no" }),
      "a page": html(400),
      "nothing at all": text(400, ""),
      "a page with another status": html(422),
    };
    for (const [what, answer] of Object.entries(others)) {
      it(`which ${what} is not`, async () => {
        for (const type of types) {
          equal(factsOf(await refused(answer, type), "RequestRefused").isBare, false);
        }
      });
    }
  });
});
