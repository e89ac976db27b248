import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { shellWord } from "../../provider/src/pulumi/words/ways";
import { assertNoSecrets, canaryKey } from "../support/canary";
import { hostOf } from "../support/languageStory";
import { pluginFolder } from "../support/pluginProgram";
import { startRun } from "../support/run";
import { environment, temporary } from "../support/stackFolder";

/** A backend and a passphrase that are found from the project's folder only. */
const PROJECT = `name: rooms
runtime: yaml
backend:
  url: file://./backend
plugins:
  providers:
    - name: metered
      path: ${JSON.stringify(pluginFolder)}
`;

describe("pulumi-metered in a YAML project that uses the plugin, on the real engine", function () {
  this.timeout(45 * 60_000);
  let simulator: Simulator;
  let folder: string;
  let env: NodeJS.ProcessEnv;

  before(async () => {
    simulator = await startSimulator({ secretKey: canaryKey });
    folder = temporary("metered-yaml-");
    const { PULUMI_BACKEND_URL: _url, PULUMI_CONFIG_PASSPHRASE: _phrase, ...rest } = await environment(folder);
    env = {
      ...rest,
      PATH: [await hostOf("yaml"), rest.PATH].join(delimiter),
      PULUMI_CONFIG_PASSPHRASE_FILE: "./phrase",
    };
    mkdirSync(join(folder, "backend"));
    writeFileSync(join(folder, "phrase"), "of the tests");
    writeFileSync(join(folder, "Pulumi.yaml"), PROJECT);
    await succeeds("pulumi stack init dev --non-interactive");
    const plain = [`metered:appName=${simulator.app}`, `metered:endpoint=${simulator.url}`, "metered:retrySeconds=1"];
    const settings = plain.map((each) => `--plaintext ${each}`).join(" ");
    await succeeds(`pulumi config set-all ${settings} --secret ${shellWord(`metered:secretKey=${canaryKey}`)}`);
    for (const name of ["lobby", "retro"]) simulator.addRoom("meeting", name, { privacy: "public" });
  });
  after(async () => {
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function succeeds(command: string): Promise<string> {
    const line = command.replace("npx pulumi-metered", `node ${join(pluginFolder, "pulumi-metered.js")}`);
    const run = await startRun("sh", ["-c", line], folder, env).ended;
    assert.equal(run.code, 0, `${command}\n${run.text}`);
    if (!command.includes("config set-all")) assertNoSecrets(command, run.text);
    return run.text;
  }

  it("finds the account, the plugin, the backend and the passphrase from the project's folder", async () => {
    const text = await succeeds("npx pulumi-metered doctor");
    assert.match(text, /Plugin +the program .* uses the metered plugin/, text);
    assert.match(await succeeds("npx pulumi-metered list"), /lobby[\s\S]*retro/);
  });

  it("imports rooms with the command that it prints, and changes nothing on the account", async () => {
    simulator.requests.clear();
    const text = await succeeds("npx pulumi-metered import --all");
    const command = /^ +1\. (pulumi import --file \S+)$/m.exec(text)?.[1];
    assert.ok(command, text);
    const printed = await succeeds(`${command} --yes --non-interactive --protect=false`);
    const resources = /^resources:\n((?: .*\n)+)/m.exec(printed)?.[1] ?? "";
    assert.match(resources, /lobby:[\s\S]*retro:/, printed);
    writeFileSync(
      join(folder, "Pulumi.yaml"),
      `${readFileSync(join(folder, "Pulumi.yaml"), "utf8")}resources:\n${resources}`,
    );
    await succeeds("pulumi preview --refresh --expect-no-changes --non-interactive");
    const writes = simulator.requests.filter(({ method }) => method !== "GET");
    assert.deepEqual(writes, []);
    assert.match(await succeeds("npx pulumi-metered import --all --dry-run"), /already in the stack/);
  });
});
