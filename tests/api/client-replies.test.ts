import { deepEqual, equal, match } from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { type Fault, type Simulator, startSimulator } from "metered-simulator";
import type { MeteredClient } from "../../provider/src/metered/client";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { clientAt, FakeTime, factsOfFailure, patientClientAt, types } from "../support/client";
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
        const call = client.rooms(type).get("standup");
        const { action, subject, problem, mayHaveHappened } = await factsOfFailure(call, "UnexpectedResponse");
        deepEqual([action, subject?.label, subject?.name, mayHaveHappened], ["read", type.label, "standup", false]);
        match(problem, /^is(n't)? /);
        equal(sim.requests.length, 1);
      });
    }
  }

  for (const [what, fault] of unreadable.slice(0, -1)) {
    it(`a create and an update that are answered with ${what} may have happened, and are not repeated`, async () => {
      const rooms = client.rooms(meetingRoom);
      sim.faults.inject({ ...fault, afterCommit: true, times: 2 });
      const created = rooms.create("standup", {}, rooms.tries());
      // Whether a room of another name is the one that was created isn't for the client to judge.
      if (fault.fault === "otherRoom") equal((await created).roomName, "some-other-room");
      else equal((await factsOfFailure(created, "UnexpectedResponse")).mayHaveHappened, true);
      equal((await factsOfFailure(rooms.update("standup", {}), "UnexpectedResponse")).mayHaveHappened, true);
      equal(sim.requests.length, 2);
      equal(sim.rooms.length, 1);
    });
  }

  for (const [what, fault] of unreadable.slice(0, 3)) {
    it(`a delete that is answered with ${what} is not believed`, async () => {
      sim.addRoom("meeting", "standup");
      sim.faults.inject({ ...fault, afterCommit: false });
      const call = client.rooms(meetingRoom).delete("standup");
      const { problem, mayHaveHappened } = await factsOfFailure(call, "UnexpectedResponse");
      deepEqual([problem, mayHaveHappened], ["doesn't confirm the deletion", true]);
      equal(sim.rooms[0]?.archived, false);
    });
  }

  it("a room whose values have other types is no room", async () => {
    sim.faults.inject({ fault: "wrongTypes", times: "always" });
    const rooms = client.rooms(meetingRoom);
    const created = await factsOfFailure(rooms.create("standup", {}, rooms.tries()), "UnexpectedResponse");
    deepEqual([created.problem, created.mayHaveHappened], ["isn't a room", true]);
    await factsOfFailure(rooms.get("standup"), "UnexpectedResponse");
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
    ["part of it (206)", json(206, { _id: "1", roomName: "standup" })],
    ["nothing new (304)", text(304, "")],
    ["a choice (300)", html(300)],
  ];
  for (const [what, answer] of bodies) {
    it(`${what} is refused by every call that answers a room`, async () => {
      const { origin, seen } = await serve([answer]);
      const rooms = patientClientAt(origin, new FakeTime()).rooms(meetingRoom);
      const may = async (call: Promise<unknown>) => (await factsOfFailure(call, "UnexpectedResponse")).mayHaveHappened;
      equal(await may(rooms.get("standup")), false);
      // What has arrived and isn't a redirect may have been done.
      const mayBeDone = !what.startsWith("nothing new") && !what.startsWith("a choice");
      equal(await may(rooms.create("standup", {}, rooms.tries())), mayBeDone);
      equal(await may(rooms.update("standup", {})), mayBeDone);
      equal(seen.length, 3);
    });
  }

  it("nothing at all (204) is no room, and confirms what asks for none", async () => {
    const { origin } = await serve([text(204, "")]);
    const rooms = clientAt(origin).rooms(meetingRoom);
    equal((await factsOfFailure(rooms.get("standup"), "UnexpectedResponse")).mayHaveHappened, false);
    const created = rooms.create("standup", {}, rooms.tries());
    equal((await factsOfFailure(created, "UnexpectedResponse")).mayHaveHappened, true);
    equal(await rooms.update("standup", {}), undefined);
    await rooms.delete("standup");
    const turn = clientAt(origin).turn();
    const subject = { label: "TURN project", name: "calls", resource: "TurnProject" };
    equal(await turn.updateProject(subject, "61005784c3c9104421af1534", {}), undefined);
    await turn.deleteProject(subject, "61005784c3c9104421af1534");
    await turn.deleteCredential(subject, undefined, "user");
  });

  const confirmations: unknown[] = [{}, { success: true }, { success: true, message: "Room updated" }];
  for (const body of confirmations) {
    it(`an update is confirmed by ${JSON.stringify(body)}, which shows no room`, async () => {
      const { origin, seen } = await serve([json(200, body)]);
      equal(await clientAt(origin).rooms(meetingRoom).update("standup", { autoJoin: true }), undefined);
      equal(seen.length, 1);
    });

    it(`a create is not confirmed by ${JSON.stringify(body)}: the room must be looked at`, async () => {
      const { origin } = await serve([json(200, body)]);
      const rooms = clientAt(origin).rooms(meetingRoom);
      const { problem, mayHaveHappened } = await factsOfFailure(
        rooms.create("standup", {}, rooms.tries()),
        "UnexpectedResponse",
      );
      deepEqual([problem, mayHaveHappened], ["isn't a room", true]);
    });
  }

  it("an update is not confirmed by any other JSON without a room", async () => {
    for (const body of [{ success: false }, { message: "Room updated" }, { success: "true" }, { _id: "1" }]) {
      const { origin } = await serve([json(200, body)]);
      const call = clientAt(origin).rooms(meetingRoom).update("standup", {});
      const { problem, mayHaveHappened } = await factsOfFailure(call, "UnexpectedResponse");
      deepEqual([problem, mayHaveHappened], ["isn't a room", true]);
    }
  });

  it("a create that is told of a missing room may still have been done", async () => {
    const { origin } = await serve([json(200, { success: false, message: "room not found" })]);
    const rooms = clientAt(origin).rooms(meetingRoom);
    const call = rooms.create("standup", {}, rooms.tries());
    equal((await factsOfFailure(call, "UnexpectedResponse")).mayHaveHappened, true);
  });

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
    const call = clientAt(origin).rooms(meetingRoom).delete("standup");
    equal((await factsOfFailure(call, "UnexpectedResponse")).mayHaveHappened, true);
  });

  it("a list with anything but rooms in it is refused", async () => {
    const room = { _id: "1", roomName: "standup" };
    for (const entry of [null, "standup", {}, [room], { roomName: "standup" }, { _id: "1", roomName: "" }]) {
      const { origin } = await serve([json(200, [room, entry])]);
      const { action, problem, mayHaveHappened } = await factsOfFailure(
        clientAt(origin).meetingRooms(),
        "UnexpectedResponse",
      );
      deepEqual([action, problem, mayHaveHappened], ["list", "lists something that isn't a room", false]);
    }
  });

  it("a list that is no list is refused, and a refusal is told by cause", async () => {
    for (const answer of [json(200, { rooms: [] }), json(200, null), html(200), text(200, "[{"), text(204, "")]) {
      const { origin } = await serve([answer]);
      const { action, problem } = await factsOfFailure(clientAt(origin).list(), "UnexpectedResponse");
      deepEqual([action, problem], ["list", "isn't a list of rooms"]);
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
    const call = patientClientAt(origin, new FakeTime()).rooms(meetingRoom).get("standup");
    const { problem, advice, attempts } = await factsOfFailure(call, "NoConnection");
    deepEqual([problem, advice, attempts], ["the response is larger than 64 MiB", "size", 1]);
    equal(seen.length, 1);
  });

  it("a small reply that unpacks to an enormous one is refused, and the update may have happened", async () => {
    const packed = gzipSync(Buffer.alloc(ENORMOUS, 0x20));
    const bomb: Answer = (response) => response.writeHead(200, { "content-encoding": "gzip" }).end(packed) as never;
    const { origin, seen } = await serve([bomb]);
    const rooms = patientClientAt(origin, new FakeTime()).rooms(meetingRoom);
    const { problem, mayHaveHappened } = await factsOfFailure(rooms.update("standup", {}), "NoConnection");
    deepEqual([problem, mayHaveHappened], ["the response is larger than 64 MiB", true]);
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
