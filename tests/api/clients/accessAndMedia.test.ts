import { deepEqual, equal, ok } from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";

describe("clients of tokens, recordings and TURN against the default switches", () => {
  let sim: Simulator;
  let api: string;
  let key: string;
  beforeEach(async () => {
    sim = await startSimulator();
    api = `${sim.url}/api`;
    key = `secretKey=${sim.secretKey}`;
  });
  afterEach(() => sim.close());

  const headers = { "Content-Type": "application/json" };
  const post = async <T>(path: string, body?: object) => {
    const reply = await fetch(`${api}${path}`, { method: "POST", headers, body: body && JSON.stringify(body) });
    return { status: reply.status, json: (await reply.json()) as T };
  };
  const get = async <T>(path: string) => (await (await fetch(`${api}${path}`)).json()) as T;

  it("a private room: created, a token for a guest and one for a host, both validated at the door", async () => {
    await post(`/v1/room?${key}`, { roomName: "board", privacy: "private", enableRequestToJoin: true });
    const expireUnixSec = Math.floor(sim.now() / 1000) + 3600;
    const meta = JSON.stringify({ id: 7 });
    const tickets = [
      { roomName: "board", isAdmin: true, name: "Ann", expireUnixSec },
      { roomName: "board", name: "Ben", meta, externalUserId: "7" },
    ];
    for (const ticket of tickets) {
      const { json } = await post<{ token?: string; accessToken?: string }>(`/v1/token?${key}`, ticket);
      const token = json.token ?? json.accessToken;
      equal((await post(`/v1/token/validate`, { token })).status, 200);
    }
    equal((await post(`/v1/token/validate?${key}`, { token: "made.up.token" })).status, 400);
  });

  it("a recordings job waits until they are ready, downloads the composed one and deletes it", async () => {
    const ready = sim.now() + 60_000;
    for (const participantUsername of ["ann", "composer"]) {
      sim.addRecording("lecture", { participantUsername, readyAt: ready });
    }
    type Recordings = { data: { _id: string; type: string; participantUsername: string }[] };
    const list = () => get<Recordings>(`/v1/recordings/room/lecture?${key}`);
    deepEqual((await list()).data, []);
    sim.setClock(ready);
    const composed = (await list()).data.find(({ participantUsername }) => participantUsername === "composer");
    ok(composed);
    const { url } = await get<{ url: string }>(`/v1/recording/${composed._id}/download?${key}`);
    equal((await fetch(url)).status, 200);
    equal((await fetch(`${api}/v1/recording/${composed._id}?${key}`, { method: "DELETE" })).status, 200);
    deepEqual([(await list()).data.length, (await fetch(url)).status], [1, 404]);
  });

  it("a dashboard shows which rooms have a meeting", async () => {
    sim.addRoom("meeting", "a");
    sim.startSession("a");
    type Session = { roomName: string; room: string };
    const sessions = await get<Session[]>(`/v1/rooms/active/meetingsessions?${key}`);
    deepEqual(
      sessions.map(({ roomName, room }) => [roomName, room]),
      [["a", sim.rooms[0]?._id]],
    );
    sim.endSession("a");
    deepEqual(await get(`/v1/rooms/active/meetingsessions?${key}`), []);
  });

  it("a rotation script lists by label, creates the next credential, and deletes the old ones by username", async () => {
    type Credential = { username: string; apiKey: string };
    type Page = { data: Credential[]; pagination: { next_page: number | null } };
    const rotate = async () => {
      const { data } = await get<Page>(`/v2/turn/credentials?${key}&label=web`);
      const { json } = await post<Credential>(`/v1/turn/credential?${key}`, { label: "web", expiryInSeconds: 86_400 });
      for (const { username } of data) {
        const body = JSON.stringify({ username });
        await fetch(`${api}/v1/turn/credential?${key}`, { method: "DELETE", headers, body });
      }
      return json;
    };
    const [first, second] = [await rotate(), await rotate()];
    deepEqual(
      sim.turnCredentials.map(({ username }) => username),
      [second.username],
    );
    const iceOf = ({ apiKey }: Credential) => fetch(`${api}/v1/turn/credentials?apiKey=${apiKey}`);
    deepEqual([(await iceOf(first)).status, (await iceOf(second)).status], [401, 200]);
  });

  it("a worker makes a short-lived credential for each call and hands out the ICE servers", async () => {
    const { json } = await post<{ apiKey: string }>(`/v1/turn/credential?${key}`, { expiryInSeconds: 600 });
    type Server = { urls: string; username?: string; credential?: string };
    const servers = await get<Server[]>(`/v1/turn/credentials?apiKey=${json.apiKey}`);
    ok(servers.every(({ urls }) => /^(stun|turns?):/.test(urls)));
    equal(servers.filter(({ credential }) => credential !== undefined).length, 4);
    sim.setClock(sim.now() + 600_000);
    deepEqual(await get(`/v1/turn/credentials?apiKey=${json.apiKey}`), { error: "Invalid API Key" });
  });

  it("a shell script deletes every credential of a label at once", async () => {
    for (let i = 0; i < 3; i += 1) await post(`/v1/turn/credential?${key}`, { label: "ci" });
    const reply = await fetch(`${api}/v2/turn/credential/by_label?${key}&label=ci`, { method: "DELETE" });
    deepEqual(await reply.json(), { deleted: 3 });
  });

  it("a platform gives each customer a project whose own key manages its credentials", async () => {
    type Project = { _id: string; apiKey: string };
    const { json } = await post<Project>(`/v2/turn/project?${key}`, { projectName: "acme", quotaInBytes: 5_000_000 });
    const base = `/v2/turn/project/${json._id}`;
    equal((await post(`${base}/credential?projectApiKey=${json.apiKey}`, { label: "x" })).status, 200);
    const usage = await get<{ quotaInBytes: number }>(`${base}/current_usage?projectApiKey=${json.apiKey}`);
    equal(usage.quotaInBytes, 5_000_000);
    await fetch(`${api}${base}?${key}`, { method: "DELETE" });
    deepEqual([await get(`/v2/turn/projects?${key}`), sim.turnCredentials.length], [[], 0]);
  });
});
