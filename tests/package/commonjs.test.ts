import assert from "node:assert/strict";
import { join } from "node:path";
import { Consumer, liveThrough } from "../support/consumer";
import { startRun } from "../support/run";

describe("the packed packages, installed with npm", function () {
  this.timeout(300_000);
  let consumer: Consumer;

  before(async () => {
    consumer = await Consumer.install("commonjs");
  });
  after(() => consumer.dispose());

  it("make a room, find it unchanged and destroy it for a program in plain JavaScript", async () => {
    await liveThrough(consumer.folder);
  });

  for (const command of ["pulumi-metered", "metered-simulator"]) {
    it(`bring the command ${command}`, async () => {
      const path = join(consumer.folder, "node_modules", ".bin", command);
      const { code, stdout } = await startRun(path, ["--help"], consumer.folder, process.env).ended;
      assert.equal(code, 0);
      assert.ok(stdout.includes(command));
    });
  }
});
