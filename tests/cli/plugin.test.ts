import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
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
});
