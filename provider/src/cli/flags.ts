/** Every command with its flags: what can be parsed, and what help says of it. */
export interface Flag {
  readonly type: "string" | "boolean";
  readonly short?: string;
  /** Takes every word up to the next flag. */
  readonly isList?: true;
  /** What stands for its value in help: `NAME`. */
  readonly value?: string;
  readonly doc: string;
}

export type Flags = Readonly<Record<string, Flag>>;

const EVERYWHERE: Flags = {
  help: { type: "boolean", short: "h", doc: "Show this help" },
  version: { type: "boolean", short: "v", doc: "Show the version of pulumi-metered" },
};

const JSON_FLAG: Flags = { json: { type: "boolean", doc: "Print the result as JSON" } };

const STACK: Flags = {
  stack: { type: "string", short: "s", value: "NAME", doc: "Use this stack instead of the current one" },
};

const ENDPOINT: Flags = {
  endpoint: {
    type: "string",
    value: "URL",
    doc: "Outside a Pulumi project: the server to call (or set METERED_ENDPOINT)",
  },
};

const PROVIDER: Flags = {
  provider: {
    type: "string",
    value: "NAME",
    doc: "Use the account of this metered.Provider in the stack (name or URN)",
  },
};

const live = (what: string): Flags => ({
  live: {
    type: "string",
    isList: true,
    value: "NAME ...",
    doc: `Live-streaming rooms to ${what} (Metered has no list of them)`,
  },
});

export const COMMANDS = {
  import: {
    all: { type: "boolean", doc: "Import all meeting rooms, except archived ones and those in the stack" },
    ...live("import"),
    "live-file": {
      type: "string",
      value: "FILE",
      doc: "Read names of live-streaming rooms from a file, one per line; # starts a comment",
    },
    turn: {
      type: "string",
      isList: true,
      value: "NAME ...",
      doc: "TURN projects and credentials to import, by name, label or id",
    },
    "all-turn": { type: "boolean", doc: "Import all TURN projects and credentials, except those in the stack" },
    set: {
      type: "string",
      value: "NAME",
      doc: "Import the rooms as one set of this name, instead of one resource each",
    },
    ...PROVIDER,
    out: { type: "string", value: "DIR", doc: "Write the files to this folder (default: the program's)" },
    apply: {
      type: "boolean",
      doc: "Also run the import, and check with a preview that nothing changes (Pulumi 3.254 or newer)",
    },
    "dry-run": { type: "boolean", doc: "Show what would be imported, and write nothing" },
    ...JSON_FLAG,
    ...STACK,
    ...EVERYWHERE,
  },
  list: { ...live("list"), ...PROVIDER, ...JSON_FLAG, ...STACK, ...ENDPOINT, ...EVERYWHERE },
  doctor: { ...JSON_FLAG, ...STACK, ...ENDPOINT, ...EVERYWHERE },
  explain: EVERYWHERE,
} as const satisfies Readonly<Record<string, Flags>>;

export type Command = keyof typeof COMMANDS;

export const COMMAND_NAMES = Object.keys(COMMANDS) as Command[];

/** The flags of `pulumi-metered` itself. */
export const OVERVIEW_FLAGS: Flags = EVERYWHERE;
