import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Facts } from "../../provider/src/errors";
import { sayProblem } from "../../provider/src/pulumi/words/configuration";
import { sayError } from "../../provider/src/pulumi/words/errors";
import { explainedCauses, explanationOf } from "../../provider/src/pulumi/words/explain";
import { EXPLANATIONS } from "../../provider/src/pulumi/words/explanations";
import { sayNote, sayShortfalls } from "../../provider/src/pulumi/words/notes";
import { explanationsIn } from "../../tools/generate/explanations";
import { DYNAMIC, FACTS, INCOMPLETE, NOTES, PROBLEMS, SHORTFALLS, standup, turn } from "../support/errorTexts";

const page = readFileSync(join(__dirname, "..", "..", "docs", "errors.md"), "utf8");
const documented: readonly (readonly [string, readonly Facts[]])[] = Object.entries(FACTS);

/** The section of a class, up to the next heading. */
function sectionOf(cause: string): string {
  const [, after = ""] = page.split(`\n### ${cause}\n`);
  return after.split(/\n#{1,3} /)[0] ?? "";
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? "";
}

describe("docs/errors.md", () => {
  for (const [cause, all] of documented) {
    it(`has a section about ${cause}, with the first line of each of its messages`, () => {
      const section = sectionOf(cause);
      for (const facts of all) {
        const line = `> ${firstLine(sayError(facts, DYNAMIC))}`;
        assert.ok(section.split("\n").includes(line), line);
      }
    });

    it(`says what ${cause} means before it shows a message, and how to fix it`, () => {
      const section = sectionOf(cause).trim();
      assert.doesNotMatch(section, /^>/);
      assert.match(section, /\*\*Fix\.\*\*/);
    });
  }

  it("shows what can be wrong with a configuration", () => {
    const section = sectionOf("InvalidConfiguration");
    for (const problem of PROBLEMS) assert.ok(section.includes(`> ${sayProblem(problem, DYNAMIC)}`));
  });

  it("shows how a room can differ from the program", () => {
    const section = sectionOf("NotAsDeclared");
    const lines = [...sayShortfalls(standup, SHORTFALLS), ...sayShortfalls(turn, INCOMPLETE)];
    for (const line of lines) assert.ok(section.includes(`> ${line}\n`), line);
  });

  it("shows the messages that are no errors", () => {
    for (const [note] of Object.values(NOTES)) {
      assert.ok(note && page.includes(`| ${sayNote(note, DYNAMIC)} |`), note?.note);
    }
  });

  it("shows no message that is no more", () => {
    const said = [
      ...Object.values(FACTS).flatMap((all) => all.map((facts) => firstLine(sayError(facts, DYNAMIC)))),
      ...PROBLEMS.map((problem) => sayProblem(problem, DYNAMIC)),
      ...sayShortfalls(standup, SHORTFALLS),
      ...sayShortfalls(turn, INCOMPLETE),
      "the option import doesn't work with a dynamic resource (pulumi/pulumi#3550)",
    ];
    const shown = [...page.matchAll(/^> (.+)$/gm)].map(([, line = ""]) => line);
    assert.ok(shown.length > 50);
    assert.deepEqual(
      shown.filter((line) => !said.includes(line)),
      [],
    );
  });

  it("leads to every class from the list by symptom", () => {
    const [symptoms = ""] = (page.split("\n## By symptom\n")[1] ?? "").split("\n## ");
    const unreached = ["NotAsDeclared", "SomeRoomsFailed", ...Object.keys(FACTS)].filter(
      (cause) => !symptoms.includes(`(#${cause.toLowerCase()})`),
    );
    assert.deepEqual(unreached, []);
  });

  it("says in each row of a table what it means or what to do", () => {
    assert.deepEqual(page.match(/^\|.*\| *\|$/gm) ?? [], []);
  });

  it("has no lower-case table headings", () => {
    const headings = [...page.matchAll(/^\| (.*) \|\n\| ---/gm)].flatMap(([, cells = ""]) => cells.split(" | "));
    assert.ok(headings.length > 10);
    assert.deepEqual(
      headings.filter((cell) => !/^[A-Z]/.test(cell)),
      [],
    );
  });
});

describe("pulumi-metered explain", () => {
  it("knows every class, and nothing else", () => {
    assert.deepEqual(explainedCauses().sort(), ["NotAsDeclared", "SomeRoomsFailed", ...Object.keys(FACTS)].sort());
    for (const word of ["constructor", "toString", "Rooms", ""]) assert.equal(explanationOf(word), undefined);
  });

  it("is up to date with the page (otherwise run: npm run generate)", () => {
    assert.deepEqual(EXPLANATIONS, explanationsIn(page));
  });

  it("prints a section as text, without the marks of a page", () => {
    for (const cause of explainedCauses()) {
      const text = explanationOf(cause) ?? "";
      assert.ok(text.length > 100, cause);
      assert.doesNotMatch(text, /\]\(|\*\*|^[|>]|```/m);
    }
    const taken = firstLine(sayError(FACTS.NameTaken[0] as Facts, DYNAMIC));
    assert.ok(explanationOf("NameTaken")?.includes(`    ${taken}`));
  });
});
