import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import { canaryKey } from "../support/canary";
import { CommandLine } from "../support/commandLine";
import { FakePulumi, URN } from "../support/fakePulumi";
import { configFor } from "../support/onAccount";

const MEETING = "pulumi-nodejs:dynamic/metered:MeetingRoom";
const LIVE = "pulumi-nodejs:dynamic/metered:LiveStreamingRoom";

describe("pulumi-metered list", function () {
  this.timeout(60_000);
  let simulator: Simulator;
  let pulumi: FakePulumi;

  beforeEach(async () => {
    simulator = await startSimulator({
      secretKey: canaryKey,
      switches: { listArchived: "yes", pastExpiry: "accepted" },
    });
    simulator.addRoom("meeting", "standup", { privacy: "private", expireUnixSec: 1_900_000_000 });
    simulator.addRoom("meeting", "lobby", { privacy: "public" });
    simulator.addRoom("meeting", "old", { privacy: "public" });
    simulator.archiveRoom("meeting", "old");
    simulator.addRoom("live", "town-hall");
    simulator.addRoom("live", "keynote");
    const room = (type: string, name: string, id = name) => ({
      urn: `${URN}${type}::${name}`,
      type,
      id,
      outputs: { appName: simulator.app },
    });
    pulumi = new FakePulumi({
      config: configFor(simulator),
      resources: [room(MEETING, "team", "standup"), room(MEETING, "old"), room(LIVE, "town-hall")],
    });
  });

  afterEach(async () => {
    const methods = simulator.requests.map(({ method }) => method);
    pulumi.dispose();
    await simulator.close();
    assert.ok(methods.every((method) => method === "GET"));
  });

  it("is a table of the account's rooms and the stack's", async () => {
    const { code, out } = await new CommandLine(pulumi).run("list", "--live", "keynote");
    assert.equal(code, 0);
    assert.equal(
      out,
      `NAME       KIND     PRIVACY  EXPIRES               ARCHIVED  IN THE STACK
keynote    live                                    no        no
lobby      meeting  public                         no        no
old        meeting  public                         yes       no
standup    meeting  private  2030-03-17T17:46:40Z  no        team
town-hall  live                                    no        town-hall
old        meeting                                 gone      old

A room that is gone is in the stack and not on Metered: pulumi refresh drops it.`,
    );
  });

  it("tells a room that is over, as declared, from one that is gone", async () => {
    const outputs = { appName: simulator.app, deleteOnExp: true, expireUnixSec: 1_700_000_000 };
    const room = { urn: `${URN}${MEETING}::exam`, type: MEETING, id: "exam", outputs };
    pulumi.set({ resources: [room] });
    const { out } = await new CommandLine(pulumi).run("list");
    assert.match(out, /^exam +meeting +over +exam$/m);
    assert.match(out, /A room that is over has deleted itself, as declared/);
    assert.doesNotMatch(out, /gone/);
    const listed = JSON.parse((await new CommandLine(pulumi).run("list", "--json")).out) as { over?: true }[];
    assert.deepEqual(listed.map(({ over }) => over).filter(Boolean), [true]);
  });

  it("is JSON for programs", async () => {
    const { out } = await new CommandLine(pulumi).run("list", "--json");
    const listed = JSON.parse(out) as { name: string }[];
    assert.deepEqual(
      listed.map(({ name }) => name),
      ["lobby", "old", "standup", "town-hall", "old"],
    );
    assert.deepEqual(listed[2], {
      name: "standup",
      kind: "MeetingRoom",
      privacy: "private",
      expireUnixSec: 1_900_000_000,
      archived: false,
      resource: "team",
    });
  });

  it("needs no project, and says nothing of a stack then", async () => {
    const env = { METERED_APP_NAME: simulator.app, METERED_SECRET_KEY: canaryKey };
    const outside = new CommandLine(pulumi, { cwd: "/", env, server: simulator });
    const { code, out } = await outside.run("list");
    assert.equal(code, 0);
    assert.match(out, /^NAME {5}KIND {5}PRIVACY {2}EXPIRES {15}ARCHIVED\nlobby .*no$/m);
    const json = JSON.parse((await outside.run("list", "--json")).out) as object[];
    assert.ok(json.every((room) => !("resource" in room)));
    assert.deepEqual(pulumi.calls, []);
    assert.match((await new CommandLine(pulumi, { cwd: "/" }).run("list")).err, /set METERED_APP_NAME/);
    assert.match((await outside.run("list", "--stack", "dev")).err, /There is no Pulumi\.yaml in \/ or above/);
  });

  it("shows the others, and fails, where a named live-streaming room is not there", async () => {
    const { code, out, err } = await new CommandLine(pulumi).run("list", "--live", "nowhere");
    assert.equal(code, 1);
    assert.match(out, /^lobby /m);
    assert.equal(err, 'pulumi-metered: There is no live-streaming room "nowhere".');
    const json = await new CommandLine(pulumi).run("list", "--live", "nowhere", "--json");
    assert.deepEqual([json.code, JSON.parse(json.out).length], [1, 5]);
  });

  it("says so where there is nothing", async () => {
    const empty = await startSimulator({ secretKey: canaryKey });
    try {
      pulumi.set({
        resources: [],
        config: { ...pulumi.stack.config, "metered:endpoint": { value: empty.url, secret: false } },
      });
      assert.equal((await new CommandLine(pulumi).run("list")).out, "The Metered app demo has no meeting rooms.");
    } finally {
      await empty.close();
    }
  });
});

describe("pulumi-metered", () => {
  const cli = (pulumi: FakePulumi) => new CommandLine(pulumi);
  let pulumi: FakePulumi;
  before(() => {
    pulumi = new FakePulumi();
  });
  after(() => pulumi.dispose());

  it("explains itself, with examples and exit codes", async () => {
    for (const args of [["--help"], ["import", "--help"], ["list", "-h"], ["help", "doctor"]]) {
      const { code, out } = await cli(pulumi).run(...args);
      assert.equal(code, 0);
      assert.match(out, /Exit codes:\n {2}0 {4}done/);
      if (args.length > 1) assert.match(out, /Examples:\n {2}npx pulumi-metered /);
      for (const line of out.split("\n")) assert.ok(line.length <= 120, line);
    }
  });

  it("answers what makes no sense with a sentence and its own exit code", async () => {
    const { code, out, err } = await cli(pulumi).run("imprt");
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, /^pulumi-metered: There is no command "imprt": .*See pulumi-metered --help\.$/);
  });
});
