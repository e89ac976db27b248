import { equal, match, ok } from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { type Fault, type Simulator, startSimulator } from "metered-simulator";
import type { MeteredClient } from "../../provider/src/api/client";
import { MeteredError, NoConnection, UnreadableReply } from "../../provider/src/core/errors";
import { meetingRoom } from "../../provider/src/core/meetingRoom";
import { clientAt, FakeTime, failure, patientClientAt } from "../support/client";
import { types } from "../support/rooms";
import { type Answer, closeServers, html, json, serve, text } from "../support/servers";

/** More than the provider takes for a reply. */
const ENORMOUS = 64 * 1024 * 1024 + 1;

describe("client and replies that make no sense", () => {
  let sim: Simulator;
  let client: MeteredClient;
  beforeEach(async () => {
    sim = await startSimulator();
    client = patientClientAt(sim.url, new FakeTime());
  });
  afterEach(() => sim.close());

  const unreadable: [string, Fault][] = [
    ["a page", { fault: "html" }],
    ["nothing", { fault: "emptyBody" }],
    ["half a JSON", { fault: "truncatedJson" }],
    ["another room", { fault: "otherRoom" }],
    ["a redirect", { fault: "redirect", location: "https://elsewhere.example/" }],
  ];
  for (const [what, fault] of unreadable) {
    for (const type of types) {
      it(`${what} is no ${type.label}, and is not asked for twice`, async () => {
        sim.addRoom(type.name === "MeetingRoom" ? "meeting" : "live", "standup");
        sim.faults.inject({ ...fault, operation: "get" });
        const error = await failure(client.rooms(type).get("standup"));
        ok(error instanceof UnreadableReply, `${error.name}: ${error.message}`);
        match(error.message, new RegExp(`Cannot read the ${type.label} "standup": the reply is .*run pulumi up again`));
        equal(error.mayHaveHappened, false);
        equal(sim.requests.length, 1);
      });
    }
  }

  for (const [what, fault] of unreadable.slice(0, -1)) {
    it(`a create and an update that are answered with ${what} may have happened, and are not repeated`, async () => {
      const rooms = client.rooms(meetingRoom);
      sim.faults.inject({ ...fault, afterCommit: true, times: 2 });
      for (const call of [rooms.create("standup", {}, rooms.tries()), rooms.update("standup", {})]) {
        const error = await failure(call);
        ok(error instanceof UnreadableReply, `${error.name}: ${error.message}`);
        equal(error.mayHaveHappened, true);
      }
      equal(sim.requests.length, 2);
      equal(sim.rooms.length, 1);
    });
  }

  for (const [what, fault] of unreadable.slice(0, 3)) {
    it(`a delete that is answered with ${what} is not believed`, async () => {
      sim.addRoom("meeting", "standup");
      sim.faults.inject({ ...fault, afterCommit: false });
      const error = await failure(client.rooms(meetingRoom).delete("standup"));
      ok(error instanceof UnreadableReply && error.mayHaveHappened, error.message);
      equal(sim.rooms[0]?.archived, false);
    });
  }

  it("a room whose values have other types is no room", async () => {
    sim.faults.inject({ fault: "wrongTypes", times: "always" });
    const rooms = client.rooms(meetingRoom);
    const created = await failure(rooms.create("standup", {}, rooms.tries()));
    ok(created instanceof UnreadableReply && created.mayHaveHappened);
    match(created.message, /the reply is not a room.*may have been created all the same/);
    const read = await failure(rooms.get("standup"));
    ok(read instanceof UnreadableReply, read.message);
  });
});

