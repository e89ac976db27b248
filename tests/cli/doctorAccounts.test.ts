import assert from "node:assert/strict";
import { type Simulator, startSimulator } from "metered-simulator";
import { asSecret } from "../../provider/src/cli/stackState";
import { canaryKey } from "../support/canary";
import { CommandLine } from "../support/commandLine";
import { URN } from "../support/fakePulumi";
import { onDoctor } from "./onDoctor";

/** The two ways to use the provider: the type of a provider, of a room, and how a provider's inputs are called. */
const FACES = [
  ["pulumi:providers:pulumi-nodejs", "pulumi-nodejs:dynamic/metered:MeetingRoom", "metered:"],
  ["pulumi:providers:metered", "metered:index:MeetingRoom", ""],
] as const;

for (const [providerType, roomType, prefix] of FACES) {
  describe(`pulumi-metered doctor, about several accounts (${roomType})`, function () {
    this.timeout(60_000);
    const on = onDoctor();
    let other: Simulator;
    beforeEach(async () => {
      other = await startSimulator({ app: "acme-eu", secretKey: canaryKey });
    });
    afterEach(() => other.close());

    const urnOf = (name: string) => `${URN}${providerType}::${name}`;
    const provider = (name: string, key = canaryKey, changes: object = {}) => {
      const inputs = { appName: "acme-eu", endpoint: other.url, secretKey: asSecret(key), ...changes };
      const named = Object.entries(inputs).map(([input, value]) => [`${prefix}${input}`, value]);
      const mark = prefix === "" ? {} : { "metered:provider": name };
      return { urn: urnOf(name), type: providerType, id: "p-id", inputs: { ...Object.fromEntries(named), ...mark } };
    };
    const room = (name: string, of?: string) => ({
      ...{ urn: `${URN}${roomType}::${name}`, type: roomType, id: name, inputs: { roomName: name } },
      outputs: { appName: of === undefined ? "demo" : "acme-eu", roomName: name, roomId: `id-${name}` },
      provider: `${of === undefined ? `${URN}${providerType}::default` : urnOf(of)}::p-id`,
    });
    const set = (...resources: object[]) =>
      on.pulumi.set({ resources: [on.pulumi.stack.resources?.[0] ?? {}, ...resources] as Record<string, unknown>[] });
    const messages = async (subject: string) =>
      (await on.examine()).filter((each) => each.subject === subject).map(({ message }) => message);

    it("checks the stack's own and each provider's, by the key in the state, which it doesn't show", async () => {
      other.addRoom("meeting", "eu-1", { privacy: "public" });
      set(provider("eu"), room("lobby"), room("eu-1", "eu"));
      assert.deepEqual(await messages("Providers"), [`metered.Provider "eu", and the stack's own account`]);
      assert.deepEqual(await messages("Configuration"), [
        `app "demo"; secret key from the stack's configuration, encrypted`,
        'metered.Provider "eu": app "acme-eu"; secret key from its inputs, as of the last update',
      ]);
      assert.deepEqual(await messages("Metered"), [
        'app "demo" responds, and has 1 meeting room',
        'app "acme-eu" responds, and has 1 meeting room',
      ]);
      assert.deepEqual(await messages("Leftovers"), ["none from interrupted updates"]);
      const exports = on.pulumi.calls.filter(({ args }) => args[1] === "export");
      assert.ok(exports.some(({ args }) => args.includes("--show-secrets")));
    });

    it("says by provider what is wrong with its account", async () => {
      set(provider("eu", `${canaryKey}x`), provider("us", canaryKey, { appName: undefined }));
      const failed = (await on.examine()).filter(({ status }) => status === "fail");
      assert.match(
        failed[0]?.message ?? "",
        /app "acme-eu": .*set secretKey of metered\.Provider "eu"\. Then run pulumi up/,
      );
      assert.equal(failed[1]?.message, 'metered.Provider "us" has no appName: set both appName and secretKey.');
      assert.equal(failed.length, 2);
    });

    it("has nothing against a stack that has no account of its own, unless a resource needs one", async () => {
      on.pulumi.set({ config: {} });
      set(provider("eu"), room("eu-1", "eu"));
      const isPackage = (subject: string) => subject === "Plugin";
      const right = await on.examine();
      assert.deepEqual(
        right.filter(({ status, subject }) => status !== "ok" && !isPackage(subject)),
        [],
      );
      const every =
        'metered.Provider "eu". The stack has no account of its own, so every resource needs the option provider';
      assert.deepEqual(await messages("Providers"), [every]);
      set(provider("eu"), room("eu-1", "eu"), room("stray"));
      assert.deepEqual(await messages("Providers"), [
        `${every}: "stray" lacks it. Set it, or configure an account for the stack`,
      ]);
      assert.match((await messages("Configuration"))[0] ?? "", /^The Metered app is not set: /);
    });

    it("looks for leftovers in each account, and names the steps that work there", async () => {
      for (const server of [on.simulator, other]) server.addRoom("meeting", "begun", { privacy: "public" });
      set(provider("eu"));
      const begun = (of?: string) => ({ type: "creating", resource: { ...room("begun", of), outputs: {}, id: "" } });
      on.pulumi.set({ pending: [begun(), begun("eu")] });
      const found = (await on.examine()).filter(({ subject }) => subject === "Leftovers");
      assert.deepEqual(
        found.map(({ commands }) => commands.slice(1, 4)),
        [
          ["pulumi config set metered:adoptExisting true", "pulumi up", "pulumi config rm metered:adoptExisting"],
          [
            '# set adoptExisting of metered.Provider "eu" to true in the program',
            "pulumi up",
            "# remove it from the program again",
          ],
        ],
      );
      on.pulumi.set({ pending: [] });
      other.addRoom("meeting", "stray-1a2b3c4d", { privacy: "public" });
      assert.match(JSON.stringify(await on.examine()), /import stray-1a2b3c4d --provider eu /);
    });

    it("says which accounts it can't check, and how to, where the state can't be decrypted", async () => {
      set(provider("eu"));
      on.pulumi.set({ fails: { "stack export --show-secrets": "incorrect passphrase" } });
      const found = (await on.examine()).filter(({ subject }) => subject === "Providers");
      assert.match(found[1]?.message ?? "", /can't be checked: .*incorrect passphrase\nTo check them:$/s);
      assert.deepEqual(found[1]?.commands, ["npx pulumi-metered list --provider eu"]);
    });

    it("never prints a key", async () => {
      set(provider("eu"), provider("us", `${canaryKey}x`));
      // The command line of the tests fails where any is printed.
      assert.equal((await new CommandLine(on.pulumi).run("doctor")).code, 1);
    });
  });
}
