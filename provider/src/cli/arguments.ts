import { parseArgs } from "node:util";
import { UsageError } from "./exit";

/** What all commands take. */
interface CommonArguments {
  readonly stack?: string | undefined;
  readonly json: boolean;
}

export interface ImportArguments extends CommonArguments {
  readonly command: "import";
  /** Meeting rooms. */
  readonly names: readonly string[];
  readonly all: boolean;
  readonly live: readonly string[];
  readonly liveFile?: string | undefined;
  readonly provider?: string | undefined;
  readonly out?: string | undefined;
  readonly apply: boolean;
  readonly dryRun: boolean;
}

export interface ListArguments extends CommonArguments {
  readonly command: "list";
  readonly live: readonly string[];
  readonly provider?: string | undefined;
}

export interface DoctorArguments extends CommonArguments {
  readonly command: "doctor";
}

export interface HelpArguments {
  readonly command: "help";
  /** The command that help is wanted for. */
  readonly topic?: "import" | "list" | "doctor" | undefined;
}

export type Arguments = ImportArguments | ListArguments | DoctorArguments | HelpArguments;

const COMMON = {
  stack: { type: "string", short: "s" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;
const ACCOUNT = { ...COMMON, live: { type: "string", multiple: true }, provider: { type: "string" } } as const;

const OPTIONS = {
  import: {
    ...ACCOUNT,
    all: { type: "boolean" },
    "live-file": { type: "string" },
    out: { type: "string" },
    apply: { type: "boolean" },
    "dry-run": { type: "boolean" },
  },
  list: ACCOUNT,
  doctor: COMMON,
} as const;

/** @throws UsageError */
export function readArguments([command, ...rest]: readonly string[]): Arguments {
  switch (command) {
    case "import":
      return readImport(rest);
    case "list":
      return readList(rest);
    case "doctor":
      return readDoctor(rest);
    case "help":
      return { command: "help", topic: topicOf(rest[0]) };
    case "--help":
    case "-h":
      return { command: "help" };
    case undefined:
      throw new UsageError("Which command? import, list or doctor.");
    default:
      throw new UsageError(`There is no command ${JSON.stringify(command)}: the commands are import, list and doctor.`);
  }
}

function topicOf(text: string | undefined): HelpArguments["topic"] {
  return (["import", "list", "doctor"] as const).find((topic) => topic === text);
}

function readImport(args: readonly string[]): ImportArguments | HelpArguments {
  const { values, positionals, live } = parse(args, "import");
  if (values.help) return { command: "help", topic: "import" };
  const { all = false, apply = false, json = false, provider, out, stack } = values;
  const liveFile = values["live-file"];
  if (all && positionals.length > 0) {
    throw new UsageError("--all takes all meeting rooms: leave out either --all or the names.");
  }
  if (!all && positionals.length === 0 && live.length === 0 && liveFile === undefined) {
    throw new UsageError("Which rooms? Name them, or --all meeting rooms, or --live rooms by their names.");
  }
  const dryRun = values["dry-run"] ?? false;
  return { command: "import", names: positionals, all, live, liveFile, provider, out, stack, apply, dryRun, json };
}

function readList(args: readonly string[]): ListArguments | HelpArguments {
  const { values, positionals, live } = parse(args, "list");
  if (values.help) return { command: "help", topic: "list" };
  refusePositionals(positionals);
  const { json = false, provider, stack } = values;
  return { command: "list", live, provider, stack, json };
}

function readDoctor(args: readonly string[]): DoctorArguments | HelpArguments {
  const { values, positionals } = parse(args, "doctor");
  if (values.help) return { command: "help", topic: "doctor" };
  refusePositionals(positionals);
  const { json = false, stack } = values;
  return { command: "doctor", stack, json };
}

function refusePositionals([first]: readonly string[]): void {
  if (first !== undefined) throw new UsageError(`What is ${JSON.stringify(first)}? This command takes options only.`);
}

/** All names behind `--live`, up to the next option, are live-streaming rooms. */
function parse<C extends keyof typeof OPTIONS>(args: readonly string[], command: C) {
  const { values, tokens } = parsed(args, command);
  const [positionals, live]: [string[], string[]] = [[], []];
  let isLive = false;
  for (const token of tokens) {
    if (token.kind === "positional") (isLive ? live : positionals).push(token.value);
    else isLive = token.kind === "option" && token.name === "live";
    if (token.kind === "option" && token.name === "live" && token.value !== undefined) live.push(token.value);
  }
  return { values, positionals, live };
}

function parsed<C extends keyof typeof OPTIONS>(args: readonly string[], command: C) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS[command], allowPositionals: true, tokens: true });
  } catch (error) {
    // Node's first sentence says what is wrong; what follows is advice for other programs.
    throw new UsageError(`${(error as Error).message.split(/\.\s/, 1)[0]}.`);
  }
}
