import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type Simulator, type Switches, startSimulator } from "metered-simulator";
import { type Cause, type Facts, isBareRefusal, type MeteredError } from "../../provider/src/errors";
import type { MeteredClient } from "../../provider/src/metered/client";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { type RoomType, subjectOf } from "../../provider/src/rooms/roomType";
import type { Settings } from "../../provider/src/schema/field";
import { clientAt, factsOf, factsOfFailure, failure, types } from "../support/client";

describe("client's errors by cause", () => {
  let sim: Simulator;
  let client: MeteredClient;
  beforeEach(async () => {
    sim = await startSimulator();
    client = clientAt(sim.url);
  });
  afterEach(() => sim.close());

  const create = (type: RoomType, settings: Settings = {}, by = client) => {
    const rooms = by.rooms(type);
    return failure(rooms.create("standup", settings, rooms.tries()));
  };
  /** The same error for every call about a room, and what each is called. */
  const everyCall = async (type: RoomType, by = client): Promise<[string, MeteredError][]> => [
    ["create", await create(type, {}, by)],
    ["read", await failure(by.rooms(type).get("standup"))],
    ["update", await failure(by.rooms(type).update("standup", {}))],
    ["delete", await failure(by.rooms(type).delete("standup"))],
  ];
  /** The error has this cause, and says which call about which room of which app it was. */
  const checked = <C extends Cause>(error: MeteredError, cause: C, action: string, type: RoomType = meetingRoom) => {
    const facts: Facts = error.facts;
    ok("action" in facts, facts.cause);
    deepEqual([facts.action, facts.subject, facts.app], [action, subjectOf(type, "standup"), "demo"]);
    return factsOf(error, cause, action);
  };

  describe("a wrong key", () => {
    const told: [Switches["badKeyText"], readonly Switches["badKey"][]][] = [
      ["plain", [400, 401, 403]],
      ["invalid secretKey app not found", [400, 401, 403]],
      ["Invalid request. App not found", [401]],
      ["Invalid request", [401, 403]],
    ];
    for (const [badKeyText, statuses] of told) {
      for (const badKey of statuses) {
        it(`is told from ${badKey} "${badKeyText}" on every call, with the room`, async () => {
          sim.setSwitches({ badKey, badKeyText, liveDelete: "archives" });
          const wrong = clientAt(sim.url, { secretKey: "wrong-one" });
          for (const type of types) {
            for (const [action, error] of await everyCall(type, wrong)) {
              checked(error, "InvalidSecretKey", action, type);
              equal(error.mayHaveHappened, false);
            }
          }
          await factsOfFailure(wrong.list(), "InvalidSecretKey");
        });
      }
    }

    it('is not guessed from 400 "Invalid request", which may mean anything', async () => {
      sim.setSwitches({ badKey: 400, badKeyText: "Invalid request" });
      const call = clientAt(sim.url, { secretKey: "wrong-one" }).list();
      const { action, isBare } = await factsOfFailure(call, "RequestRefused");
      deepEqual([action, isBare], ["list", true]);
    });
  });

  for (const status of [401, 403]) {
    it(`a refusal that is a page (${status}) is not taken for Metered's word on the key`, async () => {
      sim.faults.inject({ fault: "html", status, times: "always" });
      for (const [action, error] of await everyCall(meetingRoom)) {
        const { problem, mayHaveHappened } = checked(error, "UnexpectedResponse", action);
        match(problem, new RegExp(`^isn't from Metered's API.*proxy or firewall \\(HTTP ${status}, no JSON\\)$`));
        equal(mayHaveHappened, false);
      }
    });
  }

  describe("a wrong app", () => {
    it("is told from Express' 404 page on every call, with the room", async () => {
      sim.setSwitches({ app: "unknown" });
      for (const type of types) {
        for (const [action, error] of await everyCall(type)) {
          equal(checked(error, "UnknownApp", action, type).said, "");
        }
      }
      await factsOfFailure(client.list(), "UnknownApp");
    });

    for (const badKey of [400, 403] as const) {
      it(`is told from ${badKey} "App not found", in Metered's words`, async () => {
        sim.setSwitches({ badKey, badKeyText: "Invalid request. App not found" });
        const wrong = clientAt(sim.url, { secretKey: "wrong-one" });
        for (const [action, error] of await everyCall(meetingRoom, wrong)) {
          equal(checked(error, "UnknownApp", action).said, "Invalid request. App not found");
        }
      });
    }
  });

  describe("the account's plan", () => {
    const words = "Maximum room limit reached, please upgrade your plan";
    for (const status of [400, 402, 403]) {
      it(`is told from ${status} with words on it, never as the key`, async () => {
        sim.faults.inject({ fault: "status", status, body: { message: words }, times: "always" });
        for (const [action, error] of await everyCall(meetingRoom)) {
          equal(checked(error, "PlanLimit", action).said, words);
        }
      });
    }
  });

  describe("a taken name", () => {
    for (const duplicateName of ["400 exists", "409 exists"] as const) {
      it(`is told from ${duplicateName}`, async () => {
        sim.setSwitches({ duplicateName });
        sim.addRoom("meeting", "standup");
        sim.addRoom("live", "standup");
        for (const type of types) {
          const error = await create(type);
          equal(checked(error, "NameTaken", "create", type).how, "unseen");
          equal(error.mayHaveHappened, false);
        }
      });
    }

    it("is told from 409 in any words", async () => {
      sim.faults.inject({ fault: "status", status: 409, body: { message: "Conflict" } });
      factsOf(await create(meetingRoom), "NameTaken");
    });

    it("is not guessed from a bare 400", async () => {
      sim.setSwitches({ duplicateName: "400 bare" });
      sim.addRoom("meeting", "standup");
      equal(factsOf(await create(meetingRoom), "RequestRefused").isBare, true);
    });

    for (const name of ["floor-plan", "my-app", "subscribers", "apikey", "secretkey-exchange", "upgrade"]) {
      it(`is told also where the name is "${name}", and Metered repeats it`, async () => {
        sim.addRoom("meeting", name);
        const rooms = client.rooms(meetingRoom);
        await factsOfFailure(rooms.create(name, {}, rooms.tries()), "NameTaken");
      });
    }
  });

  describe("a bad setting", () => {
    it("is told with all of Metered's own details, and the room", async () => {
      sim.setSwitches({ validationDetails: "all" });
      for (const action of ["create", "update"] as const) {
        sim.addRoom("meeting", "standup");
        const settings = { maxParticipants: "many", privacy: "hidden" };
        const error =
          action === "create"
            ? await create(meetingRoom, settings)
            : await failure(client.rooms(meetingRoom).update("standup", settings));
        const { said } = checked(error, "InvalidSetting", action);
        match(said, /"privacy" must be .*; "maxParticipants" must be/);
        equal(error.mayHaveHappened, false);
      }
    });

    it("is no more than a refusal where Metered gives no details", async () => {
      sim.setSwitches({ validationError: "bare" });
      const error = await create(meetingRoom, { maxParticipants: "many" });
      equal(checked(error, "RequestRefused", "create").isBare, true);
      ok(isBareRefusal(error));
    });
  });

  describe("live streaming that is switched off", () => {
    beforeEach(() => sim.setSwitches({ liveStreaming: "off" }));

    it("is named as the likely cause when a live room is created", async () => {
      const error = await create(liveStreamingRoom);
      equal(checked(error, "LiveStreamingOff", "create", liveStreamingRoom).said, "Invalid request");
      ok(isBareRefusal(error));
    });

    it("is not guessed on other calls", async () => {
      for (const [action, error] of (await everyCall(liveStreamingRoom)).slice(1, 3)) {
        equal(checked(error, "RequestRefused", action, liveStreamingRoom).isBare, true);
      }
    });
  });

  it("a rate limit is told with the number of attempts, and the room", async () => {
    sim.faults.inject({ fault: "status", status: 429, times: "always" });
    for (const [action, error] of await everyCall(meetingRoom)) {
      const { attempts, seconds, isUnchanged } = checked(error, "RateLimited", action);
      deepEqual([attempts, seconds, isUnchanged], [1, 0, true]);
      equal(error.mayHaveHappened, false);
    }
  });

  it("a failure of the server is told with its status, its words, and the room", async () => {
    sim.faults.inject({ fault: "status", status: 500, times: "always" });
    for (const [action, error] of await everyCall(meetingRoom)) {
      const { status, said, attempts, seconds } = checked(error, "ServerError", action);
      deepEqual([status, said, attempts, seconds], [500, "error message", 1, 0]);
      equal(error.mayHaveHappened, action !== "read");
    }
  });

  it("a failure behind a proxy's page is told without the page", async () => {
    sim.faults.inject({ fault: "html", status: 502, times: "always" });
    for (const [action, error] of await everyCall(meetingRoom)) {
      const { status, said } = checked(error, "ServerError", action);
      deepEqual([status, said], [502, ""]);
    }
  });

  it("a request that a proxy lets time out (408) is told as no connection, never as a wrong setting", async () => {
    sim.faults.inject({ fault: "status", status: 408, times: "always" });
    for (const [action, error] of await everyCall(meetingRoom)) {
      const { host, problem, advice } = checked(error, "NoConnection", action);
      deepEqual([host, advice], [new URL(sim.url).host, "network"]);
      equal(problem, "the request timed out on the way (HTTP 408)");
      equal(error.mayHaveHappened, action !== "read");
    }
  });
});
