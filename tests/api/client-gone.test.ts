import { deepEqual, equal, ok } from "node:assert/strict";
import { startSimulator } from "metered-simulator";
import { type Cause, isCause, type MeteredError } from "../../provider/src/errors";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { clientAt, factsOf, factsOfFailure, failure, types } from "../support/client";
import { type Answer, closeServers, html, json, serve, text } from "../support/servers";

describe("client's word on a missing room", () => {
  afterEach(closeServers);

  /** What a read, an update and a delete make of an answer. */
  const outcomes = async (answer: Answer, name = "standup") => {
    const { origin } = await serve([answer]);
    const rooms = clientAt(origin).rooms(meetingRoom);
    return [
      await failure(rooms.get(name)),
      await failure(rooms.update(name, {})),
      await failure(rooms.delete(name)),
    ] as const;
  };
  /** The same for an answer in which a delete may be content. */
  const readAndUpdate = async (answer: Answer) => {
    const { origin } = await serve([answer]);
    const rooms = clientAt(origin).rooms(meetingRoom);
    return [await failure(rooms.get("standup")), await failure(rooms.update("standup", {}))] as const;
  };
  const isCertain = (error: MeteredError) => isCause(error, "RoomNotFound") && error.facts.certain;

  describe("is certain", () => {
    const certain: Record<string, Answer> = {
      '404 "room not found"': json(404, { success: false, message: "room not found" }),
      '400 "room not found"': json(400, { message: "room not found" }),
      '404 "Room does not exist"': json(404, { message: "The room does not exist" }),
      "404 with the words in error": json(404, { error: "Room not found" }),
      "404 with the words in error.message": json(404, { error: { message: "Room not found" } }),
      "404 with the words in error.details": json(404, { error: { details: [{ message: "Room not found" }] } }),
      "404 of another type than JSON that is JSON": text(404, '{"message":"room not found"}'),
    };
    for (const [what, answer] of Object.entries(certain)) {
      it(`for ${what}`, async () => {
        for (const error of await outcomes(answer)) ok(isCertain(error), JSON.stringify(error.facts));
      });
    }

    it("for what no room can be called, without a request: it would be another path", async () => {
      const server = await serve([json(200, { _id: "a", roomName: "b" })]);
      const client = clientAt(server.origin);
      const [turn, usage] = [client.turn(), client.turnUsage()];
      const subject = { label: "TURN project", name: "x", resource: "TurnProject" };
      for (const name of ["", ".", ".."]) {
        for (const type of types) {
          const rooms = client.rooms(type);
          for (const call of [rooms.get(name), rooms.update(name, {}), rooms.delete(name)])
            ok(isCertain(await failure(call)));
        }
        for (const call of [
          turn.credentials(subject, { projectId: name || "." }),
          turn.deleteProject(subject, name),
          usage.project(name),
        ])
          equal((await failure(call)).name, "ObjectNotFound");
      }
      equal(server.seen.length, 0);
    });

    it('for 200 with "room not found" on a read and an update', async () => {
      const [read, update] = await readAndUpdate(json(200, { success: false, message: "room not found" }));
      ok(isCertain(read) && isCertain(update));
    });

    for (const name of ["floor-plan", "my-app", "apikey", "room", "a.b(c)*"]) {
      it(`where Metered repeats the name ${name}`, async () => {
        for (const error of await outcomes(json(404, { message: `room ${name} not found` }), name)) {
          ok(isCertain(error), JSON.stringify(error.facts));
        }
      });
    }

    it("and names the room and the app", async () => {
      const [read] = await outcomes(json(404, { message: "room not found" }));
      const { action, subject, app } = factsOf(read, "RoomNotFound");
      deepEqual([action, subject?.name, app], ["read", "standup", "demo"]);
      equal(read.mayHaveHappened, false);
    });
  });

  describe("is uncertain", () => {
    const uncertain: Record<string, Answer> = {
      "404 in JSON without words": json(404, {}),
      '404 "Not Found"': json(404, { message: "Not Found" }),
      '404 "Invalid request"': json(404, { success: false, message: "Invalid request" }),
    };
    for (const [what, answer] of Object.entries(uncertain)) {
      it(`for ${what}`, async () => {
        for (const error of await outcomes(answer)) equal(factsOf(error, "RoomNotFound").certain, false);
      });
    }

    for (const body of [{}, { success: true }, { _id: null }, { _id: "", roomName: "" }]) {
      it(`for a read that answers 200 with ${JSON.stringify(body)}`, async () => {
        const { origin } = await serve([json(200, body)]);
        const call = clientAt(origin).rooms(meetingRoom).get("standup");
        equal((await factsOfFailure(call, "RoomNotFound")).certain, false);
      });
    }

    for (const body of [{ _id: null }, { _id: "", roomName: "" }]) {
      it(`for an update that answers 200 with ${JSON.stringify(body)}: it must not be taken for undone`, async () => {
        const [, update] = await readAndUpdate(json(200, body));
        equal(factsOf(update, "UnexpectedResponse").mayHaveHappened, true);
      });
    }
  });

  describe("is never given", () => {
    for (const body of [{ _id: "1" }, { roomName: "standup" }, { _id: 7, roomName: 7 }]) {
      it(`for what has parts of a room: ${JSON.stringify(body)}`, async () => {
        for (const error of await readAndUpdate(json(200, body))) factsOf(error, "UnexpectedResponse");
      });
    }

    const express = "<!DOCTYPE html><body><pre>Cannot GET /api/v1/room/standup</pre></body>";
    const never: [string, Answer, Cause][] = [
      ["a text that names the key", json(404, { message: "room not found: invalid secretKey" }), "InvalidSecretKey"],
      ["a text that names the app", json(404, { message: "App not found, so room not found" }), "UnknownApp"],
      ["an app without rooms", json(400, { message: "Invalid request. App not found" }), "UnknownApp"],
      ["a text that names the plan", json(404, { message: "room not found under your plan" }), "PlanLimit"],
      ["a missing subscription", json(400, { message: "room not found: not subscribed to any plan" }), "PlanLimit"],
      ["401", json(401, { message: "room not found" }), "InvalidSecretKey"],
      ["403", json(403, { message: "room not found" }), "RequestRefused"],
      ["401 in HTML", html(401, "room not found"), "UnexpectedResponse"],
      ["403 in HTML", html(403, "room not found"), "UnexpectedResponse"],
      ["403 without a body", text(403, ""), "UnexpectedResponse"],
      ["403 with a list", json(403, []), "UnexpectedResponse"],
      ["407 in HTML", html(407, "room not found"), "NoConnection"],
      ["408", json(408, { message: "room not found" }), "NoConnection"],
      ["500", json(500, { message: "room not found" }), "ServerError"],
      ["503 in HTML", html(503), "ServerError"],
      ["404 in HTML", html(404, "room not found"), "UnknownApp"],
      ["404 without a body", text(404, ""), "UnknownApp"],
      ["404 with a list", json(404, []), "UnknownApp"],
      ["a route that Express doesn't know", text(404, express, { "content-type": "text/html" }), "UnknownApp"],
      ["the same in plain text", text(400, "Cannot PUT /api/v1/room/standup"), "UnknownApp"],
      ["the same in JSON", json(404, { message: "Cannot DELETE /api/v1/room/standup" }), "UnknownApp"],
      ["a bare 400", json(400, { success: false, message: "Invalid request" }), "RequestRefused"],
      ["400 in HTML", html(400, "room not found"), "RequestRefused"],
      ["410", json(410, { message: "Gone" }), "RequestRefused"],
    ];
    for (const [what, answer, expected] of never) {
      it(`for ${what}`, async () => {
        for (const error of await outcomes(answer)) {
          factsOf(error, expected);
        }
      });
    }

    it("with certainty for 200 with a text that names the key, the app or the plan", async () => {
      for (const words of ["invalid secretKey: room not found", "App not found", "room not found under your plan"]) {
        const [read, update] = await readAndUpdate(json(200, { success: false, message: words }));
        ok(!isCertain(read) && !isCertain(update), words);
      }
    });

    it("for 200 with a page, a list or nothing", async () => {
      for (const answer of [html(200, "room not found"), json(200, []), json(200, null), text(200, "")]) {
        for (const error of await outcomes(answer)) factsOf(error, "UnexpectedResponse");
      }
    });
  });

  it("is what the simulator's switches say, for both kinds of room", async () => {
    const sim = await startSimulator();
    try {
      for (const type of types) {
        const read = () => failure(clientAt(sim.url).rooms(type).get("standup"));
        for (const missingRoomStatus of [404, 400, 200] as const) {
          sim.setSwitches({ missingRoomStatus, missingRoomMessage: "room not found" });
          ok(isCertain(await read()), `${missingRoomStatus}`);
        }
        sim.setSwitches({ missingRoomStatus: 404, missingRoomMessage: "Invalid request" });
        equal(factsOf(await read(), "RoomNotFound").certain, false);
        sim.setSwitches({ missingRoomStatus: 400 });
        equal(factsOf(await read(), "RequestRefused").isBare, true);
      }
      sim.setSwitches({ missingLiveRoom: "400 bare" });
      const live = clientAt(sim.url).rooms(liveStreamingRoom).get("standup");
      equal((await factsOfFailure(live, "RequestRefused")).isBare, true);
    } finally {
      await sim.close();
    }
  });

  it("is not certain for a live room whose route answers 404 in other words: it may have moved", async () => {
    for (const body of [{ message: "Not found" }, { message: "Live streaming not found" }, {}]) {
      const { origin } = await serve([json(404, body)]);
      const call = clientAt(origin).rooms(liveStreamingRoom).get("standup");
      equal((await factsOfFailure(call, "RoomNotFound")).certain, false);
    }
  });

  it("is not given for a live room whose delete has no route", async () => {
    const sim = await startSimulator();
    try {
      sim.addRoom("live", "standup");
      const remove = () => failure(clientAt(sim.url).rooms(liveStreamingRoom).delete("standup"));
      factsOf(await remove(), "UnknownApp");
      sim.setSwitches({ liveDelete: "absent json 404" });
      equal(factsOf(await remove(), "RoomNotFound").certain, false);
    } finally {
      await sim.close();
    }
  });
});
