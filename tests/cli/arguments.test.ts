import assert from "node:assert/strict";
import { readArguments } from "../../provider/src/cli/arguments";
import { UsageError } from "../../provider/src/cli/exit";
import { COMMAND_NAMES } from "../../provider/src/cli/flags";

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
      "--",
      "-odd-",
    );
    assert.deepEqual(names, ["standup", "retro", "-odd-"]);
    assert.deepEqual(live, ["town-hall", "keynote", "all-hands", "qa"]);
  });

  it("has every flag that its help names", () => {
    assert.deepEqual(
      importOf(
        "--all",
        "--live-file",
        "f",
        "--provider",
        "eu",
        "--out",
        "d",
        "--turn",
        "calls",
        "web",
        "--set",
        "courses",
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
        turn: ["calls", "web"],
        allTurn: false,
        set: "courses",
        provider: "eu",
        out: "d",
        apply: true,
        dryRun: true,
        json: true,
        stack: "prod",
      },
    );
    assert.deepEqual(
      readArguments(["list", "--live", "a", "b", "--provider", "eu", "--stack=prod", "--endpoint", "u"]),
      {
        command: "list",
        live: ["a", "b"],
        provider: "eu",
        stack: "prod",
        endpoint: "u",
        json: false,
      },
    );
    const doctor = { command: "doctor", stack: undefined, endpoint: undefined, json: true };
    assert.deepEqual(readArguments(["doctor", "--json"]), doctor);
    assert.deepEqual(readArguments(["explain", "NameTaken"]), { command: "explain", cause: "NameTaken" });
  });

  it("gives help where it is asked for, and where nothing is", () => {
    for (const args of [[], ["--help"], ["-h"], ["help"]]) {
      assert.deepEqual(
        { topic: undefined, ...readArguments(args) },
        { command: "help", topic: undefined },
        args.join(),
      );
    }
    for (const topic of COMMAND_NAMES) {
      for (const args of [
        [topic, "-h"],
        [topic, "--help"],
        [topic, "--help", "x"],
        ["help", topic],
      ]) {
        assert.deepEqual(readArguments(args), { command: "help", topic }, args.join(" "));
      }
    }
  });

  it("tells its version where it is asked for it", () => {
    for (const args of [["--version"], ["-v"], ["version"], ...COMMAND_NAMES.map((name) => [name, "--version"])]) {
      assert.deepEqual(readArguments(args), { command: "version" }, args.join(" "));
    }
  });

  it("says in a sentence of its own what it can't understand, and what was meant", () => {
    const wrong: [string[], RegExp][] = [
      [["imprt"], /^Unknown command "imprt"\. Did you mean import\? Run npx pulumi-metered --help for usage\.$/],
      [["docter", "--json"], /Did you mean doctor\?/],
      [["verison"], /Did you mean version\?/],
      [["frobnicate"], /^Unknown command "frobnicate"\. Run npx pulumi-metered --help for usage\.$/],
      [["help", "lst"], /^Unknown command "lst"\. Did you mean list\?/],
      [["--versoin"], /^Unknown flag --versoin\. Did you mean --version\?/],
      [["import"], /^Name the rooms to import, or use --all/],
      [["import", "--all", "standup"], /^--all imports all meeting rooms: use either --all or names\./],
      [["import", "--aply", "x"], /^Unknown flag --aply\. Did you mean --apply\? Run npx pulumi-metered import --help/],
      [["import", "--al"], /^Unknown flag --al\. Did you mean --all\?/],
      [["import", "x", "--no-json"], /^Unknown flag --no-json\./],
      [["import", "x", "-q"], /^Unknown flag -q\./],
      [["import", "--live"], /^--live needs a value: --live NAME \.\.\.\./],
      [["import", "x", "--out"], /^--out needs a value: --out DIR\./],
      [["import", "x", "--out", "--json"], /^--out needs a value: --out DIR\./],
      [["import", "x", "--out="], /^--out needs a value/],
      [["import", "x", "-s"], /^-s needs a value: -s NAME\./],
      [["import", "x", "--json=yes"], /^--json takes no value\./],
      [["list", "standup"], /^Unexpected argument "standup"\. Run npx pulumi-metered list --help for usage\.$/],
      [["doctor", "me"], /^Unexpected argument "me"\./],
      [["explain", "NameTaken", "too"], /^Unexpected argument "too"\./],
      [["list", "--constructor"], /^Unknown flag --constructor\./],
    ];
    for (const [args, message] of wrong) {
      assert.throws(
        () => readArguments(args),
        (error) => {
          assert.ok(error instanceof UsageError, args.join(" "));
          assert.match(error.message, message);
          return !error.message.includes("\n");
        },
      );
    }
  });
});