describe("client and replies that are no room", () => {
  afterEach(closeServers);

  const bodies: [string, Answer][] = [
    ["a list", json(200, [{ _id: "1", roomName: "standup" }])],
    ["null", json(200, null)],
    ["a text", json(200, "room")],
    ["a number", json(200, 7)],
    ["a true", json(200, true)],
    ["a page that says it is JSON", text(200, "<html>", { "content-type": "application/json" })],
    ["nothing (204)", text(204, "")],
    ["part of it (206)", json(206, { _id: "1", roomName: "standup" })],
    ["nothing new (304)", text(304, "")],
    ["a choice (300)", html(300)],
  ];
  for (const [what, answer] of bodies) {
    it(`${what} is refused by every call that answers a room`, async () => {
      const { origin, seen } = await serve([answer]);
      const rooms = patientClientAt(origin, new FakeTime()).rooms(meetingRoom);
      const read = await failure(rooms.get("standup"));
      ok(read instanceof UnreadableReply, read.message);
      equal(read.mayHaveHappened, false);
      ok((await failure(rooms.create("standup", {}, rooms.tries()))) instanceof UnreadableReply);
      ok((await failure(rooms.update("standup", {}))) instanceof UnreadableReply);
      equal(seen.length, 3);
    });
  }

  it("a room is read whatever type its reply claims, with a byte-order mark or compressed", async () => {
    const standup = JSON.stringify({ _id: "1", roomName: "standup" });
    const gzip: Answer = (response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(standup)) as never;
    const { origin } = await serve([text(200, standup), text(200, `\uFEFF${standup}`), gzip]);
    const rooms = clientAt(origin).rooms(meetingRoom);
    for (let time = 1; time <= 3; time++) equal((await rooms.get("standup")).roomId, "1");
  });

  it("a delete is not believed that Metered says has not succeeded", async () => {
    const { origin } = await serve([json(200, { success: false, message: "room not found" })]);
    const error = await failure(clientAt(origin).rooms(meetingRoom).delete("standup"));
    ok(error instanceof UnreadableReply && error.mayHaveHappened, error.message);
  });

  it("a list with anything but rooms in it is refused", async () => {
    const room = { _id: "1", roomName: "standup" };
    for (const entry of [null, "standup", {}, [room], { roomName: "standup" }, { _id: "1", roomName: "" }]) {
      const { origin } = await serve([json(200, [room, entry])]);
      const error = await failure(clientAt(origin).meetingRooms());
      ok(error instanceof UnreadableReply);
      match(
        error.message,
        /^Cannot list the rooms: the reply lists something that is not a room\. Nothing was changed/,
      );
    }
  });

  it("a list that is no list is refused, and a refusal is told by cause", async () => {
    for (const answer of [json(200, { rooms: [] }), json(200, null), html(200), text(200, "[{"), text(204, "")]) {
      const { origin } = await serve([answer]);
      const error = await failure(clientAt(origin).list());
      ok(error instanceof MeteredError && error.name === "UnreadableReply", error.message);
      match(error.message, /^Cannot list the rooms: the reply is not/);
    }
  });

  it("an enormous reply is refused while it comes, once", async () => {
    const flood: Answer = (response) => {
      const chunk = Buffer.alloc(1024 * 1024, 0x20);
      const pour = () => {
        while (response.write(chunk));
      };
      response.writeHead(200, { "content-type": "application/json" }).on("drain", pour);
      pour();
    };
    const { origin, seen } = await serve([flood]);
    const error = await failure(patientClientAt(origin, new FakeTime()).rooms(meetingRoom).get("standup"));
    ok(error instanceof NoConnection);
    match(error.message, /the reply is too large to be one of Metered's, after one try/);
    equal(seen.length, 1);
  });

  it("a small reply that unpacks to an enormous one is refused, and the update may have happened", async () => {
    const packed = gzipSync(Buffer.alloc(ENORMOUS, 0x20));
    const bomb: Answer = (response) => response.writeHead(200, { "content-encoding": "gzip" }).end(packed) as never;
    const { origin, seen } = await serve([bomb]);
    const rooms = patientClientAt(origin, new FakeTime()).rooms(meetingRoom);
    const error = await failure(rooms.update("standup", {}));
    match(error.message, /too large/);
    equal(error.mayHaveHappened, true);
    equal(seen.length, 1);
  });

  it("a reply of 10,000 rooms is not enormous", async () => {
    const rooms = Array.from({ length: 10_000 }, (_, index) => ({
      _id: `${index}`,
      roomName: `room-${index}`,
      customText: "x".repeat(1000),
    }));
    const { origin } = await serve([json(200, rooms)]);
    equal((await clientAt(origin).list()).length, 10_000);
  });
});
