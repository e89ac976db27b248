import type { HelpArguments } from "./arguments";
import { EXIT } from "./exit";

const EXIT_CODES = `Exit codes:
  ${EXIT.ok}    done
  ${EXIT.failed}    it failed; the message says what to do
  ${EXIT.usage}    the command line makes no sense
  ${EXIT.changes}    the preview after import --apply was not without changes; everything was taken back
  ${EXIT.notDeclared}    import --apply imported nothing, because the program does not declare the rooms yet
  ${EXIT.interrupted}  interrupted; everything was taken back`;

const ACCOUNT = `The app and its key are those of the current stack's configuration, read through the command pulumi;
METERED_APP_NAME and METERED_SECRET_KEY take the place of what is not configured.`;

const HELP = {
  overview: `Brings rooms that exist on Metered into a Pulumi stack, lists them, and finds out what is wrong.

Usage:
  pulumi-metered import [NAME …] [options]   rooms into a stack, without a change on Metered
  pulumi-metered list [options]              rooms of the app, in the stack or not
  pulumi-metered doctor [options]            checks Pulumi, the package, the configuration and the account

  pulumi-metered COMMAND --help              options and examples

${EXIT_CODES}`,

  import: `Brings rooms that exist on Metered into a Pulumi stack. Nothing on Metered is ever changed.

Usage: pulumi-metered import [NAME …] [options]

  NAME …              meeting rooms
  --all               all meeting rooms of the app, except archived ones and those in the stack
  --live NAME …       live-streaming rooms (Metered has no list of them)
  --live-file FILE    more of them, one name a line; # begins a comment
  --provider NAME     the account of a metered.Provider in the stack (its name or URN)
  --out DIR           where to write; default: the program's folder
  --apply             imports the rooms too, and proves by a preview that nothing changes (Pulumi 3.254 or newer)
  --dry-run           shows what would be done, writes nothing
  --json              the report as JSON on standard output
  --stack, -s NAME    another stack than the current one

It writes rooms.ts, which declares the rooms, and rooms.import.json for pulumi import. With --apply the latter is used
at once and deleted; where the program does not load rooms.ts yet, it says which line is missing and imports nothing.
${ACCOUNT}

Examples:
  npx pulumi-metered import standup retro           # two rooms, as files to look at
  npx pulumi-metered import --all --dry-run         # what would become of all meeting rooms
  npx pulumi-metered import --all --apply           # all meeting rooms into the stack
  npx pulumi-metered import --live town-hall        # a live-streaming room
  npx pulumi-metered import --all --provider eu --out eu

${EXIT_CODES}`,

  list: `Lists the meeting rooms of a Metered app, and live-streaming rooms that are in the stack or named.

Usage: pulumi-metered list [options]

  --live NAME …       live-streaming rooms (Metered has no list of them)
  --provider NAME     the account of a metered.Provider in the stack (its name or URN)
  --json              as JSON on standard output
  --stack, -s NAME    another stack than the current one

${ACCOUNT}
Outside of a Pulumi project it works with these alone, and does not say what is in a stack.

Examples:
  npx pulumi-metered list
  npx pulumi-metered list --live town-hall --json

${EXIT_CODES}`,

  doctor: `Checks what a Metered room needs in order to be managed by Pulumi, and says what to do about the rest:
versions, the package's place in node_modules, configuration, account, and what interrupted runs have left behind.

Usage: pulumi-metered doctor [options]

  --json              as JSON on standard output
  --stack, -s NAME    another stack than the current one

It makes one call to Metered, which changes nothing. Warnings do not count as failure.

Examples:
  npx pulumi-metered doctor

${EXIT_CODES}`,
} as const;

export function help({ topic }: HelpArguments): string {
  return HELP[topic ?? "overview"];
}
