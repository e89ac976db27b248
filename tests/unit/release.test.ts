import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { notesOf, problemsOf } from "../../tools/release/check";

const root = join(__dirname, "..", "..");
const FILES = [
  "CHANGELOG.md",
  ...["provider", "simulator", "templates/metered-typescript", "templates/metered-javascript"].map(
    (folder) => `${folder}/package.json`,
  ),
  "provider/schema.json",
];

describe("the check before a release", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "metered-release-"));
    for (const file of FILES) cpSync(join(root, file), join(folder, file));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const edit = (file: string, change: (text: string) => string) =>
    writeFileSync(join(folder, file), change(readFileSync(join(folder, file), "utf8")));
  /** Everything that a release of 9.8.7 needs. */
  const prepare = () => {
    for (const file of FILES.filter((each) => each.endsWith(".json"))) {
      edit(file, (text) => text.replace(/("version": "|"pulumi-metered": "\^)[^"]+/g, (_, key) => `${key}9.8.7`));
    }
    edit("CHANGELOG.md", (text) => text.replace("## [Unreleased]", "## [Unreleased]\n\n## [9.8.7] - 2031-01-02"));
    mkdirSync(join(folder, "tests", "states", "9.8.7"), { recursive: true });
  };

  it("finds nothing in the way where everything names the version", () => {
    prepare();
    assert.deepEqual(problemsOf(folder, "v9.8.7"), []);
    assert.match(notesOf(readFileSync(join(folder, "CHANGELOG.md"), "utf8"), "9.8.7") ?? "", /^### Added/);
  });

  it("names everything that does not name the version, with what to do", () => {
    const problems = problemsOf(folder, "v9.8.7").join("\n");
    assert.match(problems, /^provider\/package\.json says .*npm version 9\.8\.7 --workspace provider/m);
    assert.match(problems, /^simulator\/package\.json says /m);
    assert.match(problems, /^provider\/schema\.json says .*npm run generate/m);
    assert.match(problems, /^templates\/metered-typescript\/package\.json asks for .*write \^9\.8\.7\.$/m);
    assert.match(problems, /^CHANGELOG\.md has no section "## \[9\.8\.7\]/m);
    assert.match(problems, /^There is no record of the states of 9\.8\.7: run npm run record:states/m);
  });

  it("refuses a section without a word, and a tag that is no version", () => {
    prepare();
    edit("CHANGELOG.md", (text) => text.replace("- 2031-01-02", "- 2031-01-02\n\n## [0.0.1] - 2020-01-01"));
    assert.deepEqual(problemsOf(folder, "v9.8.7"), ["CHANGELOG.md says nothing about 9.8.7."]);
    assert.match(problemsOf(folder, "9.8").join(), /is no release: name it v1\.2\.3/);
  });
});

interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { readonly uses?: string; readonly run?: string }[] }>
  >;
}

describe("the workflows", () => {
  const folder = join(root, ".github", "workflows");
  const { scripts } = require("../../package.json") as { scripts: Record<string, string> };

  for (const file of readdirSync(folder)) {
    const workflow = parse(readFileSync(join(folder, file), "utf8")) as Workflow;
    const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

    it(`${file} may read the repository, and no more unless a job says so`, () => {
      assert.deepEqual(workflow.permissions, { contents: "read" });
    });

    it(`${file} uses actions at an exact version`, () => {
      const used = steps.flatMap(({ uses }) => uses ?? []);
      assert.ok(used.length > 0);
      assert.deepEqual(
        used.filter((each) => !/@(v\d+\.\d+\.\d+|[0-9a-f]{40})$/.test(each)),
        [],
      );
    });

    it(`${file} runs only scripts that there are`, () => {
      const runs = steps.flatMap(({ run }) => [...(run ?? "").matchAll(/npm run (?:--?\S+ )*([\w:]+)/g)]);
      for (const [command, script = ""] of runs) assert.ok(script in scripts, command);
    });
  }
});
