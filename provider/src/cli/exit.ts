/** How a command ends. Scripts rely on the numbers, so they never change; docs/import.md lists them. */
export const EXIT = {
  ok: 0,
  failed: 1,
  /** Usage error. */
  usage: 2,
  /** The preview after `import --apply` showed changes, so the import was rolled back. */
  changes: 3,
  /** `import --apply` imported nothing, because the program doesn't declare the rooms yet. */
  notDeclared: 4,
  /** Ctrl-C. */
  interrupted: 130,
} as const;

export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** A command can't go on: what is wrong, and what to do next. */
export class CommandError extends Error {
  constructor(
    message: string,
    readonly exit: Exit = EXIT.failed,
  ) {
    super(message);
  }
}

/** The command line can't be understood. */
export class UsageError extends CommandError {
  /** @param command whose help explains it; the overview's otherwise */
  constructor(message: string, command?: string) {
    const help = ["npx pulumi-metered", command, "--help"].filter(Boolean).join(" ");
    super(`${message} Run ${help} for usage.`, EXIT.usage);
  }
}

/** The user pressed Ctrl-C. */
export class Interrupted extends CommandError {
  constructor() {
    super("interrupted", EXIT.interrupted);
  }
}
