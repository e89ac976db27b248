import assert from "node:assert/strict";
import { rmSync, statSync, writeFileSync } from "node:fs";
import { registered } from "../../provider/src/pulumi/state";
import { meetingRoom } from "../../provider/src/rooms/meetingRoom";
import { assertNoSecrets, canaryRtmpURL } from "../support/canary";
import { onAccount } from "../support/onAccount";

const MEETING = "pulumi-nodejs:dynamic/metered:MeetingRoom";
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
      assert.match(out, /rooms\.import\.json holds secrets in plaintext: don't commit it/);
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
});
