import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { type Simulator, startSimulator } from "metered-simulator";
import { asSecret } from "../../provider/src/cli/stackState";
import { packageTokenOf } from "../../provider/src/pulumi/types";
import { generateName } from "../../provider/src/rooms/name";
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
    const { roomName } = simulator.addRoom("meeting", generateName(urn), { privacy: "public" });
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

  const run = (...args: string[]) => new CommandLine(pulumi).run(...args);
  const text = (name: string) => readFileSync(pulumi.path(name), "utf8");
  const isThere = (name: string) => existsSync(pulumi.path(name));
  const addRooms = (...names: string[]) => {
    for (const name of names) simulator.addRoom("meeting", name, { privacy: "public" });
  };

  it("does not take them for what an interrupted run has left behind", async () => {
    const { out } = await new CommandLine(pulumi).run("doctor");
    assert.match(out, /Leftovers +none/, out);
    assert.match(out, /Plugin +the program .* uses the metered plugin/, out);
  });

  it("does not import them once more", async () => {
    const { out } = await new CommandLine(pulumi).run("import", "--all", "--dry-run");
    assert.match(out, /already in the stack/, out);
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
      assert.match(err, /metered\.Provider "eu" has no secretKey/);
      assert.match(err, /retrySeconds of metered\.Provider "eu" must be/);
    });

    it("imports into it with Pulumi's own command, which names it", async () => {
      withProvider({});
      addRooms("lobby");
      const { out, code } = await run("import", "lobby", "--provider", "eu");
      assert.equal(code, 0);
      assert.match(out, /^ {2}1\. pulumi import metered:index:MeetingRoom lobby lobby --provider 'eu=.*'$/m);
      assert.ok(out.includes(`--provider 'eu=${urn}'`), out);
      addRooms("retro");
      await run("import", "lobby", "retro", "--provider", "eu");
      const { nameTable, resources } = JSON.parse(text("rooms.import.json"));
      assert.deepEqual(
        resources.map(({ provider }: { provider: string }) => nameTable[provider]),
        [urn, urn],
      );
    });
  });

  describe("imports rooms in the way of the program's language", () => {
    /** Only its files say what kind of project it is. */
    const withoutRooms = (file: string, content: string) => {
      pulumi.set({ resources: [] });
      pulumi.write(file, content);
    };

    for (const [title, prepare] of Object.entries<() => void>({
      "a Python project": () => withoutRooms("Pulumi.yaml", "name: rooms\nruntime: python\n"),
      "a YAML project": () => withoutRooms("Pulumi.yaml", "name: rooms\nruntime: yaml\n"),
      "a TypeScript project with the plugin's SDK": () => withoutRooms("sdks/metered/package.json", "{}"),
      "a project whose stack has rooms of the plugin": () => {},
    })) {
      it(`${title}: one with Pulumi's command, several with a file, and no module`, async () => {
        prepare();
        addRooms("lobby", "retro");
        simulator.addRoom("live", "town hall");
        const one = await run("import", "--live", "town hall", "-s", "prod");
        assert.equal(
          one.out,
          `This project uses the metered plugin, so Pulumi itself imports the rooms.
To import 1 room of Metered app "demo":
  1. pulumi import metered:index:LiveStreamingRoom 'town hall' 'town hall' --stack prod
  2. add the code that Pulumi prints to your program`,
        );
        assert.equal(isThere("rooms.import.json"), false);
        const { out } = await run("import", "lobby", "retro");
        assert.match(out, /^Wrote rooms\.import\.json, which lists 2 rooms of Metered app "demo"\.$/m);
        assert.match(out, /^ {2}1\. pulumi import --file rooms\.import\.json$/m);
        assert.deepEqual(JSON.parse(text("rooms.import.json")), {
          resources: ["lobby", "retro"].map((name) => ({ type, name, id: name })),
        });
        assert.deepEqual([isThere("rooms.ts"), isThere("rooms.js")], [false, false]);
      });
    }

    it("reports the commands in JSON, writes nothing in a dry run, and refuses --apply", async () => {
      addRooms("lobby", "retro");
      const { out } = await run("import", "lobby", "retro", "--dry-run", "--json", "--out", "some where");
      const { commands, importFile, module, applied, dryRun } = JSON.parse(out);
      assert.deepEqual(commands, ["pulumi import --file 'some where/rooms.import.json'"]);
      assert.deepEqual([importFile, module, applied, dryRun], ["some where/rooms.import.json", undefined, false, true]);
      assert.equal(isThere("some where"), false);
      assert.match((await run("import", "lobby", "retro", "--dry-run")).out, /^Would write rooms\.import\.json/m);
      const single = JSON.parse((await run("import", "lobby", "--json")).out);
      assert.deepEqual(single.commands, ["pulumi import metered:index:MeetingRoom lobby lobby"]);
      const { code, err } = await run("import", "lobby", "--apply");
      assert.equal(code, 1);
      assert.match(err, /uses the metered plugin.* so --apply isn't available/);
    });

    it("but not for a provider of the npm package, which the stack has as well", async () => {
      addRooms("lobby");
      const inputs = {
        "metered:provider": "us",
        "metered:appName": simulator.app,
        "metered:endpoint": simulator.url,
        "metered:secretKey": asSecret(canaryKey),
      };
      const dynamic = "pulumi:providers:pulumi-nodejs";
      const provider = { urn: `${URN}${dynamic}::us`, type: dynamic, inputs };
      pulumi.set({ resources: [...(pulumi.stack.resources ?? []), provider] });
      await run("import", "lobby", "--provider", "us");
      assert.match(text("rooms.ts"), /export function declareRooms/);
    });
  });
});
