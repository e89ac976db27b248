import { deepEqual, equal, match, ok } from "node:assert/strict";
import { UnreadableReply } from "../../provider/src/core/errors";
import { meetingRoom } from "../../provider/src/core/meetingRoom";
import { FakeTime, failure, patientClientAt } from "../support/client";
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
        ok(error instanceof UnreadableReply, error.message);
        match(error.message, new RegExp(`the reply is not one that Metered documents \\(HTTP ${status}, a redirect`));
        ok(!error.message.includes("127.0.0.1") && !error.message.includes("/api/"), error.message);
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
    for (const error of await outcomes(origin)) ok(error instanceof UnreadableReply, error.message);
  });
});
