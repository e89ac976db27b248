import { deepEqual, equal, ok } from "node:assert/strict";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { FakeTime, factsOf, failure, patientClientAt } from "../support/client";
import { closeServers, json, room, serve, text } from "../support/servers";

const deleted = json(200, { success: true });

describe("transport and redirects", () => {
  afterEach(closeServers);

  const outcomes = async (origin: string) => {
    const rooms = patientClientAt(origin, new FakeTime()).rooms(meetingRoom);
    return [
      await failure(rooms.get("standup")),
      await failure(rooms.create("standup", {}, rooms.tries())),
      await failure(rooms.update("standup", {})),
      await failure(rooms.delete("standup")),
    ];
  };

  for (const status of [301, 302, 303, 307, 308]) {
    it(`${status} to another host is not followed: the key goes nowhere else`, async () => {
      const other = await serve([room]);
      const { origin, seen } = await serve([text(status, "", { location: `${other.origin}/api/v1/room/standup` })]);
      for (const error of await outcomes(origin)) {
        const { problem, mayHaveHappened } = factsOf(error, "UnexpectedResponse");
        deepEqual([problem, mayHaveHappened], [`is a redirect (HTTP ${status})`, false]);
        const facts = JSON.stringify(error.facts);
        ok(!facts.includes("127.0.0.1") && !facts.includes("/api/"), facts);
      }
      equal(other.seen.length, 0);
      deepEqual(
        seen.map(({ method }) => method),
        ["GET", "POST", "PUT", "DELETE"],
      );
    });

    it(`${status} to the same host is not followed`, async () => {
      const redirect = text(status, "", { location: "/api/v1/room/other" });
      const { origin, seen } = await serve([redirect, redirect, redirect, redirect, deleted]);
      await outcomes(origin);
      equal(seen.length, 4);
      for (const { path } of seen) ok(!path.endsWith("/other"), path);
    });
  }

  it("a redirect that answers with a room is no answer", async () => {
    const standup = JSON.stringify({ _id: "1", roomName: "standup" });
    const { origin } = await serve([text(302, standup, { location: "/", "content-type": "application/json" })]);
    for (const error of await outcomes(origin)) factsOf(error, "UnexpectedResponse");
  });
});
