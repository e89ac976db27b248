import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { basename, delimiter, join } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { makeArchives } from "../../tools/archives/archives";
import { ownMachine } from "../../tools/archives/node";
import { findEngine } from "../../tools/engine";
import { findLanguageHost } from "../../tools/engine/languages";
import { type ArchiveServer, serveArchives } from "../support/archiveServer";
import { canaryKey } from "../support/canary";
import { TestStack } from "../support/stack";
import { temporary } from "../support/stackFolder";

const title = "the plugin from its archive, on the real engine";
const suite = ownMachine ? describe : describe.skip;
suite(ownMachine ? title : `${title} (skipped: there is none for this machine)`, function () {
  // The first time on a machine, what is needed is built and downloaded.
  this.timeout(45 * 60_000);
  const quiet = { log: () => undefined };
  let archives: string;
  let server: ArchiveServer;
  let simulator: Simulator;
  let stack: TestStack;

  before(async () => {
    archives = temporary("metered-archives-");
    server = await serveArchives(archives);
    simulator = await startSimulator({ secretKey: canaryKey });
    stack = await TestStack.create({ simulator });
  });
  after(async () => {
    server.close();
    await simulator.close();
    stack.dispose();
  });

  it("is downloaded by the engine and runs where there is no Node", async () => {
    assert.ok(ownMachine);
    const { url, asked } = server;
    const [archive = ""] = await makeArchives(archives, [ownMachine], { pluginDownloadURL: url }, quiet.log);
    const version = /-v([\d.]+)-linux-(amd64|arm64)\.tar\.gz$/.exec(archive)?.[1];
    const content = execFileSync("tar", ["-tzf", archive], { encoding: "utf8" }).split("\n");
    for (const license of ["LICENSE", "LICENSE-node", "LICENSE-packages"]) assert.ok(content.includes(`./${license}`));
    await writeFile(
      join(stack.folder, "Pulumi.yaml"),
      `name: rooms
runtime: yaml
resources:
  standup:
    type: metered:MeetingRoom
    properties: { privacy: private }
    options: { version: ${version}, pluginDownloadURL: "${url}" }
outputs:
  join: \${standup.url}
`,
    );
    const path = [await findEngine(quiet), await findLanguageHost("yaml", quiet)];
    assert.deepEqual(
      path.filter((folder) => existsSync(join(folder, "node"))),
      [],
    );
    Object.assign(stack.env, {
      PATH: path.join(delimiter),
      PULUMI_HOME: temporary("metered-home-"),
      // Meant for programs that Node runs.
      NODE_OPTIONS: "--require=/nowhere.js",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "false",
    });
    await stack.upAndSettle();
    assert.equal(stack.outputs().join, `${simulator.url}/${simulator.rooms[0]?.roomName}`);
    assert.deepEqual([...new Set(asked)], [`/${basename(archive)}`]);
    const schema = JSON.parse((await stack.pulumi("package", "get-schema", `metered@${version}`)).stdout);
    assert.deepEqual([schema.version, schema.pluginDownloadURL], [version, url]);
    await stack.pulumi("destroy");
    assert.equal(simulator.rooms[0]?.archived, true);
  });
});
