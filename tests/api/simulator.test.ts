import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { NoSuchRoomError, type Simulator, type SimulatorOptions, startSimulator } from "metered-simulator";
import { Calls, problemsOf, send } from "./simulator/calls";

describe("the simulator", () => {
  let sim: Simulator;
  let api: Calls;
  const start = async (options?: SimulatorOptions) => {
    sim = await startSimulator(options);
    api = new Calls(sim);
  };
  beforeEach(() => start());
  afterEach(() => sim.close());

  describe("as documented", () => {
    it("makes a meeting room that looks like the document's example", async () => {
      const { status, json } = await api.create("meeting");
      equal(status, 200);
      const { _id, roomName, created, ...others } = json;
      match(String(_id), /^[0-9a-f]{24}$/);
      match(String(roomName), /^[a-z0-9_-]{10}$/);
      equal(new Date(String(created)).toISOString(), created);
      deepEqual(others, {
        app: sim.appId,
        __v: 0,
        archived: false,
        lang: "en",
        privacy: "public",
        deleteOnExp: false,
        autoJoin: false,
        enableRequestToJoin: false,
        enableChat: false,
        enableScreenSharing: true,
        joinVideoOn: true,
        joinAudioOn: true,
        ownerOnlyBroadcast: false,
        recordRoom: false,
        ejectAtRoomExp: false,
      });
    });

    it("makes a live room that looks like the document's example", async () => {
      const { status, json } = await api.create("live", { customCSS: "p {}", displayMessage: "soon" });
      equal(status, 200);
      const { _id, roomName, created, ...others } = json;
      match(String(roomName), /^[a-z0-9_-]{10}$/);
      deepEqual(others, {
        currentlyBroadcasting: false,
        displayMessage: "soon",
        viewerURL: `${sim.url}/${_id}/player`,
        broadcastManager: `${sim.url}/livestreaming-rooms/${_id}/app/${sim.appId}/broadcast`,
      });
    });

    it("finds, changes and archives a room by its name", async () => {
      const made = (await api.create("meeting", { roomName: "stand-up", privacy: "private" })).json;
      deepEqual((await api.get("meeting", "stand-up")).json, made);
      deepEqual((await api.update("meeting", "stand-up", { autoJoin: true })).json, { ...made, autoJoin: true });
      const removed = await api.remove("meeting", "stand-up");
      deepEqual(removed.json, { success: true, message: "Room successfully archived" });
      deepEqual(await api.list(), []);
      equal(sim.rooms[0]?.archived, true);
    });

    it("accepts a slash at the end of a path", async () => {
      equal((await api.send("POST", "/room/", { roomName: "a" })).status, 200);
      equal((await api.send("GET", "/room/a/")).status, 200);
      equal((await api.send("GET", "/rooms/")).status, 200);
    });

    it("dates its replies by its own clock, as it does rooms", async () => {
      sim.setClock(Date.UTC(2031, 0, 2, 3, 4, 5));
      const { headers, json } = await api.create("meeting");
      match(String(json.created), /^2031-01-02T03:0/);
      match(headers.get("date") ?? "", /^Thu, 02 Jan 2031 03:0/);
    });

    it("names what is wrong in the words of the Joi validator, values included", async () => {
      const body = { enableRTMPOut: true, rtmpOutURL: "http://live.example/stream-key" };
      const reply = await api.create("live", body);
      equal(reply.status, 400);
      const { details, _original } = reply.json.error as { details: { message: string }[]; _original: unknown };
      deepEqual(_original, body);
      match(details[0]?.message ?? "", /^"rtmpOutURL" with value "http:\/\/live\.example\/stream-key" fails to match/);
    });

    it("refuses a start after the end", async () => {
      const expireUnixSec = Math.floor(sim.now() / 1000) + 100;
      const reply = await api.create("meeting", { notBeforeUnixSec: expireUnixSec, expireUnixSec });
      deepEqual(problemsOf(reply), ["notBeforeUnixSec number.less"]);
    });

    it("changes nothing when it refuses", async () => {
      await api.create("meeting", { roomName: "a", autoJoin: true });
      const before = sim.rooms;
      equal((await api.update("meeting", "a", { autoJoin: false, privacy: "secret" })).status, 400);
      deepEqual(sim.rooms, before);
    });

    it("answers a bare 400 to what is not JSON, a bad URL and a body without end", async () => {
      const bare = { success: false, message: "Invalid request" };
      deepEqual((await api.send("POST", "/room", "{")).json, bare);
      deepEqual((await api.send("GET", "/room/%zz")).json, bare);
      deepEqual((await api.send("POST", "/room", `"${"x".repeat(2_000_000)}"`)).json, bare);
    });
  });

  describe("from a test", () => {
    it("shows rooms of both kinds, and hands out copies", async () => {
      await api.create("meeting", { roomName: "a" });
      await api.create("live", { roomName: "b", displayMessage: "soon" });
      const [meeting, live] = sim.rooms;
      deepEqual([meeting?.kind, meeting?.settings, live?.kind], ["meeting", {}, "live"]);
      deepEqual(live?.settings, { displayMessage: "soon" });
      if (live) live.archived = true;
      equal((await api.get("live", "b")).status, 200);
    });

    it("changes rooms behind the back of a program", async () => {
      sim.addRoom("meeting", "a", { autoJoin: true, maxParticipants: 3 });
      sim.editRoom("meeting", "a", { autoJoin: null, maxParticipants: 4 });
      const first = (await api.get("meeting", "a")).json;
      deepEqual([first.autoJoin, first.maxParticipants], [false, 4]);
      const { _id } = sim.recreateRoom("meeting", "a");
      const second = (await api.get("meeting", "a")).json;
      deepEqual([second._id, second.maxParticipants], [_id, 4]);
      ok(second._id !== first._id);
      sim.archiveRoom("meeting", "a");
      equal((await api.get("meeting", "a")).status, 400);
      sim.addRoom("live", "b");
      sim.setBroadcasting("b", true);
      equal((await api.get("live", "b")).json.currentlyBroadcasting, true);
      throws(() => sim.archiveRoom("live", "none"), NoSuchRoomError);
    });

    it("lists the requests, and the key is nowhere in them", async () => {
      const { secretKey: key } = sim;
      await api.create("meeting", { roomName: "a", meetingLeftWebhook: `https://a.example/?k=${key}`, [key]: key });
      await api.get("live", `with-${key}`);
      await new Calls(sim, "wrong").list().catch(() => undefined);
      deepEqual(
        sim.requests.map(({ method, path, kind, operation, roomName, status }) => [
          `${method} ${path}`,
          `${kind} ${operation} ${roomName} ${status}`,
        ]),
        [
          ["POST /api/v1/room", "meeting create a 400"],
          ["GET /api/v1/realtimelivestreaming/room/with-[secretKey]", "live get with-[secretKey] 400"],
          ["GET /api/v1/rooms", "meeting list undefined 401"],
        ],
      );
      deepEqual(Object.keys(sim.requests[0]?.body ?? {}), ["roomName", "meetingLeftWebhook", "[secretKey]"]);
      equal(JSON.stringify(sim.requests).includes(key), false);
      sim.requests.clear();
      deepEqual(sim.requests, []);
    });

    it("keeps a chosen key out of its pages", async () => {
      await sim.close();
      await start({ secretKey: "chosen-key" });
      const query = `?secretKey=${sim.secretKey}`;
      for (const path of ["/nowhere/at/all", "/api/v1/nothing", "/%zz", "/api/v1/room/%zz", "/", "/__simulator"]) {
        equal((await send("GET", `${sim.url}${path}${query}`)).text.includes(sim.secretKey), false);
      }
    });

    it("limits the rate, and says when to come back unless told otherwise", async () => {
      for (const retryAfter of [undefined, false]) {
        await sim.close();
        await start({ rateLimit: { perSecond: 0, retryAfter } });
        const reply = await api.create("meeting");
        deepEqual([reply.status, reply.headers.get("retry-after")], [429, retryAfter === undefined ? "1" : null]);
        deepEqual(sim.rooms, []);
      }
    });

    it("answers again in the next second", async () => {
      await sim.close();
      await start({ rateLimit: { perSecond: 1 } });
      const second = Math.floor(sim.now() / 1000);
      const statuses = await Promise.all(Array.from({ length: 50 }, async () => (await api.create("meeting")).status));
      ok(statuses.includes(200) && statuses.includes(429));
      sim.setClock((second + 3600) * 1000);
      equal((await api.create("meeting")).status, 200);
    });

    it("waits the latency before it answers", async () => {
      await sim.close();
      await start({ latencyMs: 5 });
      equal((await api.create("meeting")).status, 200);
    });

    it("takes its app's name and key as given, and knows the app by the same id at every start", async () => {
      const { appId } = sim;
      await sim.close();
      await start({ app: "acme", secretKey: "a&b c" });
      equal((await api.create("meeting")).status, 200);
      ok(sim.appId !== appId);
      await sim.close();
      await start();
      equal(sim.appId, appId);
    });
  });

  it("does no work when it is imported", () => {
    equal(execFileSync(process.execPath, ["-e", 'require("metered-simulator")'], { encoding: "utf8" }), "");
  });
});
