import assert from "node:assert/strict";
import { rmSync, statSync, writeFileSync } from "node:fs";
import { registered } from "../../provider/src/pulumi/state";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { assertNoSecrets, canaryRtmpURL } from "../support/canary";
import { URN } from "../support/fakePulumi";
import { onAccount } from "../support/onAccount";
import { closeServers, json, serve } from "../support/servers";

const MEETING = "pulumi-nodejs:dynamic/metered:MeetingRoom";
const LIVE = "pulumi-nodejs:dynamic/metered:LiveStreamingRoom";
/** A value as the file for `pulumi import` marks it as a secret. */
const secret = (value: string) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  plaintext: JSON.stringify(value),
});

/** What a module in CommonJS exports; a room in it is what it was created with. */
function loadCommonJs(text: string): Record<string, { readonly args: unknown[] }> {
  const module = { exports: {} };
  class MeetingRoom {
    readonly args: unknown[];
    constructor(...args: unknown[]) {
      this.args = args;
    }
  }
  new Function("module", "exports", "require", text)(module, module.exports, () => ({ MeetingRoom }));
  return module.exports;
}

const urnOf = (name: string, type = MEETING) => `${URN}${type}::${name}`;

describe("pulumi-metered import", function () {
  this.timeout(60_000);
  const on = onAccount({ switches: { liveOptionalInReplies: "echoed" } });

  /** A room with a stream, whose program and state need a secret. */
  function addStream(name = "town-hall", rtmpOutURL = canaryRtmpURL): void {
    on.simulator.addRoom("live", name, { enableRTMPOut: true, rtmpOutURL });
  }

  describe("writes files", () => {
    it("with one call for all meeting rooms and one for every room that is named", async () => {
      for (const name of ["b", "a", "c"]) on.simulator.addRoom("meeting", name, { privacy: "public" });
      addStream("live-one");
      on.simulator.addRoom("live", "live-two");
      writeFileSync(on.pulumi.path("live.txt"), "# our streams\nlive-two\n\nlive-one # again\n");
      await on.imports(0, "--all", "--live", "live-one", "--live-file", "live.txt");
      assert.deepEqual(on.simulator.requests.map(({ method, path }) => `${method} ${path.split("/v1/")[1]}`).sort(), [
        "GET realtimelivestreaming/room/live-one",
        "GET realtimelivestreaming/room/live-two",
        "GET rooms",
      ]);
      const variables = [...on.text("rooms.ts").matchAll(/^export const (\w+) /gm)].map(([, variable]) => variable);
      assert.deepEqual(variables, ["a", "b", "c", "liveOne", "liveTwo"]);
      on.simulator.requests.clear();
      await on.imports(0, "b", "a", "b", "--out", "named");
      assert.deepEqual(on.simulator.requests.map(({ path }) => path).sort(), ["/api/v1/room/a", "/api/v1/room/b"]);
    });

    it("of which only the private one holds a secret", async () => {
      on.simulator.addRoom("meeting", "lobby", { privacy: "public" });
      addStream();
      const { out } = await on.imports(0, "--all", "--live", "town-hall");
      assertNoSecrets("the module", on.text("rooms.ts"));
      assert.match(on.text("rooms.ts"), /rtmpOutURL: config\.requireSecret\("townHallRtmpOutURL"\)/);
      assert.equal(statSync(on.pulumi.path("rooms.import.json")).mode & 0o777, 0o600);
      const file = JSON.parse(on.text("rooms.import.json"));
      const live = file.resources.find(({ name }: { name: string }) => name === "town-hall");
      for (const bag of [live.inputs, live.outputs]) {
        assert.deepEqual(bag.rtmpOutURL, secret(canaryRtmpURL));
        assert.match(bag.__provider, /^exports\.handler=.*liveStreamingRoom$/);
      }
      assert.match(out, /1\. add to index\.ts: {3}import ".\/rooms";/);
      assert.match(out, /pulumi config set --secret townHallRtmpOutURL/);
      assert.match(out, /pulumi import --file rooms\.import\.json --generate-code=false --yes/);
      assert.match(out, /rooms\.import\.json holds secret settings in plaintext: don't commit it/);
    });

    it("with what Pulumi's state is to hold: inputs and outputs as if the program had created the room", async () => {
      on.simulator.addRoom("meeting", "lobby", { privacy: "public", maxParticipants: 5 });
      await on.imports(0, "lobby");
      const { resources } = JSON.parse(on.text("rooms.import.json"));
      const [{ _id: roomId, created }] = on.simulator.rooms as unknown as [{ _id: string; created: string }];
      const [{ inputs, outputs, ...rest }, ...more] = resources;
      assert.deepEqual([rest, more], [{ type: MEETING, name: "lobby", id: "lobby" }, []]);
      const own = { roomName: "lobby", privacy: "public", maxParticipants: 5, ...registered(meetingRoom) };
      assert.deepEqual({ ...inputs, ...own }, inputs);
      const url = `${on.simulator.url}/lobby`;
      assert.deepEqual(outputs, { ...inputs, roomId, created, url, appName: "demo" });
    });

    it("that hold no address in plaintext outside the import file: webhooks may carry tokens, too", async () => {
      const hook = "https://hooks.example.com/joined?token=canary-token-Vb3";
      on.simulator.addRoom("meeting", "lobby", { privacy: "public", meetingJoinWebhook: hook });
      const { out } = await on.imports(0, "--all");
      assertNoSecrets("the module", on.text("rooms.ts"));
      assert.match(on.text("rooms.ts"), /meetingJoinWebhook: config\.requireSecret\("lobbyMeetingJoinWebhook"\)/);
      const [{ inputs, outputs }] = JSON.parse(on.text("rooms.import.json")).resources;
      for (const bag of [inputs, outputs]) assert.deepEqual(bag.meetingJoinWebhook, secret(hook));
      assert.match(out, /^ {2}2\. pulumi config set --secret lobbyMeetingJoinWebhook {3}# for lobby$/m);
    });

    it("for a program in JavaScript as well, in its own dialect", async () => {
      on.simulator.addRoom("meeting", "lobby", { privacy: "public" });
      rmSync(on.pulumi.path("index.ts"));
      on.pulumi.write("index.js", "");
      const { out } = await on.imports(0, "lobby");
      assert.match(out, /1\. add to index\.js: {3}require\("\.\/rooms"\);$/m);
      assert.match(on.text("rooms.js"), /^const metered = require\("pulumi-metered"\);$/m);
      assert.equal(on.isThere("rooms.ts"), false);
      // It is loadable, as it stands.
      const { lobby } = loadCommonJs(on.text("rooms.js"));
      assert.ok(lobby);
      const [name, { roomName, privacy }] = lobby.args as [string, Record<string, unknown>];
      assert.deepEqual([name, roomName, privacy], ["lobby", "lobby", "public"]);
      on.pulumi.write("package.json", '{"type":"module"}');
      const esm = await on.imports(0, "lobby", "--out", "esm");
      assert.match(esm.out, /add to index\.js: {3}import "\.\/esm\/rooms\.js";$/m);
      assert.match(on.text("esm/rooms.js"), /^export const lobby = /m);
    });

    it("and replaces a file that others could read", async () => {
      addStream();
      writeFileSync(on.pulumi.path("rooms.import.json"), "{}", { mode: 0o644 });
      await on.imports(0, "--live", "town-hall");
      assert.equal(statSync(on.pulumi.path("rooms.import.json")).mode & 0o777, 0o600);
    });

    it("into another folder, which it makes; never over a module that is there", async () => {
      on.simulator.addRoom("meeting", "lobby", { privacy: "public" });
      on.simulator.addRoom("meeting", "retro", { privacy: "public" });
      const { out } = await on.imports(0, "lobby", "--out", "imported/rooms");
      assert.match(out, /import ".\/imported\/rooms\/rooms";/);
      // The same once more is no change.
      await on.imports(0, "lobby", "--out", "imported/rooms");
      const before = on.text("imported/rooms/rooms.ts");
      const { err } = await on.imports(1, "retro", "--out", "imported/rooms");
      assert.match(err, /imported\/rooms\/rooms\.ts exists and has other content, so nothing was written/);
      assert.equal(on.text("imported/rooms/rooms.ts"), before);
    });

    it("not at all in a dry run, which shows the module", async () => {
      addStream();
      const { out } = await on.imports(0, "--live", "town-hall", "--dry-run", "--apply", "--out", "elsewhere");
      assert.match(out, /^Would import 1 room, and write elsewhere/);
      assert.match(out, /export const townHall = new metered\.LiveStreamingRoom\("town-hall", \{/);
      assert.deepEqual([on.isThere("elsewhere"), on.isThere("rooms.ts")], [false, false]);
      assert.deepEqual([...new Set(on.pulumi.commands)].sort(), ["config", "stack export", "version"]);
    });

    it("and reports in JSON, without a secret", async () => {
      on.simulator.addRoom("meeting", "lobby", { privacy: "public", expireUnixSec: 0 });
      on.simulator.archiveRoom("meeting", on.simulator.addRoom("meeting", "old", { privacy: "public" }).roomName);
      on.simulator.setSwitches({ listArchived: "yes", pastExpiry: "accepted" });
      addStream();
      const report = JSON.parse((await on.imports(0, "--all", "--live", "town-hall", "--json")).out);
      assert.deepEqual(
        report.rooms.map(({ name }: { name: string }) => name),
        ["lobby", "town-hall"],
      );
      assert.match(report.rooms[0].left[0], /^expireUnixSec must be a timestamp/);
      assert.deepEqual(report.rooms[1].settings, ["enableRTMPOut", "rtmpOutURL"]);
      assert.deepEqual(report.skipped, [{ kind: "MeetingRoom", name: "old", reason: "archived" }]);
      assert.deepEqual(report.config, [{ key: "townHallRtmpOutURL", room: "town-hall", isSet: false }]);
      assert.deepEqual([report.app, report.dryRun, report.applied], [on.simulator.app, false, false]);
      assert.deepEqual([report.module, report.importFile], ["rooms.ts", "rooms.import.json"]);
    });
  });

  describe("gets rooms that Metered's list only sums up", () => {
    afterEach(closeServers);

    it("one by one, unless they are left alone anyway", async () => {
      const summary = (roomName: string, more = {}) => ({
        _id: `id-${roomName}`,
        roomName,
        created: "2026-01-01",
        ...more,
      });
      const server = await serve([
        (response, seen) => {
          const name = /\/room\/(.*)$/.exec(seen.path)?.[1];
          if (name === undefined) {
            const whole = summary("whole", { privacy: "public" });
            const rooms = [
              ...["b", "a", "gone", "mine"].map((each) => summary(each)),
              summary("old", { archived: true }),
            ];
            json(200, [whole, ...rooms])(response, seen);
          } else if (name === "gone") json(404, { message: "Room not found" })(response, seen);
          else json(200, summary(name, { privacy: "private", maxParticipants: 7 }))(response, seen);
        },
      ]);
      on.pulumi.set({
        config: { ...on.pulumi.stack.config, "metered:endpoint": { value: server.origin, secret: false } },
        resources: [{ urn: urnOf("mine"), type: MEETING, id: "mine", outputs: {} }],
      });
      const { out } = await on.imports(0, "--all", "--json");
      const { rooms, skipped } = JSON.parse(out);
      const settings = ["privacy", "maxParticipants"];
      assert.deepEqual(
        rooms.map((room: { name: string; settings: string[] }) => [room.name, room.settings]),
        [
          ["a", settings],
          ["b", settings],
          ["whole", ["privacy"]],
        ],
      );
      assert.deepEqual(
        skipped.map(({ name, reason }: Record<string, string>) => [name, reason]),
        [
          ["mine", "in the stack"],
          ["old", "archived"],
        ],
      );
      const paths = server.seen.map(({ path }) => path.replace("/api/v1/", ""));
      assert.deepEqual(paths.sort(), ["room/a", "room/b", "room/gone", "rooms"]);
    });
  });

  describe("takes each room for what it is", () => {
    it("skips rooms that are in the stack, by kind, name and app, and archived ones", async () => {
      for (const name of ["mine", "other-app", "other-kind", "looked-up"])
        on.simulator.addRoom("meeting", name, { privacy: "public" });
      const room = (name: string, more = {}) => ({
        urn: urnOf(name),
        type: MEETING,
        id: name,
        outputs: { appName: on.simulator.app },
        ...more,
      });
      on.pulumi.set({
        resources: [
          { ...room("renamed"), id: "mine" },
          room("other-app", { outputs: { appName: "somebody-elses" } }),
          room("other-kind", { type: LIVE, urn: urnOf("other-kind", LIVE) }),
          room("looked-up", { external: true }),
        ],
      });
      const { rooms, skipped } = JSON.parse((await on.imports(0, "--all", "--json")).out);
      assert.deepEqual(skipped, [{ kind: "MeetingRoom", name: "mine", reason: "in the stack", resource: "renamed" }]);
      assert.deepEqual(
        rooms.map(({ name, resource }: Record<string, string>) => [name, resource]),
        // Where the stack has a resource of the name already, there is another name for the new one.
        [
          ["looked-up", "looked-up-2"],
          ["other-app", "other-app-2"],
          ["other-kind", "other-kind"],
        ],
      );
    });

    it("skips an archived room that somebody names, where Metered shows it", async () => {
      on.simulator.addRoom("meeting", "old", { privacy: "public" });
      on.simulator.archiveRoom("meeting", "old");
      on.simulator.setSwitches({ getAfterDelete: "archived" });
      assert.match((await on.imports(0, "old")).out, /^Skipped meeting room "old": it's archived\.\nNothing to import/);
      on.simulator.setSwitches({ getAfterDelete: "missing" });
      assert.match((await on.imports(1, "old")).err, /meeting room "old": app "demo" has no such room/);
    });

    it("has nothing to do where all are in the stack", async () => {
      on.simulator.addRoom("meeting", "mine", { privacy: "public" });
      on.pulumi.set({ resources: [{ urn: urnOf("mine"), type: MEETING, id: "mine", outputs: {} }] });
      const { out } = await on.imports(0, "mine", "--apply");
      assert.match(out, /^Skipped meeting room "mine": it's already in the stack, as mine\.\nNothing to import/);
      assert.equal(on.isThere("rooms.ts"), false);
    });

    it("names every room that is not there, tells of the others, and writes nothing", async () => {
      on.simulator.addRoom("meeting", "lobby", { privacy: "public" });
      on.simulator.setSwitches({ missingLiveRoom: "400 bare" });
      const { err } = await on.imports(1, "lobby", "loby", "--live", "nowhere");
      assert.match(err, /^Found meeting room "lobby"\.$/m);
      assert.match(err, /Can't look up meeting room "loby": app "demo" has no such room/);
      assert.match(
        err,
        /Can't tell whether live-streaming room "nowhere" exists in app "demo": .* Live Streaming is off/,
      );
      assert.match(err, /Nothing was written\./);
      assert.deepEqual([on.isThere("rooms.ts"), on.isThere("rooms.import.json")], [false, false]);
    });

    it("refuses a room that no program can declare where it is named, and skips it otherwise", async () => {
      const server = await serve([
        (response, seen) => {
          const room = { _id: "id", roomName: "odd", privacy: null };
          json(200, seen.path.endsWith("/rooms") ? [room] : room)(response, seen);
        },
      ]);
      try {
        const endpoint = { value: server.origin, secret: false };
        on.pulumi.set({ config: { ...on.pulumi.stack.config, "metered:endpoint": endpoint } });
        const reason = /Skipped meeting room "odd": no program can declare it: privacy is missing: it must be/;
        const { err } = await on.imports(1, "odd");
        assert.match(err, reason);
        assert.match(err, /Nothing was written\./);
        assert.match((await on.imports(0, "--all")).out, reason);
      } finally {
        await closeServers();
      }
    });

    it("takes a room whose name no program could give a new one, since it has that name already", async () => {
      on.simulator.addRoom("meeting", "my room", { privacy: "public" });
      await on.imports(0, "my room");
      assert.match(on.text("rooms.ts"), /export const myRoom = new metered\.MeetingRoom\("my room", \{/);
    });

    it("gives names that differ in case or punctuation variables of their own", async () => {
      for (const name of ["Lobby", "lobby", "lob-by"]) on.simulator.addRoom("meeting", name, { privacy: "public" });
      await on.imports(0, "--all");
      assert.match(
        on.text("rooms.ts"),
        /const lobby = .*?"Lobby".*const lobBy = .*"lob-by".*const lobby2 = .*"lobby"/s,
      );
    });

    it("says what it leaves out, without quoting addresses", async () => {
      on.simulator.addRoom("meeting", "lobby", {
        privacy: "public",
        enableRTMPOut: true,
        rtmpOutURL: `srt://${canaryRtmpURL}`,
      });
      const { out } = await on.imports(0, "--all");
      assert.match(
        out,
        /Not declared for meeting room "lobby": rtmpOutURL must be a URL that starts with rtmp:\/\/ or rtmps:\/\//,
      );
      assert.match(out, /Not declared for meeting room "lobby": enableRTMPOut: true needs rtmpOutURL/);
    });

    it("takes another key of the configuration where one is in use", async () => {
      const url = (name: string) => `${canaryRtmpURL}${name}`;
      for (const name of ["set", "taken", "in-clear"]) addStream(name, url(name));
      const { config } = on.pulumi.stack;
      on.pulumi.set({
        config: {
          ...config,
          "rooms:setRtmpOutURL": { value: url("set"), secret: true },
          "rooms:takenRtmpOutURL": { value: "something else", secret: true },
          "rooms:inClearRtmpOutURL": { value: url("in-clear"), secret: false },
          "aws:setRtmpOutURL": { value: "something else", secret: false },
        },
      });
      const { out } = await on.imports(0, "--live", "set", "taken", "in-clear", "--json");
      assert.deepEqual(JSON.parse(out).config, [
        { key: "inClearRtmpOutURL2", room: "in-clear", isSet: false },
        { key: "setRtmpOutURL", room: "set", isSet: true },
        { key: "takenRtmpOutURL2", room: "taken", isSet: false },
      ]);
    });

    it("shares a key of the configuration among rooms with one value", async () => {
      for (const name of ["a", "b", "c", "d"]) addStream(name);
      const { out } = await on.imports(0, "--live", "a", "b", "c", "d");
      assert.equal([...on.text("rooms.ts").matchAll(/requireSecret\("rtmpOutURL"\)/g)].length, 4);
      assert.deepEqual(out.match(/pulumi config set .*/g), ["pulumi config set --secret rtmpOutURL   # for 4 rooms"]);
    });

    it("shows how far it has got, where that takes long", async () => {
      const names = Array.from({ length: 30 }, (_, i) => `room-${i}`);
      for (const name of names) on.simulator.addRoom("meeting", name, { privacy: "public" });
      await on.imports(0, "room-1", "room-2", "--dry-run");
      assert.deepEqual(on.cli.progress.filter(Boolean), []);
      await on.imports(0, ...names);
      assert.deepEqual(
        on.cli.progress.filter(Boolean),
        [10, 20, 30].map((done) => `Read ${done} of 30 rooms …`),
      );
    });
  });
});
