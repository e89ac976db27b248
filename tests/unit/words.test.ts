import assert from "node:assert/strict";
import type { ConfigurationProblem, Facts } from "../../provider/src/errors";
import { sayProblem } from "../../provider/src/pulumi/words/configuration";
import { sayError } from "../../provider/src/pulumi/words/errors";
import { sayNote, sayShortfalls } from "../../provider/src/pulumi/words/notes";
import type { Viewpoint } from "../../provider/src/pulumi/words/viewpoint";
import {
  ALL_FACTS,
  ALL_NOTES,
  DYNAMIC,
  FACTS,
  PROBLEMS,
  SHORTFALLS,
  standup,
  turn,
  VIEWPOINTS,
} from "../support/errorTexts";

/** Everything that can be said from one viewpoint. */
function everythingFrom(from: Viewpoint): string[] {
  return [
    ...ALL_FACTS.map((facts) => sayError(facts, from)),
    ...ALL_NOTES.map((note) => sayNote(note, from)),
    ...PROBLEMS.map((problem) => sayProblem(problem, from)),
    ...sayShortfalls(standup, SHORTFALLS),
  ];
}

function titleOf({ face, account, resource }: Viewpoint): string {
  return `${face}, ${account.kind}${"urn" in account ? " with URN" : ""}${resource ? "" : ", resource unknown"}`;
}

const EU: Viewpoint["account"] = { kind: "provider", name: "eu" };
const EU_URN = "urn:pulumi:dev::shop::pulumi:providers:metered::eu";

/** Sentences that are about no object: nothing was called, or nothing was reached. */
function isAboutNothing(facts: Facts): boolean {
  return (
    facts.cause === "InvalidConfiguration" ||
    facts.subject === undefined ||
    (facts.cause === "NoConnection" && !facts.mayHaveHappened)
  );
}

/** The left column of the project's word list, with what else is German under English words. */
const NOT_OUR_WORDS = [
  ...["anew", "made name", "auto-named", "take over", "took over", "taken over", "takes over", "in clear", "made by"],
  ...["left behind", "mints", "strikes", "spoils", "the same.", "that is so", "of which", "beside", "behind it"],
  ...["somebody", "nobody", "declare ", "taken out of", "reply", "replies", "answered", " tries", "after one try"],
  ...["BadKey", "BadConfiguration", "PerhapsTaken", "CannotTell", "UnreadableReply", "undefined", "[object", "NaN"],
];

describe("words for errors", () => {
  for (const from of VIEWPOINTS) {
    describe(titleOf(from), () => {
      it("name the object, the app and the class, and say whether anything changed", () => {
        for (const facts of ALL_FACTS) {
          const text = sayError(facts, from);
          assert.ok(text.endsWith(`[${facts.cause}]`), text);
          if (facts.cause !== "InvalidConfiguration" && facts.cause !== "NoConnection") {
            assert.ok(text.includes(JSON.stringify(facts.app)), text);
          }
          if (!isAboutNothing(facts) && "subject" in facts) assert.ok(text.includes(`"${facts.subject?.name}"`), text);
          assert.match(
            text,
            /(Nothing was|was not) changed\.|may have been (created|updated|deleted)\.|was already deleted to release its name/,
          );
        }
      });

      it("say of a create which rooms were deleted for it, and then not that nothing was changed", () => {
        for (const facts of ALL_FACTS) {
          if (!("action" in facts) || facts.action !== "create" || facts.cause === "PossiblyCreated") continue;
          const told = sayError({ ...facts, released: ["one", "two"] }, from);
          const sentence = 'Rooms "one" and "two" were already deleted to release their names: if you undo the change';
          assert.ok(told.includes(sentence), told);
          assert.ok(!told.includes("Nothing was changed"), told);
          assert.match(
            sayError({ ...facts, released: ["one"] }, from),
            /Room "one" was already deleted to release its name:/,
          );
        }
      });

      it("put the class in the last line, and every way out in a line of its own", () => {
        for (const facts of ALL_FACTS) {
          const [first = "", ...rest] = sayError(facts, from).split("\n");
          if (rest.length === 0) continue;
          assert.ok(!first.includes("["), first);
          assert.equal(rest.pop(), `  [${facts.cause}]`);
          for (const line of rest)
            assert.match(line, facts.cause === "InvalidConfiguration" ? /^ {2}\S/ : /^ {2}[^:]+: {2}\S/);
          assert.ok(rest.length >= 2, "one way out belongs into the first line");
        }
      });

      it("offer no way out that works elsewhere only", () => {
        for (const text of everythingFrom(from)) {
          assert.ok(!text.includes("pulumi destroy"), text);
          if (from.face === "plugin") assert.ok(!text.includes("npx"), text);
          else assert.ok(!text.includes("pulumi import"), text);
          if (from.account.kind !== "provider") continue;
          assert.ok(
            !text.includes("pulumi config") || text === sayProblem({ problem: "key in plaintext" }, from),
            text,
          );
          assert.ok(
            !/metered:(?!index|:)[a-z]/i.test(text.replaceAll("metered:secretKey", "").replaceAll(EU_URN, "")),
            text,
          );
        }
      });

      it("keep out the words that readers don't use", () => {
        for (const text of everythingFrom(from)) {
          for (const word of NOT_OUR_WORDS) assert.ok(!text.includes(word), `${word}: ${text}`);
        }
      });

      it("have no semicolons, no doubled marks and no empty brackets", () => {
        for (const text of everythingFrom(from)) assert.doesNotMatch(text, /;|\.\.|,,| {2}$|\(\)|: \.| ,/m);
      });
    });
  }
});

