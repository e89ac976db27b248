import { deepEqual, equal, match, ok } from "node:assert/strict";
import { request } from "node:http";
import { type Simulator, startSimulator, switches } from "metered-simulator";
import { Calls, send } from "./simulator/calls";

describe("the simulator's control routes", () => {
  let sim: Simulator;
  let api: Calls;
  beforeEach(async () => {
    sim = await startSimulator();
    api = new Calls(sim);
  });
  afterEach(() => sim.close());

  const control = async (method: string, path: string, body?: unknown) => {
    const { status, text } = await send(method, `${sim.url}/__simulator${path}`, body);
    return { status, json: JSON.parse(text) as unknown };
  };
  const expect = async (method: string, path: string, body?: unknown) => {
    const { status, json } = await control(method, path, body);
    equal(status, 200, JSON.stringify(json));
    return json;
  };

  it("show and clear the requests", async () => {
    await api.create("meeting", { roomName: "a" });
    deepEqual(await expect("GET", "/requests"), JSON.parse(JSON.stringify(sim.requests)));
    equal(sim.requests.length, 1);
    await expect("DELETE", "/requests");
    deepEqual(await expect("GET", "/requests"), []);
  });

  it("show and turn the switches", async () => {
    deepEqual(Object.keys((await expect("GET", "/switches")) as object), Object.keys(switches));
    deepEqual(await expect("PUT", "/switches", { badKey: 403 }), sim.switches);
    equal(sim.switches.badKey, 403);
  });

  it("make, edit, archive and recreate rooms", async () => {
    await expect("POST", "/rooms", { kind: "meeting", roomName: "a", settings: { autoJoin: true } });
    await expect("PATCH", "/rooms/meeting/a", { autoJoin: null, maxParticipants: 3 });
    await expect("POST", "/rooms/meeting/a/recreate");
    await expect("POST", "/rooms/meeting/a/archive");
    await expect("POST", "/rooms", { kind: "live", roomName: "a" });
    await expect("PUT", "/rooms/live/a/broadcasting", { broadcasting: true });
    const rooms = await expect("GET", "/rooms");
    deepEqual(rooms, sim.rooms);
    deepEqual(
      sim.rooms.map(({ kind, archived, currentlyBroadcasting, settings }) => [
        `${kind} ${archived} ${currentlyBroadcasting}`,
        settings,
      ]),
      [
        ["meeting true false", { maxParticipants: 3 }],
        ["meeting true false", { maxParticipants: 3 }],
        ["live false true", {}],
      ],
    );
  });

  it("inject, count and clear faults", async () => {
    await expect("POST", "/faults", { fault: "status", status: 503, operation: "create", times: 2 });
    equal((await api.create("meeting")).status, 503);
    deepEqual(await expect("GET", "/faults"), [
      { fault: "status", status: 503, operation: "create", times: 2, id: 1, matched: 1, fired: 1 },
    ]);
    await expect("POST", "/faults", { fault: "hang" });
    deepEqual(await expect("DELETE", "/faults/1"), [{ fault: "hang", id: 2, matched: 0, fired: 0 }]);
    deepEqual(await expect("DELETE", "/faults"), []);
    equal((await api.create("meeting")).status, 200);
  });

  it("move the clock, so that rooms expire", async () => {
    const expireUnixSec = Math.floor(sim.now() / 1000) + 3600;
    await api.create("meeting", { roomName: "a", expireUnixSec, deleteOnExp: true });
    const { now } = (await expect("PUT", "/clock", { now: expireUnixSec * 1000 })) as { now: number };
    ok(now >= expireUnixSec * 1000);
    ok(((await expect("GET", "/clock")) as { now: number }).now >= now);
    equal((await api.get("meeting", "a")).status, 400);
  });

  it("say what meetings leave behind and what TURN relayed", async () => {
    await expect("POST", "/recordings", { roomName: "a", type: "audio", participantUsername: "ann", readyAt: 5 });
    await expect("POST", "/sessions", { roomName: "a" });
    const { username } = sim.addTurnCredential({ label: "x" });
    await expect("POST", "/turn/usage", { username, bytes: 7, date: "2026-01-02" });
    deepEqual(await expect("GET", "/recordings"), sim.recordings);
    deepEqual(
      sim.recordings.map(({ _id: _, created: __, ...rest }) => rest),
      [{ roomName: "a", type: "audio", participantUsername: "ann", readyAt: 5 }],
    );
    equal(((await expect("GET", "/sessions")) as object[]).length, 1);
    deepEqual(await expect("DELETE", "/sessions", { roomName: "a" }), []);
    deepEqual(await expect("GET", "/turn/usage"), [{ date: "2026-01-02", username, bytes: 7, label: "x" }]);
    deepEqual(await expect("GET", "/turn/credentials"), sim.turnCredentials);
    deepEqual(await expect("GET", "/turn/projects"), []);
  });

  it("tell whoever asks that the server is up, by whatever name", async () => {
    deepEqual(await expect("GET", "/health"), { status: "ok" });
    equal(await statusFor({ host: "simulator.example" }, "/health"), 200);
  });

  it("answer under further names if they are allowed", async () => {
    await sim.close();
    sim = await startSimulator({ allowedHosts: ["metered"] });
    equal(await statusFor({ host: "metered:8080" }), 200);
    equal(await statusFor({ host: "metered:8080", origin: "http://metered:8080" }), 200);
    equal(await statusFor({ host: "metered:8080", origin: "http://attacker.example" }), 403);
    equal(await statusFor({ host: "attacker.example" }), 403);
  });

  it("refuse what makes no sense with a sentence", async () => {
    const refused: [number, string, string, unknown][] = [
      [400, "PUT", "/switches", { put: "patch" }],
      [400, "PUT", "/switches", "{"],
      [400, "PUT", "/switches", undefined],
      [400, "POST", "/faults", { fault: "explode" }],
      [400, "POST", "/faults", undefined],
      [400, "POST", "/rooms", { kind: "office", roomName: "a" }],
      [400, "PUT", "/clock", { now: "tomorrow" }],
      [400, "PUT", "/clock", { now: 1e300 }],
      [400, "DELETE", "/faults/first", undefined],
      [404, "DELETE", "/faults/1", undefined],
      [400, "POST", "/recordings", { roomName: "a", readyAt: "soon" }],
      [400, "POST", "/recordings", { type: "audio" }],
      [400, "POST", "/sessions", {}],
      [400, "POST", "/turn/usage", { username: "a", bytes: -1 }],
      [400, "POST", "/turn/usage", { username: "a", bytes: 1, date: "2026-02-30" }],
      [404, "PATCH", "/rooms/meeting/none", {}],
      [404, "POST", "/rooms/office/none/archive", undefined],
    ];
    sim.addRoom("live", "a");
    refused.push([400, "PATCH", "/rooms/live/a", { displayMessage: ["a"] }]);
    refused.push([400, "PUT", "/rooms/live/a/broadcasting", { broadcasting: "yes" }]);
    for (const [status, method, path, body] of refused) {
      const reply = await control(method, path, body);
      equal(reply.status, status, `${method} ${path}`);
      match((reply.json as { error: string }).error, /^[A-Z"].*\.$/s);
    }
  });

  it("answer local programs only, not a page of another site", async () => {
    equal(await statusFor({ host: "attacker.example" }), 403);
    equal(await statusFor({ origin: "https://attacker.example" }), 403);
    equal(await statusFor({ origin: "http://127.0.0.1:1" }), 403);
    equal(await statusFor({ origin: "null" }), 403);
    equal(await statusFor({ origin: sim.url }), 200);
    equal(await statusFor({ host: "localhost" }), 200);
    equal(await statusFor({ host: "localhost:80", origin: "http://localhost:80" }), 200);
  });

  // `fetch` does not let a program set these headers.
  function statusFor(headers: Record<string, string>, path = "/rooms"): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      const call = request(`${sim.url}/__simulator${path}`, { headers, agent: false }, (response) => {
        response.resume().on("end", () => resolve(response.statusCode));
      });
      call.on("error", reject).end();
    });
  }

  it("are not part of the API: they need no key and are not in the log of requests", async () => {
    await expect("GET", "/rooms");
    deepEqual(sim.requests, []);
  });
});
