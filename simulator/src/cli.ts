import { parseArgs } from "node:util";
import { defaults, stackCommands } from "./defaults";
import { type Simulator, type SimulatorOptions, startSimulator } from "./start";
import { DataFileError } from "./storage/file";
import { SwitchError } from "./switches/board";
import { profiles } from "./switches/profiles";
import { switches, switchNames } from "./switches/table";

/** The sentence that a person reads when the arguments make no sense. */
class UsageError extends Error {}

const options = {
  port: { type: "string" },
  app: { type: "string" },
  "secret-key": { type: "string" },
  data: { type: "string" },
  latency: { type: "string" },
  profile: { type: "string" },
  set: { type: "string", multiple: true },
  help: { type: "boolean" },
} as const;

/** Runs the command line. */
export async function main(args: string[]): Promise<void> {
  try {
    const parsed = readArguments(args);
    if (parsed === "help") {
      console.log(help());
      return;
    }
    const simulator = await startSimulator(parsed);
    console.log(greeting(simulator));
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void simulator.close());
  } catch (error) {
    const isMistake = [UsageError, SwitchError, DataFileError].some((mistake) => error instanceof mistake);
    console.error(`metered-simulator: ${sentence(error as NodeJS.ErrnoException)}`);
    process.exitCode = isMistake ? 2 : 1;
  }
}

function readArguments(args: string[]): SimulatorOptions | "help" {
  const values = parse(args);
  if (values.help) return "help";
  const app = values.app ?? defaults.app;
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(app)) {
    throw new UsageError(`--app "${app}" cannot be a sub-domain: use lower case letters, digits and hyphens.`);
  }
  if (values["secret-key"] === "") throw new UsageError("--secret-key must not be empty.");
  return {
    app,
    secretKey: values["secret-key"],
    port: readInteger("port", values.port, 65535),
    latencyMs: readInteger("latency", values.latency, 3_600_000),
    data: values.data,
    profile: values.profile,
    switches: Object.fromEntries((values.set ?? []).map(readSetting)),
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    // Node's first sentence says what is wrong; what follows is advice for other programs.
    throw new UsageError(`${(error as Error).message.split(/\.\s/, 1)[0]}. See --help.`);
  }
}

function readInteger(name: string, text: string | undefined, limit: number): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text) || Number(text) > limit) {
    throw new UsageError(`--${name} "${text}" must be an integer from 0 to ${limit}.`);
  }
  return Number(text);
}

function readSetting(text: string): [string, string] {
  const split = text.indexOf("=");
  if (split < 1) throw new UsageError(`--set "${text}" must be SWITCH=VALUE.`);
  return [text.slice(0, split), text.slice(split + 1)];
}

function sentence({ code, message }: NodeJS.ErrnoException): string {
  if (code === "EADDRINUSE") return "The port is in use by another program.";
  if (code === "EACCES") return "The port may not be used by this user.";
  return message;
}

function greeting(simulator: Simulator): string {
  const { url, app } = simulator;
  const commands = stackCommands(simulator).map((command) => `  ${command}`);
  return `metered-simulator listens on ${url} (app ${app})

Point a stack at it:
${commands.join("\n")}

Open ${url} in a browser to see and change what happens here.`;
}

function help(): string {
  const table = switchNames.map((name) => {
    const { values, doc } = switches[name];
    return `  ${name}: ${values.join(" | ")}\n      ${doc}`;
  });
  return `A Metered video-room server for tests and demos, on 127.0.0.1.

Usage: metered-simulator [options]

  --port N            default: a free port
  --app NAME          default: ${defaults.app}
  --secret-key KEY    default: ${defaults.secretKey}
  --data FILE         keeps the rooms in this JSON file (default: in memory)
  --latency MS        waits before it carries out each API request
  --profile NAME|FILE ${Object.keys(profiles).join(", ")}, or a JSON file with switch values
  --set SWITCH=VALUE  sets one switch; may be repeated
  --help

Switches, each with its default first:

${table.join("\n")}`;
}
