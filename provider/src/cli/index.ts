import { once } from "node:events";
import { join } from "node:path";
import { escapedLines } from "../schema/escaped";
import { type Arguments, readArguments } from "./arguments";
import { doctorCommand } from "./doctor";
import { CommandError, EXIT, type Exit, Interrupted } from "./exit";
import { explainCommand } from "./explain";
import { help } from "./help";
import { importCommand } from "./import";
import { listCommand } from "./list";
import { isSystemError, sayProblem } from "./problems";
import { packageIn } from "./project";
import { processTerminal, type Terminal } from "./terminal";
import { Transaction } from "./transaction";

/** Runs the command line of this process, and ends it with the command's exit code. */
export async function main(args: readonly string[]): Promise<void> {
  const interruption = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => interruption.abort());
  // Whoever reads the output may stop reading; that is no reason to leave an import half done.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  const code = await runCommand(args, processTerminal(interruption.signal));
  // What is still under way after an interruption is not waited for.
  if (interruption.signal.aborted) process.exit(code);
  process.exitCode = code;
}

/** Runs a command line to its end, whatever happens; answers the exit code. */
export async function runCommand(args: readonly string[], terminal: Terminal): Promise<Exit> {
  const transaction = new Transaction();
  let hasResult = false;
  // Whatever others have put into a name, a terminal must only show it.
  const err = (text: string) => terminal.err(escapedLines(text));
  const out = (text: string) => {
    hasResult = true;
    terminal.out(escapedLines(text));
  };
  try {
    const work = dispatch(readArguments(args), { ...terminal, out, err }, transaction);
    return await untilInterrupted(work, terminal.interrupted, transaction);
  } catch (error) {
    const message = [tell(error, terminal.cwd), ...(await rollBack(transaction, terminal.cwd))].join("\n");
    const exit = error instanceof CommandError ? error.exit : EXIT.failed;
    terminal.progress("");
    err(`pulumi-metered: ${message}`);
    // A program that reads the output always finds JSON there.
    if (args.includes("--json") && !hasResult) out(JSON.stringify({ error: message, exit }, undefined, 2));
    return exit;
  }
}

async function rollBack(transaction: Transaction, cwd: string): Promise<string[]> {
  if (!transaction.isOpen) return [];
  const failed = await transaction.rollBack(cwd);
  return failed.length === 0 ? ["Everything was rolled back."] : ["Not everything could be rolled back:", ...failed];
}

async function dispatch(args: Arguments, terminal: Terminal, transaction: Transaction): Promise<Exit> {
  switch (args.command) {
    case "import":
      return importCommand(terminal, args, transaction);
    case "list":
      return listCommand(terminal, args);
    case "doctor":
      return doctorCommand(terminal, args);
    case "explain":
      return explainCommand(terminal, args);
    case "help":
      terminal.out(help(args));
      return EXIT.ok;
    case "version":
      terminal.out(packageIn(join(__dirname, "..", ".."))?.version ?? "unknown");
      return EXIT.ok;
  }
}

/** Ends at once on Ctrl-C, unless something has to be rolled back: then the command itself ends as soon as it can. */
async function untilInterrupted<T>(work: Promise<T>, signal: AbortSignal, transaction: Transaction): Promise<T> {
  const interrupted = signal.aborted ? Promise.resolve() : once(signal, "abort");
  return Promise.race([
    work,
    interrupted.then(() => {
      if (transaction.isOpen) return work;
      throw new Interrupted();
    }),
  ]);
}

function tell(error: unknown, cwd: string): string {
  if (error instanceof CommandError) return error.message;
  if (isSystemError(error)) return sayProblem(error, cwd);
  // A stack would show no more than where in this program it happened.
  return `Unexpected error: ${error instanceof Error ? error.message : String(error)}`;
}
