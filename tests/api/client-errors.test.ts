import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type Simulator, type Switches, startSimulator } from "metered-simulator";
import type { MeteredClient } from "../../provider/src/api/client";
import {
  BadKey,
  InvalidSetting,
  LiveStreamingOff,
  type MeteredError,
  NameTaken,
  RateLimited,
  RequestRefused,
  ServerError,
  UnknownApp,
  UnreadableReply,
} from "../../provider/src/core/errors";
import type { RoomType, Settings } from "../../provider/src/core/field";
import { liveStreamingRoom } from "../../provider/src/core/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/core/meetingRoom";
import { clientAt, failure } from "../support/client";
import { types } from "../support/rooms";

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

  describe("a wrong key", () => {
    const told: [Switches["badKeyText"], readonly Switches["badKey"][]][] = [
      ["plain", [400, 401, 403]],
      ["invalid secretKey app not found", [400, 401, 403]],
      ["Invalid request. App not found", [401, 403]],
      ["Invalid request", [401, 403]],
    ];
    for (const [badKeyText, statuses] of told) {
      for (const badKey of statuses) {
        it(`is told from ${badKey} "${badKeyText}" on every call, with the room and the way out`, async () => {
          sim.setSwitches({ badKey, badKeyText, liveDelete: "archives" });
          const wrong = clientAt(sim.url, { secretKey: "wrong-one" });
          for (const type of types) {
            for (const [action, error] of await everyCall(type, wrong)) {
              ok(error instanceof BadKey, `${action}: ${error.message}`);
              match(error.message, new RegExp(`refused to ${action} the ${type.label} "standup"`));
              match(error.message, /does not accept the secret key for the app "demo"/);
              match(error.message, /pulumi config set --secret metered:secretKey/);
            }
          }
          ok((await failure(wrong.list())) instanceof BadKey);
        });
      }
    }

    it('is not guessed from 400 "Invalid request", which may mean anything', async () => {
      sim.setSwitches({ badKey: 400, badKeyText: "Invalid request" });
      const error = await failure(clientAt(sim.url, { secretKey: "wrong-one" }).list());
      ok(error instanceof RequestRefused && error.isBare);
      match(error.message, /refused to list the rooms with no more than "Invalid request"/);
    });
  });

  for (const status of [401, 403]) {
    it(`a refusal that is a page (${status}) is not taken for Metered's word on the key`, async () => {
      sim.faults.inject({ fault: "html", status, times: "always" });
      for (const [action, error] of await everyCall(meetingRoom)) {
        ok(error instanceof UnreadableReply, `${action}: ${error.message}`);
        match(error.message, new RegExp(`Cannot ${action} the meeting room "standup": the reply \\(HTTP ${status}\\)`));
        match(
          error.message,
          /most likely a proxy or a firewall.*HTTPS_PROXY.*if there is none, compare the secret key/,
        );
        match(error.message, /Nothing was changed; run pulumi up again/);
        equal(error.mayHaveHappened, false);
      }
    });
  }

  describe("a wrong app", () => {
    it("is told from a 404 page on every call, with the room and the way out", async () => {
      sim.setSwitches({ app: "unknown" });
      for (const type of types) {
        for (const [action, error] of await everyCall(type)) {
          ok(error instanceof UnknownApp, `${action}: ${error.message}`);
          match(error.message, new RegExp(`Cannot ${action} the ${type.label} "standup": Metered knows no app "demo"`));
          match(error.message, /pulumi config set metered:appName NAME/);
        }
      }
      ok((await failure(client.list())) instanceof UnknownApp);
    });

    it('is told from 400 "App not found", in Metered\'s words', async () => {
      sim.setSwitches({ badKey: 400, badKeyText: "Invalid request. App not found" });
      const wrong = clientAt(sim.url, { secretKey: "wrong-one" });
      for (const [action, error] of await everyCall(meetingRoom, wrong)) {
        ok(error instanceof UnknownApp, action);
        match(error.message, /\("Invalid request. App not found"\)/);
      }
    });
  });

  describe("a taken name", () => {
    for (const duplicateName of ["400 exists", "409 exists"] as const) {
      it(`is told from ${duplicateName}`, async () => {
        sim.setSwitches({ duplicateName });
        sim.addRoom("meeting", "standup");
        sim.addRoom("live", "standup");
        for (const type of types) {
          const error = await create(type);
          ok(error instanceof NameTaken, error.message);
          equal(error.mayHaveHappened, false);
        }
      });
    }

    it("is told from 409 in any words", async () => {
      sim.faults.inject({ fault: "status", status: 409, body: { message: "Conflict" } });
      ok((await create(meetingRoom)) instanceof NameTaken);
    });

    it("is not guessed from a bare 400", async () => {
      sim.setSwitches({ duplicateName: "400 bare" });
      sim.addRoom("meeting", "standup");
      const error = await create(meetingRoom);
      ok(error instanceof RequestRefused && error.isBare);
    });

    for (const name of ["floor-plan", "my-app", "subscribers", "apikey", "secretkey-exchange"]) {
      it(`is told also where the name is "${name}", and Metered repeats it`, async () => {
        sim.addRoom("meeting", name);
        const rooms = client.rooms(meetingRoom);
        const error = await failure(rooms.create(name, {}, rooms.tries()));
        ok(error instanceof NameTaken, error.message);
      });
    }
  });

  describe("a bad setting", () => {
    it("is told with all of Metered's own details, the room and the way out", async () => {
      sim.setSwitches({ validationDetails: "all" });
      for (const action of ["create", "update"] as const) {
        sim.addRoom("meeting", "standup");
        const settings = { maxParticipants: "many", privacy: "hidden" };
        const error =
          action === "create"
            ? await create(meetingRoom, settings)
            : await failure(client.rooms(meetingRoom).update("standup", settings));
        ok(error instanceof InvalidSetting, error.message);
        match(error.message, new RegExp(`refused to ${action} the meeting room "standup"`));
        match(error.message, /"privacy" must be .*; "maxParticipants" must be/);
        match(error.message, /Correct the setting in the program and run pulumi up/);
        equal(error.mayHaveHappened, false);
      }
    });

    it("is no more than a refusal where Metered gives no details", async () => {
      sim.setSwitches({ validationError: "bare" });
      const error = await create(meetingRoom, { maxParticipants: "many" });
      ok(error instanceof RequestRefused && error.isBare);
      match(error.message, /refused to create the meeting room "standup" with no more than "Invalid request"/);
      match(error.message, /pulumi up/);
    });
  });

  describe("live streaming that is switched off", () => {
    beforeEach(() => sim.setSwitches({ liveStreaming: "off" }));

    it("is named as the likely cause when a live room is created, with the way out", async () => {
      const error = await create(liveStreamingRoom);
      ok(error instanceof LiveStreamingOff && error.isBare);
      match(error.message, /create the live-streaming room "standup" with no more than "Invalid request"/);
      match(error.message, /Live Streaming is not switched on for the app "demo": switch it on in the dashboard/);
    });

    it("is not guessed on other calls", async () => {
      for (const [action, error] of (await everyCall(liveStreamingRoom)).slice(1, 3)) {
        ok(error instanceof RequestRefused && error.isBare && !(error instanceof LiveStreamingOff), action);
      }
    });
  });

  it("a rate limit is told with the number of tries, the room and the way out", async () => {
    sim.faults.inject({ fault: "status", status: 429, times: "always" });
    for (const [action, error] of await everyCall(meetingRoom)) {
      ok(error instanceof RateLimited, action);
      match(error.message, new RegExp(`too busy to ${action} the meeting room "standup"`));
      match(
        error.message,
        /HTTP 429\) after one try\. Run pulumi up again later, or lower metered:maxConcurrentRequests/,
      );
      equal(error.mayHaveHappened, false);
    }
  });

  it("a failure of the server is told with its status, its words, the room and the way out", async () => {
    sim.faults.inject({ fault: "status", status: 500, times: "always" });
    for (const [action, error] of await everyCall(meetingRoom)) {
      ok(error instanceof ServerError, action);
      match(
        error.message,
        new RegExp(`failed to ${action} the meeting room "standup" \\(HTTP 500 \\("error message"\\)`),
      );
      match(error.message, /after one try\. .*run pulumi up again/i);
      equal(error.mayHaveHappened, action !== "read");
    }
  });

  it("a failure behind a proxy's page is told without the page", async () => {
    sim.faults.inject({ fault: "html", status: 502, times: "always" });
    for (const [action, error] of await everyCall(meetingRoom)) {
      ok(error instanceof ServerError, action);
      match(error.message, /\(HTTP 502\), after one try/);
    }
  });

  it("a create that may have happened says what to do then", async () => {
    sim.faults.inject({ fault: "status", status: 503 });
    match((await create(meetingRoom)).message, /may have been created all the same.*metered:adoptExisting/);
  });

  it("a call that failed for certain says that nothing was changed", async () => {
    sim.faults.inject({ fault: "status", status: 503 });
    match((await failure(client.rooms(meetingRoom).get("standup"))).message, /Nothing was changed/);
  });

  it("errors are short where Pulumi repeats them", async () => {
    for (const [, error] of await everyCall(meetingRoom, clientAt(sim.url, { secretKey: "wrong-one" }))) {
      deepEqual([String(error), error.name, error.stack], ["BadKey", "BadKey", "see the message at the room"]);
    }
  });
});
