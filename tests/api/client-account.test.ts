import { deepEqual, equal, rejects } from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import { MeteredError } from "../../provider/src/errors";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { subjectOf } from "../../provider/src/rooms/roomType";
import { clientAt, factsOf, factsOfFailure, failure, types } from "../support/client";
import { closedPort, closeServers, html, json, serve } from "../support/servers";

describe("proveAccount", () => {
  let sim: Simulator;
  beforeEach(async () => {
    sim = await startSimulator();
  });
  afterEach(async () => {
    await sim.close();
    await closeServers();
  });

  it("asks for the list of rooms, once for all rooms of a client", async () => {
    const client = clientAt(sim.url);
    await client.proveAccount();
    for (const type of types) await client.rooms(type).proveAccount("standup");
    equal(sim.requests.length, 1);
    equal(sim.requests[0]?.path, "/api/v1/rooms");
  });

  it("asks once also when many ask at the same time", async () => {
    const rooms = clientAt(sim.url).rooms(meetingRoom);
    await Promise.all(Array.from({ length: 50 }, () => rooms.proveAccount("standup")));
    equal(sim.requests.length, 1);
  });

  it("asks again for another client", async () => {
    await clientAt(sim.url).proveAccount();
    await clientAt(sim.url).proveAccount();
    equal(sim.requests.length, 2);
  });

  it("asks again after a failure, until it has succeeded", async () => {
    const client = clientAt(sim.url);
    sim.faults.inject({ fault: "status", status: 500, times: 2 });
    await factsOfFailure(client.proveAccount(), "ServerError");
    await factsOfFailure(client.proveAccount(), "ServerError");
    await client.proveAccount();
    await client.proveAccount();
    equal(sim.requests.length, 3);
  });

  it("tells a failure to all who wait for it", async () => {
    const client = clientAt(sim.url);
    sim.faults.inject({ fault: "status", status: 500 });
    const outcomes = await Promise.allSettled([client.proveAccount(), client.proveAccount()]);
    for (const outcome of outcomes) equal(outcome.status, "rejected");
    equal(sim.requests.length, 1);
  });

  it("asks once more, not twice, when two who waited for a failure ask again", async () => {
    const client = clientAt(sim.url);
    sim.faults.inject({ fault: "status", status: 500 });
    const askTwice = () => client.proveAccount().catch(() => client.proveAccount());
    await Promise.all([askTwice(), askTwice()]);
    equal(sim.requests.length, 2);
  });

  it("names the room in question to each who waits, and says that this was the check", async () => {
    const client = clientAt(sim.url, { secretKey: "wrong-one" });
    const failures = types.map(
      async (type) => [type, await failure(client.rooms(type).proveAccount("standup"))] as const,
    );
    for (const [type, error] of await Promise.all(failures)) {
      const { action, subject, app } = factsOf(error, "InvalidSecretKey");
      deepEqual([action, subject, app], ["list", subjectOf(type, "standup"), "demo"]);
    }
    equal(sim.requests.length, 1);
  });

  it("does not ask at all before it is needed", async () => {
    clientAt(sim.url).rooms(meetingRoom);
    equal(sim.requests.length, 0);
  });

  for (const badKey of [400, 401, 403] as const) {
    it(`says that the key is wrong when Metered answers ${badKey}`, async () => {
      sim.setSwitches({ badKey });
      const call = clientAt(sim.url, { secretKey: "wrong-one" }).proveAccount();
      const { action, subject, app } = await factsOfFailure(call, "InvalidSecretKey");
      deepEqual([action, subject, app], ["list", undefined, "demo"]);
    });
  }

  it("says that the app is wrong when nothing answers to its name", async () => {
    sim.setSwitches({ app: "unknown" });
    const { action, app } = await factsOfFailure(clientAt(sim.url).proveAccount(), "UnknownApp");
    deepEqual([action, app], ["list", "demo"]);
  });

  it("takes a list that is not found for an app that is not, whatever is said of a room", async () => {
    for (const message of ["room not found", "Not Found"]) {
      const { origin } = await serve([json(404, { success: false, message })]);
      await factsOfFailure(clientAt(origin).proveAccount(), "UnknownApp");
    }
  });

  it("is not content with a page or anything else that is no list", async () => {
    for (const answer of [html(200, "Please log in"), json(200, { rooms: [] }), json(200, "[]"), json(206, [])]) {
      const { origin } = await serve([answer]);
      await rejects(clientAt(origin).proveAccount(), MeteredError);
    }
  });

  it("says so when there is no connection", async () => {
    const call = clientAt(`http://127.0.0.1:${await closedPort()}`).proveAccount();
    const { action, problem } = await factsOfFailure(call, "NoConnection");
    deepEqual([action, problem], ["list", "connection refused"]);
  });

  it("is content with an empty list", async () => {
    const { origin } = await serve([json(200, [])]);
    await clientAt(origin).proveAccount();
  });
});
