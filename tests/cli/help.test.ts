import assert from "node:assert/strict";
import { COMMAND_NAMES } from "../../provider/src/cli/flags";
import { explainedCauses } from "../../provider/src/pulumi/words/explain";
import { CommandLine } from "../support/commandLine";
import { FakePulumi } from "../support/fakePulumi";

describe("pulumi-metered", () => {
  let pulumi: FakePulumi;
  const run = (...args: string[]) => new CommandLine(pulumi, { cwd: "/" }).run(...args);
  before(() => {
    pulumi = new FakePulumi();
  });
  after(() => pulumi.dispose());

  it("explains itself, with examples, and with the exit codes that apply as the last thing", async () => {
    const codes = { import: "0 1 2 3 4 130", list: "0 1 2", doctor: "0 1 2", explain: "0 2" };
    for (const command of COMMAND_NAMES) {
      const { code, out } = await run(command, "-h");
      assert.equal(code, 0);
      assert.match(out, new RegExp(`Usage:\\n {2}pulumi-metered ${command} `));
      assert.match(out, /Examples:\n {2}npx pulumi-metered /);
      const end = out.slice(out.indexOf("Exit codes:\n"));
      assert.equal([...end.matchAll(/^ {2}(\d+) /gm)].map(([, number]) => number).join(" "), codes[command]);
      for (const flag of ["-h, --help", "-v, --version"]) assert.ok(out.includes(flag), flag);
      for (const line of out.split("\n")) assert.ok(line.length <= 120, line);
      assert.equal((await run("help", command)).out, out);
    }
  });

  it("prints the overview where nothing is asked for", async () => {
    const { code, out, err } = await run();
    assert.deepEqual([code, err], [0, ""]);
    for (const command of COMMAND_NAMES) assert.match(out, new RegExp(`^ {2}${command} {2}`, "m"));
    assert.deepEqual(
      [await run("--help"), await run("-h")],
      [
        { code, out, err },
        { code, out, err },
      ],
    );
  });

  it("knows its version", async () => {
    const { version } = require("../../provider/package.json") as { version: string };
    for (const args of [["--version"], ["version"], ["import", "--version"]]) {
      assert.deepEqual(await run(...args), { code: 0, out: version, err: "" });
    }
  });

  it("answers what it can't understand with a sentence and an exit code of its own", async () => {
    const { code, out, err } = await run("imprt");
    assert.deepEqual([code, out], [2, ""]);
    assert.equal(
      err,
      'pulumi-metered: Unknown command "imprt". Did you mean import? Run npx pulumi-metered --help for usage.',
    );
    assert.deepEqual(JSON.parse((await run("list", "--josn", "--json")).out).exit, 2);
  });

  describe("explain", () => {
    it("prints what a class of errors means, offline", async () => {
      for (const cause of ["NameTaken", "nametaken", "[NameTaken]"]) {
        const { code, out } = await run("explain", cause);
        assert.equal(code, 0);
        assert.match(out, /^NameTaken\n\nA room with that name already exists/);
        assert.match(out, /^Fix\. /m);
      }
    });

    it("suggests the nearest class, and lists all", async () => {
      const { code, err } = await run("explain", "NameTakn");
      assert.equal(code, 2);
      assert.match(err, /^pulumi-metered: Unknown error class "NameTakn"\. Did you mean NameTaken\?/);
      assert.match((await run("explain", "Frobnication")).err, /Run npx pulumi-metered explain to list all classes\./);
      const { out } = await run("explain");
      const listed = [...out.matchAll(/^ {2}(\w+) +[A-Z].*\.$/gm)].map(([, cause]) => cause);
      assert.deepEqual(listed, explainedCauses());
      assert.ok(listed.includes("NameTaken") && listed.includes("NoConnection"));
      assert.match(out, /^ {2}PlanLimit +Your Metered plan doesn't allow it\.$/m);
    });
  });
});
