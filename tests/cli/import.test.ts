import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { type Simulator, startSimulator } from "metered-simulator";
import { assertNoSecrets, canaryKey, canaryRtmpURL } from "../support/canary";
import { CommandLine } from "../support/commandLine";
import { FakePulumi, type FakeStack, URN } from "../support/fakePulumi";

const MEETING = "pulumi-nodejs:dynamic/metered:MeetingRoom";
const LIVE = "pulumi-nodejs:dynamic/metered:LiveStreamingRoom";
const urnOf = (name: string, type = MEETING) => `${URN}${type}::${name}`;

describe("pulumi-metered import", function () {
  this.timeout(60_000);
  let simulator: Simulator;
  let pulumi: FakePulumi;
  let cli: CommandLine;

  beforeEach(async () => {
    simulator = await startSimulator({ secretKey: canaryKey, switches: { liveOptionalInReplies: "echoed" } });
    pulumi = new FakePulumi({
      config: {
        "metered:appName": { value: simulator.app, secret: false },
        "metered:secretKey": { value: canaryKey, secret: true },
        "metered:endpoint": { value: simulator.url, secret: false },
      },
    });
    cli = new CommandLine(pulumi);
  });

  afterEach(async () => {
    try {
      const writes = simulator.requests.filter(({ method }) => method !== "GET");
      assert.deepEqual(writes, [], "nothing is ever written to the account");
    } finally {
      pulumi.dispose();
      await simulator.close();
    }
  });

  const text = (name: string) => readFileSync(pulumi.path(name), "utf8");
  const isThere = (name: string) => existsSync(pulumi.path(name));

  /** A room with a stream, whose program and state need a secret. */
  function addStream(name = "town-hall"): void {
    simulator.addRoom("live", name, { enableRTMPOut: true, rtmpOutURL: canaryRtmpURL });
  }

  async function expectOk(...args: string[]) {
    const run = await cli.run("import", ...args);
    assert.equal(run.code, 0, run.err);
    return run;
  }

  async function expectFailure(code: number, ...args: string[]) {
    const run = await cli.run("import", ...args);
    assert.equal(run.code, code, run.out + run.err);
    return run;
  }

  describe("writes files", () => {
    it("with one call for all meeting rooms and one for every room that is named", async () => {
      for (const name of ["b", "a", "c"]) simulator.addRoom("meeting", name, { privacy: "public" });
      addStream("live-one");
      simulator.addRoom("live", "live-two");
      writeFileSync(pulumi.path("live.txt"), "# our streams\nlive-two\n\nlive-one # again\n");
      await expectOk("--all", "--live", "live-one", "--live-file", "live.txt");
      assert.deepEqual(simulator.requests.map(({ method, path }) => `${method} ${path.split("/v1/")[1]}`).sort(), [
        "GET realtimelivestreaming/room/live-one",
        "GET realtimelivestreaming/room/live-two",
        "GET rooms",
      ]);
      const variables = [...text("rooms.ts").matchAll(/^export const (\w+) /gm)].map(([, variable]) => variable);
      assert.deepEqual(variables, ["a", "b", "c", "liveOne", "liveTwo"]);
      simulator.requests.clear();
      await expectOk("b", "a", "b", "--out", "named");
      assert.deepEqual(simulator.requests.map(({ path }) => path).sort(), ["/api/v1/room/a", "/api/v1/room/b"]);
    });

    it("of which only the private one holds a secret", async () => {
      simulator.addRoom("meeting", "lobby", { privacy: "public" });
      addStream();
      const { out } = await expectOk("--all", "--live", "town-hall");
      assertNoSecrets("the module", text("rooms.ts"));
      assert.match(text("rooms.ts"), /rtmpOutURL: config\.requireSecret\("townHallRtmpOutURL"\)/);
      assert.equal(statSync(pulumi.path("rooms.import.json")).mode & 0o777, 0o600);
      const file = JSON.parse(text("rooms.import.json"));
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
      writeFileSync(pulumi.path("rooms.import.json"), "{}", { mode: 0o644 });
      await expectOk("--live", "town-hall");
      assert.equal(statSync(pulumi.path("rooms.import.json")).mode & 0o777, 0o600);
    });

    it("into another folder, which it makes; never over a module that is there", async () => {
      simulator.addRoom("meeting", "lobby", { privacy: "public" });
      simulator.addRoom("meeting", "retro", { privacy: "public" });
      const { out } = await expectOk("lobby", "--out", "imported/rooms");
      assert.match(out, /import ".\/imported\/rooms\/rooms";/);
      // The same once more is no change.
      await expectOk("lobby", "--out", "imported/rooms");
      const before = text("imported/rooms/rooms.ts");
      const { err } = await expectFailure(1, "retro", "--out", "imported/rooms");
      assert.match(err, /imported\/rooms\/rooms\.ts is there already and holds something else, so nothing was written/);
      assert.equal(text("imported/rooms/rooms.ts"), before);
    });

    it("not at all in a dry run, which shows the module", async () => {
      addStream();
      const { out } = await expectOk("--live", "town-hall", "--dry-run", "--apply", "--out", "elsewhere");
      assert.match(out, /^Would import 1 room, and write elsewhere/);
      assert.match(out, /export const townHall = new metered\.LiveStreamingRoom\("town-hall", \{/);
      assert.deepEqual([isThere("elsewhere"), isThere("rooms.ts")], [false, false]);
      assert.deepEqual([...new Set(pulumi.commands)].sort(), ["config", "stack export", "version"]);
    });

    it("and reports in JSON, without a secret", async () => {
      simulator.addRoom("meeting", "lobby", { privacy: "public", expireUnixSec: 0 });
      simulator.archiveRoom("meeting", simulator.addRoom("meeting", "old", { privacy: "public" }).roomName);
      simulator.setSwitches({ listArchived: "yes", pastExpiry: "accepted" });
      addStream();
      const report = JSON.parse((await expectOk("--all", "--live", "town-hall", "--json")).out);
      assert.deepEqual(
        report.rooms.map(({ name }: { name: string }) => name),
        ["lobby", "town-hall"],
      );
      assert.match(report.rooms[0].left[0], /^expireUnixSec must be a moment/);
      assert.deepEqual(report.rooms[1].settings, ["enableRTMPOut", "rtmpOutURL"]);
      assert.deepEqual(report.skipped, [{ kind: "MeetingRoom", name: "old", reason: "archived" }]);
      assert.deepEqual(report.config, [{ key: "townHallRtmpOutURL", room: "town-hall", isSet: false }]);
      assert.deepEqual([report.app, report.dryRun, report.applied], [simulator.app, false, false]);
      assert.deepEqual([report.module, report.importFile], ["rooms.ts", "rooms.import.json"]);
    });
  });

  describe("takes each room for what it is", () => {
    it("skips rooms that are in the stack, by kind, name and app, and archived ones", async () => {
      for (const name of ["mine", "other-app", "other-kind", "looked-up"])
        simulator.addRoom("meeting", name, { privacy: "public" });
      const room = (name: string, more = {}) => ({
        urn: urnOf(name),
        type: MEETING,
        id: name,
        outputs: { appName: simulator.app },
        ...more,
      });
      pulumi.set({
        resources: [
          { ...room("renamed"), id: "mine" },
          room("other-app", { outputs: { appName: "somebody-elses" } }),
          room("other-kind", { type: LIVE, urn: urnOf("other-kind", LIVE) }),
          room("looked-up", { external: true }),
        ],
      });
      const { rooms, skipped } = JSON.parse((await expectOk("--all", "--json")).out);
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
      simulator.addRoom("meeting", "old", { privacy: "public" });
      simulator.archiveRoom("meeting", "old");
      simulator.setSwitches({ getAfterDelete: "archived" });
      assert.match((await expectOk("old")).out, /^Skipped the meeting room "old": it is archived\.\nNothing to import/);
      simulator.setSwitches({ getAfterDelete: "missing" });
      assert.match((await expectFailure(1, "old")).err, /There is no meeting room "old"/);
    });

    it("has nothing to do where all are in the stack", async () => {
      simulator.addRoom("meeting", "mine", { privacy: "public" });
      pulumi.set({ resources: [{ urn: urnOf("mine"), type: MEETING, id: "mine", outputs: {} }] });
      const { out } = await expectOk("mine", "--apply");
      assert.match(out, /^Skipped the meeting room "mine": it is in the stack already, as mine\.\nNothing to import/);
      assert.equal(isThere("rooms.ts"), false);
    });

    it("names every room that is not there, tells of the others, and writes nothing", async () => {
      simulator.addRoom("meeting", "lobby", { privacy: "public" });
      simulator.addRoom("meeting", "my room", { privacy: "public" });
      simulator.setSwitches({ missingLiveRoom: "400 bare" });
      const { err } = await expectFailure(1, "lobby", "loby", "my room", "--live", "nowhere");
      assert.match(err, /Found the meeting room "lobby"\./);
      assert.match(err, /There is no meeting room "loby"\./);
      assert.match(err, /no program can declare it: roomName must be URL friendly/);
      assert.match(
        err,
        /Metered refused to show the live-streaming room "nowhere" without a reason: most likely there is none/,
      );
      assert.match(err, /Nothing was written\./);
      assert.deepEqual([isThere("rooms.ts"), isThere("rooms.import.json")], [false, false]);
      // Nobody asked for that one by its name.
      const { out } = await expectOk("--all");
      assert.match(out, /Skipped the meeting room "my room": no program can declare it/);
    });

    it("gives names that differ in case or punctuation variables of their own", async () => {
      for (const name of ["Lobby", "lobby", "lob-by"]) simulator.addRoom("meeting", name, { privacy: "public" });
      await expectOk("--all");
      assert.match(text("rooms.ts"), /const lobby = .*?"Lobby".*const lobBy = .*"lob-by".*const lobby2 = .*"lobby"/s);
    });

    it("says what it leaves out, without quoting addresses", async () => {
      simulator.addRoom("meeting", "lobby", {
        privacy: "public",
        enableRTMPOut: true,
        rtmpOutURL: `srt://${canaryRtmpURL}`,
      });
      const { out } = await expectOk("--all");
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
      const { config } = pulumi.stack;
      pulumi.set({
        config: {
          ...config,
          "rooms:setRtmpOutURL": { value: canaryRtmpURL, secret: true },
          "rooms:takenRtmpOutURL": { value: "something else", secret: true },
          "rooms:inClearRtmpOutURL": { value: canaryRtmpURL, secret: false },
          "aws:setRtmpOutURL": { value: "something else", secret: false },
        },
      });
      const { out } = await expectOk("--live", "set", "taken", "in-clear", "--json");
      assert.deepEqual(JSON.parse(out).config, [
        { key: "inClearRtmpOutURL2", room: "in-clear", isSet: false },
        { key: "setRtmpOutURL", room: "set", isSet: true },
        { key: "takenRtmpOutURL2", room: "taken", isSet: false },
      ]);
    });

    it("shows how far it has got, where that takes long", async () => {
      const names = Array.from({ length: 30 }, (_, i) => `room-${i}`);
      for (const name of names) simulator.addRoom("meeting", name, { privacy: "public" });
      await expectOk("room-1", "room-2", "--dry-run");
      assert.deepEqual(cli.progress.filter(Boolean), []);
      await expectOk(...names);
      assert.deepEqual(
        cli.progress.filter(Boolean),
        [10, 20, 30].map((done) => `Read ${done} of 30 rooms …`),
      );
    });
  });

  describe("needs an account that it may read", () => {
    const withConfig = (changes: NonNullable<FakeStack["config"]>) =>
      pulumi.set({ config: { ...pulumi.stack.config, ...changes } });

    it("and refuses a key in clear", async () => {
      withConfig({ "metered:secretKey": { value: canaryKey, secret: false } });
      const { err } = await expectFailure(1, "--all");
      assert.match(err, /in the stack's configuration in clear/);
      assert.equal(simulator.requests.length, 0);
    });

    it("and says everything that is wrong with the configuration", async () => {
      pulumi.set({ config: { "metered:timeoutSeconds": { value: "soon", secret: false } } });
      const { err } = await expectFailure(1, "--all");
      for (const part of [
        /pulumi config set metered:appName NAME/,
        /pulumi config set --secret metered:secretKey/,
        /timeoutSeconds/,
      ]) {
        assert.match(err, part);
      }
    });

    it("which the environment may name where the configuration does not", async () => {
      simulator.addRoom("meeting", "lobby", { privacy: "public" });
      const { "metered:endpoint": endpoint } = pulumi.stack.config ?? {};
      pulumi.set({ config: endpoint ? { "metered:endpoint": endpoint } : {} });
      cli = new CommandLine(pulumi, { env: { METERED_APP_NAME: simulator.app, METERED_SECRET_KEY: canaryKey } });
      await expectOk("lobby");
    });

    it("and says by cause why it cannot be read, and to run the command again", async () => {
      withConfig({ "metered:secretKey": { value: `${canaryKey}x`, secret: true } });
      assert.match((await expectFailure(1, "--all")).err, /does not accept the secret key for the app "demo"/);
      await simulator.close();
      const { err } = await expectFailure(1, "--all");
      assert.match(err, /the connection was refused .*Nothing was changed; run the command again\./);
    });

    it("in a project, on a machine with Pulumi", async () => {
      const outside = new CommandLine(pulumi, { cwd: "/" });
      const { code, err } = await outside.run("import", "lobby");
      assert.deepEqual([code, /There is no Pulumi\.yaml in \/ or above/.test(err)], [1, true]);
      const without = new CommandLine(pulumi, { env: { PATH: "/nowhere" } });
      assert.match((await without.run("import", "lobby")).err, /The command pulumi is not on PATH/);
      pulumi.set({ fails: { config: "no stack selected; rtmp://x.example.com/canary-stream" } });
      assert.match(
        (await expectFailure(1, "lobby")).err,
        /pulumi config --show-secrets --json failed:\n {2}error: no stack selected; \[secret\]/,
      );
    });

    it("also that of a provider in the stack, whose key is read from the state", async () => {
      simulator.addRoom("meeting", "berlin", { privacy: "private" });
      const provider = `${URN}pulumi:providers:pulumi-nodejs::eu`;
      const inputs = {
        "metered:provider": "eu",
        "metered:appName": simulator.app,
        "metered:endpoint": simulator.url,
        "metered:secretKey": {
          "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
          plaintext: JSON.stringify(canaryKey),
        },
      };
      const resources = [{ urn: provider, type: "pulumi:providers:pulumi-nodejs", inputs }];
      pulumi.set({ config: {}, resources });
      const { out } = await expectOk("berlin", "--provider", "eu");
      assert.ok(pulumi.calls.some(({ args }) => args.join(" ").startsWith("stack export --show-secrets")));
      const file = JSON.parse(text("rooms.import.json"));
      assert.equal(file.nameTable[file.resources[0].provider], provider);
      assert.match(text("rooms.ts"), /export function declareRooms\(provider: metered\.Provider\)/);
      assert.match(out, /import \{ declareRooms \} from ".\/rooms"; declareRooms\(PROVIDER\);/);
      const unknown = await expectFailure(1, "berlin", "--provider", "us");
      assert.match(unknown.err, /The stack has no metered\.Provider "us"; it has eu\./);
      // Nothing of the environment is mixed in.
      pulumi.set({ resources: [{ ...resources[0], inputs: { ...inputs, "metered:secretKey": undefined } }] });
      cli = new CommandLine(pulumi, { env: { METERED_SECRET_KEY: canaryKey } });
      assert.match(
        (await expectFailure(1, "berlin", "--provider", provider)).err,
        /The metered\.Provider "eu" has no secretKey/,
      );
    });
  });

  it("answers programs in JSON where it fails, too", async () => {
    const { out, err } = await expectFailure(1, "nowhere", "--json");
    const { error, exit } = JSON.parse(out);
    assert.match(error, /^There is no meeting room "nowhere"\./);
    assert.equal(exit, 1);
    assert.equal(err, `pulumi-metered: ${error}`);
  });

  it("hands the stack's name on to every command", async () => {
    simulator.addRoom("meeting", "lobby", { privacy: "public" });
    const { out } = await expectOk("lobby", "--stack", "prod");
    assert.match(out, /pulumi preview --expect-no-changes --stack prod/);
    for (const { args } of pulumi.calls) assert.match(args.join(" "), /--stack prod|^version/);
  });

  it("leaves nothing behind where it cannot write", async () => {
    simulator.addRoom("meeting", "lobby", { privacy: "public" });
    mkdirSync(pulumi.path("new"));
    mkdirSync(pulumi.path("new", "rooms.import.json"));
    const { err } = await expectFailure(1, "lobby", "--out", "new");
    assert.match(err, /rooms\.import\.json/);
    assert.equal(isThere("new/rooms.ts"), false);
    assert.match((await expectFailure(1, "lobby", "--out", "index.ts/rooms")).err, /index\.ts\/rooms/);
  });
});
