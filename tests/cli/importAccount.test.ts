import assert from "node:assert/strict";
import { mkdirSync, realpathSync } from "node:fs";
import { canaryKey } from "../support/canary";
import { CommandLine } from "../support/commandLine";
import { type FakeStack, URN } from "../support/fakePulumi";
import { onAccount } from "../support/onAccount";
import { closedPort } from "../support/servers";
import { SkippingTime } from "../support/skippingTime";

describe("pulumi-metered import, whose account", function () {
  this.timeout(60_000);
  const on = onAccount({ switches: { liveOptionalInReplies: "echoed" } });

  describe("needs an account that it may read", () => {
    const withConfig = (changes: NonNullable<FakeStack["config"]>) =>
      on.pulumi.set({ config: { ...on.pulumi.stack.config, ...changes } });

    it("and refuses a key in plaintext", async () => {
      withConfig({ "metered:secretKey": { value: canaryKey, secret: false } });
      const { err } = await on.imports(1, "--all");
      assert.match(err, /in the stack's configuration in plaintext: pulumi config set --secret/);
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

    it("and says by cause why it can't be read, and to run the command again", async () => {
      withConfig({ "metered:secretKey": { value: `${canaryKey}x`, secret: true } });
      const refused = (await on.imports(1, "--all")).err;
      assert.match(refused, /app "demo": Metered doesn't accept the app's secret key/);
      assert.match(refused, /Then run the command again\. \[InvalidSecretKey\]$/);
      await on.simulator.close();
      const { err } = await on.imports(1, "--all");
      assert.match(err, /connection refused .*Nothing was changed\. .*then run the command again\. \[NoConnection\]$/);
      assert.doesNotMatch(refused + err, /run pulumi up/i);
    });

    it("and gives up after ten seconds, with one line on what it waits for, however many rooms it reads", async () => {
      withConfig({ "metered:endpoint": { value: `http://127.0.0.1:${await closedPort()}`, secret: false } });
      const time = new SkippingTime();
      on.cli = new CommandLine(on.pulumi, { time });
      const before = time.now();
      const { err } = await on.imports(1, "a", "b", "--live", "c");
      assert.ok(time.now() - before < 60_000, "three rooms at once");
      assert.deepEqual(
        on.cli.accounts.map(({ patienceMs }) => patienceMs),
        [10_000],
      );
      assert.match(
        err,
        /^Waiting for Metered app "demo" \(connection refused\), retrying\.\npulumi-metered: Can't reach/,
      );
      assert.equal(err.split("Waiting").length, 2);
    });

    it("and names the providers where only those have an account", async () => {
      const inputs = { "metered:provider": "eu", "metered:appName": "acme-eu" };
      const type = "pulumi:providers:pulumi-nodejs";
      on.pulumi.set({ config: {}, resources: [{ urn: `${URN}${type}::eu`, type, inputs }] });
      assert.match((await on.imports(1, "--all")).err, /explicit providers\. Add one of:\n {2}--provider eu$/);
    });

    it("in a project, on a machine with Pulumi", async () => {
      const outside = new CommandLine(on.pulumi, { cwd: "/" });
      const { code, err } = await outside.run("import", "lobby");
      assert.deepEqual([code, /There is no Pulumi\.yaml in \/ or a folder above/.test(err)], [1, true]);
      const without = new CommandLine(on.pulumi, { env: { PATH: "/nowhere" } });
      assert.match((await without.run("import", "lobby")).err, /The pulumi command isn't on PATH/);
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
      assert.match(unknown.err, /The stack has no metered\.Provider "us" \(it has eu\)\./);
      // Nothing of the environment is mixed in.
      on.pulumi.set({ resources: [{ ...resources[0], inputs: { ...inputs, "metered:secretKey": undefined } }] });
      on.cli = new CommandLine(on.pulumi, { env: { METERED_SECRET_KEY: canaryKey } });
      assert.match(
        (await on.imports(1, "berlin", "--provider", provider)).err,
        /metered\.Provider "eu" has no secretKey/,
      );
    });
  });

  it("answers programs in JSON where it fails, too", async () => {
    const { out, err } = await on.imports(1, "nowhere", "--json");
    const { error, exit } = JSON.parse(out);
    assert.match(error, /^Can't look up meeting room "nowhere": app "demo" has no such room\./);
    assert.equal(exit, 1);
    assert.equal(err, `pulumi-metered: ${error}`);
  });

  it("hands the stack's name on to every command", async () => {
    on.simulator.addRoom("meeting", "lobby", { privacy: "public" });
    const { out } = await on.imports(0, "lobby", "--stack", "prod");
    assert.match(out, /pulumi preview --expect-no-changes --stack prod/);
    for (const { args } of on.pulumi.calls) assert.match(args.join(" "), /--stack prod|^version/);
  });

  it("runs Pulumi where the user is, so that relative backends and passphrase files are found", async () => {
    on.simulator.addRoom("meeting", "lobby", { privacy: "public" });
    on.pulumi.write("deep/down/.keep", "");
    const cwd = on.pulumi.path("deep", "down");
    const { out } = await new CommandLine(on.pulumi, { cwd }).run("import", "lobby");
    assert.deepEqual([...new Set(on.pulumi.calls.map((call) => call.cwd))], [realpathSync(cwd)]);
    assert.ok(on.isThere("rooms.ts"));
    assert.match(out, /pulumi import --file \.\.\/\.\.\/rooms\.import\.json/);
  });

  it("leaves nothing behind where it can't write", async () => {
    on.simulator.addRoom("meeting", "lobby", { privacy: "public" });
    mkdirSync(on.pulumi.path("new"));
    mkdirSync(on.pulumi.path("new", "rooms.import.json"));
    const { err } = await on.imports(1, "lobby", "--out", "new");
    assert.equal(
      err,
      "pulumi-metered: Can't access new/rooms.import.json: it's a folder.\nEverything was rolled back.",
    );
    assert.equal(on.isThere("new/rooms.ts"), false);
    const below = await on.imports(1, "lobby", "--out", "index.ts/rooms");
    assert.match(below.err, /Can't access index\.ts\/rooms: part of the path is a file, not a folder\./);
    mkdirSync(on.pulumi.path("taken", "rooms.ts"), { recursive: true });
    const taken = await on.imports(1, "lobby", "--out", "taken");
    assert.equal(taken.err, "pulumi-metered: Can't access taken/rooms.ts: it's a folder.");
    assert.match(
      (await on.imports(1, "--live-file", "none.txt")).err,
      /Can't read none\.txt: no such file or folder\./,
    );
    // Node.js' own words have codes and names of system calls in them.
    assert.doesNotMatch(err + below.err, /E[A-Z]{4,}|syscall/);
  });
});
