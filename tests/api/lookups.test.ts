import assert from "node:assert/strict";
import { RunError } from "@pulumi/pulumi/errors";
import * as log from "@pulumi/pulumi/log";
import { output } from "@pulumi/pulumi/output";
import { type Simulator, startSimulator } from "metered-simulator";
import * as metered from "../../provider/src";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import type { RoomType } from "../../provider/src/rooms/roomType";
import { sensitiveNames } from "../../provider/src/schema/check";
import { assertNoSecrets, canaryKey, canaryRtmpURL } from "../support/canary";
import { configure, outsideOfEngine } from "../support/program";
import { allSettings, types } from "../support/rooms";

let number = 0;

describe("lookups in a program", () => {
  let simulator: Simulator;
  const environment = ["METERED_APP_NAME", "METERED_SECRET_KEY"].map((name) => [name, process.env[name]] as const);

  beforeEach(async () => {
    for (const [name] of environment) delete process.env[name];
    outsideOfEngine();
    // What was found is kept as long as the process lives: every test is another account.
    simulator = await startSimulator({ secretKey: `${canaryKey}${++number}` });
    simulator.setSwitches({ liveOptionalInReplies: "echoed", listArchived: "yes" });
    configure(simulator);
  });
  afterEach(async () => {
    await simulator.close();
    for (const [name, value] of environment) if (value !== undefined) process.env[name] = value;
  });

  after(outsideOfEngine);

  const calls = () => simulator.requests.map(({ method, path }) => `${method} ${path}`);
  const look = (type: RoomType, roomName: string): Promise<object> =>
    type === meetingRoom ? metered.getMeetingRoom({ roomName }) : metered.getLiveStreamingRoom({ roomName });

  async function failure(lookup: Promise<unknown>): Promise<Error> {
    const error = await lookup.then(
      () => assert.fail("should have failed"),
      (reason: Error) => reason,
    );
    assert.ok(RunError.isInstance(error), `${error.stack}`);
    assertNoSecrets("an error", `${error.message} ${error.stack} ${JSON.stringify(error)}`);
    return error;
  }

  for (const type of types) {
    const kind = type === meetingRoom ? "meeting" : "live";

    describe(`of a ${type.label}`, () => {
      it("answer with identity, links, every setting that carries no credential, and what changes by itself, by one call", async () => {
        const { roomName, ...all } = allSettings(type);
        const left = sensitiveNames(type);
        const settings = Object.fromEntries(Object.entries(all).filter(([name]) => !left.includes(name)));
        const { _id, created } = simulator.addRoom(kind, "standup", { ...all, rtmpOutURL: canaryRtmpURL });
        const links = {
          url: `${simulator.url}/standup`,
          viewerURL: `${simulator.url}/${_id}/player`,
          broadcastManager: `${simulator.url}/livestreaming-rooms/${_id}/app/${simulator.appId}/broadcast`,
        };
        const { url, ...live } = links;
        assert.deepEqual(await look(type, "standup"), {
          ...settings,
          ...(kind === "meeting" ? { url } : { ...live, currentlyBroadcasting: false }),
          ...{ id: "standup", roomName, roomId: _id, appName: "demo", created, archived: false },
        });
        assert.equal(simulator.requests.length, 1);
      });

      it("answer only with what is shown, in the server's spelling", async () => {
        simulator.setSwitches({ nameCase: "lowered", optionalInReplies: "omitted", liveOptionalInReplies: "omitted" });
        simulator.addRoom(kind, "standup", { ...allSettings(type), rtmpOutURL: canaryRtmpURL });
        const found = (await look(type, "StandUp")) as Record<string, unknown>;
        assert.deepEqual([found.id, found.roomName], ["standup", "standup"]);
        assert.ok(!("enableRTMPOut" in found) && !("enableComposition" in found));
      });

      it("show an archived room as such, where Metered still shows it", async () => {
        simulator.setSwitches({ getAfterDelete: "archived" });
        simulator.addRoom(kind, "standup");
        simulator.archiveRoom(kind, "standup");
        assert.equal(((await look(type, "standup")) as { archived: boolean }).archived, true);
      });

      it("fail for a missing room, with the way out and no word of a state", async () => {
        const error = await failure(look(type, "nowhere"));
        assert.equal(error.name, "RoomNotFound");
        assert.equal(
          error.message,
          `Can't look up ${type.label} "nowhere": app "demo" has no such room. Nothing was changed. ` +
            "Correct the name, or create the room first, then run the same command again. [RoomNotFound]",
        );
      });

      it("fail where Metered's refusal may mean two things", async () => {
        simulator.setSwitches({ missingRoomStatus: 400, missingRoomMessage: "Invalid request" });
        const error = await failure(look(type, "nowhere"));
        assert.equal(error.name, "RoomStatusUnknown");
        assert.match(error.message, new RegExp(`^Can't tell whether ${type.label} "nowhere" exists in app "demo": `));
        assert.doesNotMatch(error.message, /state delete|refresh/);
      });

      it("ask once for a room that is asked for several times, and again after a failure", async () => {
        await failure(look(type, "standup"));
        simulator.addRoom(kind, "standup");
        simulator.requests.clear();
        const both = await Promise.all([look(type, "standup"), look(type, "standup")]);
        assert.deepEqual(both[0], both[1]);
        assert.notEqual(both[0], both[1], "nobody's changes to a result are another's");
        await look(type, "standup");
        assert.equal(simulator.requests.length, 1);
      });
    });
  }

  it("tell whether a broadcast is running", async () => {
    simulator.addRoom("live", "town-hall");
    simulator.setBroadcasting("town-hall", true);
    const { currentlyBroadcasting } = await metered.getLiveStreamingRoom({ roomName: "town-hall" });
    assert.equal(currentlyBroadcasting, true);
  });

  it("take rooms of the two kinds, and of two accounts, for different ones", async () => {
    const other = await startSimulator({ app: "eu", secretKey: `${canaryKey}-eu` });
    for (const { addRoom } of [simulator, other]) {
      addRoom("meeting", "same");
      addRoom("live", "same");
    }
    await look(meetingRoom, "same");
    await metered.getLiveStreamingRoom({ roomName: "same" });
    configure(other);
    assert.equal((await metered.getMeetingRoom({ roomName: "same" })).appName, "eu");
    assert.deepEqual([simulator.requests.length, other.requests.length], [2, 1]);
    await other.close();
  });

  it("that list rooms sort and filter them, by one call for all lists", async () => {
    for (const name of ["b-2", "B-1", "a", "b-1"]) simulator.addRoom("meeting", name, { privacy: "private" });
    simulator.addRoom("meeting", "b-3", { privacy: "public", rtmpOutURL: canaryRtmpURL });
    simulator.addRoom("meeting", "b-0", { privacy: "private" });
    simulator.archiveRoom("meeting", "b-0");
    simulator.addRoom("live", "b-live");
    const names = async (args?: metered.GetMeetingRoomsArgs) => {
      const { appName, rooms } = await metered.getMeetingRooms(args);
      assert.equal(appName, "demo");
      return rooms.map(({ roomName }) => roomName);
    };
    assert.deepEqual(await names(), ["B-1", "a", "b-1", "b-2", "b-3"]);
    assert.deepEqual(await names({ includeArchived: true }), ["B-1", "a", "b-0", "b-1", "b-2", "b-3"]);
    assert.deepEqual(await names({ namePrefix: "b-" }), ["b-1", "b-2", "b-3"]);
    assert.deepEqual(await names({ namePrefix: "b-", privacy: "public" }), ["b-3"]);
    assert.deepEqual(await names({ namePrefix: "c" }), []);
    assert.deepEqual(calls(), ["GET /api/v1/rooms"]);
    const { rooms } = await metered.getMeetingRooms({ namePrefix: "b-3" });
    assert.deepEqual(rooms[0], await metered.getMeetingRoom({ roomName: "b-3" }), "the same as one by one");
  });

  it("that list private rooms get each room whose privacy the list doesn't show", async () => {
    simulator.setSwitches({ listEntries: "summary" });
    for (const name of ["a-1", "a-2", "b-1"]) simulator.addRoom("meeting", name, { privacy: "private" });
    simulator.addRoom("meeting", "a-3", { privacy: "public" });
    const { rooms } = await metered.getMeetingRooms({ namePrefix: "a-", privacy: "private" });
    assert.deepEqual(
      rooms.map(({ roomName, privacy }) => [roomName, privacy]),
      [
        ["a-1", "private"],
        ["a-2", "private"],
      ],
    );
    assert.deepEqual(calls().sort(), [
      "GET /api/v1/room/a-1",
      "GET /api/v1/room/a-2",
      "GET /api/v1/room/a-3",
      "GET /api/v1/rooms",
    ]);
  });

  it("say that they wait, where Metered keeps a program waiting", async () => {
    simulator.faults.inject({ fault: "status", status: 429, retryAfter: "2.1" });
    configure(simulator, { retrySeconds: "10" });
    const info = log.info;
    const lines: string[] = [];
    Object.assign(log, { info: async (line: string) => void lines.push(line) });
    try {
      await metered.getMeetingRooms();
    } finally {
      Object.assign(log, { info });
    }
    assert.deepEqual(lines, ['Waiting for Metered app "demo" (too many requests (HTTP 429)), retrying.']);
  });

  it("fail by cause, with Pulumi's error that is shown without a stack", async () => {
    const name = async (lookup = look(meetingRoom, "standup")) => (await failure(lookup)).name;
    simulator.setSwitches({ app: "unknown" });
    assert.equal(await name(), "UnknownApp");
    assert.equal(await name(metered.getMeetingRooms()), "UnknownApp");
    simulator.setSwitches({ app: "known" });
    simulator.faults.inject({ fault: "status", status: 500, times: 9 });
    assert.equal(await name(), "ServerError");
    simulator.faults.clear();
    simulator.faults.inject({ fault: "html" });
    assert.equal(await name(), "UnexpectedResponse");
    configure(simulator, { secretKey: `${canaryKey}-wrong` });
    assert.equal(await name(), "InvalidSecretKey");
    assert.equal(await name(metered.getMeetingRooms()), "InvalidSecretKey");
  });

  it("fail without a configuration or a name, before any call; take credentials from the environment, too", async () => {
    configure(simulator, { appName: undefined, secretKey: undefined });
    const { name, message } = await failure(look(meetingRoom, "standup"));
    assert.equal(name, "InvalidConfiguration");
    assert.match(message, /pulumi config set metered:appName NAME[\s\S]*pulumi config set --secret metered:secretKey/);
    process.env.METERED_APP_NAME = "demo";
    process.env.METERED_SECRET_KEY = simulator.secretKey;
    for (const roomName of ["", undefined, {}]) {
      const error = await failure(metered.getMeetingRoom({ roomName: roomName as string }));
      assert.match(
        error.message,
        /getMeetingRoom needs a roomName, as a string\. \(getMeetingRoomOutput takes an Output/,
      );
    }
    assert.deepEqual(calls(), []);
    simulator.addRoom("meeting", "standup");
    await look(meetingRoom, "standup");
  });

  it("refuse a key that is in plaintext in the stack's configuration, like the resources", async () => {
    configure(simulator, {}, []);
    const { message } = await failure(look(meetingRoom, "standup"));
    assert.match(message, /in plaintext.*pulumi config set --secret metered:secretKey/);
    assert.throws(() => metered.getMeetingRoomOutput({ roomName: "standup" }), RunError);
    assert.deepEqual(calls(), []);
  });

  it("refuse arguments that they don't take, before any call", async () => {
    const untyped = metered as object as Record<string, (args: object) => Promise<unknown>>;
    const refused = async (name: string, args: object) =>
      (await failure(untyped[name]?.(args) as Promise<unknown>)).message;
    assert.equal(
      await refused("getMeetingRooms", { namePrefx: "a" }),
      "getMeetingRooms: namePrefx is not an argument: did you mean namePrefix?",
    );
    assert.equal(
      await refused("getTurnUsage", { byUser: "yes" }),
      "getTurnUsage: byUser must be true or false, not a string",
    );
    assert.equal(
      await refused("getMeetingRooms", { namePrefix: output("a") }),
      "getMeetingRooms: namePrefix must be a string, not an object. (getMeetingRoomsOutput takes an Output as well.)",
    );
    assert.deepEqual(calls(), []);
  });

  it("share no answers between programs that run one after another in one process", async () => {
    const { LocalStore } = require("@pulumi/pulumi/runtime/state") as { LocalStore: new () => object };
    const { asyncLocalStorage } = globalThis as unknown as {
      asyncLocalStorage: { run<T>(store: object, program: () => T): T };
    };
    simulator.addRoom("meeting", "standup", { privacy: "public" });
    const program = async () => {
      configure(simulator);
      await look(meetingRoom, "standup");
      return (await metered.getMeetingRoom({ roomName: "standup" })).privacy;
    };
    assert.equal(await asyncLocalStorage.run(new LocalStore(), program), "public");
    simulator.editRoom("meeting", "standup", { privacy: "private" });
    assert.equal(await asyncLocalStorage.run(new LocalStore(), program), "private");
    assert.equal(simulator.requests.length, 2);
  });
});
