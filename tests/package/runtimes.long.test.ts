import assert from "node:assert/strict";
import { findEngine } from "../../tools/engine";
import { FACES, quickRuntimes } from "../../tools/matrix/cells";
import { Shelf } from "../../tools/matrix/installed";
import { live } from "../../tools/matrix/life";

describe("the packed package and plugin, on the engine at hand", function () {
  this.timeout(300_000);
  const shelf = new Shelf();
  after(() => shelf.dispose());

  for (const runtime of quickRuntimes) {
    it(`lead a room through its life with @pulumi/pulumi ${runtime.sdk} on Node ${runtime.node}`, async () => {
      const [installed, engine] = await Promise.all([shelf.install(runtime), findEngine()]);
      // A run of the engine waits more than it works, so both go at the same time.
      const outcomes = await Promise.all(FACES.map((face) => live(face, installed, engine)));
      for (const { passed, problem } of outcomes) {
        assert.equal(problem, undefined);
        assert.equal(passed.at(-1), "destroy");
      }
    });
  }
});
