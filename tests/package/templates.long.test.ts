import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { assertNoSecrets, assertNoSecretsBelow, canaryKey } from "../support/canary";
import { packed } from "../support/packed";
import { type Run, startRun } from "../support/run";
import { BACKEND, CONFIGURATION, environment } from "../support/stackFolder";

const templates = join(__dirname, "..", "..", "templates");

describe("pulumi new, unattended, and pulumi up", function () {
  this.timeout(480_000);
  let simulator: Simulator;
  let folder: string;

  beforeEach(async () => {
    simulator = await startSimulator({ secretKey: canaryKey });
    folder = mkdtempSync(join(tmpdir(), "metered-template-"));
  });
  afterEach(async () => {
    await simulator.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The template as it is, but for the release that it asks for, which is the one that is packed here. */
  async function prepared(template: string): Promise<string> {
    const copy = join(folder, template);
    cpSync(join(templates, template), copy, { recursive: true });
    const manifest = readFileSync(join(copy, "package.json"), "utf8");
    const { tarball } = (await packed())["pulumi-metered"];
    const pointed = manifest.replace(/("pulumi-metered": )"[^"]+"/, `$1"file:${tarball}"`);
    assert.notEqual(pointed, manifest);
    writeFileSync(join(copy, "package.json"), pointed);
    return copy;
  }

  for (const template of ["metered-typescript", "metered-javascript"]) {
    it(`makes the rooms of ${template}`, async () => {
      const project = join(folder, "team-rooms");
      mkdirSync(join(project, BACKEND), { recursive: true });
      const env = await environment(project);
      const pulumi = async (...args: string[]): Promise<Run> => {
        const run = await startRun("pulumi", ["--non-interactive", ...args], project, env).ended;
        assert.equal(run.code, 0, run.text);
        assertNoSecrets("what pulumi printed", run.text);
        return run;
      };
      const settings = [`metered:appName=${simulator.app}`, `metered:endpoint=${simulator.url}`];
      const named = ["--name", "team-rooms", "--stack", "dev", "--secrets-provider", "hashivault://tests"];
      // Not empty, because of the backend.
      const unattended = ["--yes", "--force", ...settings.flatMap((setting) => ["--config", setting])];
      await pulumi("new", await prepared(template), ...named, ...unattended);
      assert.ok(existsSync(join(project, "node_modules", "pulumi-metered", "dist")));
      assert.doesNotMatch(readFileSync(join(project, CONFIGURATION), "utf8"), /secretKey/);
      assert.doesNotMatch(readFileSync(join(project, "Pulumi.yaml"), "utf8"), /^template:|\$\{/m);

      await pulumi("config", "set", "--secret", "metered:secretKey", "--", canaryKey);
      await pulumi("up", "--yes", "--skip-preview");
      const { join: links } = JSON.parse((await pulumi("stack", "output", "--json")).stdout) as { join: object };
      assert.deepEqual(Object.keys(links), ["design", "engineering"]);
      assert.deepEqual(
        Object.values(links).sort(),
        simulator.rooms.map(({ roomName }) => `${simulator.url}/${roomName}`).sort(),
      );
      await pulumi("up", "--yes", "--skip-preview", "--expect-no-changes");
      await pulumi("destroy", "--yes", "--skip-preview");
      assert.deepEqual(
        simulator.rooms.map(({ archived }) => archived),
        [true, true],
      );
      assertNoSecretsBelow(project);
    });
  }

  it("asks for the key as a secret", () => {
    for (const template of ["metered-typescript", "metered-javascript"]) {
      const text = readFileSync(join(templates, template, "Pulumi.yaml"), "utf8");
      assert.match(text, /metered:secretKey:\n {6}description: .*\n {6}secret: true/);
    }
  });
});
