import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { COMMAND_NAMES } from "../../provider/src/cli/flags";
import { help } from "../../provider/src/cli/help";

const root = join(__dirname, "..", "..");
const textOf = (path: string) => readFileSync(join(root, path), "utf8");

/** House words, with the word of the field that readers know and search for. */
const HOUSE_WORDS: readonly (readonly [RegExp, use: string])[] = [
  [/\bwhen things go wrong\b/i, "Troubleshooting"],
  [/\ba new key\b(?=$|\]| *\|)/im, "Rotate the secret key"],
  [/\bmoving over\b/i, "Migrate"],
  [/\bbring existing rooms\b/i, "Import existing rooms"],
  [/\bwas cut off\b|\bcut-off\b/i, "interrupted"],
  [/\bpipelines and operators\b/i, "CI/CD and GitOps"],
  [/\bcheck on schedule\b/i, "scheduled drift detection"],
  [/\bone stack or many\b/i, "Scaling"],
  [/\bmade[- ]names?\b|\bnames? (?:is|are|was) made\b|\bauto-named\b/i, "auto-generated name"],
  [/\b(?:take|takes|taken|taking|took) (?:\S+ )?over\b/i, "adopt"],
  [/\banew\b|\bmade again\b/i, "recreate, again"],
  [/\btak(?:e|es|en|ing) out of the program\b/i, "removed from the program"],
  [/\bdeclared? anew\b|\bas declared\b|\bdeclares nothing\b/i, "set"],
  [/\b(?:two|both|one|each|either|other) faces?\b/i, "two ways to use the provider"],
  [/\brepl(?:y|ies)\b/i, "response"],
  [/\b(?:one|each|every|first|last|all) tr(?:y|ies)\b/i, "attempt"],
  [/\bin clear\b/i, "in plaintext"],
  [/\b(?:made )?by hand\b/i, "created outside Pulumi"],
  [/\bleft behind\b/i, "orphaned"],
  [/\bmints?\b|\bminting\b/i, "issues"],
  [/\b(?:strikes|spoils)\b/i, "fires, corrupts"],
  [/\bmust be a text\b|\btexts\b/i, "string"],
  [/\bBadKey\b/, "InvalidSecretKey"],
  [/\bBadConfiguration\b/, "InvalidConfiguration"],
  [/\bPerhapsTaken\b/, "NamePossiblyTaken"],
  [/\bCannotTell\b/, "RoomStatusUnknown"],
  [/\bUnreadableReply\b/, "UnexpectedResponse"],
  [/\bbeside\b/i, "alongside"],
  [/\bbehind Pulumi's back\b/i, "outside Pulumi"],
  [/\bsomebody\b/i, "someone, or the person's role"],
  [/\bthat is so\b|\bof which\b|\bbehind it\b|\bstands\b/i, "plain English"],
];

/** Pages for maintainers, which other work keeps up to date. They aren't in the site's search. */
const MAINTAINERS = new Set(["benchmarks.md", "decisions.md", "survivors.md", "licenses.md"]);

const pages = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".md") && !MAINTAINERS.has(name))
  .map((name) => `docs/${name}`);
const examples = ["", ...readdirSync(join(root, "examples"))]
  .map((name) => join("examples", name, "README.md"))
  .filter((path) => existsSync(join(root, path)));
const templates = readdirSync(join(root, "templates")).map((name) => `templates/${name}/README.md`);
const others = ["README.md", "provider/README.md", "CHANGELOG.md", "SECURITY.md", "policy/README.md"];
const documents = [...others, ...pages, ...examples, ...templates];

/** Modules whose comments an editor shows while somebody writes a program. */
const functions = "provider/src/pulumi/dynamic/functions";
const sources = [
  ...["meetingRoom", "liveStreamingRoom", "roomSets", "provider"].map(
    (name) => `provider/src/pulumi/dynamic/${name}.ts`,
  ),
  ...["getMeetingRoom", "getLiveStreamingRoom", "getMeetingRooms"].map((name) => `${functions}/${name}.ts`),
];

