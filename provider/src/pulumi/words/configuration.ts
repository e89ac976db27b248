/** What is wrong with the provider's configuration, one sentence each. None quotes a value that may be a secret. */
import type { ConfigurationProblem, FactsOf } from "../../errors";
import { NOTHING_CHANGED, quoted } from "./sentence";
import type { Viewpoint } from "./viewpoint";
import { type Ways, waysFor } from "./ways";

type Problem<P extends ConfigurationProblem["problem"]> = Extract<ConfigurationProblem, { problem: P }>;

/** Each problem has its own way out, so each has its own line. */
export function sayInvalidConfiguration({ problems, cause }: FactsOf<"InvalidConfiguration">, from: Viewpoint): string {
  const { account } = from;
  const whose = account.kind === "provider" ? `of metered.Provider ${quoted(account.name)} ` : "";
  const lines = problems.map((problem) => `  ${sayProblem(problem, from)}`);
  return [
    `The Metered configuration ${whose}is incomplete or invalid. ${NOTHING_CHANGED}`,
    ...lines,
    `  [${cause}]`,
  ].join("\n");
}

export function sayProblem(problem: ConfigurationProblem, from: Viewpoint): string {
  const ways = waysFor(from);
  switch (problem.problem) {
    case "missing":
      return `${missing(problem, from, ways)}${problem.key === "appName" ? orProvider(from) : ""}`;
    case "app name":
      return appName(problem, ways);
    case "number":
      return `${ways.input(problem.key)} must be a number above 0 (default: ${problem.byDefault}).`;
    case "true or false":
      return `${ways.input(problem.key)} must be true or false.`;
    case "misspelled key":
      return `${ways.input(problem.key)} is no input of the provider: did you mean ${problem.meant}?`;
    case "endpoint":
      return endpoint(problem, ways);
    case "certificates unchecked":
      return (
        "NODE_TLS_REJECT_UNAUTHORIZED=0 switches certificate checks off, but every call carries the secret key: unset it. " +
        "To trust a private certificate authority, set NODE_EXTRA_CA_CERTS."
      );
    case "key in plaintext":
      return (
        "metered:secretKey is in the stack's configuration in plaintext: pulumi config set --secret metered:secretKey. " +
        "If the file was shared, rotate the key."
      );
  }
}

function missing({ key }: Problem<"missing">, { account }: Viewpoint, ways: Ways): string {
  if (account.kind === "provider") {
    return `metered.Provider ${quoted(account.name)} has no ${key}: set both appName and secretKey.`;
  }
  return key === "appName"
    ? `The Metered app is not set: ${ways.setAppName("NAME")}${orVariable("METERED_APP_NAME", account)}. NAME is the first part of the app's address, NAME.metered.live.`
    : `The Metered secret key is not set: ${ways.setKey()}${orVariable("METERED_SECRET_KEY", account)}. Copy it from Metered's dashboard (Developers).`;
}

/** Whether the program has an account of its own isn't known here: each account has a process of its own. */
function orProvider({ face, account }: Viewpoint): string {
  if (account.kind !== "stack" || face === "command") return "";
  return " If this program creates a metered.Provider, pass it as the option provider instead.";
}

function orVariable(name: string, { kind }: Viewpoint["account"]): string {
  return kind === "stack" ? `, or set ${name}` : "";
}

function appName({ meant }: Problem<"app name">, ways: Ways): string {
  const fix = meant === undefined ? "" : `: ${ways.setAppName(meant)}`;
  return (
    `${ways.input("appName")} must be the app's name alone, ` +
    `of lowercase letters, digits and hyphens (63 at most)${fix}.`
  );
}

/** Only these are quoted: what else stands before a colon may belong to a login or a key. */
const SCHEMES = ["ftp:", "file:", "ws:", "wss:", "rtmp:", "rtmps:", "tcp:", "unix:"];

function endpoint({ flaw, given: text = "" }: Problem<"endpoint">, ways: Ways): string {
  const right = `${ways.input("endpoint")} must be the URL of a server, such as http://127.0.0.1:8080`;
  switch (flaw) {
    case "no URL":
      return `${right}. The given value isn't a URL.`;
    case "scheme":
      return `${right}${SCHEMES.includes(text) ? `, not one that starts with ${text}` : ", starting with https:// or http://"}.`;
    case "login":
      return `${right}, without a login, "?" or "#".`;
    case "plain http":
      return `${ways.input("endpoint")} must start with https://, because every call carries the secret key. Plain http:// works for this machine only.`;
  }
}
