import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Consumer, liveThrough } from "../support/consumer";
import { startRun } from "../support/run";

/** What cannot work is said by the program itself, before there is anything for an engine to do. */
describe("a program that Pulumi cannot serve is refused with the way out", function () {
  this.timeout(480_000);
  let consumer: Consumer;

  afterEach(() => consumer.dispose());

  it("under Yarn Plug'n'Play", async () => {
    consumer = await Consumer.copy("commonjs", { manager: "Yarn" });
    writeFileSync(join(consumer.folder, ".yarnrc.yml"), "nodeLinker: pnp\n");
    // Otherwise the folder would belong to a project above it.
    writeFileSync(join(consumer.folder, "yarn.lock"), "");
    await consumer.succeeds("install");
    const { code, text } = await consumer.run("node", "index.js");
    assert.notEqual(code, 0);
    assert.match(
      text,
      /cannot run under Yarn Plug'n'Play.*nodeLinker: node-modules in \.yarnrc\.yml and run yarn install/,
    );
    const doctor = await consumer.run("pulumi-metered", "doctor");
    assert.match(doctor.text, /Yarn Plug'n'Play \(.*\.pnp\.cjs\).*nodeLinker: node-modules/);

    // The way out works.
    writeFileSync(join(consumer.folder, ".yarnrc.yml"), "nodeLinker: node-modules\n");
    await consumer.succeeds("install");
    await liveThrough(consumer.folder);
  });

  it("under Bun", async () => {
    consumer = await Consumer.install("commonjs", { dependencies: ["bun"], versions: { bun: "1.4.5" } });
    const bun = join(consumer.folder, "node_modules", ".bin", "bun");
    const { code, text } = await startRun(bun, ["index.js"], consumer.folder, process.env).ended;
    assert.notEqual(code, 0);
    assert.match(text, /cannot run under Bun, which has no dynamic providers\. Set runtime: nodejs in Pulumi\.yaml/);
  });
});