describe("the words of the project", () => {
  it("are those of the field, in every document", () => {
    assert.ok(documents.length > 40);
    assert.deepEqual(
      documents.flatMap((path) => houseWordsIn(path, proseOf(textOf(path)))),
      [],
    );
  });

  it("are those of the field, in every hover text", () => {
    assert.deepEqual(
      sources.flatMap((path) => houseWordsIn(path, hoverTextsOf(textOf(path)))),
      [],
    );
  });

  it("are those of the field, in every description of the schema", () => {
    const descriptions = [...textOf("provider/schema.json").matchAll(/"description": "((?:[^"\\]|\\.)*)"/g)];
    assert.ok(descriptions.length > 100);
    assert.deepEqual(
      descriptions.flatMap(([, text = ""]) => houseWordsIn("provider/schema.json", text)),
      [],
    );
  });

  it("are those of the field, in the help of every command", () => {
    const texts = [undefined, ...COMMAND_NAMES].map((topic) => help({ command: "help", topic }));
    assert.deepEqual(
      texts.flatMap((text) => houseWordsIn("provider/src/cli/help.ts", text)),
      [],
    );
  });

  it("would be found out otherwise", () => {
    const found = houseWordsIn("a.md", "Rooms that were made by hand are taken over.");
    assert.deepEqual(found, [
      'a.md: "taken over", better: adopt',
      'a.md: "made by hand", better: created outside Pulumi',
    ]);
    assert.deepEqual(houseWordsIn("a.md", proseOf("The room `anew` was adopted.")), []);
  });
});

describe("hover texts", () => {
  it("separate their paragraphs, and lead to the reference", () => {
    for (const name of ["meetingRoom", "liveStreamingRoom"]) {
      const [, members = ""] = /Args \{\n([\s\S]*?)\n\}\n/.exec(textOf(`provider/src/pulumi/dynamic/${name}.ts`)) ?? [];
      const texts = [...members.matchAll(/\/\*\*\n([\s\S]*?)\*\//g)].map(([, text = ""]) => text);
      assert.ok(texts.length >= 8);
      for (const text of texts) {
        const paragraphs = text
          .replace(/^ *\* ?/gm, "")
          .trim()
          .split("\n\n");
        assert.match(paragraphs.at(-1) ?? "", /^(?:@\w+ .*\n?)*@see docs\/reference\/\S+$/);
        for (const paragraph of paragraphs.slice(0, -1)) assert.doesNotMatch(paragraph, /\n/);
      }
    }
  });

  it("say of an output what it is", () => {
    for (const name of ["meetingRoom", "liveStreamingRoom"]) {
      const outputs = textOf(`provider/src/pulumi/dynamic/${name}.ts`).matchAll(
        /\/\*\* (.*) \*\/\n +declare readonly/g,
      );
      for (const [, text = ""] of outputs) assert.match(text, /^(?!As )[A-Z].*\.$/);
    }
  });
});

function houseWordsIn(path: string, text: string): string[] {
  return HOUSE_WORDS.flatMap(([word, use]) => {
    const found = word.exec(text);
    return found ? [`${path}: "${found[0]}", better: ${use}`] : [];
  });
}

/** Without blocks of code, which hold commands and messages of others, and without code in a line. */
function proseOf(markdown: string): string {
  const measured = /<!-- measured: (\w+) -->[\s\S]*?<!-- end: \1 -->/g;
  return markdown
    .replace(measured, "")
    .replace(/^ *```[\s\S]*?^ *```$/gm, "")
    .replace(/`[^`\n]*`/g, "`code`")
    .replace(/\]\([^)]*\)/g, "]");
}

/** The comments of members, classes and functions that a program can use. */
function hoverTextsOf(source: string): string {
  return [...source.matchAll(/\/\*\*[\s\S]*?\*\/\n *(?:declare |readonly |export |static |constructor|\w+\??:)/g)]
    .map(([text]) => text)
    .join("\n");
}
