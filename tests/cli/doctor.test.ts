import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { type Simulator, startSimulator } from "metered-simulator";
import { autoName } from "../../provider/src/core/names";
import { canaryKey } from "../support/canary";
import { CommandLine } from "../support/commandLine";
import { FakePulumi, type FakeStack, URN } from "../support/fakePulumi";
import { configFor } from "../support/onAccount";

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
          "ok    Configuration app demo; the key is a secret of the stack",
          "ok    Metered       demo answers; it has 1 meeting room",
          "ok    Left behind   nothing$",
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
      assert.deepEqual([status, message.split(":")[0]], ["warn", "3.216.0; to import rooms it takes 3.254 or newer"]);
      const without = await examine({ PATH: "/nowhere" });
      assert.match(without.find(({ subject }) => subject === "Pulumi")?.message ?? "", /not on PATH/);
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

    it("and cannot work under Yarn Plug'n'Play, nor with another runtime", async () => {
      writeFileSync(pulumi.path(".pnp.cjs"), "");
      assert.match((await trouble()).message, /Put nodeLinker: node-modules into \.yarnrc\.yml\./);
    });

    for (const [runtime, reason] of [
      ["bun", /Bun has no dynamic providers/],
      ["python", /only programs in TypeScript and JavaScript/],
    ] as const) {
      it(`nor with ${runtime}`, async () => {
        writeFileSync(pulumi.path("Pulumi.yaml"), `name: rooms\nruntime: ${runtime}\n`);
        const { status, message } = await trouble();
        assert.equal(status, "fail");
        assert.match(message, reason);
      });
    }
  });

  describe("looks at the configuration", () => {
    it("and fails a key in clear", async () => {
      withConfig({ "metered:secretKey": { value: canaryKey, secret: false } });
      assert.match((await trouble()).message, /in clear.*pulumi config set --secret metered:secretKey/);
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
      assert.match(from?.message ?? "", /the key is from METERED_SECRET_KEY/);
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
    assert.match(message, /does not accept the secret key for the app "demo"/);
  });

  describe("finds what interrupted runs have left behind", () => {
    const nameFor = (name: string) =>
      autoName({ project: "rooms", stack: "dev", parentTypes: "", kind: "MeetingRoom", name });

    it("rooms with our names and no resource: those of this stack for certain, others maybe", async () => {
      simulator.addRoom("meeting", nameFor("standup"), { privacy: "public" });
      const certain = await trouble();
      assert.equal(certain.status, "warn");
      assert.match(certain.message, /^standup-[0-9a-f]{8}: named by this stack, and in no resource here\./);
      assert.deepEqual(certain.commands.slice(0, 3), [
        "pulumi config set metered:adoptExisting true",
        "pulumi up",
        "pulumi config rm metered:adoptExisting",
      ]);
      assert.match(certain.commands[3] ?? "", /npx pulumi-metered import standup-[0-9a-f]{8}$/);
      simulator.addRoom("meeting", "retro-0a1b2c3d-2", { privacy: "public" });
      assert.match(
        (await trouble()).message,
        /^standup-.*, retro-0a1b2c3d-2: named by this package, in this stack \(standup-[0-9a-f]{8} certainly\) or another one/,
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
      assert.match(
        made?.message ?? "",
        /while it was creating the meeting room "made-.*" \(resource made\); it exists\./,
      );
      assert.deepEqual(made?.commands, [
        unlock,
        "pulumi config set metered:adoptExisting true",
        "pulumi up",
        "pulumi config rm metered:adoptExisting",
        "pulumi refresh --clear-pending-creates",
      ]);
      assert.match(lost?.message ?? "", /it does not exist\.$/);
      assert.deepEqual(lost?.commands, [unlock, "pulumi refresh --clear-pending-creates", "pulumi up"]);
      assert.match(half?.message ?? "", /while it was updating/);
      assert.deepEqual(half?.commands, [unlock, "pulumi up"]);
    });
  });
});
