import { deepEqual, equal, ok } from "node:assert/strict";
import { type RoomKind, type Simulator, startSimulator } from "metered-simulator";
import { document, schema } from "./simulator/apiDocument";
import { type Reply, send } from "./simulator/calls";
import { documented, filled } from "./simulator/documentedCall";

const createPaths: Record<RoomKind, string> = {
  meeting: "/api/v1/room",
  live: "/api/v1/realtimelivestreaming/room",
};
const settingsSchemas: Record<RoomKind, string> = { meeting: "MeetingRoomSettings", live: "LiveRoomSettings" };
const kinds: RoomKind[] = ["meeting", "live"];
const ahead = Math.floor(Date.now() / 1000) + 86_400;

/** One good value for each field of the document. */
function sample(name: string): unknown {
  if (name === "roomName") return undefined;
  if (name === "privacy") return "private";
  if (name === "compositionLayout") return "grid";
  if (name === "rtmpOutURL") return "rtmps://live.example/app/stream-key";
  if (name.endsWith("Webhook")) return "https://hooks.example/metered";
  if (name === "expireUnixSec") return ahead;
  if (/UnixSec$|InSec$|^max/.test(name)) return 600;
  return name === "displayMessage" || name === "customCSS" ? "text" : true;
}

// Values that some field takes and others do not; moments that have passed are not for a schema to refuse.
const numbers = [0, -1, 1.5, 2 ** 53, ahead];
const texts = ["", "true", "600", "text", "two words", "a/b", "é", "public", "grid"];
const urls = ["https://a.example", "HTTP://a.example/b?c=d", "ftp://a.example", "rtmp://a.example/key", "rtmp://"];
const candidates = [true, false, null, [], {}, [true], ...numbers, ...texts, ...urls];

// A name can be given once.
function uniqueName(value: unknown, kind: RoomKind): unknown {
  return typeof value === "string" && value !== "" ? `${value}-${kind}` : value;
}

describe("simulator/openapi.yaml", () => {
  let sim: Simulator;
  before(async () => {
    sim = await startSimulator({ switches: { liveDelete: "archives" } });
    for (const kind of kinds) sim.addRoom(kind, `subject-${kind}`);
  });
  after(() => sim.close());

  /** Sends a request and holds the reply against the document. */
  async function call(method: string, path: string, roomName: string, body?: unknown, on = sim): Promise<Reply> {
    return documented(on, method, path, { params: { roomName }, body });
  }

  /** Bodies are accepted, by create and by update, exactly if the schema says so. */
  async function holds(kind: RoomKind, ...bodies: unknown[]): Promise<void> {
    const validate = schema(settingsSchemas[kind]);
    const check = async (body: unknown) => {
      const expected = validate(body) ? 200 : 400;
      const created = await call("POST", createPaths[kind], "", body);
      equal(created.status, expected, `${JSON.stringify(body)}: ${created.text}`);
      const updated = await call("PUT", `${createPaths[kind]}/{roomName}`, `subject-${kind}`, body);
      equal(updated.status, expected, `${JSON.stringify(body)}: ${updated.text}`);
    };
    await Promise.all(bodies.map(check));
  }

  for (const kind of kinds) {
    const properties =
      document.components.schemas[kind === "meeting" ? "MeetingRoomFields" : "LiveRoomSettings"]?.properties;
    const names = Object.keys(properties ?? {});

    it(`knows all fields of a ${kind} room`, () => equal(names.length, kind === "meeting" ? 31 : 8));

    it(`says for each field of a ${kind} room which values it takes`, async () => {
      for (const name of names) {
        const companions = name === "enableRTMPOut" ? { rtmpOutURL: sample("rtmpOutURL") } : {};
        const composed = kind === "meeting" && name !== "enableComposition" ? { enableComposition: true } : {};
        const values = name === "roomName" ? candidates.map((value) => uniqueName(value, kind)) : candidates;
        await holds(kind, ...values.map((value) => ({ ...companions, ...composed, [name]: value })));
      }
    });

    it(`says for each two fields of a ${kind} room whether they go together`, async () => {
      for (const [index, first] of names.entries()) {
        const others = names.slice(index);
        await holds(kind, ...others.map((second) => ({ [first]: sample(first), [second]: sample(second) })));
      }
    });

    it(`says that a ${kind} room takes no other field and no other body`, async () => {
      const all = Object.fromEntries(names.map((name) => [name, sample(name)]));
      await holds(kind, all, { ...all, enableScreenShare: true }, { _id: "a" }, [], "text", 1, null);
    });
  }

  it("describes every reply: made, found, listed, changed, archived, taken, missing, not JSON, no body", async () => {
    for (const kind of kinds) {
      const path = createPaths[kind];
      const statuses: number[] = [];
      const take = async (method: string, suffix: string, body?: unknown) =>
        statuses.push((await call(method, `${path}${suffix}`, `b-${kind}`, body)).status);
      await take("POST", "", { roomName: `b-${kind}` });
      await take("POST", "", { roomName: `b-${kind}` });
      await take("POST", "", "{");
      await take("POST", "");
      await take("GET", "/{roomName}");
      await take("PUT", "/{roomName}");
      await take("DELETE", "/{roomName}");
      await take("DELETE", "/{roomName}");
      await take("GET", "/{roomName}");
      await take("PUT", "/{roomName}", {});
      deepEqual(statuses, [200, 400, 400, 200, 200, 200, 200, 400, 400, 400]);
    }
    await call("GET", "/api/v1/rooms", "");
  });

  it("describes the replies to a wrong key, to too many requests and to a failure on every path", async () => {
    const limited = await startSimulator({ rateLimit: { perSecond: 0 } });
    try {
      for (const [path, method] of operations()) {
        const wrong = { ...sim, secretKey: "wrong" };
        const { status } = await call(method, path, "a", undefined, wrong);
        if (path === "/api/v1/token/validate") equal(status, 400);
        else ok(path.includes("/turn/") || path.includes("/payment/") ? [400, 401].includes(status) : status === 401);
        equal((await call(method, path, "a", undefined, limited)).status, 429);
        sim.faults.inject({ fault: "status", status: 500 });
        equal((await call(method, path, "a")).status, 500);
      }
    } finally {
      await limited.close();
    }
  });

  it("describes the absent route for the delete of a live room", async () => {
    const usual = await startSimulator();
    const path = `${createPaths.live}/{roomName}`;
    equal((await call("DELETE", path, "a", undefined, usual).finally(() => usual.close())).status, 404);
  });

  it("leaves no route out", async () => {
    const known = new Set(operations().map(([path, method]) => `${method} ${path}`));
    for (const path of Object.keys(document.paths)) {
      for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
        if (known.has(`${method} ${path}`)) continue;
        const reply = await send(method, `${sim.url}${filled(path)}?secretKey=${sim.secretKey}`);
        equal(`${method} ${path} ${reply.status} ${reply.text.includes("Cannot")}`, `${method} ${path} 404 true`);
      }
    }
  });

  function operations(): [path: string, method: string][] {
    return Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item)
        .filter((key) => key !== "parameters")
        .map((method): [string, string] => [path, method.toUpperCase()]),
    );
  }
});
