import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { canaryKey } from "../support/canary";
import { CommandLine } from "../support/commandLine";
import { type FakeStack, URN } from "../support/fakePulumi";
import { onAccount } from "../support/onAccount";

describe("pulumi-metered import, whose account", function () {
  this.timeout(60_000);
  const on = onAccount({ switches: { liveOptionalInReplies: "echoed" } });

  describe("needs an account that it may read", () => {
    const withConfig = (changes: NonNullable<FakeStack["config"]>) =>
      on.pulumi.set({ config: { ...on.pulumi.stack.config, ...changes } });

    it("and refuses a key in clear", async () => {
      withConfig({ "metered:secretKey": { value: canaryKey, secret: false } });
      const { err } = await on.imports(1, "--all");
      assert.match(err, /in the stack's configuration in clear/);
      assert.equal(on.simulator.requests.length, 0);
    });

    it("and says everything that is wrong with the configuration", async () => {
      on.pulumi.set({ config: { "metered:timeoutSeconds": { value: "soon", secret: false } } });
      const { err } = await on.imports(1, "--all");
      for (const part of [
        /pulumi config set metered:appName NAME/,
        /pulumi config set --secret metered:secretKey/,
        /timeoutSeconds/,
      ]) {
        assert.match(err, part);
      }
    });

    it("which the environment may name where the configuration does not", async () => {
      on.simulator.addRoom("meeting", "lobby", { privacy: "public" });
      const { "metered:endpoint": endpoint } = on.pulumi.stack.config ?? {};
      on.pulumi.set({ config: endpoint ? { "metered:endpoint": endpoint } : {} });
      on.cli = new CommandLine(on.pulumi, {
        env: { METERED_APP_NAME: on.simulator.app, METERED_SECRET_KEY: canaryKey },
      });
      await on.imports(0, "lobby");
    });

    it("and says by cause why it cannot be read, and to run the command again", async () => {
      withConfig({ "metered:secretKey": { value: `${canaryKey}x`, secret: true } });
      assert.match((await on.imports(1, "--all")).err, /does not accept the secret key for the app "demo"/);
      await on.simulator.close();
      const { err } = await on.imports(1, "--all");
      assert.match(err, /the connection was refused .*Nothing was changed; run the command again\./);
    });

    it("in a project, on a machine with Pulumi", async () => {
      const outside = new CommandLine(on.pulumi, { cwd: "/" });
      const { code, err } = await outside.run("import", "lobby");
      assert.deepEqual([code, /There is no Pulumi\.yaml in \/ or above/.test(err)], [1, true]);
      const without = new CommandLine(on.pulumi, { env: { PATH: "/nowhere" } });
      assert.match((await without.run("import", "lobby")).err, /The command pulumi is not on PATH/);
      on.pulumi.set({ fails: { config: "no stack selected; rtmp://x.example.com/canary-stream" } });
      assert.match(
        (await on.imports(1, "lobby")).err,
        /pulumi config --show-secrets --json failed:\n {2}error: no stack selected; \[secret\]/,
      );
    });

    it("also that of a provider in the stack, whose key is read from the state", async () => {
      on.simulator.addRoom("meeting", "berlin", { privacy: "private" });
      const provider = `${URN}pulumi:providers:pulumi-nodejs::eu`;
      const inputs = {
        "metered:provider": "eu",
        "metered:appName": on.simulator.app,
        "metered:endpoint": on.simulator.url,
        "metered:secretKey": {
          "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
          plaintext: JSON.stringify(canaryKey),
        },
      };
      const resources = [{ urn: provider, type: "pulumi:providers:pulumi-nodejs", inputs }];
      on.pulumi.set({ config: {}, resources });
      const { out } = await on.imports(0, "berlin", "--provider", "eu");
      assert.ok(on.pulumi.calls.some(({ args }) => args.join(" ").startsWith("stack export --show-secrets")));
      const file = JSON.parse(on.text("rooms.import.json"));
      assert.equal(file.nameTable[file.resources[0].provider], provider);
      assert.match(on.text("rooms.ts"), /export function declareRooms\(provider: metered\.Provider\)/);
      assert.match(out, /import \{ declareRooms \} from ".\/rooms"; declareRooms\(PROVIDER\);/);
      const unknown = await on.imports(1, "berlin", "--provider", "us");
      assert.match(unknown.err, /The stack has no metered\.Provider "us"; it has eu\./);
      // Nothing of the environment is mixed in.
      on.pulumi.set({ resources: [{ ...resources[0], inputs: { ...inputs, "metered:secretKey": undefined } }] });
      on.cli = new CommandLine(on.pulumi, { env: { METERED_SECRET_KEY: canaryKey } });
      assert.match(
        (await on.imports(1, "berlin", "--provider", provider)).err,
        /The metered\.Provider "eu" has no secretKey/,
      );
    });
  });

  it("answers programs in JSON where it fails, too", async () => {
    const { out, err } = await on.imports(1, "nowhere", "--json");
    const { error, exit } = JSON.parse(out);
    assert.match(error, /^There is no meeting room "nowhere"\./);
    assert.equal(exit, 1);
    assert.equal(err, `pulumi-metered: ${error}`);
  });

  it("hands the stack's name on to every command", async () => {
    on.simulator.addRoom("meeting", "lobby", { privacy: "public" });
    const { out } = await on.imports(0, "lobby", "--stack", "prod");
    assert.match(out, /pulumi preview --expect-no-changes --stack prod/);
    for (const { args } of on.pulumi.calls) assert.match(args.join(" "), /--stack prod|^version/);
  });

  it("leaves nothing behind where it cannot write", async () => {
    on.simulator.addRoom("meeting", "lobby", { privacy: "public" });
    mkdirSync(on.pulumi.path("new"));
    mkdirSync(on.pulumi.path("new", "rooms.import.json"));
    const { err } = await on.imports(1, "lobby", "--out", "new");
    assert.match(err, /rooms\.import\.json/);
    assert.equal(on.isThere("new/rooms.ts"), false);
    assert.match((await on.imports(1, "lobby", "--out", "index.ts/rooms")).err, /index\.ts\/rooms/);
  });
});
