import assert from "node:assert/strict";
import { Consumer, liveThrough, type Manager } from "../support/consumer";
import { pack } from "../support/packed";
import { startRun } from "../support/run";

describe("a component package that makes rooms", function () {
  this.timeout(480_000);
  let consumer: Consumer | undefined;

  afterEach(() => consumer?.dispose());

  /** A program with the packed component; one of the two depends on pulumi-metered. */
  async function install(manager: Manager, dependent: "program" | "component"): Promise<Consumer> {
    const ours = ["pulumi-metered"];
    const component = await Consumer.copy("component/package", dependent === "component" ? { dependencies: ours } : {});
    try {
      const [{ tarball } = assert.fail()] = await pack([], component.folder);
      const versions = { "team-rooms": `file:${tarball}` };
      const dependencies = dependent === "program" ? ours : [];
      consumer = await Consumer.install("component/program", { manager, versions, dependencies });
      return consumer;
    } finally {
      component.dispose();
    }
  }

  for (const manager of ["npm", "pnpm"] as const) {
    it(`works with ${manager} in a program that depends on pulumi-metered as well`, async () => {
      await liveThrough((await install(manager, "program")).folder);
    });
  }

  it("is refused, with the way out, where Pulumi would not find pulumi-metered from the program", async () => {
    const { folder } = await install("pnpm", "component");
    // Without an engine: this is said before there is anything for one to do.
    const { code, text } = await startRun(process.execPath, ["index.js"], folder, process.env).ended;
    assert.notEqual(code, 0);
    assert.match(text, /pulumi-metered must be a direct dependency of the Pulumi program/);
    assert.ok(text.includes(`run npm install pulumi-metered in ${folder}.`), text);
  });
});
