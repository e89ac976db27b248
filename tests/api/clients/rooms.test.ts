import { deepEqual, equal, match, ok } from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";

/** Programs in public repositories call Metered in these ways; each is written here anew, in their order of calls. */
describe("room clients against the default switches", () => {
  let sim: Simulator;
  let api: string;
  let key: string;
  beforeEach(async () => {
    sim = await startSimulator();
    api = `${sim.url}/api/v1`;
    key = `secretKey=${sim.secretKey}`;
  });
  afterEach(() => sim.close());

  type Room = { roomName: string; _id: string; message?: string };
  const json = async (reply: Promise<Response>) => (await (await reply).json()) as Room;
  const names = () => sim.rooms.filter(({ archived }) => !archived).map(({ roomName }) => roomName);

  it("a quickstart creates a room without any body, with a slash at the end, and validates its name", async () => {
    const { roomName } = await json(fetch(`${api}/room/?${key}`, { method: "POST" }));
    match(roomName, /^[a-z0-9_-]{10}$/);
    equal((await json(fetch(`${api}/room/${roomName}?${key}`))).roomName, roomName);
    const missing = await fetch(`${api}/room/no-such-room?${key}`);
    deepEqual([missing.ok, ((await missing.json()) as Room).message], [false, "room not found"]);
  });

  it("a server sends the documented sample whole: zeros, a webhook called string, a fixed expiry", async () => {
    const sample = {
      roomName: "from-the-docs",
      privacy: "public",
      expireUnixSec: 4102444800,
      ejectAtRoomExp: false,
      notBeforeUnixSec: 0,
      maxParticipants: 0,
      autoJoin: false,
      enableRequestToJoin: true,
      enableChat: true,
      enableScreenSharing: true,
      joinVideoOn: false,
      joinAudioOn: false,
      recordRoom: true,
      ejectAfterElapsedTimeInSec: 0,
      meetingJoinWebhook: "string",
      endMeetingAfterNoActivityInSec: 0,
      audioOnlyRoom: false,
    };
    const headers = { Accept: "application/json", "Content-Type": "application/json" };
    const body = JSON.stringify(sample);
    const created = await fetch(`${api}/room/?${key}`, { method: "POST", headers, body });
    equal(created.status, 200);
    const { roomName: _, ...settings } = sample;
    deepEqual(sim.rooms[0]?.settings, settings);
  });

  it("a shell script posts JSON that curl declares to be a form", async () => {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const body = '{"roomName":"from-curl","privacy":"private"}';
    equal((await json(fetch(`${api}/room?${key}`, { method: "POST", headers, body }))).roomName, "from-curl");
    equal(sim.rooms[0]?.settings.privacy, "private");
  });

  it("a PHP page posts a real form", async () => {
    const body = new URLSearchParams({
      roomName: "from_php",
      privacy: "public",
      autoJoin: "true",
      maxParticipants: "8",
    });
    equal((await json(fetch(`${api}/room?${key}`, { method: "POST", body }))).roomName, "from_php");
    deepEqual(sim.rooms[0]?.settings, { privacy: "public", autoJoin: true, maxParticipants: 8 });
  });

  it("a chat server gets a room first, creates it if the message says that it's not there, and reads error.details", async () => {
    const enter = async (roomName: string, settings: object) => {
      const found = await json(fetch(`${api}/room/${roomName}?${key}`));
      if (found.message !== "room not found") return found;
      const headers = { "Content-Type": "application/json" };
      const body = JSON.stringify({ roomName, ...settings });
      return (await fetch(`${api}/room?${key}`, { method: "POST", headers, body })).json();
    };
    const first = (await enter("channel-1", { privacy: "private" })) as Room;
    const second = (await enter("channel-1", { privacy: "private" })) as Room;
    equal(second._id, first._id);
    const refused = (await enter("channel-2", { maxParticipants: "many" })) as {
      error: { details: { message: string }[] };
    };
    equal(refused.error.details[0]?.message, '"maxParticipants" must be a number');
  });

  it("a booking page creates, takes 400 or 409 with already exist for success, and falls back to a get", async () => {
    const open = async (roomName: string) => {
      const headers = { "Content-Type": "application/json" };
      const body = JSON.stringify({ roomName, privacy: "public", enableChat: true });
      const reply = await fetch(`${api}/room?${key}`, { method: "POST", headers, body });
      const created = (await reply.json()) as Room;
      if (reply.ok) return created;
      ok([400, 409].includes(reply.status) && /already exist/.test(created.message ?? ""), created.message);
      return json(fetch(`${api}/room/${roomName}?${key}`));
    };
    const [first, second] = [await open("booking-7"), await open("booking-7")];
    equal(first._id, second._id);
    deepEqual(names(), ["booking-7"]);
  });

  it("a clean-up lists all rooms as an array and deletes each by its name", async () => {
    for (let i = 0; i < 3; i += 1) await fetch(`${api}/room?${key}`, { method: "POST" });
    const rooms = (await (await fetch(`${api}/rooms?${key}`)).json()) as Room[];
    equal(rooms.length, 3);
    for (const { roomName } of rooms) {
      const reply = await fetch(`${api}/room/${roomName}?${key}`, { method: "DELETE" });
      deepEqual([reply.status, ((await reply.json()) as Room).message], [200, "Room successfully archived"]);
    }
    deepEqual([names(), await (await fetch(`${api}/rooms?${key}`)).json()], [[], []]);
  });

  it("a recorder turns composition on by a partial update, and off again", async () => {
    const put = async (body: object) => {
      const headers = { "Content-Type": "application/json" };
      const request = { method: "PUT", headers, body: JSON.stringify(body) };
      return (await fetch(`${api}/room/lecture?${key}`, request)).status;
    };
    sim.addRoom("meeting", "lecture", { privacy: "private", maxParticipants: 30 });
    equal(await put({ enableComposition: true, recordComposition: true }), 200);
    equal(await put({ enableComposition: false, recordComposition: false, enableRequestToJoin: false }), 200);
    const { privacy, maxParticipants, recordComposition } = sim.rooms[0]?.settings ?? {};
    deepEqual([privacy, maxParticipants, recordComposition], ["private", 30, false]);
  });

  it("a cron job schedules the end of a room by a partial update, and finds it gone", async () => {
    sim.addRoom("meeting", "trial");
    const expireUnixSec = Math.floor(sim.now() / 1000) + 3600;
    const headers = { "Content-Type": "application/json" };
    const body = JSON.stringify({ expireUnixSec, deleteOnExp: true });
    equal((await fetch(`${api}/room/trial?${key}`, { method: "PUT", headers, body })).status, 200);
    sim.setClock(expireUnixSec * 1000);
    equal((await json(fetch(`${api}/room/trial?${key}`))).message, "room not found");
  });

  it("an app with uuids for names creates a room for each, and a live stream beside it", async () => {
    const roomName = "0f8fad5b-d9cb-469f-a165-70867728950e";
    const headers = { "Content-Type": "application/json" };
    const request = { method: "POST", headers, body: JSON.stringify({ roomName }) };
    for (const path of ["room", "realtimelivestreaming/room"]) {
      equal((await json(fetch(`${api}/${path}?${key}`, request))).roomName, roomName);
    }
  });

  it("a first try puts the key into the body, and learns that it belongs into the query", async () => {
    const headers = { "Content-Type": "application/json" };
    const body = JSON.stringify({ secretKey: sim.secretKey });
    const reply = await fetch(`${api}/room`, { method: "POST", headers, body });
    deepEqual([reply.status, ((await reply.json()) as Room).message], [401, "secretKey is required"]);
    equal(JSON.stringify(sim.requests).includes(sim.secretKey), false);
  });

  it("a guess at an endpoint meets Express", async () => {
    const reply = await fetch(`${api}/room/a/token?${key}`, { method: "POST" });
    deepEqual([reply.status, reply.headers.get("content-type")], [404, "text/html; charset=utf-8"]);
    match(await reply.text(), /<pre>Cannot POST \/api\/v1\/room\/a\/token<\/pre>/);
  });
});
