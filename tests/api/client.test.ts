import { deepEqual, equal, ok } from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import type { MeteredClient } from "../../provider/src/metered/client";
import { liveStreamingRoom } from "../../provider/src/rooms/liveStreamingRoom";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { clientAt, types } from "../support/client";
import { closeServers, json, room, serve } from "../support/servers";

const paths = { MeetingRoom: "/api/v1/room", LiveStreamingRoom: "/api/v1/realtimelivestreaming/room" } as const;
const kinds = { MeetingRoom: "meeting", LiveStreamingRoom: "live" } as const;

describe("client and simulator", () => {
  let sim: Simulator;
  let client: MeteredClient;
  beforeEach(async () => {
    sim = await startSimulator();
    client = clientAt(sim.url);
  });
  afterEach(() => sim.close());

  const calls = () => sim.requests.map(({ method, path, body, status }) => ({ method, path, body, status }));

  for (const type of types) {
    const [path, kind] = [paths[type.name], kinds[type.name]];

    it(`a ${type.label} is created by one call`, async () => {
      const rooms = client.rooms(type);
      const before = sim.now();
      const created = await rooms.create("standup", { enableRecording: true }, rooms.tries());
      const body = { roomName: "standup", enableRecording: true };
      deepEqual(calls(), [{ method: "POST", path, body, status: 200 }]);
      equal(created.roomId, sim.rooms[0]?._id);
      equal(created.roomName, "standup");
      equal(created.archived, false);
      ok(created.createdAt !== undefined && created.createdAt >= before && created.createdAt <= sim.now());
      deepEqual(sim.rooms[0]?.settings, { enableRecording: true });
    });

    it(`a ${type.label} is read by one call`, async () => {
      const { _id } = sim.addRoom(kind, "standup", { displayMessage: "soon" });
      const found = await client.rooms(type).get("standup");
      deepEqual(calls(), [{ method: "GET", path: `${path}/standup`, body: undefined, status: 200 }]);
      deepEqual([found.roomId, found.roomName, found.archived], [_id, "standup", false]);
      equal(found.body._id, _id);
    });

    it(`a ${type.label} is updated by one call, which does not send the name`, async () => {
      const { _id } = sim.addRoom(kind, "standup");
      const updated = await client.rooms(type).update("standup", { enableRecording: true });
      const body = { enableRecording: true };
      deepEqual(calls(), [{ method: "PUT", path: `${path}/standup`, body, status: 200 }]);
      equal(updated?.roomId, _id);
      deepEqual(sim.rooms[0]?.settings, body);
    });

    it(`a ${type.label} is deleted by one call without a body`, async () => {
      sim.setSwitches({ liveDelete: "archives" });
      sim.addRoom(kind, "standup");
      equal(await client.rooms(type).delete("standup"), undefined);
      deepEqual(calls(), [{ method: "DELETE", path: `${path}/standup`, body: undefined, status: 200 }]);
      equal(sim.rooms[0]?.archived, true);
    });
  }

  it("the rooms are listed by one call, in the API's own words", async () => {
    sim.addRoom("meeting", "one");
    sim.addRoom("meeting", "two");
    const listed = (await client.list()) as { roomName: string }[];
    deepEqual(listed.map(({ roomName }) => roomName).sort(), ["one", "two"]);
    deepEqual(calls(), [{ method: "GET", path: "/api/v1/rooms", body: undefined, status: 200 }]);
  });

  it("an archived room is told as such", async () => {
    sim.setSwitches({ getAfterDelete: "archived" });
    sim.addRoom("meeting", "standup");
    sim.archiveRoom("meeting", "standup");
    equal((await client.rooms(meetingRoom).get("standup")).archived, true);
  });

  it("the server's clock comes with every room", async () => {
    sim.addRoom("meeting", "standup");
    sim.setClock(Date.UTC(2031, 5, 1, 12));
    const { answeredAt } = await client.rooms(meetingRoom).get("standup");
    equal(answeredAt, Date.UTC(2031, 5, 1, 12));
  });

  it("a server that spells a name its own way is understood", async () => {
    sim.setSwitches({ nameCase: "lowered" });
    const rooms = client.rooms(meetingRoom);
    equal((await rooms.create("StandUp", {}, rooms.tries())).roomName, "standup");
    equal((await rooms.get("StandUp")).roomName, "standup");
  });

  it("a key is accepted whatever characters it has", async () => {
    await sim.close();
    sim = await startSimulator({ secretKey: 'a+b &c=d#e/f?g%25"h\\ü,:$' });
    deepEqual(await clientAt(sim.url, { secretKey: sim.secretKey }).list(), []);
  });
});

