import assert from "node:assert/strict";
import { statSync, writeFileSync } from "node:fs";
import { assertNoSecrets, canaryRtmpURL } from "../support/canary";
import { URN } from "../support/fakePulumi";
import { onAccount } from "../support/onAccount";

const MEETING = "pulumi-nodejs:dynamic/metered:MeetingRoom";
const LIVE = "pulumi-nodejs:dynamic/metered:LiveStreamingRoom";
const urnOf = (name: string, type = MEETING) => `${URN}${type}::${name}`;

describe("pulumi-metered import", function () {
  this.timeout(60_000);
  const on = onAccount({ switches: { liveOptionalInReplies: "echoed" } });

  /** A room with a stream, whose program and state need a secret. */
  function addStream(name = "town-hall"): void {
    on.simulator.addRoom("live", name, { enableRTMPOut: true, rtmpOutURL: canaryRtmpURL });
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
        assert.deepEqual(bag.rtmpOutURL, {
          "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
          plaintext: JSON.stringify(canaryRtmpURL),
        });
        assert.match(bag.__provider, /^exports\.handler=/);
      }
      assert.match(out, /1\. add to index\.ts: {3}import ".\/rooms";/);
      assert.match(out, /pulumi config set --secret townHallRtmpOutURL/);
      assert.match(out, /pulumi import --file rooms\.import\.json --generate-code=false --yes/);
      assert.match(out, /do not commit it/);
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
      assert.match(err, /imported\/rooms\/rooms\.ts is there already and holds something else, so nothing was written/);
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
      assert.match(report.rooms[0].left[0], /^expireUnixSec must be a moment/);
      assert.deepEqual(report.rooms[1].settings, ["enableRTMPOut", "rtmpOutURL"]);
      assert.deepEqual(report.skipped, [{ kind: "MeetingRoom", name: "old", reason: "archived" }]);
      assert.deepEqual(report.config, [{ key: "townHallRtmpOutURL", room: "town-hall", isSet: false }]);
      assert.deepEqual([report.app, report.dryRun, report.applied], [on.simulator.app, false, false]);
      assert.deepEqual([report.module, report.importFile], ["rooms.ts", "rooms.import.json"]);
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
      assert.match(
        (await on.imports(0, "old")).out,
        /^Skipped the meeting room "old": it is archived\.\nNothing to import/,
      );
      on.simulator.setSwitches({ getAfterDelete: "missing" });
      assert.match((await on.imports(1, "old")).err, /There is no meeting room "old"/);
    });

    it("has nothing to do where all are in the stack", async () => {
      on.simulator.addRoom("meeting", "mine", { privacy: "public" });
      on.pulumi.set({ resources: [{ urn: urnOf("mine"), type: MEETING, id: "mine", outputs: {} }] });
      const { out } = await on.imports(0, "mine", "--apply");
      assert.match(out, /^Skipped the meeting room "mine": it is in the stack already, as mine\.\nNothing to import/);
      assert.equal(on.isThere("rooms.ts"), false);
    });

    it("names every room that is not there, tells of the others, and writes nothing", async () => {
      on.simulator.addRoom("meeting", "lobby", { privacy: "public" });
      on.simulator.addRoom("meeting", "my room", { privacy: "public" });
      on.simulator.setSwitches({ missingLiveRoom: "400 bare" });
      const { err } = await on.imports(1, "lobby", "loby", "my room", "--live", "nowhere");
      assert.match(err, /Found the meeting room "lobby"\./);
      assert.match(err, /There is no meeting room "loby"\./);
      assert.match(err, /no program can declare it: roomName must be URL friendly/);
      assert.match(
        err,
        /Metered refused to show the live-streaming room "nowhere" without a reason: most likely there is none/,
      );
      assert.match(err, /Nothing was written\./);
      assert.deepEqual([on.isThere("rooms.ts"), on.isThere("rooms.import.json")], [false, false]);
      // Nobody asked for that one by its name.
      const { out } = await on.imports(0, "--all");
      assert.match(out, /Skipped the meeting room "my room": no program can declare it/);
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
        /Not declared for the meeting room "lobby": rtmpOutURL must be a URL that starts with rtmp:\/\/ or rtmps:\/\//,
      );
      assert.match(out, /Not declared for the meeting room "lobby": enableRTMPOut: true needs rtmpOutURL/);
    });

    it("takes another key of the configuration where one is in use", async () => {
      addStream("set");
      addStream("taken");
      addStream("in-clear");
      const { config } = on.pulumi.stack;
      on.pulumi.set({
        config: {
          ...config,
          "rooms:setRtmpOutURL": { value: canaryRtmpURL, secret: true },
          "rooms:takenRtmpOutURL": { value: "something else", secret: true },
          "rooms:inClearRtmpOutURL": { value: canaryRtmpURL, secret: false },
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
