import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as faults from "../../provider/src/core/errors";
import * as initFailures from "../../provider/src/core/initFailures";
import { textsBelow } from "../support/texts";

/** Every class of error that a user can meet. */
const errors = { ...faults, ...initFailures };

const root = join(__dirname, "..", "..");
const page = readFileSync(join(root, "docs", "errors.md"), "utf8");

/** Files whose texts are no messages, with what they are. */
const OTHER_TEXTS: Readonly<Record<string, string>> = {
  "cli/help.ts": "help",
  "cli/identifiers.ts": "words of TypeScript",
  "cli/moduleText.ts": "a program",
  "core/meetingRoom.ts": "documentation, and ends of a message that is told by its beginning",
  "core/liveStreamingRoom.ts": "the same",
};

/** Texts that tell no trouble: what was done, what is there, a command to run, the frame or the middle of a message. */
const HARMLESS = [
  /^(pulumi|npx|cd …|# or,?|import …) /,
  /^… {3}# (if Pulumi says|the stream's|Pulumi 3)/,
  /^… answers; it has|^app …; the key is|^a secret of the stack$/,
  /^(Imported|Would import|Wrote|Read|Found the) …|^[Aa]dd to …:|^Next \(the same command|holds secret settings in clear/,
  /^The program has other changes|^The Metered app … has no meeting rooms|^\s*A room that is (gone|over) /,
  /^, a link to …$|^rooms are dynamic resources|^Bun has no dynamic providers, which/,
  /^, or Live Streaming is switched off for the app$|^\$1un the|^the same call may then|^then run the command again$/,
  /^…; it does not exist|^…\. The next run looks|^…; …\. Take it over|^by this package, in this stack/,
  /^[… ]+\(…\)…$|^Cannot …: …, …\. …$/,
];

const messages = textsBelow(join(root, "provider", "src"), 4, (file) => !Object.hasOwn(OTHER_TEXTS, file)).filter(
  ({ text }) => !HARMLESS.some((pattern) => pattern.test(text)),
);

/** The words by which an entry of the page is found: a quotation, or the first cell of a table. */
function wordsOf(text: string): string[] {
  return [...text.matchAll(/^(?:> (.+)|\| `([^`]+)` *\|.*)$/gm)].map(([, quoted, cell]) =>
    (quoted ?? cell ?? "").trim(),
  );
}

/** A few words may be anywhere: then they must be the whole message, but for what it is filled with. */
function isAbout(words: string, text: string): boolean {
  if (words.split(/[\s…]+/).filter(Boolean).length >= 4) return text.includes(words);
  const bare = (each: string) => each.replace(/^[\s….:,;]+|[\s….:,;]+$/g, "");
  return bare(words) === bare(text);
}

function withoutEntry(words: readonly string[]): string[] {
  return messages
    .filter(({ text }) => !words.some((each) => isAbout(each, text)))
    .map(({ file, text }) => `${file}: ${text}`);
}

describe("docs/errors.md", () => {
  it("has an entry for every message of the package, in its very words", () => {
    assert.deepEqual(withoutEntry(wordsOf(page)), []);
  });

  it("would be found out if an entry was missing", () => {
    const [entry = ""] = withoutEntry(wordsOf(page.replace("> Metered knows no app", "> Something else")));
    assert.match(entry, /core\/errors.ts: Cannot …: Metered knows no app "…"/);
  });

  it("has no entry for a message that is no more", () => {
    const all = textsBelow(join(root, "provider", "src"), 1, () => true);
    const stale = wordsOf(page).filter((words) => !all.some(({ text }) => text.includes(words)));
    assert.deepEqual(stale, []);
  });

  it("has a heading for every class of error", () => {
    const classes = Object.entries(errors).filter(
      ([, each]) => typeof each === "function" && Object.getPrototypeOf(each) !== Error,
    );
    assert.ok(classes.length >= 15);
    const missing = classes.map(([name]) => name).filter((name) => !page.includes(`\n### ${name}\n`));
    assert.deepEqual(missing, []);
  });

  it("says in each entry what it means or what to do", () => {
    assert.deepEqual(page.match(/^\|.*\| *\|$/gm) ?? [], []);
  });
});
