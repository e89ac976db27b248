import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type Simulator, startSimulator } from "metered-simulator";
import { fingerprint } from "../../provider/src/objects/fingerprint";
import { assertNoneOf, canaryKey } from "../support/canary";
import { slowTest } from "../support/exhaustive";
import { ImportStack } from "../support/importing";
import { postProject } from "../support/objects";
import { pluginProgram, usePlugin } from "../support/pluginProgram";
import { turnSecretsOf } from "../support/turnSecrets";

const DAY = 86_400;
const HOOK = "https://hooks.example.com/quota?token=hook-token-Vb3";

describe("an import of TURN projects and credentials on the real engine", function () {
  this.timeout(600_000);
  let simulator: Simulator;
  let imported: ImportStack;
  let projectId: string;

  beforeEach(async () => {
    simulator = await startSimulator({ secretKey: canaryKey });
    projectId = await postProject(simulator, { projectName: "calls", webhookUrl: HOOK, quotaInBytes: 2_000_000 });
    simulator.addTurnCredential({ label: "web", expiryInSeconds: 30 * DAY, project: projectId });
    simulator.addTurnCredential({ label: "app" });
    imported = await ImportStack.create({ simulator });
  });
  afterEach(async () => {
    assert.ok(
      simulator.requests.every(({ method }) => method === "GET"),
      "nothing on the account was written",
    );
    imported.stack.dispose();
    await simulator.close();
  });

  /** Whatever the state holds of them is encrypted, all that a program may hand on is there, and nothing is left to do. */
  async function assertSettled(): Promise<void> {
    const run = await imported.expect("pulumi preview --refresh --expect-no-changes --non-interactive");
    const { text } = await imported.expect("pulumi stack export");
    assertNoneOf([...turnSecretsOf(simulator), HOOK], "the state, or what was told", run.text + text);
    const { folder: cwd, env } = imported.stack;
    // The stack's key server is in this process, which must go on serving.
    const { stdout: shown } = await promisify(execFile)("pulumi", ["stack", "export", "--show-secrets"], { cwd, env });
    for (const { username, password, apiKey } of simulator.turnCredentials) {
      for (const secret of [username, password, apiKey])
        assert.ok(shown.includes(secret), "a secret is not in the state");
    }
    const { text: found } = await imported.expect("npx pulumi-metered doctor");
    assert.match(found, /1 project and 2 credentials, all of them in this stack/);
  }

  it("leaves nothing to do, with the package", async () => {
    imported.program('import "./rooms";');
    const { text } = await imported.expect("npx pulumi-metered import --all-turn --apply");
    assert.match(text, /^Imported 3 resources of Metered app "demo", defined in rooms\.js/m);
    assert.match(text, /pulumi config set --secret callsApiKey/);
    assert.equal(imported.isThere("rooms.import.json"), false);
    await assertSettled();
  });

  slowTest("leaves nothing to do, with the plugin", async () => {
    usePlugin(imported.stack);
    const program = (webhookUrl: string) =>
      pluginProgram(
        imported.stack,
        `new metered.TurnProject("calls", { projectName: "calls", webhookUrl: ${webhookUrl}, quotaInBytes: 2000000 });
         new metered.TurnCredential("web", { label: "web", expiryInSeconds: ${30 * DAY}, projectId: "${projectId}" });
         new metered.TurnCredential("app", { label: "app" });`,
      );
    program(`pulumi.secret(${JSON.stringify(HOOK)})`);
    const { text } = await imported.expect("npx pulumi-metered import --all-turn");
    assert.match(text, /pulumi import --file rooms\.import\.json/);
    await imported.expect("pulumi import --file rooms.import.json --generate-code=false --yes --protect=false");
    await imported.expect("rm rooms.import.json");
    await assertSettled();
    const [one] = simulator.turnCredentials.filter(({ label }) => label === "app");
    assert.ok(one && imported.stack.state().some(({ id }) => id === fingerprint(one.username)));
  });
});