describe("client's requests", () => {
  afterEach(closeServers);

  for (const type of types) {
    it(`every call for a ${type.label} carries the key in its query, and nothing else there`, async () => {
      const { origin, seen } = await serve([room]);
      const client = clientAt(origin, { secretKey: "k/1+2" });
      const rooms = client.rooms(type);
      await rooms.create("standup", {}, rooms.tries());
      await rooms.get("standup");
      await rooms.update("standup", {});
      await rooms.delete("standup");
      equal(seen.length, 4);
      for (const { query } of seen) deepEqual([...query], [["secretKey", "k/1+2"]]);
    });

    for (const name of ["a b", "a/b", "../rooms", "a?b=c#d", "100%", "größe-☕", "a%2Fb"]) {
      it(`the name ${JSON.stringify(name)} of a ${type.label} is one part of the path`, async () => {
        const { origin, seen } = await serve([room]);
        const rooms = clientAt(origin).rooms(type);
        equal((await rooms.get(name)).roomName, name);
        await rooms.update(name, {});
        await rooms.delete(name);
        const path = `${paths[type.name]}/${encodeURIComponent(name)}`;
        deepEqual(
          seen.map((request) => request.path),
          [path, path, path],
        );
      });
    }
  }

  it("bodies are JSON, and JSON is asked for", async () => {
    const { origin, seen } = await serve([room]);
    const rooms = clientAt(origin).rooms(liveStreamingRoom);
    await rooms.create("standup", { displayMessage: 'ü "☕"\n' }, rooms.tries());
    await rooms.get("standup");
    deepEqual(JSON.parse(seen[0]?.body ?? ""), { roomName: "standup", displayMessage: 'ü "☕"\n' });
    equal(seen[0]?.headers["content-type"], "application/json");
    equal(seen[1]?.body, "");
    for (const { headers } of seen) {
      deepEqual([headers.accept, headers["user-agent"]], ["application/json", "pulumi-metered"]);
    }
  });

  it("an endpoint below a path is called there", async () => {
    const { origin, seen } = await serve([room]);
    await clientAt(`${origin}/metered`).rooms(meetingRoom).get("standup");
    equal(seen[0]?.path, "/metered/api/v1/room/standup");
  });

  it("201 counts as created, and any 2xx of Metered's as deleted", async () => {
    const created = json(201, { _id: "1", roomName: "standup" });
    const deleted = { success: true, message: "Room successfully archived" };
    const { origin } = await serve([created, json(200, deleted), json(202, {}), room]);
    const rooms = clientAt(origin).rooms(meetingRoom);
    equal((await rooms.create("standup", {}, rooms.tries())).roomId, "1");
    for (let time = 1; time <= 3; time++) await rooms.delete("standup");
  });

  it("a room without dates is a room", async () => {
    const undated = { _id: "1", roomName: "standup", created: "yesterday" };
    const { origin } = await serve([json(200, undated, { date: "today" })]);
    const { createdAt, answeredAt } = await clientAt(origin).rooms(meetingRoom).get("standup");
    deepEqual([createdAt, answeredAt], [undefined, undefined]);
  });
});
