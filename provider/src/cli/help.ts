import type { HelpArguments } from "./arguments";
import { EXIT, type Exit } from "./exit";
import { COMMANDS, type Command, type Flags, OVERVIEW_FLAGS } from "./flags";

const MEANINGS: Readonly<Record<Exit, string>> = {
  [EXIT.ok]: "success",
  [EXIT.failed]: "failure; the message says what to do",
  [EXIT.usage]: "usage error",
  [EXIT.changes]: "the preview after import --apply showed changes; the import was rolled back",
  [EXIT.notDeclared]: "import --apply imported nothing: the program doesn't define the rooms yet",
  [EXIT.interrupted]: "interrupted; everything was rolled back",
};

const ACCOUNT = `The app and its secret key come from the stack's configuration, which is read with the pulumi command.
Otherwise METERED_APP_NAME and METERED_SECRET_KEY are used.`;

interface Help {
  readonly summary: string;
  readonly usage: string;
  readonly more?: string;
  readonly examples: readonly (readonly [command: string, comment?: string])[];
  readonly exits: readonly Exit[];
}

const HELP: Readonly<Record<Command, Help>> = {
  import: {
    summary: "Import existing rooms, TURN projects and credentials into a Pulumi stack. Nothing is changed on Metered.",
    usage: "pulumi-metered import [NAME ...] [flags]",
    more: `Each NAME is a meeting room. The command writes a module that defines the rooms (rooms.ts, or rooms.js in a
JavaScript project) and rooms.import.json for pulumi import. With --apply, it runs the import and deletes that file.
If the program doesn't load the module yet, it says which line to add, and imports nothing.
With --set, the rooms become one MeetingRoomSet (or LiveStreamingRoomSet), each under its name as the key.
--turn takes the names, labels and ids that list shows. Access tokens can't be imported, because Metered doesn't
store them.
In projects that use the plugin (Python, Go, YAML and others), it prints the pulumi import command to run.

${ACCOUNT}`,
    examples: [
      ["import standup retro", "two rooms, as files to review"],
      ["import --all --dry-run", "what would be imported"],
      ["import --all --apply", "all meeting rooms, into the stack"],
      ["import --all --set courses", "all meeting rooms, as one MeetingRoomSet"],
      ["import --live town-hall", "a live-streaming room"],
      ["import --turn calls web", "a TURN project, and the credential with the label web"],
      ["import --all --provider eu --out eu", "the rooms of another account"],
    ],
    exits: [EXIT.ok, EXIT.failed, EXIT.usage, EXIT.changes, EXIT.notDeclared, EXIT.interrupted],
  },
  list: {
    summary:
      "List the meeting rooms, TURN projects and TURN credentials of a Metered app, whether or not they are in the stack.",
    usage: "pulumi-metered list [flags]",
    more: `Live-streaming rooms are listed only if you name them or they are in the stack, and access tokens only if they are
in the stack.

${ACCOUNT}
Outside a Pulumi project, only these variables are used, and the list doesn't say what is in a stack.`,
    examples: [["list"], ["list --live town-hall --json"], ["list --provider eu"]],
    exits: [EXIT.ok, EXIT.failed, EXIT.usage],
  },
  doctor: {
    summary: "Check everything that the stack's rooms, TURN credentials and access tokens need, and say how to fix it.",
    usage: "pulumi-metered doctor [flags]",
    more: `It checks versions, the installed package or plugin, the configuration and the account, and finds rooms that an
interrupted update orphaned, and credentials and tokens that are due for rotation or have expired. It only reads from
Metered. Warnings don't count as failures.`,
    examples: [["doctor"], ["doctor --stack prod"]],
    exits: [EXIT.ok, EXIT.failed, EXIT.usage],
  },
  explain: {
    summary: "Explain an error class, such as NameTaken: what it means, why it happens, and how to fix it.",
    usage: "pulumi-metered explain [CLASS]",
    more: `The class is the word in brackets at the end of an error. Without a class, the command lists all of them. What a preview
finds wrong with an input or with the configuration has none: its message says what to do.`,
    examples: [["explain NameTaken"], ["explain"]],
    exits: [EXIT.ok, EXIT.usage],
  },
};

export function help({ topic }: HelpArguments): string {
  return topic === undefined ? overview() : commandHelp(topic);
}

function overview(): string {
  return `Import, list, and troubleshoot Metered rooms and TURN credentials in a Pulumi stack.

Usage:
  pulumi-metered COMMAND [flags]

Commands:
  import    Import existing rooms, TURN projects and TURN credentials into a stack
  list      List the rooms and TURN credentials of an app
  doctor    Check Pulumi, the package, the configuration and the account
  explain   Explain an error class

Flags:
${flagLines(OVERVIEW_FLAGS)}

Run npx pulumi-metered COMMAND --help for the flags and examples of a command.`;
}

function commandHelp(command: Command): string {
  const { summary, usage, more, examples, exits } = HELP[command];
  const commands = examples.map(([line]) => `npx pulumi-metered ${line}`);
  const width = Math.max(...commands.map((line) => line.length));
  const lines = examples.map(([, comment], i) => {
    const line = commands[i] ?? "";
    return comment === undefined ? line : `${line.padEnd(width)}   # ${comment}`;
  });
  return [
    summary,
    `Usage:\n  ${usage}`,
    more,
    `Flags:\n${flagLines(COMMANDS[command])}`,
    `Examples:\n${lines.map((line) => `  ${line}`).join("\n")}`,
    `Exit codes:\n${exits.map((exit) => `  ${String(exit).padEnd(3)}  ${MEANINGS[exit]}`).join("\n")}`,
  ]
    .filter((part) => part !== undefined)
    .join("\n\n");
}

function flagLines(flags: Flags): string {
  const heads = Object.entries(flags).map(([name, { short, value }]) => {
    const long = value === undefined ? `--${name}` : `--${name} ${value}`;
    return short === undefined ? `    ${long}` : `-${short}, ${long}`;
  });
  const width = Math.max(...heads.map((head) => head.length));
  return Object.values(flags)
    .map(({ doc }, i) => `  ${heads[i]?.padEnd(width)}   ${doc}`)
    .join("\n");
}
