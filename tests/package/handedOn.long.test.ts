import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Consumer } from "../support/consumer";
import { startRun } from "../support/run";

const page = readFileSync(join(__dirname, "..", "..", "docs", "recipes", "turn.md"), "utf8");
const blocks = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, block = ""]) => block);

/** The programs of the page that hand a credential to another provider, and what that provider gets. */
const PROGRAMS = {
  kubernetes: {
    type: "kubernetes:core/v1:Secret",
    property: "stringData",
    check: (given: Inputs) => assert.deepEqual(given, { TURN_USERNAME: "user", TURN_PASSWORD: "word" }),
  },
  cloudflare: {
    type: "cloudflare:index/workersScript:WorkersScript",
    property: "bindings",
    check: ({ 0: binding }: Inputs) => {
      const [server] = JSON.parse(String((binding as Inputs).text)) as unknown[];
      assert.deepEqual(server, { urls: "turn:relay.example.com:80", username: "user", credential: "word" });
    },
  },
};
/** Pulumi's mark of a secret. */
const SECRET = "4dabf18193072939515e22adb298388d";
type Inputs = Readonly<Record<string, unknown>>;

describe("the programs of docs/recipes/turn.md that hand a credential on", function () {
  this.timeout(600_000);
  let consumer: Consumer;
  const run = (...args: string[]) => startRun("node", args, consumer.folder, process.env).ended;

  before(async () => {
    consumer = await Consumer.install("handed-on");
    writeFileSync(join(consumer.folder, "worker.js"), "export default {};\n");
  });
  after(() => consumer.dispose());

  for (const [name, { type, property, check }] of Object.entries(PROGRAMS)) {
    it(`${name}: its types are right, and the secret gets there`, async () => {
      const program = blocks.find((block) => block.includes(`"@pulumi/${name}"`)) ?? assert.fail("not on the page");
      writeFileSync(join(consumer.folder, `${name}.ts`), program);
      const options = ["--strict", "--target", "es2022", "--module", "commonjs", "--skipLibCheck", "--types", "node"];
      const compiled = await run(join("node_modules", "typescript", "bin", "tsc"), ...options, `${name}.ts`);
      assert.equal(compiled.code, 0, compiled.text);
      const { stdout, code, text } = await run("registered.js", `./${name}.js`);
      assert.equal(code, 0, text);
      const registered = stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as { type: string; inputs: Inputs });
      const { inputs } = registered.find((each) => each.type === type) ?? assert.fail(stdout);
      // Pulumi makes the whole property a secret.
      const { [SECRET]: mark, value } = inputs[property] as Inputs;
      assert.equal(typeof mark, "string");
      check(value as Inputs);
    });
  }
});
