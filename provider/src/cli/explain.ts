import { explainedCauses, explanationOf, meaningOf } from "../pulumi/words/explain";
import type { ExplainArguments } from "./arguments";
import { EXIT, type Exit, UsageError } from "./exit";
import { didYouMean } from "./suggest";
import type { Terminal } from "./terminal";

/** `pulumi-metered explain`: the section about a class of errors in docs/errors.md. Calls nothing. */
export function explainCommand(terminal: Terminal, { cause }: ExplainArguments): Exit {
  const classes = explainedCauses();
  if (cause === undefined) {
    const width = Math.max(...classes.map((each) => each.length));
    const list = classes.map((each) => `  ${each.padEnd(width)}  ${meaningOf(each)}`).join("\n");
    terminal.out(`Error classes:\n${list}\n\nRun npx pulumi-metered explain CLASS to read about one of them.`);
    return EXIT.ok;
  }
  // As it is copied out of an error, and in any case.
  const wanted = cause.replace(/^\[|\]$/g, "").toLowerCase();
  const found = classes.find((each) => each.toLowerCase() === wanted);
  const text = found && explanationOf(found);
  if (text === undefined) {
    const hint = didYouMean(cause, classes) || " Run npx pulumi-metered explain to list all classes.";
    throw new UsageError(`Unknown error class ${JSON.stringify(cause)}.${hint}`, "explain");
  }
  terminal.out(`${found}\n\n${text}`);
  return EXIT.ok;
}
