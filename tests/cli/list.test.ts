import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import { canaryKey } from "../support/canary";
import { CommandLine } from "../support/commandLine";
import { FakePulumi, URN } from "../support/fakePulumi";
import { configFor } from "../support/onAccount";
import { closeServers, json, serve } from "../support/servers";

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
standup    meeting  private  2030-03-17 17:46 UTC  no        team
town-hall  live                                    no        town-hall
old        meeting                                 gone      old

gone: the room is in the stack but not on Metered. pulumi refresh removes it from the stack.`,
    );
  });

  it("tells a room that is over, as declared, from one that is gone", async () => {
    const outputs = { appName: simulator.app, deleteOnExp: true, expireUnixSec: 1_700_000_000 };
    const room = { urn: `${URN}${MEETING}::exam`, type: MEETING, id: "exam", outputs };
    pulumi.set({ resources: [room] });
    const { out } = await new CommandLine(pulumi).run("list");
    assert.match(out, /^exam +meeting +over +exam$/m);
    assert.match(out, /^over: the room expired and was deleted/m);
    assert.doesNotMatch(out, /gone/);
    const listed = JSON.parse((await new CommandLine(pulumi).run("list", "--json")).out) as { over?: true }[];
    assert.deepEqual(listed.map(({ over }) => over).filter(Boolean), [true]);
  });

  it("shows what a terminal would obey, and keeps to its lines and columns", async () => {
    const names = ["evil\u001b[2J\u009b1m", "two\nlines\tand\u202eback"];
    for (const name of names) {
      simulator.addRoom("meeting", name, { privacy: "public" });
      simulator.addTurnCredential({ label: name });
    }
    const { out } = await new CommandLine(pulumi).run("list");
    assert.match(out, /^evil\\u001b\[2J\\u009b1m +meeting +public +no +no$/m);
    assert.match(out, /^two\\nlines\\tand\\u202eback +meeting +public +no +no$/m);
    assert.match(out, /^two\\nlines\\tand\\u202eback +TURN credential /m);
    assert.doesNotMatch(out.replaceAll("\n", ""), /[\p{Cc}\p{Bidi_Control}]/u);
    const json = (await new CommandLine(pulumi).run("list", "--json")).out;
    assert.doesNotMatch(json.replaceAll("\n", ""), /[\p{Cc}\p{Bidi_Control}]/u);
    const listed = JSON.parse(json) as { name: string | null }[];
    for (const name of names) assert.equal(listed.filter((each) => each.name === name).length, 2);
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
    const own = { METERED_APP_NAME: simulator.app, METERED_SECRET_KEY: canaryKey };
    const env = { ...own, METERED_ENDPOINT: simulator.url };
    const outside = new CommandLine(pulumi, { cwd: "/", env });
    const { code, out } = await outside.run("list");
    assert.equal(code, 0);
    assert.match(out, /^NAME {5}KIND {5}PRIVACY {2}EXPIRES {15}ARCHIVED\nlobby .*no$/m);
    const json = JSON.parse((await outside.run("list", "--json")).out) as object[];
    assert.ok(json.every((room) => !("resource" in room)));
    assert.deepEqual(pulumi.calls, []);
    assert.match((await new CommandLine(pulumi, { cwd: "/" }).run("list")).err, /set METERED_APP_NAME to NAME/);
    assert.match((await outside.run("list", "--stack", "dev")).err, /There is no Pulumi\.yaml in \/ or a folder above/);
    const flagged = new CommandLine(pulumi, { cwd: "/", env: own });
    assert.match((await flagged.run("list", "--endpoint", simulator.url)).out, /^lobby /m);
  });

  it("refuses an endpoint that it can't call, and one in a project, which has its own", async () => {
    const own = { METERED_APP_NAME: simulator.app, METERED_SECRET_KEY: canaryKey };
    for (const endpoint of ["nowhere", "http://demo.example.com", "ftp://x", "https://user:word@x"]) {
      const env = { ...own, METERED_ENDPOINT: endpoint };
      const variable = await new CommandLine(pulumi, { cwd: "/", env }).run("list");
      assert.equal(variable.code, 1);
      assert.match(
        variable.err,
        /^pulumi-metered: METERED_ENDPOINT must be the URL of a server that starts with https/,
      );
      const flag = await new CommandLine(pulumi, { cwd: "/", env: own }).run("list", "--endpoint", endpoint);
      assert.match(flag.err, /^pulumi-metered: --endpoint must be the URL of a server/);
      assert.doesNotMatch(variable.err + flag.err, /word/);
    }
    const inside = await new CommandLine(pulumi).run("list", "--endpoint", simulator.url);
    assert.equal(inside.code, 2);
    assert.match(inside.err, /--endpoint is for use outside a Pulumi project.*pulumi config set metered:endpoint URL/);
  });

  it("shows the others, and fails, where a named live-streaming room is not there", async () => {
    const { code, out, err } = await new CommandLine(pulumi).run("list", "--live", "nowhere");
    assert.equal(code, 1);
    assert.match(out, /^lobby /m);
    assert.equal(
      err,
      'pulumi-metered: Can\'t look up live-streaming room "nowhere": app "demo" has no such room. Nothing was changed. ' +
        "Correct the name, or create the room first, then run the command again. [RoomNotFound]",
    );
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
      assert.equal((await new CommandLine(pulumi).run("list")).out, 'Metered app "demo" has no meeting rooms.');
    } finally {
      await empty.close();
    }
  });

  it("shows an empty privacy where Metered's list sums rooms up, and asks for no room", async () => {
    const summaries = ["lobby", "standup"].map((roomName, i) => ({ _id: `id-${i}`, roomName, created: "2026-01-01" }));
    const server = await serve([
      (response, seen) => {
        const lists: Record<string, unknown> = { "/api/v1/rooms": summaries, "/api/v2/turn/projects": [] };
        json(200, lists[seen.path] ?? { data: [] })(response, seen);
      },
    ]);
    try {
      pulumi.set({
        resources: [],
        config: { ...pulumi.stack.config, "metered:endpoint": { value: server.origin, secret: false } },
      });
      const { out } = await new CommandLine(pulumi).run("list");
      assert.match(out, /^lobby +meeting +no +no$/m);
      assert.deepEqual(server.seen.map(({ path }) => path).sort(), [
        "/api/v1/rooms",
        "/api/v2/turn/credentials",
        "/api/v2/turn/projects",
      ]);
    } finally {
      await closeServers();
    }
  });

  it("names the providers where only those have an account", async () => {
    const provider = { urn: `${URN}pulumi:providers:pulumi-nodejs::eu west`, type: "pulumi:providers:pulumi-nodejs" };
    const inputs = { "metered:provider": "eu west", "metered:appName": "acme-eu" };
    pulumi.set({ config: {}, resources: [{ ...provider, inputs }] });
    const { code, err } = await new CommandLine(pulumi).run("list");
    assert.equal(code, 1);
    assert.match(
      err,
      /has no Metered account, but its program has explicit providers\. Add one of:\n {2}--provider 'eu west'$/,
    );
    // The environment alone is an account, too, but not with one half.
    const env = { METERED_APP_NAME: simulator.app };
    assert.match((await new CommandLine(pulumi, { env }).run("list")).err, /--provider/);
    pulumi.set({ config: { "metered:endpoint": { value: simulator.url, secret: false } } });
    const both = new CommandLine(pulumi, { env: { ...env, METERED_SECRET_KEY: canaryKey } });
    assert.equal((await both.run("list")).code, 0);
  });
});
