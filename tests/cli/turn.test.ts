import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { fingerprint } from "../../provider/src/objects/fingerprint";
import { postProject } from "../support/objects";
import { onAccount } from "../support/onAccount";
import { assertNoTurnSecrets } from "../support/turnSecrets";

const DAY = 86_400;

describe("pulumi-metered and TURN", function () {
  this.timeout(60_000);
  const on = onAccount({});
  let projectId: string;
  let app: { username: string; password: string; apiKey: string };
  let inProject: typeof app;
  const imports = async (...args: string[]) => JSON.parse((await on.imports(0, ...args, "--json")).out);
  /** What the command prints is looked through whatever it does: see CommandLine. */
  const assertNoSecretIn = (file: string) => assertNoTurnSecrets(file, on.text(file), on.simulator);

  beforeEach(async () => {
    projectId = await postProject(on.simulator, {
      projectName: "calls",
      webhookUrl: "https://hooks.example.com/quota",
      notificationEmails: ["ops@example.com"],
    });
    app = on.simulator.addTurnCredential({ label: "app", expiryInSeconds: 30 * DAY });
    inProject = on.simulator.addTurnCredential({ label: "web", expiryInSeconds: 30 * DAY, project: projectId });
  });

  it("imports all of it, with what the state must hold encrypted and the module must not", async () => {
    const report = await imports("--all-turn");
    assert.deepEqual(
      report.rooms.map(({ kind, resource, variable, settings }: Record<string, unknown>) => [
        kind,
        resource,
        variable,
        settings,
      ]),
      [
        ["TurnProject", "calls", "calls", ["projectName", "webhookUrl", "notificationEmails"]],
        ["TurnCredential", "web", "web", ["projectId", "label", "expiryInSeconds"]],
        ["TurnCredential", "app", "app", ["label", "expiryInSeconds"]],
      ],
    );
    const module = on.text("rooms.ts");
    assert.equal(
      module,
      `// Resources of Metered app demo.
import * as pulumi from "@pulumi/pulumi";
import * as metered from "pulumi-metered";

const config = new pulumi.Config();

export const calls = new metered.TurnProject("calls", {
  projectName: "calls",
  webhookUrl: config.requireSecret("callsWebhookUrl"),
  notificationEmails: ["ops@example.com"],
});

export const web = new metered.TurnCredential("web", {
  projectId: "${projectId}",
  label: "web",
  expiryInSeconds: 2592000,
});

export const app = new metered.TurnCredential("app", {
  label: "app",
  expiryInSeconds: 2592000,
});
`,
    );
    assertNoSecretIn("rooms.ts");
    const { resources } = JSON.parse(on.text("rooms.import.json"));
    const [, web] = resources;
    const { username, password, apiKey, iceServers, expiresAt } = web.outputs;
    assert.deepEqual(
      [username, password, apiKey].map(({ plaintext }) => JSON.parse(plaintext)),
      [inProject.username, inProject.password, inProject.apiKey],
    );
    assert.equal(JSON.parse(iceServers.plaintext).length, 5);
    // Metered tells of a project's credential when it was created, and of the app's it doesn't.
    assert.ok(Math.abs(expiresAt - (Date.now() / 1000 + 30 * DAY)) < 60);
    assert.equal(resources[2].outputs.expiresAt, undefined);
    assert.equal(statSync(join(on.pulumi.folder, "rooms.import.json")).mode & 0o777, 0o600);
  });

  it("says what can't be recovered, and what to do about it, without a secret", async () => {
    const { out } = await on.imports(0, "--all-turn");
    assert.match(out, /the API key of TURN project "calls" only once.*pulumi config set --secret callsApiKey/);
    assert.match(out, /doesn't show when TURN credential "app" was created, so the resource has no expiresAt/);
    assert.doesNotMatch(out, /tell when TURN credential "web"/);
    assert.match(out, /rooms\.import\.json holds secrets in plaintext: don't commit it/);
    assert.match(out, /defines 3 resources/);
  });

  it("imports one by label, name, id or username, beside a room", async () => {
    on.simulator.addRoom("meeting", "app", { privacy: "public" });
    const names = [app.username, fingerprint(app.username), "app"];
    for (const name of names) {
      const { rooms } = await imports("app", "--turn", name, "--dry-run");
      assert.deepEqual(
        rooms.map(({ kind, variable }: Record<string, string>) => [kind, variable]),
        [
          ["MeetingRoom", "app"],
          ["TurnCredential", "app2"],
        ],
      );
    }
  });

  it("numbers what has one label, and names what has none", async () => {
    on.simulator.addTurnCredential({ label: "app" });
    on.simulator.addTurnCredential({});
    on.simulator.addTurnCredential({ label: "Größe: 1 / a::b" });
    const { rooms } = await imports("--all-turn", "--dry-run");
    assert.deepEqual(
      rooms.map(({ resource }: { resource: string }) => resource),
      ["calls", "web", "app", "app-2", "turn-credential", "Gro-e-1-a-b"],
    );
  });

  it("prints and writes what a terminal would obey as escapes", async () => {
    const hostile = "evil\u001b[2J\u009b1m\u202e";
    on.simulator.addTurnCredential({ label: hostile, expiryInSeconds: DAY });
    const meetingEndedWebhook = "https://hooks.example.com/ended";
    on.simulator.addRoom("meeting", `two\nlines${hostile}`, { privacy: "public", meetingEndedWebhook });
    const shown = "evil\\\\u001b\\[2J\\\\u009b1m\\\\u202e";
    const dry = await on.imports(0, "--all", "--all-turn", "--dry-run");
    assert.match(dry.out, new RegExp(`label: "${shown}"`));
    const { err } = await on.imports(1, "--turn", hostile, `no${hostile}`);
    const { out } = await on.imports(0, "--all", "--turn", hostile);
    assert.match(out, new RegExp(` {3}# for two\\\\nlines${shown}$`, "m"));
    for (const text of [dry.out, err, out, on.text("rooms.ts")]) {
      assert.doesNotMatch(text.replaceAll("\n", ""), /[\p{Cc}\p{Bidi_Control}]/u);
    }
  });

  it("does nothing where one that is named isn't there, or could be several", async () => {
    on.simulator.addTurnCredential({ label: "app" });
    const { err } = await on.imports(1, "--turn", "app", "nobody");
    assert.match(err, /"app" is the name of several: [0-9a-f]{16} \(TURN credential\) and [0-9a-f]{16}/);
    assert.match(err, /There is no TURN project or credential "nobody"\./);
    assert.match(err, /Nothing was written/);
    assert.equal(on.isThere("rooms.ts"), false);
    const { err: usage } = await on.imports(2, "--all-turn", "--turn", "app");
    assert.match(usage, /use either --all-turn or --turn/);
  });

  it("lets Pulumi import what a program with the plugin has, by ids that are no secret", async () => {
    on.pulumi.write("Pulumi.yaml", "name: rooms\nruntime: python\n");
    const { out } = await on.imports(0, "--turn", "web");
    const id = `${projectId}/${fingerprint(inProject.username)}`;
    assert.match(out, new RegExp(`pulumi import metered:index:TurnCredential web ${id}$`, "m"));
    await on.imports(0, "--all-turn");
    const { resources } = JSON.parse(on.text("rooms.import.json"));
    assert.deepEqual(resources[1], { type: "metered:index:TurnCredential", name: "web", id });
    assertNoSecretIn("rooms.import.json");
  });

  it("lists it with what is in the stack, and leaves that alone in an import", async () => {
    const type = "pulumi-nodejs:dynamic/metered:TurnCredential";
    const now = Math.floor(Date.now() / 1000);
    const resource = (kind: string, name: string, id: string, outputs: object) => ({
      ...{ urn: `urn:pulumi:dev::rooms::${kind}::${name}`, type: kind, id },
      outputs: { appName: "demo", ...outputs },
    });
    on.pulumi.set({
      resources: [
        resource(type, "mine", fingerprint(app.username), {
          label: "app",
          expiresAt: 1_900_000_000,
          expiryInSeconds: 30 * DAY,
        }),
        resource(type, "lost", "0123456789abcdef", { label: "lost" }),
        resource("metered:index:AccessToken", "guest", "fedcba9876543210", {
          ...{ roomName: "standup", expiresAt: now - DAY, expiryInSeconds: DAY },
        }),
      ],
    });
    const { code, out } = await on.cli.run("list");
    assert.equal(code, 0);
    const lines = out.split("\n").map((line) => line.split(/ {2,}/));
    const [heading, ...rows] = lines.slice(2, 8);
    assert.deepEqual(heading, ["NAME", "KIND", "ID", "EXPIRES", "STATUS", "IN THE STACK"]);
    assert.deepEqual(
      rows.map((cells) => [cells[0], cells[1], cells.at(-2), cells.at(-1)]),
      [
        ["calls", "TURN project", "active", "no"],
        ["web", "TURN credential", "active", "no"],
        ["app", "TURN credential", "active", "mine"],
        ["lost", "TURN credential", "gone", "lost"],
        ["standup", "access token", "expired", "guest"],
      ],
    );
    assert.match(out, /^gone: /m);
    assert.match(out, /^expired: /m);
    const { rooms, skipped } = await imports("--turn", "app", "web", "--dry-run");
    const id = fingerprint(app.username);
    assert.deepEqual(skipped, [{ kind: "TurnCredential", name: "app", id, reason: "in the stack", resource: "mine" }]);
    assert.deepEqual(
      rooms.map(({ name, id }: Record<string, string>) => [name, id]),
      [["web", `${projectId}/${fingerprint(inProject.username)}`]],
    );
  });

  it("leaves it out where the plan has no TURN", async () => {
    on.simulator.setSwitches({ turnPlan: "none" });
    assert.equal((await on.cli.run("list")).out, 'Metered app "demo" has no meeting rooms.');
  });
});
