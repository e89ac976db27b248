import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stackCommands } from "../defaults";
import { type Simulator, type SimulatorOptions, startSimulator } from "../start";
import { DataFileError } from "../storage/file";
import { SwitchError } from "../switches/board";
import { readArguments, UsageError } from "./arguments";
import { help, helpSwitches } from "./help";

/** Runs the command line. */
export async function main(args: string[]): Promise<void> {
  try {
    const command = readArguments(args);
    if (command.do === "start") await start(command.options);
    else console.log({ help, helpSwitches, version }[command.do]());
  } catch (error) {
    const isMistake = [UsageError, SwitchError, DataFileError].some((mistake) => error instanceof mistake);
    const advice = error instanceof UsageError ? " See metered-simulator --help." : "";
    console.error(`metered-simulator: ${(error as Error).message}${advice}`);
    process.exitCode = isMistake ? 2 : 1;
  }
}

async function start(options: SimulatorOptions): Promise<void> {
  const simulator = await startSimulator(options).catch((error: NodeJS.ErrnoException) => {
    throw explained(error, options);
  });
  console.log(greeting(simulator));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void simulator.close());
}

/** What the system's words for a failed start mean. */
function explained(error: NodeJS.ErrnoException, { port, host = "127.0.0.1" }: SimulatorOptions): Error {
  switch (error.code) {
    case "EADDRINUSE":
      return new Error(`port ${port} is in use. Omit --port for a free one.`);
    case "EACCES":
      return new Error(`port ${port} needs privileges that this user doesn't have. Omit --port for a free one.`);
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new Error(`--host ${host} is not an address of this machine.`);
    default:
      return error;
  }
}

// The first line is for programs that wait for it.
function greeting(simulator: Simulator): string {
  const { url, app } = simulator;
  const commands = stackCommands(simulator).map((command) => `  ${command}`);
  return `metered-simulator listens on ${url} (app ${app})

Point a stack at it:
${commands.join("\n")}

Open ${url} in a browser to see and change what happens here.`;
}

function version(): string {
  const file = join(__dirname, "..", "..", "package.json");
  return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
}
