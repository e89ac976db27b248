import assert from "node:assert/strict";
import { realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { canaryKey } from "../support/canary";
import { CommandLine } from "../support/commandLine";
import { FakePulumi, URN } from "../support/fakePulumi";
import { closedPort } from "../support/servers";
import { SkippingTime } from "../support/skippingTime";
import { type Finding, onDoctor } from "./onDoctor";

describe("pulumi-metered doctor", function () {
  this.timeout(60_000);
  const on = onDoctor();

  it("says on one screen that all is right", async () => {
    const { code, out } = await new CommandLine(on.pulumi).run("doctor");
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
      on.pulumi.set({ version: "3.100.0" });
      assert.match((await on.trouble()).message, /^3\.100\.0 is older than 3\.216\./);
      on.pulumi.set({ version: "3.216.0" });
      const { status, message } = await on.trouble();
      assert.deepEqual([status, message.split(":")[0]], ["warn", "3.216.0; importing rooms needs 3.254 or newer"]);
      const without = await on.examine({ PATH: "/nowhere" });
      assert.match(without.find(({ subject }) => subject === "Pulumi")?.message ?? "", /isn't on PATH/);
    });

    it("and at the stack, which may not be there", async () => {
      on.pulumi.set({ fails: { "stack export": "no stack selected" } });
      const { subject, message } = await on.trouble();
      assert.deepEqual([subject, /no stack selected/.test(message)], ["Stack", true]);
    });

    it("and at the project, which there need not be", async () => {
      const [, , project, configuration] = await on.examine({}, "/");
      assert.deepEqual([project?.status, project?.subject], ["warn", "Project"]);
      assert.match(configuration?.message ?? "", /METERED_APP_NAME/);
    });
  });

  describe("looks at the package", () => {
    it("which must be a direct dependency of the program", async () => {
      writeFileSync(on.pulumi.path("package.json"), "{}");
      const listed = await on.trouble();
      assert.deepEqual(
        [listed.status, listed.commands],
        ["warn", [`cd ${on.pulumi.folder} && npm install pulumi-metered`]],
      );
      const empty = new FakePulumi(on.pulumi.stack);
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

    it("which it says to install in a folder that is there, whatever Pulumi.yaml calls main", async () => {
      const empty = new FakePulumi(on.pulumi.stack);
      try {
        for (const [main, there, folder] of [
          ["src/app.js", "src/.keep", "src"],
          ["lib/app.js", ".keep", ""],
          ["infra", ".keep", ""],
        ] as const) {
          empty.write("Pulumi.yaml", `name: rooms\nruntime: nodejs\nmain: ${main}\n`);
          empty.write(there, "");
          const { code, out } = await new CommandLine(empty).run("doctor", "--json");
          assert.equal(code, 1);
          const findings = JSON.parse(out) as Finding[];
          const [program, ...rest] = findings.filter(({ status }) => status === "fail");
          assert.equal(program?.subject, "Program");
          assert.match(program?.message ?? "", new RegExp(`main: ${main}, and there is no such file or folder`));
          const commands = rest.flatMap((finding) => finding.commands);
          const cd = `cd ${join(empty.folder, folder)} && npm install`;
          assert.deepEqual(commands, [`${cd} @pulumi/pulumi`, `${cd} pulumi-metered`]);
        }
      } finally {
        empty.dispose();
      }
    });

    it("and can't work under Yarn Plug'n'Play", async () => {
      writeFileSync(on.pulumi.path(".pnp.cjs"), "");
      assert.match((await on.trouble()).message, /Set nodeLinker: node-modules in \.yarnrc\.yml\./);
    });

    it("nor with Bun", async () => {
      writeFileSync(on.pulumi.path("Pulumi.yaml"), "name: rooms\nruntime: bun\n");
      const { status, message } = await on.trouble();
      assert.equal(status, "fail");
      assert.match(message, /^Bun has no dynamic providers.*Set runtime: nodejs in Pulumi\.yaml\.$/);
    });
  });

  describe("looks at the configuration", () => {
    it("and fails a key in plaintext", async () => {
      on.withConfig({ "metered:secretKey": { value: canaryKey, secret: false } });
      assert.match((await on.trouble()).message, /in plaintext: pulumi config set --secret metered:secretKey/);
    });

    it("and fails each value that is wrong, with the command that mends it", async () => {
      on.withConfig({
        "metered:appName": { value: "https://demo.metered.live", secret: false },
        "metered:timeoutSeconds": { value: "soon", secret: false },
      });
      const failed = (await on.examine()).filter(({ status }) => status === "fail");
      assert.deepEqual(
        failed.map(({ subject }) => subject),
        ["Configuration", "Configuration"],
      );
      assert.match(failed[0]?.message ?? "", /pulumi config set metered:appName demo/);
    });

    it("and says where the key comes from, and that adopting is still on", async () => {
      const { "metered:secretKey": _, ...config } = on.pulumi.stack.config ?? {};
      on.pulumi.set({ config: { ...config, "metered:adoptExisting": { value: "true", secret: false } } });
      const findings = await on.examine({ METERED_SECRET_KEY: canaryKey });
      const [from, adopting] = findings.filter(({ subject }) => subject === "Configuration");
      assert.match(from?.message ?? "", /; secret key from METERED_SECRET_KEY$/);
      assert.deepEqual([adopting?.status, adopting?.commands], ["warn", ["pulumi config rm metered:adoptExisting"]]);
    });

    it("and tells providers that a program creates from those that Pulumi does", async () => {
      const provider = (type: string, name: string, inputs = {}) => ({ urn: `${URN}${type}::${name}`, type, inputs });
      const ofPlugin = ["us", "default-eu", "default_0_1_0"].map((name) => provider("pulumi:providers:metered", name));
      const dynamic = provider("pulumi:providers:pulumi-nodejs", "eu", { "metered:provider": "eu" });
      on.pulumi.set({ config: {}, resources: [dynamic, ...ofPlugin] });
      const told = (await on.examine()).find(({ subject }) => subject === "Providers");
      assert.match(told?.message ?? "", /^metered\.Provider "eu", "us" and "default-eu"\. /);
    });
  });

  it("reaches Metered, and says by cause why it cannot", async () => {
    on.withConfig({ "metered:secretKey": { value: `${canaryKey}x`, secret: true } });
    const { subject, message } = await on.trouble();
    assert.equal(subject, "Metered");
    assert.match(
      message,
      /Metered doesn't accept the app's secret key.*then run the command again\. \[InvalidSecretKey\]/i,
    );
  });

  it("shows what a terminal would obey, in what it tells and in commands", async () => {
    const name = "two\nlines\u001b[2J\u009b1m\u202e";
    const type = "pulumi-nodejs:dynamic/metered:MeetingRoom";
    const resource = { urn: `${URN}${type}::x`, type, inputs: { roomName: name } };
    on.pulumi.set({ pending: [{ type: "creating", resource }] });
    on.simulator.addRoom("meeting", name, { privacy: "public" });
    on.simulator.addTurnCredential({ label: name });
    const { out } = await new CommandLine(on.pulumi).run("doctor", "--stack", "a\nb");
    assert.match(out, /interrupted while creating meeting room "two\\nlines\\u001b/);
    assert.match(out, /TURN credential "two\\nlines\\u001b/);
    assert.match(out, /pulumi up --stack 'a\\nb'$/m);
    assert.doesNotMatch(out.replaceAll("\n", ""), /[\p{Cc}\p{Bidi_Control}]/u);
  });

  it("gives up on Metered after ten seconds", async () => {
    const endpoint = `http://127.0.0.1:${await closedPort()}`;
    on.withConfig({ "metered:endpoint": { value: endpoint, secret: false } });
    const time = new SkippingTime();
    const before = time.now();
    const { code, out, err } = await new CommandLine(on.pulumi, { time }).run("doctor");
    assert.ok(time.now() - before < 12_000);
    assert.equal(code, 1);
    assert.match(out, /^FAIL {2}Metered {7}Can't reach Metered at 127\.0\.0\.1:\d+: connection refused/m);
    assert.equal(err, 'Waiting for Metered app "demo" (connection refused), retrying.');
  });

  it("needs no project, and reaches another server where it is told to", async () => {
    const env = { METERED_APP_NAME: on.simulator.app, METERED_SECRET_KEY: canaryKey };
    const byVariable = new CommandLine(on.pulumi, { cwd: "/", env: { ...env, METERED_ENDPOINT: on.simulator.url } });
    assert.match((await byVariable.run("doctor")).out, /app "demo" responds, and has 1 meeting room/);
    const byFlag = new CommandLine(on.pulumi, { cwd: "/", env });
    assert.match((await byFlag.run("doctor", "--endpoint", on.simulator.url)).out, /app "demo" responds/);
    assert.equal((await new CommandLine(on.pulumi).run("doctor", "--endpoint", on.simulator.url)).code, 2);
  });

  it("runs Pulumi where the user is, so that relative backends and passphrase files are found", async () => {
    on.pulumi.write("deep/down/.keep", "");
    await on.examine({}, on.pulumi.path("deep", "down"));
    assert.deepEqual(
      [...new Set(on.pulumi.calls.map(({ cwd }) => cwd))],
      [realpathSync(on.pulumi.path("deep", "down"))],
    );
  });
});
