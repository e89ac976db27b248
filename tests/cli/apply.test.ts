import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Simulator, startSimulator } from "metered-simulator";
import { assertNoSecrets, canaryKey, canaryRtmpURL } from "../support/canary";
import { CommandLine } from "../support/commandLine";
import { FakePulumi, URN } from "../support/fakePulumi";
import { configFor } from "../support/onAccount";

const MEETING = "pulumi-nodejs:dynamic/metered:MeetingRoom";
const LIVE = "pulumi-nodejs:dynamic/metered:LiveStreamingRoom";
const lobby = `${URN}${MEETING}::lobby`;
const townHall = `${URN}${LIVE}::town-hall`;
const bucket = { urn: `${URN}aws:s3/bucket:Bucket::data`, type: "aws:s3/bucket:Bucket", id: "data" };
const command = ["import", "--all", "--live", "town-hall", "--apply"];

describe("pulumi-metered import --apply", function () {
  this.timeout(60_000);
  let simulator: Simulator;
  let pulumi: FakePulumi;
  let cli: CommandLine;

  beforeEach(async () => {
    simulator = await startSimulator({ secretKey: canaryKey, switches: { liveOptionalInReplies: "echoed" } });
    simulator.addRoom("meeting", "lobby", { privacy: "public" });
    simulator.addRoom("live", "town-hall", { enableRTMPOut: true, rtmpOutURL: canaryRtmpURL });
    pulumi = new FakePulumi({
      config: configFor(simulator),
      resources: [bucket],
      declares: [lobby, townHall],
    });
    cli = new CommandLine(pulumi);
  });

  afterEach(async () => {
    try {
      assert.equal(isThere("rooms.import.json"), false, "the file with the secret is gone, whatever happened");
      for (const { args } of pulumi.calls) assertNoSecrets("arguments, which everybody sees", args.join(" "));
      assert.ok(simulator.requests.every(({ method }) => method === "GET"));
    } finally {
      pulumi.dispose();
      await simulator.close();
    }
  });

  const isThere = (name: string) => existsSync(pulumi.path(name));
  const urns = () => pulumi.stack.resources?.map(({ urn }) => urn);
  const keys = () => Object.keys(pulumi.stack.config ?? {}).filter((key) => key.startsWith("rooms:"));

  /** Nothing is left of what the command did. */
  function assertTakenBack(): void {
    assert.deepEqual(pulumi.stack.resources, [bucket]);
    assert.deepEqual([keys(), isThere("rooms.ts")], [[], false]);
  }

  it("imports the rooms, proves it by a preview, and leaves the program's module and the encrypted secret", async () => {
    const { code, out, err } = await cli.run(...command);
    assert.equal(code, 0, err);
    assert.match(
      out,
      /^Imported 2 rooms of Metered app "demo", defined in rooms\.ts\. A preview shows no changes to them/,
    );
    assert.deepEqual(urns()?.slice(2), [lobby, townHall]);
    assert.deepEqual(pulumi.stack.config?.["rooms:townHallRtmpOutURL"], { value: canaryRtmpURL, secret: true });
    assert.ok(isThere("rooms.ts"));
    const done = pulumi.calls.map(({ args }) =>
      args.filter((arg) => !/^\/|non-interactive|--color|never/.test(arg)).join(" "),
    );
    assert.deepEqual(done.slice(-4), [
      "config set --secret townHallRtmpOutURL",
      "preview --json --show-sames",
      "import --file --generate-code=false --yes --skip-preview",
      "preview --json --show-sames --expect-no-changes",
    ]);
  });

  it("says so in JSON, too", async () => {
    const { out } = await cli.run(...command, "--json");
    const { applied, importFile, config, rooms } = JSON.parse(out);
    assert.deepEqual([applied, importFile, rooms.length], [true, undefined, 2]);
    assert.deepEqual(config, [{ key: "townHallRtmpOutURL", room: "town-hall", isSet: true }]);
  });

  it("refuses a Pulumi that cannot, before it does anything", async () => {
    for (const version of ["3.253.1", "3.216.0", "2.300.0"]) {
      pulumi.set({ version });
      const { code, err } = await cli.run(...command);
      assert.equal(code, 1);
      assert.match(err, new RegExp(`import --apply needs Pulumi 3\\.254 or newer, and this is ${version}\\.`));
    }
    assert.equal(simulator.requests.length, 0);
    assertTakenBack();
  });

  it("imports nothing while the program does not declare the rooms, and says which line is missing", async () => {
    for (const declares of [[], [lobby]]) {
      pulumi.set({ declares });
      const { code, err } = await cli.run(...command);
      assert.equal(code, 4);
      assert.match(
        err,
        declares.length === 0 ? /doesn't define the resources to import yet/ : /doesn't define town-hall yet/,
      );
      assert.match(
        err,
        /Add to index\.ts:\n {2}import ".\/rooms";\nand run the command again\. rooms\.ts is already there\./,
      );
    }
    assert.deepEqual(pulumi.stack.resources, [bucket]);
    assert.equal(pulumi.commands.includes("import"), false);
    // All else is there, so that the next run needs no more than the line.
    assert.deepEqual([keys(), isThere("rooms.ts")], [["rooms:townHallRtmpOutURL"], true]);
    pulumi.set({ declares: [lobby, townHall] });
    assert.equal((await cli.run(...command)).code, 0);
    assert.equal(pulumi.commands.filter((each) => each.startsWith("config set")).length, 1);
  });

  it("takes back exactly what is its own where the preview shows a change, and says what differed", async () => {
    pulumi.set({ differs: [lobby] });
    const { code, err } = await cli.run(...command);
    assert.equal(code, 3);
    assert.match(
      err,
      /The preview after the import shows changes:\n {2}update MeetingRoom lobby \(maxParticipants\)\n/,
    );
    assert.match(err, /Everything was rolled back\.$/);
    assertTakenBack();
  });

  it("leaves a module that was there before, also one that somebody has edited", async () => {
    const { code } = await cli.run("import", "--all", "--live", "town-hall");
    assert.equal(code, 0);
    writeFileSync(pulumi.path("rooms.ts"), `${readFileSync(pulumi.path("rooms.ts"), "utf8")}// mine\n`);
    pulumi.set({ differs: [lobby] });
    assert.equal((await cli.run(...command)).code, 3);
    assert.match(readFileSync(pulumi.path("rooms.ts"), "utf8"), /mine/);
    pulumi.set({ differs: [], declares: [] });
    const { err } = await cli.run(...command);
    assert.match(
      err,
      /rooms\.ts existed before and was left as it is: move it away, or choose another folder with --out\./,
    );
    pulumi.set({ declares: [lobby, townHall] });
    assert.equal((await cli.run(...command)).code, 0);
    assert.match(readFileSync(pulumi.path("rooms.ts"), "utf8"), /mine/);
  });

  it("minds its own business where the program has other changes, and tells of them", async () => {
    const waiting = [{ op: "update", urn: bucket.urn }];
    pulumi.set({ waiting });
    const { code, out } = await cli.run(...command);
    assert.equal(code, 0);
    assert.match(out, /The program has other changes, which the next pulumi up makes:\n {2}update Bucket data$/);
  });

  for (const [title, fails, words] of [
    [
      "its configuration cannot be set",
      "config set",
      /pulumi config set --secret townHallRtmpOutURL failed:\n {2}error: no/,
    ],
    ["the import fails", "import", /pulumi import --file .* failed:\n {2}error: no/],
    ["the program fails", "preview", /pulumi preview failed:\n {2}error: no/],
    [
      "the program fails after the import",
      "preview --json --show-sames --expect",
      /pulumi preview failed:\n {2}error: no/,
    ],
  ] as const) {
    it(`takes everything back where ${title}`, async () => {
      pulumi.set({ fails: { [fails]: `no, rtmp://x.example.com/canary-stream` } });
      const { code, err } = await cli.run(...command);
      assert.equal(code, 1);
      assert.match(err, words);
      assert.match(err, /Everything was rolled back\.$/);
      assertTakenBack();
    });
  }

  it("says what to run where it cannot take back what it did", async () => {
    pulumi.set({ differs: [lobby], fails: { "state delete": "the stack is locked" } });
    const { code, err } = await cli.run(...command);
    assert.equal(code, 3);
    assert.match(
      err,
      /Not everything could be rolled back:\nThe imported resources couldn't be removed from the stack's state:\n {2}error: the stack is locked/,
    );
    assert.ok(err.includes(`Run: pulumi state delete --force '${lobby}' '${townHall}'`));
    assert.equal(isThere("rooms.ts"), false);
  });

  for (const hangs of ["config set", "preview", "import", "preview --json --show-sames --expect"]) {
    it(`takes everything back after Ctrl-C during pulumi ${hangs}`, async () => {
      pulumi.set({ hangs });
      const running = cli.run(...command);
      while (!pulumi.calls.some(({ args }) => args.join(" ").startsWith(hangs))) await sleep(10);
      if (hangs.startsWith("import")) {
        assert.equal(statSync(pulumi.path("rooms.import.json")).mode & 0o777, 0o600);
      }
      cli.interruption.abort();
      const { code, err } = await running;
      assert.equal(code, 130);
      assert.equal(err, "pulumi-metered: interrupted\nEverything was rolled back.");
      assertTakenBack();
    });
  }

  it("has nothing to take back after Ctrl-C before it did anything", async () => {
    pulumi.set({ hangs: "stack export" });
    const running = cli.run(...command);
    while (!pulumi.commands.includes("stack export")) await sleep(10);
    cli.interruption.abort();
    assert.deepEqual(await running, { code: 130, out: "", err: "pulumi-metered: interrupted" });
  });

  it("does so, too, as a process that gets the signal", async () => {
    pulumi.set({ hangs: "import" });
    const main = join(__dirname, "..", "..", "provider", "bin", "pulumi-metered.js");
    const child = spawn(process.execPath, [main, ...command], {
      cwd: pulumi.folder,
      env: { ...process.env, ...pulumi.env },
    });
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (printed += chunk));
    while (!pulumi.commands.includes("import")) await sleep(10);
    child.kill("SIGINT");
    const code = await new Promise((resolve) => child.on("close", resolve));
    assert.deepEqual([code, printed], [130, "pulumi-metered: interrupted\nEverything was rolled back.\n"]);
    assertTakenBack();
  });
});