describe("the three sentences that are models for all", () => {
  it("NameTaken", () => {
    const lobby = { ...FACTS.NameTaken[0], subject: { ...standup, name: "lobby" } } as Facts;
    assert.equal(
      sayError(lobby, DYNAMIC),
      [
        'Can\'t create meeting room "lobby": app "demo" already has a room with that name (created 2026-11-27 03:55 UTC). It was not changed.',
        "  Import it as it is:  npx pulumi-metered import lobby",
        "  Adopt it and apply this program's inputs:  set metered:adoptExisting to true for one pulumi up",
        "  Keep both:  choose another roomName",
        "  If Pulumi was told to replace that room (--replace, taint):  set the resource option deleteBeforeReplace: true",
        "  If an interrupted update of this stack created it:  set metered:adoptExisting to true for one pulumi up, then run pulumi refresh --clear-pending-creates",
        "  [NameTaken]",
      ].join("\n"),
    );
  });

  it("AppChanged", () => {
    assert.equal(
      sayError({ cause: "AppChanged", owner: "demo", action: "update", subject: standup, app: "other" }, DYNAMIC),
      [
        'Meeting room "standup" belongs to Metered app "demo", but this stack is now configured for app "other". Nothing was changed. Rooms can\'t be moved between apps.',
        "  Keep managing the existing rooms:  pulumi config set metered:appName demo, and restore its secret key",
        '  Create rooms in "other":  use a separate stack',
        "  Give up the old rooms:  switch back, run pulumi up, remove them from the program, run pulumi up again, then switch",
        "  [AppChanged]",
      ].join("\n"),
    );
  });

  it("NoConnection", () => {
    const [facts] = FACTS.NoConnection;
    assert.ok(facts);
    assert.equal(
      sayError(facts, DYNAMIC),
      "Can't reach Metered at 127.0.0.1:9: connection refused (18 attempts in 120 s). Nothing was changed. " +
        "Check metered:endpoint, your network, VPN or firewall, then run pulumi up again. [NoConnection]",
    );
  });
});

describe("words for a configuration", () => {
  const secret = "sk_9f8e7d6c5b4a39281706f5e4d3c2b1a0";

  it("never quote what may be a secret", () => {
    const pasted: readonly ConfigurationProblem[] = [
      { problem: "endpoint", flaw: "scheme", given: `${secret}:` },
      { problem: "endpoint", flaw: "login", given: `https://user:${secret}@host` },
      { problem: "endpoint", flaw: "no URL", given: secret },
      { problem: "endpoint", flaw: "plain http", given: `http://${secret}` },
      { problem: "app name", meant: undefined },
    ];
    for (const from of VIEWPOINTS) {
      const text = sayError({ cause: "InvalidConfiguration", problems: pasted }, from);
      assert.ok(!text.includes(secret), text);
    }
  });

  it("give each problem a line of its own", () => {
    const text = sayError({ cause: "InvalidConfiguration", problems: PROBLEMS }, DYNAMIC);
    assert.equal(text.split("\n").length, PROBLEMS.length + 2);
  });

  it("say how each input is set where it comes from", () => {
    const missing: ConfigurationProblem = { problem: "missing", key: "secretKey" };
    assert.match(
      sayProblem(missing, DYNAMIC),
      /pulumi config set --secret metered:secretKey, or set METERED_SECRET_KEY/,
    );
    assert.match(
      sayProblem(missing, { face: "plugin", account: { kind: "environment" } }),
      /: set METERED_SECRET_KEY\./,
    );
    assert.equal(
      sayProblem(missing, { face: "plugin", account: EU }),
      'metered.Provider "eu" has no secretKey: set both appName and secretKey.',
    );
  });
});

describe("reasons of an init failure", () => {
  it("say that the room is kept, what differs, and what to do", () => {
    assert.deepEqual(sayShortfalls(standup, SHORTFALLS), [
      'Meeting room "standup" exists and is kept in the state, but differs from the program:',
      "maxParticipants is 10 on Metered, although 12 was sent.",
      "expireUnixSec is no longer set on Metered, which didn't keep it during the update. Set it to a new value.",
      "Change the program to what Metered allows, or run pulumi up to try again. [NotAsDeclared]",
    ]);
  });

  it("say that a credential whose ICE servers are missing is completed, not that the program has to change", () => {
    assert.deepEqual(sayShortfalls(turn, [{ shortfall: "no ICE servers", problem: "Metered failed with HTTP 502" }]), [
      `TURN credential "app" exists and is kept in the state, but isn't complete:`,
      "iceServers couldn't be read: Metered failed with HTTP 502.",
      "Run pulumi up, which completes it. [NotAsDeclared]",
    ]);
  });
});
