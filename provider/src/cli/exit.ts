/** How a command ends. Scripts rely on the numbers, so they never change; docs/import.md lists them. */
export const EXIT = {
  ok: 0,
  failed: 1,
  /** The command line makes no sense. */
  usage: 2,
  /** The preview after `import --apply` was not without changes; everything was taken back. */
  changes: 3,
  /** `import --apply` imported nothing, because the program does not declare the rooms yet. */
  notDeclared: 4,
  /** Ctrl-C. */
  interrupted: 130,
} as const;

export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** A command cannot go on: what is wrong, and what to do next. */
export class CommandError extends Error {
  constructor(
    message: string,
    readonly exit: Exit = EXIT.failed,
  ) {
    super(message);
  }
}

/** The command line makes no sense. */
export class UsageError extends CommandError {
  constructor(message: string) {
    super(message, EXIT.usage);
  }
}

/** Somebody pressed Ctrl-C. */
export class Interrupted extends CommandError {
  constructor() {
    super("interrupted", EXIT.interrupted);
  }
}
