import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { finishedRelease } from "../../tools/engine";
import { allCells, FACES, runtimes } from "../../tools/matrix/cells";
import { Shelf } from "../../tools/matrix/installed";
import { live } from "../../tools/matrix/life";
import { startRun } from "../support/run";
import { runTests } from "../support/testsElsewhere";

const root = join(__dirname, "..", "..");
const protocolTests = readdirSync(join(root, "tests", "protocol"))
  .filter((file) => file.endsWith(".test.ts"))
  .map((file) => join("tests", "protocol", file));

describe("the packed package", function () {
  this.timeout(480_000);
  const shelf = new Shelf();
  after(() => shelf.dispose());

  for (const runtime of runtimes) {
    const { sdk, node } = runtime;

    it(`speaks Pulumi's protocol with @pulumi/pulumi ${sdk} on Node ${node}`, async () => {
      const installed = await shelf.install(runtime);
      const env = { INSTALLED_IN: installed.folder, PATH: [installed.node, process.env.PATH].join(delimiter) };
      const executable = join(installed.node, "node");
      const release = (await startRun(executable, ["--version"], installed.folder, process.env).ended).stdout.trim();
      assert.ok(release.startsWith(`v${node}.`));
      const passing = await runTests(protocolTests, env, executable);
      console.log(`      @pulumi/pulumi ${installed.sdkVersion} on Node ${release}: ${passing} passing`);
      assert.ok(passing > 10);
    });
  }

  for (const cell of allCells) {
    const engine = finishedRelease(cell.engine);
    const title = `on Pulumi ${cell.engine}, with @pulumi/pulumi ${cell.sdk} on Node ${cell.node}`;
    if (!engine) {
      it.skip(`leads a room through its life ${title} (npm run engine -- ${cell.engine} makes the engine)`);
      continue;
    }
    it(`leads a room through its life as package and as plugin ${title}`, async () => {
      const installed = await shelf.install(cell);
      for (const { passed, problem } of await Promise.all(FACES.map((face) => live(face, installed, engine)))) {
        assert.equal(problem, undefined);
        assert.equal(passed.at(-1), "destroy");
      }
    });
  }
});
