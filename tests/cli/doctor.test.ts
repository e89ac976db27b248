import assert from "node:assert/strict";
import { chmodSync, realpathSync, writeFileSync } from "node:fs";
import { type Simulator, startSimulator } from "metered-simulator";
import { generateName } from "../../provider/src/rooms/name";
import { canaryKey } from "../support/canary";
import { CommandLine } from "../support/commandLine";
import { FakePulumi, type FakeStack, URN } from "../support/fakePulumi";
import { configFor } from "../support/onAccount";
import { closedPort } from "../support/servers";
import { SkippingTime } from "../support/skippingTime";

const MEETING = "pulumi-nodejs:dynamic/metered:MeetingRoom";

interface Finding {
  readonly status: string;
  readonly subject: string;
  readonly message: string;
  readonly commands: readonly string[];
}

describe("pulumi-metered doctor", function () {
  this.timeout(60_000);
  let simulator: Simulator;
  let pulumi: FakePulumi;

  beforeEach(async () => {
    simulator = await startSimulator({ secretKey: canaryKey });
    simulator.addRoom("meeting", "lobby", { privacy: "public" });
    pulumi = new FakePulumi({
      config: configFor(simulator),
      resources: [{ urn: `${URN}pulumi:pulumi:Stack::rooms-dev`, type: "pulumi:pulumi:Stack" }],
    });
    pulumi.installPackages();
  });

  afterEach(async () => {
    pulumi.dispose();
    await simulator.close();
  });

  const withConfig = (changes: NonNullable<FakeStack["config"]>) =>
    pulumi.set({ config: { ...pulumi.stack.config, ...changes } });

  async function examine(env: NodeJS.ProcessEnv = {}, cwd = pulumi.folder) {
    simulator.requests.clear();
    const { code, out } = await new CommandLine(pulumi, { env, cwd }).run("doctor", "--json");
    const calls = simulator.requests.map(({ method, path }) => `${method} ${path}`);
    assert.ok(calls.length === 0 || calls.join() === "GET /api/v1/rooms", "it asks Metered once, and changes nothing");
    const findings = JSON.parse(out) as Finding[];
    assert.equal(code, findings.some(({ status }) => status === "fail") ? 1 : 0);
    return findings;
  }

  /** The one finding that is not in order. */
  async function trouble(env: NodeJS.ProcessEnv = {}): Promise<Finding> {
    const [found, ...more] = (await examine(env)).filter(({ status }) => status !== "ok");
    assert.ok(found && more.length === 0, JSON.stringify([found, ...more]));
    return found;
  }

  it("says on one screen that all is right", async () => {
    const { code, out } = await new CommandLine(pulumi).run("doctor");
    assert.equal(code, 0);
    const version = process.versions.node.replaceAll(".", "\\.");
    assert.match(
      out,
      new RegExp(
        [
          `^ok    Node          ${version}`,
          "ok    Pulumi        3\\.259\\.0",
          "ok    Pulumi SDK    @pulumi/pulumi 3\\.\\d+\\.\\d+",
          "ok    Package       pulumi-metered \\d+\\.\\d+\\.\\d+, a link to .*",
          'ok    Configuration app "demo"; secret key from the stack\'s configuration, encrypted',
          'ok    Metered       app "demo" responds, and has 1 meeting room',
          "ok    Leftovers     none from interrupted updates$",
        ].join("\n"),
      ),
    );
  });

  describe("looks at Pulumi", () => {
    it("which may be missing, too old, or too old to import", async () => {
      pulumi.set({ version: "3.100.0" });
      assert.match((await trouble()).message, /^3\.100\.0 is older than 3\.216\./);
      pulumi.set({ version: "3.216.0" });
      const { status, message } = await trouble();
      assert.deepEqual([status, message.split(":")[0]], ["warn", "3.216.0; importing rooms needs 3.254 or newer"]);
      const without = await examine({ PATH: "/nowhere" });
      assert.match(without.find(({ subject }) => subject === "Pulumi")?.message ?? "", /isn't on PATH/);
    });

    it("and at the stack, which may not be there", async () => {
      pulumi.set({ fails: { "stack export": "no stack selected" } });
      const { subject, message } = await trouble();
      assert.deepEqual([subject, /no stack selected/.test(message)], ["Stack", true]);
    });

    it("and at the project, which there need not be", async () => {
      const [, , project, configuration] = await examine({}, "/");
      assert.deepEqual([project?.status, project?.subject], ["warn", "Project"]);
      assert.match(configuration?.message ?? "", /METERED_APP_NAME/);
    });
  });

  describe("looks at the package", () => {
    it("which must be a direct dependency of the program", async () => {
      writeFileSync(pulumi.path("package.json"), "{}");
      const listed = await trouble();
      assert.deepEqual(
        [listed.status, listed.commands],
        ["warn", [`cd ${pulumi.folder} && npm install pulumi-metered`]],
      );
      const empty = new FakePulumi(pulumi.stack);
      try {
        for (const [lock, command] of [
          ["yarn.lock", "yarn add"],
          ["pnpm-lock.yaml", "pnpm add"],
        ] as const) {
          writeFileSync(empty.path(lock), "");
          const { out } = await new CommandLine(empty).run("doctor", "--json");
          const failed = (JSON.parse(out) as Finding[]).filter(({ status }) => status === "fail");
          assert.deepEqual(
            failed.map(({ subject }) => subject),
            ["Pulumi SDK", "Package"],
          );
          assert.deepEqual(failed[1]?.commands, [`cd ${empty.folder} && ${command} pulumi-metered`]);
        }
      } finally {
        empty.dispose();
      }
    });

    it("and can't work under Yarn Plug'n'Play", async () => {
      writeFileSync(pulumi.path(".pnp.cjs"), "");
      assert.match((await trouble()).message, /Set nodeLinker: node-modules in \.yarnrc\.yml\./);
    });

    it("nor with Bun", async () => {
      writeFileSync(pulumi.path("Pulumi.yaml"), "name: rooms\nruntime: bun\n");
      const { status, message } = await trouble();
      assert.equal(status, "fail");
      assert.match(message, /^Bun has no dynamic providers.*Set runtime: nodejs in Pulumi\.yaml\.$/);
    });
  });

  describe("looks at the configuration", () => {
    it("and fails a key in plaintext", async () => {
      withConfig({ "metered:secretKey": { value: canaryKey, secret: false } });
      assert.match((await trouble()).message, /in plaintext: pulumi config set --secret metered:secretKey/);
    });

    it("and fails each value that is wrong, with the command that mends it", async () => {
      withConfig({
        "metered:appName": { value: "https://demo.metered.live", secret: false },
        "metered:timeoutSeconds": { value: "soon", secret: false },
      });
      const failed = (await examine()).filter(({ status }) => status === "fail");
      assert.deepEqual(
        failed.map(({ subject }) => subject),
        ["Configuration", "Configuration"],
      );
      assert.match(failed[0]?.message ?? "", /pulumi config set metered:appName demo/);
    });

    it("and says where the key comes from, and that adopting is still on", async () => {
      const { "metered:secretKey": _, ...config } = pulumi.stack.config ?? {};
      pulumi.set({ config: { ...config, "metered:adoptExisting": { value: "true", secret: false } } });
      const findings = await examine({ METERED_SECRET_KEY: canaryKey });
      const [from, adopting] = findings.filter(({ subject }) => subject === "Configuration");
      assert.match(from?.message ?? "", /; secret key from METERED_SECRET_KEY$/);
      assert.deepEqual([adopting?.status, adopting?.commands], ["warn", ["pulumi config rm metered:adoptExisting"]]);
    });

    it("and has nothing against a stack whose rooms have providers of their own", async () => {
      const inputs = { "metered:provider": "eu", "metered:appName": "acme-eu" };
      const provider = (type: string, name: string) => ({ urn: `${URN}${type}::${name}`, type, inputs });
      const ofPlugin = ["us", "default-eu", "default_0_1_0"].map((name) => provider("pulumi:providers:metered", name));
      pulumi.set({ config: {}, resources: [provider("pulumi:providers:pulumi-nodejs", "eu"), ...ofPlugin] });
      const findings = await examine();
      const look = ["eu", "us", "default-eu"].map((name) => `npx pulumi-metered list --provider ${name}`);
      assert.deepEqual(findings.at(-1)?.commands, look);
      assert.ok(findings.every(({ status }) => status === "ok"));
    });
  });

  it("reaches Metered, and says by cause why it cannot", async () => {
    withConfig({ "metered:secretKey": { value: `${canaryKey}x`, secret: true } });
    const { subject, message } = await trouble();
    assert.equal(subject, "Metered");
    assert.match(
      message,
      /Metered doesn't accept the app's secret key.*then run the command again\. \[InvalidSecretKey\]/i,
    );
  });

  it("gives up on Metered after ten seconds", async () => {
    const endpoint = `http://127.0.0.1:${await closedPort()}`;
    withConfig({ "metered:endpoint": { value: endpoint, secret: false } });
    const time = new SkippingTime();
    const before = time.now();
    const { code, out, err } = await new CommandLine(pulumi, { time }).run("doctor");
    assert.ok(time.now() - before < 12_000);
    assert.equal(code, 1);
    assert.match(out, /^FAIL {2}Metered {7}Can't reach Metered at 127\.0\.0\.1:\d+: connection refused/m);
    assert.equal(err, 'Waiting for Metered app "demo" (connection refused), retrying.');
  });

  it("needs no project, and reaches another server where it is told to", async () => {
    const env = { METERED_APP_NAME: simulator.app, METERED_SECRET_KEY: canaryKey };
    const byVariable = new CommandLine(pulumi, { cwd: "/", env: { ...env, METERED_ENDPOINT: simulator.url } });
    assert.match((await byVariable.run("doctor")).out, /app "demo" responds, and has 1 meeting room/);
    const byFlag = new CommandLine(pulumi, { cwd: "/", env });
    assert.match((await byFlag.run("doctor", "--endpoint", simulator.url)).out, /app "demo" responds/);
    assert.equal((await new CommandLine(pulumi).run("doctor", "--endpoint", simulator.url)).code, 2);
  });

  it("runs Pulumi where the user is, so that relative backends and passphrase files are found", async () => {
    pulumi.write("deep/down/.keep", "");
    await examine({}, pulumi.path("deep", "down"));
    assert.deepEqual([...new Set(pulumi.calls.map(({ cwd }) => cwd))], [realpathSync(pulumi.path("deep", "down"))]);
  });

  describe("knows programs that use the plugin", () => {
    beforeEach(() => writeFileSync(pulumi.path("package.json"), "{}"));

    for (const runtime of ["python", "go", "yaml", "dotnet", "java"]) {
      it(`in ${runtime}: they need neither nodejs nor the npm package`, async () => {
        pulumi.write("Pulumi.yaml", `name: rooms\nruntime: ${runtime}\nplugins:\n  providers:\n    - name: metered\n`);
        const findings = await examine();
        assert.deepEqual(
          findings.filter(({ status }) => status !== "ok"),
          [],
        );
        assert.deepEqual(
          findings.slice(0, 3).map(({ subject }) => subject),
          ["Node", "Pulumi", "Plugin"],
        );
        assert.match(
          findings[2]?.message ?? "",
          new RegExp(`runtime: ${runtime}.* uses the metered plugin, which Pulumi`),
        );
      });
    }

    it("in TypeScript, by its SDK, its packages or what is in the stack", async () => {
      const isPlugin = async () => {
        const findings = await examine({ PULUMI_HOME: pulumi.path("home") });
        return findings.some(({ subject }) => subject === "Plugin");
      };
      assert.equal(await isPlugin(), false);
      pulumi.set({
        resources: [{ urn: `${URN}metered:index:MeetingRoom::x`, type: "metered:index:MeetingRoom", id: "x" }],
      });
      assert.equal(await isPlugin(), true);
      pulumi.set({ resources: [{ urn: `${URN}${MEETING}::x`, type: MEETING, id: "x" }] });
      assert.equal(await isPlugin(), false);
      pulumi.write("sdks/metered/package.json", "{}");
      assert.equal(await isPlugin(), true);
    });

    it("and looks for the plugin where Pulumi does", async () => {
      pulumi.write("Pulumi.yaml", "name: rooms\nruntime: python\n");
      const home = { PULUMI_HOME: pulumi.path("home") };
      assert.match((await trouble(home)).message, /pulumi-resource-metered isn't on PATH, in Pulumi\.yaml/);
      pulumi.write("home/plugins/resource-metered-v0.1.0/PulumiPlugin.yaml", "");
      assert.match(JSON.stringify(await examine(home)), /installed as resource-metered-v0\.1\.0/);
      pulumi.write("bin/pulumi-resource-metered", "#!/bin/sh\n");
      chmodSync(pulumi.path("bin", "pulumi-resource-metered"), 0o755);
      assert.match(JSON.stringify(await examine({ PULUMI_HOME: "/nowhere" })), /found on PATH in /);
      // Pulumi has always imported the plugin's rooms.
      pulumi.set({ version: "3.216.0" });
      assert.ok((await examine(home)).every(({ status }) => status === "ok"));
    });
  });

  it("warns of one room that two resources manage, and says how to get out of it", async () => {
    const of = (resource: string, roomId: string, type = MEETING, more = {}) => ({
      urn: `${URN}acme:index:Team$${type}::${resource}`,
      type,
      id: "lobby",
      outputs: { appName: "demo", roomId, roomName: "lobby" },
      ...more,
    });
    const shared = [of("one", "id-1"), of("two", "id-1", "metered:index:MeetingRoom"), of("three", "id-1")];
    const others = [
      of("four", "id-2"),
      of("looked up", "id-1", MEETING, { external: true }),
      of("old", "id-2", MEETING, { delete: true }),
    ];
    pulumi.set({ resources: [...(pulumi.stack.resources ?? []), ...others, ...shared] });
    const { status, subject, message, commands } = await trouble();
    assert.deepEqual([status, subject], ["warn", "Shared room"]);
    assert.match(message, /^resources "one", "two" and "three" all manage meeting room "lobby" \(roomId id-1\)/);
    assert.match(message, /Remove all but one from the state, then give the others a roomName of their own:$/);
    assert.deepEqual(
      commands,
      shared.slice(1).map(({ urn }) => `pulumi state delete '${urn}'`),
    );
    pulumi.set({ resources: shared.slice(0, 2) });
    const both = await trouble();
    assert.match(both.message, /^resources "one" and "two" both manage/);
    assert.match(both.message, /Remove one of them from the state, then give it a roomName of its own:$/);
  });

  describe("finds what interrupted updates have left", () => {
    const nameFor = (name: string) =>
      generateName({ project: "rooms", stack: "dev", parentTypes: "", kind: "MeetingRoom", name });

    it("rooms with our names and no resource: those of this stack for certain, others maybe", async () => {
      simulator.addRoom("meeting", nameFor("standup"), { privacy: "public" });
      const certain = await trouble();
      assert.equal(certain.status, "warn");
      assert.match(
        certain.message,
        /^standup-[0-9a-f]{8} has an auto-generated name of this stack, but is in no resource here\./,
      );
      assert.deepEqual(certain.commands.slice(0, 3), [
        "pulumi config set metered:adoptExisting true",
        "pulumi up",
        "pulumi config rm metered:adoptExisting",
      ]);
      assert.match(certain.commands[3] ?? "", /npx pulumi-metered import standup-[0-9a-f]{8}$/);
      simulator.addRoom("meeting", "retro-0a1b2c3d-2", { privacy: "public" });
      assert.match(
        (await trouble()).message,
        /retro-0a1b2c3d-2 have auto-generated names of this stack \(certainly standup-[0-9a-f]{8}\) or of another one in this app/,
      );
    });

    it("but none that is in the stack, archived, or named by somebody", async () => {
      for (const name of ["mine-0a1b2c3d", "old-0a1b2c3d", "exam-2030", "deadbeef"]) {
        simulator.addRoom("meeting", name, { privacy: "public" });
      }
      simulator.archiveRoom("meeting", "old-0a1b2c3d");
      simulator.setSwitches({ listArchived: "yes" });
      const resource = { urn: `${URN}${MEETING}::mine`, type: MEETING, id: "mine-0a1b2c3d", outputs: {} };
      pulumi.set({ resources: [...(pulumi.stack.resources ?? []), resource] });
      assert.ok((await examine()).every(({ status }) => status === "ok"));
    });

    it("operations that the state says are under way", async () => {
      const pending = (type: string, name: string) => ({
        type,
        resource: { urn: `${URN}${MEETING}::${name}`, type: MEETING, id: "", inputs: { roomName: nameFor(name) } },
      });
      simulator.addRoom("meeting", nameFor("made"), { privacy: "public" });
      pulumi.set({ pending: [pending("creating", "made"), pending("creating", "lost"), pending("updating", "half")] });
      const [made, lost, half, ...more] = (await examine()).filter(({ status }) => status === "warn");
      assert.deepEqual(more, []);
      const unlock = "pulumi cancel --yes   # if Pulumi says that the stack is locked";
      assert.match(made?.message ?? "", /while creating meeting room "made-.*" \(resource "made"\); it exists\./);
      assert.deepEqual(made?.commands, [
        unlock,
        "pulumi config set metered:adoptExisting true",
        "pulumi up",
        "pulumi config rm metered:adoptExisting",
        "pulumi refresh --clear-pending-creates",
      ]);
      assert.match(lost?.message ?? "", /it doesn't exist\.$/);
      assert.deepEqual(lost?.commands, [unlock, "pulumi refresh --clear-pending-creates", "pulumi up"]);
      assert.match(half?.message ?? "", /while updating/);
      assert.deepEqual(half?.commands, [unlock, "pulumi up"]);
    });
  });
});
