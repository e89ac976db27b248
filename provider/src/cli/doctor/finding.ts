import { counted, listed } from "../../pulumi/words/sentence";
import { CommandError, Interrupted } from "../exit";

/** One line of what the doctor says. */
export interface Finding {
  /** A warning is no failure. */
  readonly status: "ok" | "warn" | "fail";
  /** What was looked at, in a word or two. */
  readonly subject: string;
  readonly message: string;
  /** What to run, line by line. */
  readonly commands: readonly string[];
}

function finding(status: Finding["status"]) {
  return (subject: string, message: string, ...commands: string[]): Finding => ({ status, subject, message, commands });
}

export const ok = finding("ok");
export const warn = finding("warn");
export const fail = finding("fail");

/** So many names are told; a set may have thousands. */
const NAMES_TOLD = 5;

/** `a, b, c, d, e and 35 more`. */
export function someOf(names: readonly string[]): string {
  if (names.length <= NAMES_TOLD + 1) return listed(names);
  return listed([...names.slice(0, NAMES_TOLD), `${counted(names.length - NAMES_TOLD)} more`]);
}

/** What failed, in words; an interruption ends the command. */
export function wordsOf(error: unknown): string {
  if (error instanceof CommandError && !(error instanceof Interrupted)) return error.message;
  throw error;
}
