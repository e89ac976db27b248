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
