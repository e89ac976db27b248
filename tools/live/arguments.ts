import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import type { ConfigurationProblem } from "../../provider/src/errors";
import { readConfiguration } from "../../provider/src/pulumi/configuration";
import { sayProblem } from "../../provider/src/pulumi/words/configuration";
import { MOST_LIVE_ROOMS, MOST_ROOMS } from "./account/ledger";
import { MOST_CREDENTIALS, MOST_PROJECTS } from "./account/turnLedger";
import type { CheckOptions } from "./check";

/** The sentence that a person reads when the check does not start. */
export class Refusal extends Error {}

export interface Arguments extends CheckOptions {
  /** Only deletes what earlier runs left. */
  readonly cleanUpOnly: boolean;
  readonly reportFile: string;
}

const options = {
  yes: { type: "boolean", default: false },
  endpoint: { type: "string" },
  rate: { type: "string", default: "2" },
  "live-rooms": { type: "boolean", default: false },
  patient: { type: "boolean", default: false },
  "without-engine": { type: "boolean", default: false },
  "without-turn": { type: "boolean", default: false },
  "clean-up": { type: "boolean", default: false },
  report: { type: "string", default: "live-report.json" },
  help: { type: "boolean", default: false },
} as const;

export const help = `Checks how Metered behaves, with rooms of its own, and runs the provider against it.

Usage: METERED_APP_NAME=… METERED_SECRET_KEY=… npm run test:live -- --yes [options]

  --yes             run the check; without it, only say what it would do
  --live-rooms      also create live-streaming rooms, at most ${MOST_LIVE_ROOMS}: Metered may have no way to delete them
  --patient         wait some minutes longer, to see what happens to a room that expires
  --without-engine  skip the provider's lifecycle on the real Pulumi engine
  --without-turn    skip TURN credentials and projects
  --rate N          maximum requests per second (default: ${options.rate.default})
  --report FILE     default: ${options.report.default}
  --clean-up        only delete what earlier runs left
  --endpoint URL    another server, to try the check itself; http: on this machine only
  --help

See docs/live-check.md for details.`;

/** @throws Refusal */
export function readArguments(args: readonly string[], env: NodeJS.ProcessEnv): Arguments | "help" {
  const values = parse(args);
  if (values.help) return "help";
  const missing = ["METERED_APP_NAME", "METERED_SECRET_KEY"].filter((name) => !env[name]?.trim());
  if (missing.length > 0) {
    throw new Refusal(
      `${missing.join(" and ")} must be set: the app's name (NAME of NAME.metered.live) and its secret key (dashboard, Developers). Nothing was done.`,
    );
  }
  const found = readConfiguration((key) => (key === "metered:endpoint" ? values.endpoint : undefined), env);
  if ("problems" in found) throw new Refusal(found.problems.map(asOurs).join("\n"));
  const { origin, appName, secretKey } = found.account;
  const isMetered = values.endpoint === undefined;
  const result: Arguments = {
    origin,
    appName,
    secretKey,
    isMetered,
    perSecond: readRate(values.rate),
    allowed: { liveRooms: values["live-rooms"], patience: values.patient, turn: !values["without-turn"] },
    engine: !values["without-engine"],
    strangerOrigin: isMetered ? `https://${randomBytes(12).toString("hex")}.metered.live` : undefined,
    cleanUpOnly: values["clean-up"],
    reportFile: values.report,
  };
  if (!values.yes) throw new Refusal(plan(result));
  return result;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    // Node's first sentence says what is wrong; what follows is advice for other programs.
    throw new Refusal(`${(error as Error).message.split(/\.\s/, 1)[0]}. See --help.`);
  }
}

function readRate(text: string): number {
  const rate = Number(text);
  if (rate >= 0.2 && rate <= 1000) return rate;
  throw new Refusal(`--rate ${JSON.stringify(text)} must be a number from 0.2 to 1000.`);
}

/** The configuration speaks of a stack's keys; here they are arguments and variables. */
function asOurs(problem: ConfigurationProblem): string {
  const sentence = sayProblem(problem, { face: "command", account: { kind: "environment" } });
  return sentence.replaceAll("metered:endpoint", "--endpoint");
}

function plan({ appName, origin, perSecond, allowed, engine, cleanUpOnly }: Arguments): string {
  const where = `the app ${appName} at ${origin}`;
  if (cleanUpOnly) {
    return `This would delete, on ${where}, every meeting room${allowed.turn ? ", TURN credential and TURN project" : ""} whose name or label starts with pulumi-metered-check- and 8 hex digits.
Nothing was done. Run it again with --yes.`;
  }
  return `This would, on ${where}:
- create up to ${MOST_ROOMS} rooms whose names start with pulumi-metered-check-, change them, and delete (archive) them
- ${allowed.liveRooms ? `create up to ${MOST_LIVE_ROOMS} of them as live-streaming rooms, which may remain: Metered may have no way to delete them` : "create no live-streaming rooms (add --live-rooms to check them)"}
- ${allowed.turn ? `create up to ${MOST_CREDENTIALS} TURN credentials and ${MOST_PROJECTS} TURN projects that are labeled the same way and that no one uses, and delete them` : "not touch TURN"}
- request access tokens for its own rooms, which expire within minutes
- make 80 to 220 requests, at most ${perSecond} a second, including one with a wrong key and one without a key
- ${engine ? "run the provider on the real Pulumi engine, with a stack in a temporary folder" : "not run the Pulumi engine"}
- read the lists of rooms, TURN credentials and TURN projects, and touch nothing but its own.
Nothing was done. Run it again with --yes.`;
}
