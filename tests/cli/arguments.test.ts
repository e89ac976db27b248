import assert from "node:assert/strict";
import { readArguments } from "../../provider/src/cli/arguments";
import { UsageError } from "../../provider/src/cli/exit";

const importOf = (...args: string[]) => {
  const parsed = readArguments(["import", ...args]);
  assert.ok(parsed.command === "import");
  return parsed;
};

describe("the command line", () => {
  it("takes names for meeting rooms, and those behind --live for live-streaming rooms", () => {
    const { names, live } = importOf(
      "standup",
      "--live",
      "town-hall",
      "keynote",
      "--json",
      "retro",
      "--live=all-hands",
      "qa",
    );
    assert.deepEqual(names, ["standup", "retro"]);
    assert.deepEqual(live, ["town-hall", "keynote", "all-hands", "qa"]);
  });

  it("has every option that its help names", () => {
    assert.deepEqual(
      importOf(
        "--all",
        "--live-file",
        "f",
        "--provider",
        "eu",
        "--out",
        "d",
        "--apply",
        "--dry-run",
        "--json",
        "-s",
        "prod",
      ),
      {
        command: "import",
        names: [],
        all: true,
        live: [],
        liveFile: "f",
        provider: "eu",
        out: "d",
        apply: true,
        dryRun: true,
        json: true,
        stack: "prod",
      },
    );
    assert.deepEqual(readArguments(["list", "--live", "a", "b", "--provider", "eu", "--stack", "prod"]), {
      command: "list",
      live: ["a", "b"],
      provider: "eu",
      stack: "prod",
      json: false,
    });
    assert.deepEqual(readArguments(["doctor", "--json"]), { command: "doctor", stack: undefined, json: true });
  });

  it("gives help where it is asked for", () => {
    assert.deepEqual(readArguments(["--help"]), { command: "help" });
    assert.deepEqual(readArguments(["help", "list"]), { command: "help", topic: "list" });
    for (const topic of ["import", "list", "doctor"])
      assert.deepEqual(readArguments([topic, "-h"]), { command: "help", topic });
  });

  it("says in a sentence what makes no sense", () => {
    const wrong: [string[], RegExp][] = [
      [[], /^Which command\? import, list or doctor\.$/],
      [["imprt"], /^There is no command "imprt"/],
      [["import"], /^Which rooms\?/],
      [["import", "--all", "standup"], /leave out either --all or the names/],
      [["import", "--aply", "x"], /^Unknown option '--aply'/],
      [["import", "--live"], /--live/],
      [["import", "x", "--out"], /--out/],
      [["list", "standup"], /^What is "standup"\?/],
      [["doctor", "me"], /^What is "me"\?/],
    ];
    for (const [args, message] of wrong) {
      assert.throws(
        () => readArguments(args),
        (error) => error instanceof UsageError && message.test(error.message) && !error.message.includes("\n"),
        args.join(" "),
      );
    }
  });
});
