import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { delimiter, join, relative } from "node:path";
import { type Simulator, startSimulator } from "metered-simulator";
import { makeArchives } from "../../tools/archives/archives";
import { ownMachine } from "../../tools/archives/node";
import { releasedSchema } from "../../tools/sdks/schema";
import { canaryKey } from "../support/canary";
import { Consumer } from "../support/consumer";
import { hostOf } from "../support/languageStory";
import { TestStack } from "../support/stack";
import { temporary } from "../support/stackFolder";

interface Schema extends Readonly<Record<"version" | "publisher" | "displayName" | "license", string>> {
  readonly keywords: readonly string[];
  readonly resources: Readonly<Record<string, { readonly description: string }>>;
  readonly functions: Readonly<Record<string, { readonly description: string }>>;
  readonly language: object;
}

const ROOM = `resources:
  standup:
    type: metered:MeetingRoom
    properties: { privacy: private }
outputs:
  join: \${standup.url}
`;

/** In a program in YAML, which needs no SDK; packageAddLanguages.long.test.ts does it in other languages. */
describe("pulumi package add, on the real engine", function () {
  // The first time on a machine, what is needed is built and downloaded.
  this.timeout(45 * 60_000);
  let consumer: Consumer;
  let simulator: Simulator;
  let stack: TestStack;

  before(async () => {
    consumer = await Consumer.install("commonjs", {});
  });
  after(() => consumer.dispose());
  beforeEach(async () => {
    simulator = await startSimulator({ secretKey: canaryKey });
    stack = await TestStack.create({ simulator });
    stack.env.PATH = [await hostOf("yaml"), stack.path].join(delimiter);
    stack.env.PULUMI_HOME = temporary("metered-home-");
  });
  afterEach(async () => {
    await simulator.close();
    stack.dispose();
  });

  const project = (plugins = "") =>
    writeFileSync(join(stack.folder, "Pulumi.yaml"), `name: rooms\nruntime: yaml\n${plugins}${ROOM}`);
  const packages = () =>
    /^packages:\n( +metered: .*)$/m.exec(readFileSync(join(stack.folder, "Pulumi.yaml"), "utf8"))?.[1];

  async function worksAndGoes(): Promise<void> {
    await stack.upAndSettle();
    assert.equal(stack.outputs().join, `${simulator.url}/${simulator.rooms[0]?.roomName}`);
    await stack.pulumi("destroy");
    assert.equal(simulator.rooms[0]?.archived, true);
  }

  it("takes the plugin's program from the installed npm package", async () => {
    const bin = relative(stack.folder, join(consumer.folder, "node_modules", "pulumi-metered", "bin"));
    project(`plugins:\n  providers:\n    - name: metered\n      path: ${JSON.stringify(bin)}\n`);
    const { text } = await stack.pulumi("package", "add", `${bin}/pulumi-resource-metered`);
    assert.match(text, /Added package Metered/);
    assert.match(packages() ?? "", /metered@\d+\.\d+\.\d+$/);
    await worksAndGoes();
  });

  it("takes the schema of the installed npm package", async () => {
    project();
    const schema = join(consumer.folder, "node_modules", "pulumi-metered", "schema.json");
    const { text } = await stack.pulumi("package", "add", schema);
    assert.match(text, /generated an SDK for the metered package/);
  });

  it("gets the same schema that the SDKs of all languages are made of", async () => {
    const program = join(consumer.folder, "node_modules", "pulumi-metered", "bin", "pulumi-resource-metered");
    const served = JSON.parse((await stack.pulumi("package", "get-schema", program)).stdout) as Schema;
    const released = JSON.parse(releasedSchema({})) as Schema;
    // The engine leaves out what is empty.
    const described = ({ resources, functions }: Schema) =>
      Object.entries({ ...resources, ...functions }).map(([token, { description }]) => [token, description]);
    assert.deepEqual(described(served).sort(), described(released).sort());
    const { version, publisher, displayName, license, keywords, language } = served;
    assert.equal(version, released.version);
    assert.deepEqual([publisher, displayName, license], ["pulumi-metered", "Metered", "Apache-2.0"]);
    assert.ok(keywords.includes("category/infrastructure"));
    assert.deepEqual(Object.keys(language).sort(), ["csharp", "go", "java", "nodejs", "python"]);
  });

  const fromArchive = "takes an archive that was installed from disk";
  (ownMachine ? it : it.skip)(
    ownMachine ? fromArchive : `${fromArchive} (skipped: none for this machine)`,
    async () => {
      assert.ok(ownMachine);
      project();
      const [archive = ""] = await makeArchives(temporary("metered-archives-"), [ownMachine], {}, () => undefined);
      const version = /-v([\d.]+)-linux-(amd64|arm64)\.tar\.gz$/.exec(archive)?.[1] ?? "";
      await stack.pulumi("plugin", "install", "resource", "metered", version, "--file", archive);
      const { text } = await stack.pulumi("package", "add", `metered@${version}`);
      assert.match(text, /Added package Metered/);
      assert.match(packages() ?? "", new RegExp(`metered@${version.replaceAll(".", "\\.")}$`));
      await worksAndGoes();
    },
  );
});
