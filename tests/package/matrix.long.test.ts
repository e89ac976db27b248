import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { Consumer, liveThrough } from "../support/consumer";
import { startRun } from "../support/run";
import { runTests } from "../support/testsElsewhere";

const root = join(__dirname, "..", "..");
const protocolTests = readdirSync(join(root, "tests", "protocol"))
  .filter((file) => file.endsWith(".test.ts"))
  .map((file) => join("tests", "protocol", file));

const SDKS = ["3.216.0", "3.248.0", "latest"] as const;
/** Node's own releases, from the npm registry: the newest of each line. */
const NODES = ["20", "22", "24"] as const;
/** Where the whole life of a room runs on the real engine as well. */
const CORNERS = [
  ["20", "3.216.0"],
  ["24", "latest"],
] as const;

describe("the packed package", function () {
  this.timeout(480_000);
  const programs: Partial<Record<string, Consumer>> = {};
  let nodes: Consumer;

  before(async () => {
    const releases = NODES.map((line) => [`node-${line}`, `npm:node-${process.platform}-${process.arch}@${line}`]);
    const versions = Object.fromEntries(releases) as Record<string, string>;
    nodes = await Consumer.install("empty", { dependencies: Object.keys(versions), versions });
  });
  after(() => {
    for (const consumer of [nodes, ...Object.values(programs)]) consumer?.dispose();
  });

  const nodeOf = (line: string) => join(nodes.folder, "node_modules", `node-${line}`, "bin", "node");
  const programWith = async (sdk: string) => {
    const consumer = programs[sdk] ?? (await Consumer.install("commonjs", { versions: { "@pulumi/pulumi": sdk } }));
    programs[sdk] = consumer;
    return consumer.folder;
  };

  for (const sdk of SDKS) {
    for (const line of NODES) {
      it(`speaks Pulumi's protocol with @pulumi/pulumi ${sdk} on Node ${line}`, async () => {
        const [folder, node] = [await programWith(sdk), nodeOf(line)];
        const { version } = require(join(folder, "node_modules", "@pulumi", "pulumi", "package.json")) as {
          version: string;
        };
        const env = { INSTALLED_IN: folder, PATH: [dirname(node), process.env.PATH].join(delimiter) };
        const release = (await startRun(node, ["--version"], folder, process.env).ended).stdout.trim();
        assert.ok(release.startsWith(`v${line}.`));
        const passing = await runTests(protocolTests, env, node);
        console.log(`      @pulumi/pulumi ${version} on Node ${release}: ${passing} passing`);
        assert.ok(passing > 10);
      });
    }
  }

  for (const [line, sdk] of CORNERS) {
    it(`makes and destroys a room on the engine with @pulumi/pulumi ${sdk} on Node ${line}`, async () => {
      await liveThrough(await programWith(sdk), dirname(nodeOf(line)));
    });
  }
});
