import assert from "node:assert/strict";
import { delimiter, join } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { canaryKey } from "../support/canary";
import { hostOf } from "../support/languageStory";
import { pluginFolder } from "../support/pluginProgram";
import { startRun } from "../support/run";
import { environment, temporary } from "../support/stackFolder";

const goModule = join(__dirname, "..", "providertest");

describe("Pulumi's test kit for providers, on the plugin", function () {
  // The first time, Go fetches and compiles the kit, and the language host of YAML.
  this.timeout(45 * 60_000);
  let simulator: Simulator;

  beforeEach(async () => {
    simulator = await startSimulator({ secretKey: canaryKey });
  });
  afterEach(() => simulator.close());

  const goTest = async (name: string) => {
    const folder = temporary("metered-providertest-");
    const env = await environment(folder);
    const run = await startRun("go", ["test", "-vet=off", "-count=1", "-v", "-run", `^${name}$`, "."], goModule, {
      ...env,
      PATH: [await hostOf("yaml"), env.PATH].join(delimiter),
      GOWORK: "off",
      TMPDIR: folder,
      PLUGIN_FOLDER: pluginFolder,
      BASELINE_FOLDER: pluginFolder,
      ENDPOINT: simulator.url,
      METERED_APP_NAME: simulator.app,
      METERED_SECRET_KEY: simulator.secretKey,
    }).ended;
    assert.equal(run.code, 0, run.text);
    assert.match(run.text, new RegExp(`--- PASS: ${name} `));
  };

  it("finds nothing to change in a stack that the plugin has left behind", async () => {
    await goTest("TestUpgrade");
  });

  it("gets the same answers from another process of the plugin", async () => {
    await goTest("TestReplay");
    const gone = simulator.rooms.filter(({ archived }) => archived).map(({ kind }) => kind);
    assert.deepEqual(gone, ["meeting", "meeting"], "the kit has destroyed what can be destroyed");
  });
});
