import { parseArgs } from "node:util";
import { UsageError } from "./exit";
import { COMMAND_NAMES, COMMANDS, type Command, type Flag, type Flags, OVERVIEW_FLAGS } from "./flags";
import { didYouMean } from "./suggest";

/** What all commands about an account take. */
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
  /** TURN projects and credentials. */
  readonly turn: readonly string[];
  readonly allTurn: boolean;
  /** The set that the rooms come into; without it, each becomes a resource of its own. */
  readonly set?: string | undefined;
  readonly provider?: string | undefined;
  readonly out?: string | undefined;
  readonly apply: boolean;
  readonly dryRun: boolean;
}

export interface ListArguments extends CommonArguments {
  readonly command: "list";
  readonly live: readonly string[];
  readonly provider?: string | undefined;
  readonly endpoint?: string | undefined;
}

export interface DoctorArguments extends CommonArguments {
  readonly command: "doctor";
  readonly endpoint?: string | undefined;
}

export interface ExplainArguments {
  readonly command: "explain";
  /** A class of errors; all of them, if absent. */
  readonly cause?: string | undefined;
}

export interface HelpArguments {
  readonly command: "help";
  /** The command that help is wanted for. */
  readonly topic?: Command | undefined;
}

interface VersionArguments {
  readonly command: "version";
}

export type Arguments =
  | ImportArguments
  | ListArguments
  | DoctorArguments
  | ExplainArguments
  | HelpArguments
  | VersionArguments;

/** @throws UsageError */
export function readArguments([first, ...rest]: readonly string[]): Arguments {
  if (first === undefined) return { command: "help" };
  if (first === "help") return { command: "help", topic: rest[0] === undefined ? undefined : commandCalled(rest[0]) };
  if (first === "version") return { command: "version" };
  if (first.startsWith("-")) return readOverview([first, ...rest]);
  const command = commandCalled(first);
  const given = parse(rest, COMMANDS[command], command);
  if (given.has("help")) return { command: "help", topic: command };
  if (given.has("version")) return { command: "version" };
  return READERS[command](given);
}

function commandCalled(text: string): Command {
  const command = COMMAND_NAMES.find((name) => name === text);
  if (command) return command;
  const hint = didYouMean(text, [...COMMAND_NAMES, "help", "version"]);
  throw new UsageError(`Unknown command ${JSON.stringify(text)}.${hint}`);
}

function readOverview(args: readonly string[]): Arguments {
  const given = parse(args, OVERVIEW_FLAGS, undefined);
  return { command: given.has("version") ? "version" : "help" };
}

const READERS: Readonly<Record<Command, (given: Given) => Arguments>> = {
  import: readImport,
  list: readList,
  doctor: readDoctor,
  explain: readExplain,
};

function readImport(given: Given): ImportArguments {
  const { names } = given;
  const [live, turn] = [given.list("live"), given.list("turn")];
  const [all, allTurn, liveFile] = [given.has("all"), given.has("all-turn"), given.text("live-file")];
  if (all && names.length > 0) {
    throw new UsageError("--all imports all meeting rooms: use either --all or names.", "import");
  }
  if (allTurn && turn.length > 0) {
    throw new UsageError(
      "--all-turn imports all TURN projects and credentials: use either --all-turn or --turn.",
      "import",
    );
  }
  const isNamed = [...names, ...live, ...turn].length > 0 || liveFile !== undefined;
  if (!all && !allTurn && !isNamed) {
    throw new UsageError(
      "Name the rooms to import, or use --all for all meeting rooms, or --turn or --all-turn for TURN.",
      "import",
    );
  }
  const set = given.text("set");
  if (set !== undefined && !all && names.length + live.length === 0 && liveFile === undefined) {
    throw new UsageError("--set is for rooms: name them, or use --all for all meeting rooms.", "import");
  }
  return {
    command: "import",
    names,
    all,
    live,
    liveFile,
    turn,
    allTurn,
    set,
    provider: given.text("provider"),
    out: given.text("out"),
    stack: given.text("stack"),
    apply: given.has("apply"),
    dryRun: given.has("dry-run"),
    json: given.has("json"),
  };
}

function readList(given: Given): ListArguments {
  refuseNames(given, "list");
  const [provider, stack, endpoint] = [given.text("provider"), given.text("stack"), given.text("endpoint")];
  return { command: "list", live: given.list("live"), provider, stack, endpoint, json: given.has("json") };
}

function readDoctor(given: Given): DoctorArguments {
  refuseNames(given, "doctor");
  return { command: "doctor", stack: given.text("stack"), endpoint: given.text("endpoint"), json: given.has("json") };
}

function readExplain({ names: [cause, ...more] }: Given): ExplainArguments {
  if (more[0] !== undefined) throw unexpected(more[0], "explain");
  return { command: "explain", cause };
}

function refuseNames({ names: [name] }: Given, command: Command): void {
  if (name !== undefined) throw unexpected(name, command);
}

function unexpected(argument: string, command: Command): UsageError {
  return new UsageError(`Unexpected argument ${JSON.stringify(argument)}.`, command);
}

/** What a command line holds behind the command. */
interface Given {
  /** What belongs to no flag. */
  readonly names: readonly string[];
  /** All words behind a flag that takes several, up to the next flag. */
  list(flag: string): readonly string[];
  has(flag: string): boolean;
  text(flag: string): string | undefined;
}

function parse(args: readonly string[], flags: Flags, command: Command | undefined): Given {
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, { type, short }]) => [name, optionOf(type, short)]),
  );
  const { tokens } = parseArgs({ args: [...args], options, allowPositionals: true, strict: false, tokens: true });
  const names: string[] = [];
  const lists = new Map<string, string[]>();
  const values = new Map<string, string | undefined>();
  let current = names;
  for (const token of tokens) {
    if (token.kind === "positional") {
      current.push(token.value);
      continue;
    }
    current = names;
    if (token.kind === "option-terminator") continue;
    const value = checkedValue(token, flags, command);
    values.set(token.name, value);
    if (!flags[token.name]?.isList || value === undefined) continue;
    current = lists.get(token.name) ?? [];
    lists.set(token.name, current);
    current.push(value);
  }
  return {
    names,
    list: (flag) => lists.get(flag) ?? [],
    has: (flag) => values.has(flag),
    text: (flag) => values.get(flag),
  };
}

function optionOf(type: Flag["type"], short: string | undefined) {
  return { type, ...(short === undefined ? {} : { short }) };
}

interface OptionToken {
  readonly name: string;
  /** As it was typed: `-s`, `--stack`. */
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

/** @throws UsageError for an unknown flag, and for a value that is missing or too much */
function checkedValue({ name, rawName, value, inlineValue }: OptionToken, flags: Flags, command: Command | undefined) {
  const flag = Object.hasOwn(flags, name) ? flags[name] : undefined;
  if (!flag) {
    const hint = didYouMean(
      rawName,
      Object.keys(flags).map((each) => `--${each}`),
    );
    throw new UsageError(`Unknown flag ${rawName}.${hint}`, command);
  }
  if (flag.type === "boolean") {
    if (value !== undefined) throw new UsageError(`${rawName} takes no value.`, command);
    return undefined;
  }
  // What looks like the next flag is a value only behind an equals sign.
  const isMissing = value === undefined || value === "" || (!inlineValue && value.startsWith("-"));
  if (isMissing) throw new UsageError(`${rawName} needs a value: ${rawName} ${flag.value}.`, command);
  return value;
}
