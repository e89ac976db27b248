import assert from "node:assert/strict";
import { canaryRtmpURL } from "../support/canary";
import { URN } from "../support/fakePulumi";
import { onAccount } from "../support/onAccount";
import { closeServers, json, serve } from "../support/servers";

const MEETING = "pulumi-nodejs:dynamic/metered:MeetingRoom";
const LIVE = "pulumi-nodejs:dynamic/metered:LiveStreamingRoom";
const urnOf = (name: string, type = MEETING) => `${URN}${type}::${name}`;

describe("pulumi-metered import, room by room", function () {
  this.timeout(60_000);
  const on = onAccount({ switches: { liveOptionalInReplies: "echoed" } });

  /** A room with a stream, whose program and state need a secret. */
  function addStream(name = "town-hall", rtmpOutURL = canaryRtmpURL): void {
    on.simulator.addRoom("live", name, { enableRTMPOut: true, rtmpOutURL });
  }

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
        const reason = /Skipped meeting room "odd": it can't be defined in a program: privacy is missing: it must be/;
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
        /Left out for meeting room "lobby": rtmpOutURL must be a URL that starts with rtmp:\/\/ or rtmps:\/\//,
      );
      assert.match(out, /Left out for meeting room "lobby": enableRTMPOut: true needs rtmpOutURL/);
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
