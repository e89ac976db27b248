import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import { asSecret } from "../../provider/src/cli/stackState";
import { autoName } from "../../provider/src/core/names";
import { packageTokenOf } from "../../provider/src/core/token";
import { canaryKey } from "../support/canary";
import { CommandLine } from "../support/commandLine";
import { FakePulumi, URN } from "../support/fakePulumi";
import { configFor } from "../support/onAccount";

const type = packageTokenOf({ name: "MeetingRoom" });

describe("the command line in a stack whose rooms are the plugin's", function () {
  this.timeout(60_000);
  let simulator: Simulator;
  let pulumi: FakePulumi;

  beforeEach(async () => {
    simulator = await startSimulator({ secretKey: canaryKey });
    const urn = { project: "rooms", stack: "dev", parentTypes: "", kind: "MeetingRoom", name: "standup" } as const;
    const { roomName } = simulator.addRoom("meeting", autoName(urn), { privacy: "public" });
    const outputs = { appName: "demo", roomName, privacy: "public" };
    pulumi = new FakePulumi({
      config: configFor(simulator),
      resources: [
        { urn: `${URN}pulumi:pulumi:Stack::rooms-dev`, type: "pulumi:pulumi:Stack" },
        { urn: `${URN}${type}::standup`, type, id: roomName, inputs: outputs, outputs },
      ],
    });
    pulumi.installPackages();
  });
  afterEach(async () => {
    pulumi.dispose();
    await simulator.close();
  });

  it("does not take them for what an interrupted run has left behind", async () => {
    const { out } = await new CommandLine(pulumi).run("doctor");
    assert.match(out, /Left behind +nothing/, out);
  });

  it("does not import them once more", async () => {
    const { out } = await new CommandLine(pulumi).run("import", "--all", "--dry-run");
    assert.match(out, /in the stack already/, out);
  });

  it("lists them with their resources", async () => {
    const { out } = await new CommandLine(pulumi).run("list");
    assert.match(out, /standup-\w{8} .*standup/, out);
  });

  describe("and have an account of their own", () => {
    // A component's, whose URN a shell would not leave as it is.
    const urn = `${URN}acme:index:Rooms$pulumi:providers:metered::eu`;
    /** As Pulumi keeps the arguments of a provider: numbers as they are, or as texts. */
    const withProvider = (more: object) => {
      const secretKey = asSecret(canaryKey);
      const inputs = { appName: simulator.app, endpoint: simulator.url, secretKey, timeoutSeconds: 5, ...more };
      const provider = { urn, type: "pulumi:providers:metered", inputs };
      pulumi.set({ config: {}, resources: [...(pulumi.stack.resources ?? []), provider] });
    };

    it("lists them by its provider", async () => {
      withProvider({ retrySeconds: "7" });
      const { out, code } = await new CommandLine(pulumi).run("list", "--provider", "eu");
      assert.match(out, /standup-\w{8} .*standup/, out);
      assert.equal(code, 0);
    });

    it("reads all of it, and nothing of the environment", async () => {
      withProvider({ secretKey: undefined, retrySeconds: 0 });
      const cli = new CommandLine(pulumi, { env: { METERED_SECRET_KEY: canaryKey } });
      const { err } = await cli.run("list", "--provider", "eu");
      assert.match(err, /The metered\.Provider "eu" has no secretKey/);
      assert.match(err, /metered:retrySeconds must be/);
    });

    it("says how Pulumi imports into it", async () => {
      withProvider({});
      const { err, code } = await new CommandLine(pulumi).run("import", "--all", "--provider", "eu");
      assert.equal(code, 1);
      assert.ok(err.includes(`pulumi import metered:index:MeetingRoom NAME ROOM --provider 'eu=${urn}'`), err);
      assert.ok(err.includes("metered:index:LiveStreamingRoom"), err);
      assert.equal(simulator.requests.length, 0);
    });
  });
});
